"""Scraps of a talk: messages that mean something only after the turns before them."""

from typing import Any

import pytest

from dialogues.executor import Heard
from dialogues.executor.fragments import meaning

SHOWN = {"shown": ["siena", "luna"]}


def heard(text: str, intent: str | None = None, also: tuple[str, ...] = ()) -> Heard:
    return Heard(text, intent, 0.0, [], None, "it", {}, list(also))


@pytest.mark.parametrize(
    ("text", "given", "facts", "intent"),
    [
        ("e neri?", {"colour": "nero"}, SHOWN, "ask_availability"),
        ("ok burgundy then?", {"colour": "bordeaux"}, {"focus": "siena"}, "ask_availability"),
        ("qualcosa di nero", {"colour": "nero"}, {}, "search_product"),
        ("e a milano dai miei?", {"city": "Milano"}, {}, "ask_delivery"),
        ("sotto i 50", {"max_price": "50"}, SHOWN, "search_product"),
        ("il 48213", {"order_number": "48213"}, {}, "order_status"),
        ("quello in tela", {"material": "tela"}, SHOWN, "ask_details"),
        ("e la luna?", {"product": "luna"}, {"asked": [{"topic": "price"}]}, "ask_price"),
        ("e la luna nera?", {"product": "luna", "colour": "nero"}, SHOWN, "ask_availability"),
        ("e la luna?", {"product": "luna"}, {"asked": [{"topic": "returns"}]}, "ask_details"),
    ],
)
def test_what_was_named_says_what_is_asked(
    text: str, given: dict[str, Any], facts: dict[str, Any], intent: str
) -> None:
    assert meaning(heard(text), given, facts) == intent


def test_a_kind_of_thing_that_nobody_knows_is_looked_for() -> None:
    assert meaning(heard("ah. e orologi?"), {}, {}) == "search_product"
    assert meaning(heard("what about hats?"), {}, {}) == "search_product"
    assert meaning(heard("e adesso che cosa dovrei fare secondo te?"), {}, {}) is None
    assert meaning(heard("zdrubbolo frastico"), {}, {}) is None


def test_a_message_that_was_understood_is_left_alone() -> None:
    assert meaning(heard("che tempo fa a roma", "out_of_scope"), {"city": "Roma"}, {}) is None
    assert meaning(heard("quanto costa nera", "ask_price"), {"colour": "nero"}, SHOWN) is None
    also = heard("ciao, spedite a roma?", "greet", ("ask_delivery",))
    assert meaning(also, {"city": "Roma"}, {}) is None


def test_a_wish_behind_a_greeting_or_in_a_long_message_is_seen() -> None:
    given = {"category": "zaini"}
    long = "mi serve uno zaino per mio figlio che inizia il liceo tra poco"
    assert meaning(heard("ciao, mi serve uno zaino", "greet"), given, {}) == "search_product"
    assert meaning(heard(long), given, {}) == "search_product"
    assert meaning(heard("ciao da roma", "greet"), {"city": "Roma"}, {}) is None


def test_no_but_something_else_is_another_wish() -> None:
    assert meaning(heard("no, solo la custodia", "deny"), {"category": "lavoro"}, SHOWN) == (
        "back_to_product"
    )
    assert meaning(heard("no, meglio nera", "deny"), {"colour": "nero"}, SHOWN) == (
        "ask_availability"
    )
    assert meaning(heard("no, solo zaini", "deny"), {"category": "zaini"}, {}) == "search_product"
    assert meaning(heard("no, non la voglio nera", "deny"), {"colour": "nero"}, SHOWN) is None


def test_a_day_asks_again_what_was_just_asked() -> None:
    hours, arrives = {"asked": [{"topic": "hours"}]}, {"asked": [{"topic": "delivery"}]}
    assert meaning(heard("what about saturday morning"), {}, hours) == "ask_opening_hours"
    assert meaning(heard("ed entro venerdì?"), {"needed_by": "x"}, arrives) == "ask_delivery"
    assert meaning(heard("sabato"), {}, {}) is None


def test_a_person_is_the_wish_for_a_present_until_something_was_looked_for() -> None:
    given = {"recipient": "papa"}
    assert meaning(heard("per mio papà"), given, {}) == "recommend_gift"
    assert meaning(heard("per mio papà"), given, {"filters": {"x": 1}}) == "search_product"


def test_a_place_or_a_price_goes_on_with_delivery() -> None:
    arrives = {"asked": [{"topic": "delivery"}]}
    guessed = Heard("e a milano dai miei?", "out_of_scope", 0.6, [], None, "it", {})
    sure = Heard("che tempo fa a milano?", "out_of_scope", 0.95, [], None, "it", {})
    assert meaning(guessed, {"city": "Milano"}, arrives) == "ask_delivery"
    assert meaning(sure, {"city": "Milano"}, arrives) is None
    assert meaning(heard("e a lampedusa"), {}, arrives) == "ask_delivery"
    assert meaning(heard("quanto costa", "ask_price"), {}, arrives) == "ask_delivery"
    assert meaning(heard("quanto costa", "ask_price"), {}, {**arrives, **SHOWN}) is None


def test_a_bare_number_is_a_size_of_what_is_on_the_table() -> None:
    sizes = {**SHOWN, "marks": {"size:39": ["siena"]}}
    assert meaning(heard("ah peccato. e 39?", "deny"), {}, sizes) == "ask_availability"
    assert meaning(heard("ah peccato. e 52?", "deny"), {}, sizes) is None
    assert meaning(heard("39 euro?", "deny"), {}, sizes) is None


def test_a_turn_behind_a_no_is_a_wish() -> None:
    colour = {"colour": "nero"}
    assert meaning(heard("no aspetta, nera", "deny"), colour, {"focus": "siena"}) == (
        "ask_availability"
    )
    searched = {**SHOWN, "filters": {"category": "borse", "colour": "rosso"}}
    assert meaning(heard("anzi no, nera", "deny"), colour, searched) == "search_product"
    assert meaning(heard("no, nera non la voglio", "deny"), colour, SHOWN) is None


def test_a_doubt_is_settled_by_the_product_in_view() -> None:
    in_view = {"focus": "siena", "marks": {"category:borse": ["siena"]}}
    doubt = Heard("ha una tasca?", None, 0.5, [], None, "it", {}, unsure=["search_product"])
    both = Heard("ha una tasca?", None, 0.5, [], None, "it", {},
                 unsure=["search_product", "ask_details"])  # fmt: skip
    assert meaning(both, {}, in_view) == "ask_details"
    assert meaning(both, {}, {}) is None
    assert meaning(doubt, {}, {"filters": {"category": "borse"}}) == "search_product"
    assert meaning(heard("two pairs"), {"quantity": "2"}, in_view) == "affirm"
    assert meaning(heard("pizzica?"), {}, in_view) == "ask_details"
    assert meaning(heard("guinzagli?"), {}, {}) == "search_product"


def test_another_product_named_alone_is_asked_the_same() -> None:
    price = {"asked": [{"topic": "price", "product": "siena"}]}
    entity = {"entity": "product", "value": "luna", "start": 5, "end": 9}
    said = Heard("e la luna?", "ask_availability", 0.8, [entity], None, "it", {})
    assert meaning(said, {"product": "luna"}, price) == "ask_price"


@pytest.mark.parametrize(
    "text", ["do you have smaller ones", "ne avete di più grandi?", "smaller?"]
)
def test_smaller_ones_are_looked_for(text: str) -> None:
    assert meaning(heard(text, "ask_availability"), {}, SHOWN) == "search_product"


def test_a_holiday_asks_again_for_the_hours() -> None:
    hours = {"asked": [{"topic": "hours"}]}
    assert meaning(heard("and new years day?"), {}, hours) == "ask_opening_hours"
    assert meaning(heard("e a ferragosto?"), {}, hours) == "ask_opening_hours"
    assert meaning(heard("e un guinzaglio?"), {}, {"focus": "x"}) == "search_product"
