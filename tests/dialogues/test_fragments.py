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
