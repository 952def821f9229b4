"""No choice is lost and no limit broken, on channels that exist and on any other."""

import re

import pytest
from hypothesis import example, given, settings

from bot.rendering import Audience, OpenChoice, page, page_number, present, resolve
from bot.rendering.fitting.split import measure
from channels.kit import Capabilities, Card, Cards, Choice, Media, Outbound, Text
from tests.rendering.ladder import (
    BUNDLE,
    MESSENGER,
    PLAIN,
    WHATSAPP,
    capabilities,
    messages,
)


def choice_ids(shown: list[Outbound]) -> set[str]:
    return {c.id for m in shown for c in tappable(m)}


def tappable(message: Outbound) -> list[Choice]:
    if isinstance(message, Text):
        return list(message.choices)
    if isinstance(message, Cards):
        return [choice for card in message.cards for choice in card.choices]
    return []


def reachable(shown: list, open_choices: list[OpenChoice], caps: Capabilities) -> set[str]:
    """Tap everything, leaf through every page, and type every number that was shown."""
    found: set[str] = set()
    waiting, seen = [(shown, open_choices)], {1}
    while waiting:
        screen, still_open = waiting.pop()
        written = "\n".join(m.text for m in screen if isinstance(m, (Text, Cards)))
        for choice in still_open:
            if choice.number is not None and re.search(rf"(?m)^{choice.number}\.", written):
                picked = resolve(str(choice.number), [c for c in still_open if c.number])
                found |= {picked.id} if picked else set()
        for tapped in choice_ids(screen):
            number = page_number(tapped)
            if number is None:
                found.add(tapped)
            elif number not in seen:
                seen.add(number)
                further = page(still_open, number, BUNDLE, Audience("it", caps))
                check_limits(further.messages, caps)
                waiting.append((further.messages, further.open_choices))
    return found


def check_limits(shown: list[Outbound], caps: Capabilities) -> None:
    for message in shown:
        titles = [c.title for c in tappable(message)]
        if isinstance(message, Text):
            check_text(message, caps)
            assert len({t.casefold() for t in titles}) == len(titles)
        if isinstance(message, Cards):
            check_cards(message, caps)
            for card in message.cards:
                assert measure(card.title, caps.text_unit) <= caps.card_title
                assert measure(card.subtitle, caps.text_unit) <= caps.card_subtitle
                for choice in card.choices:
                    assert measure(choice.title, caps.text_unit) <= caps.button_label
        if isinstance(message, Media):
            assert message.media in caps.media
            assert measure(message.caption, caps.text_unit) <= caps.caption
        assert all(title.strip() for title in titles)


def check_cards(message: Cards, caps: Capabilities) -> None:
    count, frame = len(message.cards), caps.carousel
    if frame is None or count == 1:
        assert count <= caps.cards
        assert measure(message.text, caps.text_unit) <= caps.words_with_card
        assert all(len(card.choices) <= caps.card_buttons for card in message.cards)
        return
    assert count <= frame.cards
    assert 1 <= measure(message.text, caps.text_unit) <= frame.text
    counts = {len(card.choices) for card in message.cards}
    assert len(counts) == 1
    assert 1 <= counts.pop() <= frame.buttons
    for card in message.cards:
        assert card.image_url
        assert len(card.subtitle.split("\n")) < frame.card_lines
        # With a line break between, and the marks of bold print.
        words = f"**{card.title}\n{card.subtitle}" if card.subtitle else f"**{card.title}"
        assert measure(words, caps.text_unit) <= frame.card_text


def check_text(message: Text, caps: Capabilities) -> None:
    count, label, body = {
        "none": (0, 0, caps.max_text),
        "buttons": (caps.buttons, caps.button_label, caps.buttons_text),
        "list": (caps.list_rows, caps.list_title, caps.list_text),
        "quick_replies": (caps.quick_replies, caps.quick_reply_label, caps.max_text),
    }[message.layout]
    unit = caps.text_unit
    assert message.text.strip()
    assert measure(message.text, unit) <= body
    assert len(message.choices) <= count
    assert len({c.id for c in message.choices}) == len(message.choices)
    for choice in message.choices:
        assert measure(choice.title, unit) <= label
        assert measure(choice.id, unit) <= caps.choice_id
        assert measure(choice.description, unit) <= (caps.list_description or 0)
    if message.layout == "list":
        assert 0 < measure(message.list_label, unit) <= caps.list_button


NUMBERED_ABOVE_A_CARD = (
    [
        Text(text="", choices=(Choice(id="ask:m0:0", title=""),)),
        Cards(cards=(Card(id="1-0", title="0", image_url="https://x/y.png"),)),
    ],
    Capabilities(max_text=60, cards=1, words_with_card=300),
)


@settings(max_examples=250, deadline=None)
@given(messages(), capabilities())
@example(*NUMBERED_ABOVE_A_CARD)
def test_no_choice_is_lost_and_no_limit_is_broken_on_any_channel(wanted, caps):
    rendered = present(wanted, BUNDLE, Audience("it", caps))
    check_limits(rendered.messages, caps)
    assert {c.id for c in rendered.open_choices} == choice_ids(wanted)
    assert reachable(rendered.messages, rendered.open_choices, caps) == choice_ids(wanted)


@pytest.mark.parametrize("caps", [WHATSAPP, MESSENGER, PLAIN])
@settings(max_examples=60, deadline=None)
@given(wanted=messages())
def test_no_choice_is_lost_on_the_channels_that_exist(caps, wanted):
    rendered = present(wanted, BUNDLE, Audience("it", caps))
    check_limits(rendered.messages, caps)
    assert reachable(rendered.messages, rendered.open_choices, caps) == choice_ids(wanted)
