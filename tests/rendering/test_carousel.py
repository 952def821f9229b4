"""Products side by side in one message, and what is said with them."""

from dataclasses import replace

import pytest

from bot.rendering import Audience, present, resolve
from channels.kit import Capabilities, Card, Cards, Carousel, Choice, Outbound, Text
from tests.rendering.ladder import BUNDLE, WHATSAPP, cards

SWIPING = replace(
    WHATSAPP,
    words_with_card=1024,
    carousel=Carousel(cards=10, text=1024, card_text=160, card_lines=3, buttons=2),
)
TWO = ("Dettagli", "La prendo")


def show(*messages: Outbound, can: Capabilities = SWIPING) -> list[Outbound]:
    return present(messages, BUNDLE, Audience("it", can)).messages


def card(**change: object) -> Card:
    first = cards(1, *TWO).cards[0]
    return first.model_copy(update=change)


def test_several_products_are_one_message_with_the_words_above_them() -> None:
    question = Text(text="Quale?", choices=(Choice(id="ask:1", title="Confronta"),))
    shown = show(Text(text="Ecco tre borse:"), cards(3, *TWO), question)
    assert [message.kind for message in shown] == ["cards", "text"]
    assert isinstance(shown[0], Cards)
    assert shown[0].text == "Ecco tre borse:"
    assert [card.title for card in shown[0].cards] == ["Borsa 1", "Borsa 2", "Borsa 3"]


def test_they_are_still_numbered_and_named() -> None:
    open_choices = present([cards(3, *TWO)], BUNDLE, Audience("it", SWIPING)).open_choices
    picked = resolve("la seconda", open_choices)
    assert picked is not None
    assert picked.id == "ask:Dettagli:p2"
    assert {choice.id for choice in open_choices} == {
        f"ask:{title}:p{n}" for title in TWO for n in (1, 2, 3)
    }


def test_where_nothing_was_said_above_them_the_words_are_not_missing() -> None:
    (shown,) = show(cards(2, *TWO))
    assert isinstance(shown, Cards)
    assert shown.text == "Scegli pure:"


@pytest.mark.parametrize(
    "pair",
    [
        (card(), card(id="b", choices=card().choices[:1])),
        (card(), card(id="b", image_url=None)),
        (card(choices=()), card(id="b", choices=())),
        tuple(card(id=str(n)) for n in range(11)),
        (card(choices=cards(1, *TWO, "Avvisami").cards[0].choices),) * 2,
    ],
    ids=["another button", "no picture", "no buttons", "eleven", "three buttons"],
)
def test_what_cannot_be_swiped_through_comes_one_by_one(pair: tuple[Card, ...]) -> None:
    shown = show(Text(text="Ecco:"), Cards(cards=pair))
    assert [message.kind for message in shown] == ["text", *["cards"] * len(pair)]


def test_a_card_holds_as_many_whole_lines_as_there_is_room_for() -> None:
    facts, note = "129 € · disponibile", "solo in rosso"
    lines = card(subtitle=f"{facts}\n{note}\n«Bella»")
    long = card(id="b", subtitle=f"{facts}\n«{'Morbida ' * 20}»")
    (shown,) = show(Cards(cards=(lines, long)))
    assert isinstance(shown, Cards)
    assert [c.subtitle for c in shown.cards] == [f"{facts}\n{note}", facts]


def test_words_before_a_single_product_are_said_with_it_while_they_are_short() -> None:
    short, long = Text(text="C'è in rosso."), Text(text="Morbida. " * 40)
    assert [m.kind for m in show(short, cards(1, *TWO))] == ["cards"]
    assert [m.kind for m in show(long, cards(1, *TWO))] == ["text", "cards"]
    asked = Text(text="Rosso?", choices=(Choice(id="ask:1", title="Sì"),), layout="buttons")
    assert [m.kind for m in show(asked, cards(1, *TWO))] == ["text", "cards"]
    plain = show(short, cards(1, *TWO), can=WHATSAPP)
    assert [m.kind for m in plain] == ["text", "cards"]
