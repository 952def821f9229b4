"""Talks written down: reading them, and saying what is wrong with a file or with an answer."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.cli.expecting import Cards, Expect, Piece
from bot.cli.facts import Item
from bot.cli.reading import card_names, prices_in, spoken_language
from bot.cli.script import Move, Played, Script, play, read_script
from bot.errors import AppError
from channels.testing import Shown, Tap

CARD = Shown("1", "x", "*Luna*\n199 € · disponibile", (Tap("a", "Dettagli", "b"),), "u")
SHOP = {
    "returns": {"days": 30},
    "delivery": {
        "default_zone": "italia",
        "zones": [
            {
                "id": "italia", "hours_min": 24, "hours_max": 48, "cost": "5.90",
                "free_from": "59.00", "cities": ["Torino"], "countries": ["Italia"],
            },
            {
                "id": "europa", "hours_min": 72, "hours_max": 120, "cost": "14.90",
                "free_from": None, "cities": ["Paris"], "countries": [],
            },
        ],
    },
}  # fmt: skip


def item(id_: str, category: str, **stock: int) -> Item:
    variants = [
        {"colour": colour, "size": None, "price": "99", "stock": pieces}
        for colour, pieces in stock.items()
    ]
    names = {"it": f"Borsa {id_.title()}", "en": f"{id_.title()} bag"}
    return Item.model_validate(
        {"id": id_, "name": names["it"], "names": names, "category": category, "variants": variants}
    )


PRODUCTS = {"luna": item("luna", "borse", nero=6, rosa=1, blu=0)}


class Facts:
    """A gateway that knows a customer and a small shop."""

    def __init__(self, *calls: str, in_view: str = "luna") -> None:
        self._calls = calls
        self._in_view = in_view

    async def conversation(self) -> dict[str, Any]:
        return {"language": "it"}

    async def handoffs(self) -> list[dict[str, Any]]:
        brief = {"products": [{"id": self._in_view, "in_view": True}]}
        return [{"reason": reason, "state": "waiting", "brief": brief} for reason in self._calls]

    async def products(self) -> dict[str, Item]:
        return PRODUCTS

    async def shop(self) -> dict[str, Any]:
        return SHOP


class Echo:
    """A talk in which the same comes back whatever is said."""

    def __init__(self, *answer: Shown) -> None:
        self._answer = list(answer)
        self.taps = tuple(tap for shown in answer for tap in shown.taps)
        self.customer = self
        self.said: list[str] = []

    async def say(self, text: str) -> None:
        self.said.append(text)

    async def tap(self, tap: Tap) -> None:
        self.said.append(tap.id)

    async def listen(self, patience: float | None = None) -> list[Shown]:
        return self._answer


async def played(answer: Sequence[Shown] | str, *moves: Move | Expect, facts: Any = None) -> Played:
    shown = [Shown("1", "x", answer)] if isinstance(answer, str) else answer
    turns = [move if isinstance(move, Move) else Move(customer="x", expect=move) for move in moves]
    script = Script(name="x", channel="whatsapp", language="it", turns=tuple(turns))
    return await play(script, Echo(*shown), facts or Facts(), lambda *_: None)  # type: ignore[arg-type]


def kinds(done: Played) -> list[str]:
    return [wrong.kind for failure in done.failures for wrong in failure.wrong]


def test_a_mistake_in_a_script_is_named_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "talk.yaml"
    file.write_text("name: x\nchannel: whatsapp\nlanguage: it\nturns:\n  - expect: {}\n")
    with pytest.raises(AppError, match=r"turns\.0"):
        read_script(file)
    file.write_text("name: [")
    with pytest.raises(AppError, match="cannot be read"):
        read_script(file)


async def test_every_expectation_of_words_and_cards_can_fail() -> None:
    wanted = Expect(
        text_any=("mai",),
        text_all=("nemmeno",),
        text_none=("luna",),
        choices_any=("Compra",),
        cards=Cards(min=2),
        handoff="purchase",
        language="en",
        refers_to_shown=3,
    )
    done = await played(
        [CARD],
        wanted,
        Expect(cards=Cards(max_price=50), handoff="purchase"),
        Expect(cards=Cards(category="zaini")),
        Expect(no_reply=True),
    )
    assert done.as_expected == 0
    assert len(done.lines()) == 12
    assert set(kinds(done)) == {
        *("text", "unasked", "choices", "cards", "handoff", "language", "product", "silence"),
    }


@pytest.mark.parametrize(
    ("expect", "right", "wrong"),
    [
        (Expect(names=("luna",)), "Torniamo a Borsa Luna", "Torniamo alla borsa"),
        (Expect(price_of="luna"), "Borsa Luna: 99 €.", "Borsa Luna: 89 €."),
        (Expect(price_of="luna"), "Costa 99 € (Borsa Luna).", "Costa 99 €."),
        (Expect(stock_of=Piece(product="luna", colour="nero")), "Luna: sì, c'è", "Luna: non c'è"),
        (Expect(stock_of=Piece(product="luna", colour="blu")), "Luna: non c'è", "Luna: sì, c'è"),
        (
            Expect(stock_of=Piece(product="luna", colour="rosa")),
            "Luna in rosa: c'è, ultimo pezzo",
            "Luna in rosa: c'è",
        ),
        (Expect(delivery_to="paris"), "in 3-5 giorni, 14,90 €", "in 24-48 ore, 14,90 €"),
        (Expect(delivery_to="paris"), "in 72-120 ore, 14,90 €", "in 3-5 giorni, gratuita"),
        (Expect(delivery_to="torino"), "in 24-48 ore, gratuita", "in 24-48 ore, 7,90 €"),
        (Expect(text_all=("{shop.returns.days} giorni",)), "Hai 30 giorni", "Hai 15 giorni"),
        (Expect(), "Ecco la borsa che ti piace di più", "Here is the bag that you like"),
    ],
)
async def test_facts_are_compared_with_the_shop(expect: Expect, right: str, wrong: str) -> None:
    assert not (await played(right, expect)).failures
    assert len((await played(wrong, expect)).failures) == 1


async def test_the_brief_must_name_what_is_wanted() -> None:
    expect = Expect(handoff="purchase", wants="luna")
    assert not (await played("Ti passo Anna", expect, facts=Facts("purchase"))).failures
    other = Facts("purchase", in_view="siena")
    assert kinds(await played("Ti passo Anna", expect, facts=other)) == ["handoff"]


async def test_a_person_who_was_not_expected_is_a_failure_and_one_who_was_is_none() -> None:
    assert kinds(await played("Ti passo Anna", Expect(), facts=Facts("purchase"))) == ["handoff"]
    moves = (Expect(handoff="purchase"), Expect(text_any=("Anna lo fa",)))
    done = await played("Ti passo Anna", *moves, facts=Facts("purchase"))
    assert [failure.turn for failure in done.failures] == [2]
    assert "handoff" not in kinds(done)


async def test_nobody_says_the_same_sentence_twice_but_a_card_may_come_again() -> None:
    assert kinds(await played("Dimmi pure che cosa ti serve", Expect(), Expect())) == ["repeated"]
    assert not (await played([CARD], Expect(), Expect())).failures
    assert not (await played("Sì, certo!", Expect(), Expect())).failures


async def test_no_answer_and_a_choice_that_is_not_there_are_failures_of_one_turn() -> None:
    done = await played([], Move(tap="Compra", expect=Expect()))
    assert [failure.said for failure in done.failures] == ["[no choice 'Compra']"]
    assert kinds(done) == ["no answer"]
    assert not (await played([CARD], Move(tap="Dettagli"), Move(tap=1))).failures


def test_what_is_on_the_screen_is_read_as_a_customer_reads_it() -> None:
    assert card_names([CARD]) == ["Luna"]
    assert prices_in("1.249,50 € o €59.90, anche 30 €") == [1249.5, 59.9, 30.0]
    assert spoken_language(["Quale ti piace di più?"]) == "it"
    assert spoken_language(["Which one would you like?"]) == "en"
    assert spoken_language(["Borsa Luna: 99 €"]) is None
    assert Decimal("99") == PRODUCTS["luna"].variants[0].price
