"""The degrade ladder, over channels that exist and over channels that nobody has thought of."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering import Audience, OpenChoice, page, page_number, present, resolve
from bot.rendering.fitting.split import measure
from channels.kit import Capabilities, Card, Cards, Choice, Media, Outbound, Text

BUNDLE = {
    "texts": {
        "text.list_button": {"it": "Scegli", "en": "Choose"},
        "text.more": {"it": "Altro…", "en": "More…"},
        "text.choose": {"it": "Scegli pure:", "en": "Take your pick:"},
        "text.further_choices": {"it": "Ecco le altre:", "en": "Here are the others:"},
        "text.answer_by_number": {"it": "Basta il numero.", "en": "The number will do."},
    }
}
WHATSAPP = Capabilities(
    max_text=4096,
    buttons=3,
    list_rows=10,
    cards=1,
    card_title=200,
    card_subtitle=800,
    card_buttons=3,
    media=frozenset({"image"}),
)
MESSENGER = Capabilities(
    max_text=2000, buttons=3, buttons_text=640, quick_replies=13, cards=10, card_buttons=3
)
PLAIN = Capabilities(max_text=600)


def show(messages: list[Outbound], capabilities: Capabilities) -> tuple[list, list[OpenChoice]]:
    rendered = present(messages, BUNDLE, Audience("it", capabilities))
    return rendered.messages, rendered.open_choices


def choices(*titles: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=f"ask:{n}", title=title) for n, title in enumerate(titles, start=1))


def question(*titles: str, text: str = "Quale preferisci?") -> Text:
    return Text(text=text, choices=choices(*titles))


def test_three_short_choices_are_reply_buttons_on_whatsapp():
    messages, _ = show([question("Aurora", "Siena", "Luna")], WHATSAPP)
    assert [m.layout for m in messages] == ["buttons"]
    assert [c.title for c in messages[0].choices] == ["Aurora", "Siena", "Luna"]


def test_four_choices_are_a_list_with_a_button_that_opens_it():
    messages, _ = show([question("a", "b", "c", "d")], WHATSAPP)
    assert messages[0].layout == "list"
    assert messages[0].list_label == "Scegli"


def test_a_long_title_becomes_a_list_row_that_shows_it_in_full_below():
    title = "Fammi vedere anche gli altri colori"
    messages, _ = show([question(title, "Basta così")], WHATSAPP)
    row = messages[0].choices[0]
    assert messages[0].layout == "list"
    assert len(row.title) <= 24
    assert row.description == title


def test_titles_that_begin_alike_stay_different_when_they_are_shortened():
    messages, _ = show(
        [question("Borsa Siena in pelle di vitello rossa", "Borsa Siena in pelle di vitello nera")],
        WHATSAPP,
    )
    titles = [c.title for c in messages[0].choices]
    assert len(set(titles)) == 2
    assert titles[0].endswith("rossa")
    assert titles[1].endswith("nera")


def test_more_choices_than_a_list_has_rows_are_leafed_through_and_none_is_lost():
    many = [f"Prodotto {n}" for n in range(1, 25)]
    messages, open_choices = show([question(*many)], WHATSAPP)
    assert [len(m.choices) for m in messages] == [10]
    assert messages[0].choices[-1] == Choice(id="page:2", title="Altro…")
    assert [c.title for c in open_choices] == many
    second = page(open_choices, 2, BUNDLE, Audience("it", WHATSAPP))
    assert second.messages[0].choices[0].id == "ask:10"
    assert second.messages[0].text == "Ecco le altre:"
    assert resolve("la seconda", second.open_choices).id == "ask:11"
    third = page(second.open_choices, 3, BUNDLE, Audience("it", WHATSAPP))
    assert [c.id for c in third.messages[0].choices] == [f"ask:{n}" for n in range(19, 25)]
    assert {c.id for c in third.open_choices} == {c.id for c in open_choices}


def test_messenger_takes_quick_replies_from_four_choices_on():
    messages, _ = show([question("a", "b", "c", "d")], MESSENGER)
    assert messages[0].layout == "quick_replies"


def test_quick_replies_are_not_used_where_a_later_message_would_wipe_them_away():
    messages, _ = show(
        [question("a", "b", "c", "d"), Media(media="image", url="https://x/y.png")], MESSENGER
    )
    assert messages[0].layout == "none"
    assert "4. d" in messages[0].text


def test_a_channel_without_anything_to_tap_gets_numbered_text():
    messages, open_choices = show([question("Rossa", "Nera")], PLAIN)
    assert messages[0].text == "Quale preferisci?\n\n1. Rossa\n2. Nera\n\nBasta il numero."
    assert resolve("2", open_choices).id == "ask:2"


def test_a_body_too_long_for_buttons_is_said_first():
    text = "Una frase di prova abbastanza lunga. " * 40 + "Quale preferisci?"
    messages, _ = show([question("Rossa", "Nera", text=text)], WHATSAPP)
    assert [m.layout for m in messages] == ["none", "buttons"]
    assert messages[1].text.endswith("Quale preferisci?")
    assert " ".join(m.text for m in messages) == text


def test_an_id_longer_than_the_platform_takes_is_never_cut():
    long = Text(text="?", choices=(Choice(id="x" * 300, title="Questa"),))
    messages, open_choices = show([long], WHATSAPP)
    assert messages[0].layout == "none"
    assert resolve("questa", open_choices).id == "x" * 300


def test_a_repeated_id_is_shown_once():
    twice = Text(text="?", choices=(Choice(id="a", title="Uno"), Choice(id="a", title="Due")))
    messages, _ = show([twice], WHATSAPP)
    assert len(messages[0].choices) == 1


def cards(count: int, *titles: str) -> Cards:
    return Cards(
        cards=tuple(
            Card(
                id=f"p{n}",
                title=f"Borsa {n}",
                subtitle="129 €",
                image_url="https://shop/p.jpg",
                choices=tuple(Choice(id=f"ask:{title}:p{n}", title=title) for title in titles),
            )
            for n in range(1, count + 1)
        )
    )


def test_whatsapp_gets_one_message_for_each_card_and_messenger_one_for_all():
    assert len(show([cards(3, "Dettagli")], WHATSAPP)[0]) == 3
    messages, _ = show([cards(3, "Dettagli")], MESSENGER)
    assert [len(m.cards) for m in messages] == [3]


def test_the_second_card_is_meant_by_its_number_and_by_its_name():
    shown = [cards(3, "Dettagli", "La prendo"), question("Confronta", "Altre")]
    _, open_choices = show(shown, WHATSAPP)
    assert resolve("la seconda", open_choices).id == "ask:Dettagli:p2"
    assert resolve("borsa 2", open_choices).id == "ask:Dettagli:p2"
    assert resolve("confronta", open_choices).id == "ask:1"
    assert resolve("la prendo", open_choices) is None


def test_cards_become_numbered_text_where_there_are_no_cards():
    messages, open_choices = show([cards(2, "Dettagli", "La prendo")], PLAIN)
    assert messages[0].kind == "text"
    assert "Borsa 2\n129 €" in messages[0].text
    assert resolve("2", open_choices).id == "ask:Dettagli:p2"
    assert {c.id for c in open_choices} == {
        "ask:Dettagli:p1",
        "ask:Dettagli:p2",
        "ask:La prendo:p1",
        "ask:La prendo:p2",
    }


def test_choices_that_find_no_place_on_a_card_are_offered_below():
    narrow = replace(MESSENGER, card_buttons=1)
    messages, open_choices = show([cards(2, "Dettagli", "La prendo")], narrow)
    assert [m.kind for m in messages] == ["cards", "text"]
    assert len(open_choices) == 4


def test_half_a_quotation_is_dropped_rather_than_cut():
    card = Card(id="p", title="Siena", subtitle="139 €\n«Pelle morbidissima e ben cucita, "
                "la uso ogni giorno da un anno intero» (Marta)")  # fmt: skip
    messages, _ = show([Cards(cards=(card,))], MESSENGER)
    assert messages[0].cards[0].subtitle == "139 €"


def test_a_picture_the_channel_cannot_show_becomes_its_address():
    messages, _ = show([Media(media="image", url="https://x/y.png", caption="Ecco")], PLAIN)
    assert messages == [Text(text="Ecco\nhttps://x/y.png")]


TEXT = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "So", "Mn", "Cf")), max_size=90
)
TITLES = st.one_of(
    TEXT, st.sampled_from(["Dettagli", "dettagli ", "Borsa Siena in pelle", "", "2"])
)


@st.composite
def capabilities(draw: st.DrawFn) -> Capabilities:
    return Capabilities(
        max_text=draw(st.integers(60, 4096)),
        text_unit=draw(st.sampled_from(["characters", "bytes"])),
        buttons=draw(st.integers(0, 4)),
        button_label=draw(st.integers(8, 40)),
        buttons_text=draw(st.integers(60, 1024)),
        list_rows=draw(st.sampled_from([0, 1, 2, 5, 10])),
        list_title=draw(st.integers(8, 30)),
        list_description=draw(st.sampled_from([0, 20, 72])),
        list_text=draw(st.integers(60, 4096)),
        quick_replies=draw(st.sampled_from([0, 1, 2, 5, 13])),
        quick_reply_label=draw(st.integers(8, 30)),
        choice_id=draw(st.sampled_from([12, 64, 256])),
        cards=draw(st.sampled_from([0, 1, 3, 10])),
        card_title=draw(st.integers(8, 80)),
        card_subtitle=draw(st.integers(20, 200)),
        card_buttons=draw(st.integers(0, 3)),
        media=draw(st.sampled_from([frozenset[str](), frozenset({"image"})])),
        caption=draw(st.integers(10, 1024)),
    )


@st.composite
def some_choices(draw: st.DrawFn, prefix: str, most: int) -> tuple[Choice, ...]:
    titles = draw(st.lists(TITLES, max_size=most))
    extra = draw(st.sampled_from(["", "x" * 40]))
    return tuple(Choice(id=f"ask:{prefix}:{n}{extra}", title=t) for n, t in enumerate(titles))


@st.composite
def messages(draw: st.DrawFn) -> list[Outbound]:
    found: list[Outbound] = []
    for n in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["text", "text", "cards", "media"]))
        if kind == "text":
            found.append(
                Text(text=draw(TEXT) * draw(st.integers(1, 30)),
                     choices=draw(some_choices(f"m{n}", 30)))
            )  # fmt: skip
        elif kind == "media":
            found.append(Media(media="image", url="https://x/y.png", caption=draw(TEXT)))
        else:
            count = draw(st.integers(1, 4))
            found.append(
                Cards(
                    cards=tuple(
                        Card(
                            id=f"{n}-{k}",
                            title=draw(TEXT.filter(str.strip)),
                            subtitle=draw(TEXT),
                            choices=draw(some_choices(f"c{n}-{k}", 4)),
                        )
                        for k in range(count)
                    )
                )
            )
    return found


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
        written = "\n".join(m.text for m in screen if isinstance(m, Text))
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
            assert len(message.cards) <= caps.cards
            for card in message.cards:
                assert len(card.choices) <= caps.card_buttons
                assert measure(card.title, caps.text_unit) <= caps.card_title
                assert measure(card.subtitle, caps.text_unit) <= caps.card_subtitle
                for choice in card.choices:
                    assert measure(choice.title, caps.text_unit) <= caps.button_label
        if isinstance(message, Media):
            assert message.media in caps.media
            assert measure(message.caption, caps.text_unit) <= caps.caption
        assert all(title.strip() for title in titles)


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


@settings(max_examples=250, deadline=None)
@given(messages(), capabilities())
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
