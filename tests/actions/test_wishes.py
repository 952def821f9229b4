"""What is wanted so far: what a message states, what refines it, what begins afresh."""

from decimal import Decimal
from typing import Any

import pytest

from bot.actions.asked import Asked, Entity
from bot.actions.wishes import (
    core_words,
    goes_on,
    price_limits,
    refined,
    refuses_first,
    search_words,
    spoken,
)

BAGS = {"category": "borse", "max_price": "150", "words": "una borsa", "next": 3, "exact": True}


def asked(text: str, *marked: tuple[str, str, Any], **more: Any) -> Asked:
    """Return a message in which words are marked as entities."""
    entities = []
    for words, name, value in marked:
        start = text.index(words)
        entities.append(Entity(entity=name, value=value, start=start, end=start + len(words)))
    return Asked(text=text, entities=tuple(entities), **more)


def test_several_values_of_one_kind_are_alternatives() -> None:
    said = spoken(asked("rossa o blu", ("rossa", "colour", "rosso"), ("blu", "colour", "blu")))
    assert said == {"colour": ["rosso", "blu"]}


def test_a_flows_price_wins_over_the_words_it_was_read_from() -> None:
    said = spoken(asked("circa 60", ("circa 60", "about_price", "60"), args={"max_price": 60}))
    assert said == {"max_price": "60"}


def test_refusals_are_read_by_kind_and_a_broken_one_is_passed_over() -> None:
    said = spoken(
        asked("né nero né zip", ("nero", "without", "colour:nero"), ("zip", "without", "zip"))
    )
    assert said == {"without": [{"kind": "colour", "value": "nero"}]}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"max_price": "50"}, {"category": "borse", "max_price": "50"}),
        ({"min_price": "80"}, {"category": "borse", "min_price": "80"}),
        ({"about_price": "60"}, {"category": "borse", "about_price": "60"}),
        ({"colour": "rosso"}, {"category": "borse", "max_price": "150", "colour": "rosso"}),
    ],
)
def test_a_new_price_replaces_the_old_one_whole(
    said: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert refined(BAGS, said) == expected


def test_what_is_refused_is_no_longer_wanted() -> None:
    wanted = {"category": "borse", "colour": ["rosso", "nero"]}
    black = {"kind": "colour", "value": "nero"}
    refused = refined(wanted, {"without": [black]})
    assert refused == {"category": "borse", "colour": "rosso", "without": [black]}
    assert refined(refused, {"colour": "nero"}) == {"category": "borse", "colour": "nero"}
    assert refined(refused, {"without": [black]})["without"] == [black]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (asked("e sotto i 50?", ("sotto i 50", "max_price", "50")), True),
        (asked("vorei qualcosa in rosso", ("rosso", "colour", "rosso")), True),
        (asked("what about a blue one then", ("blue", "colour", "blu")), True),
        (asked("avete borse rosse?", ("borse", "category", "borse")), True),
        (asked("avete cinture?", ("cinture", "category", "cinture")), False),
        (asked("un ombrello rosso", ("rosso", "colour", "rosso")), False),
        (asked("ciao"), False),
    ],
)
def test_a_follow_up_is_told_from_a_new_subject(message: Asked, expected: bool) -> None:
    assert goes_on(message.model_copy(update={"filters": BAGS})) is expected


def test_nothing_goes_on_before_anything_was_searched() -> None:
    message = asked("in rosso", ("rosso", "colour", "rosso"))
    assert not goes_on(message)
    assert not goes_on(message.model_copy(update={"filters": BAGS, "args": {"colour": "blu"}}))


def test_the_words_to_look_for_are_without_what_the_filters_say() -> None:
    message = asked(
        "borsa rossa senza zip, max 50 € entro venerdì",
        ("rossa", "colour", "rosso"),
        ("senza zip", "without", "word:zip"),
        ("max 50 €", "max_price", "50"),
        ("entro venerdì", "needed_by", "2026-11-27"),
    )
    assert search_words(message) == "borsa rossa ,"


def test_a_refusal_leaves_nothing_that_would_refuse_the_thing_itself() -> None:
    message = asked("non voglio borse nere", ("nere", "without", "colour:nero"))
    assert search_words(message) == "voglio borse"


def test_about_is_a_range_around_the_price() -> None:
    assert price_limits({"about_price": "60"}) == {
        "min_price": Decimal("45.00"),
        "max_price": Decimal("75.00"),
    }
    assert price_limits({"max_price": "50"}) == {"max_price": Decimal(50)}
    assert price_limits({}) == {}


def test_a_refusal_with_its_reason_goes_on_with_the_search() -> None:
    refusal = ("no scarves", "without", "word:scarves")
    reason = asked("pls no scarves, she has a drawer full", refusal, filters={"max_price": "80"})
    assert refuses_first(reason)
    assert goes_on(reason)
    another = ("without a logo", "without", "word:logo")
    assert not goes_on(asked("an umbrella without a logo", another, filters={"max_price": "80"}))


def test_of_two_kinds_one_named_now_is_looked_for_alone() -> None:
    both = {"category": ["portafogli", "profumi"], "colour": "verde"}
    one = asked("tra le candele la meno cara?", ("candele", "category", "profumi"), filters=both)
    assert not goes_on(one)


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("pity. well, i also need a collar for our dog", "collar"),
        ("mi serve anche un ombrello per mia madre", "ombrello"),
        ("i'm after a lunch box so i can take it to work", "lunch box"),
    ],
)
def test_what_stands_behind_a_wish_is_the_thing(text: str, core: str) -> None:
    assert core_words(asked(text)) == core


def test_them_are_what_was_looked_for_before() -> None:
    before = {"words": "vendete occhiali?", "core": "occhiali"}
    assert search_words(asked("e una custodia dove metterli?", filters=before)).endswith("occhiali")
    assert "occhiali" not in search_words(asked("e una custodia?", filters=before))


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("under 80 ideally", "under 80"),
        ("about 100 i guess", "about 100"),
        ("preferibilmente sotto i 50", "sotto i 50"),
        ("direi sui 40, spenderei quello", "sui 40"),
    ],
)
def test_how_a_limit_is_wished_for_is_no_new_subject(text: str, limit: str) -> None:
    assert goes_on(asked(text, (limit, "max_price", "80"), filters=BAGS))
    new = asked("un ombrello sotto i 20", ("sotto i 20", "max_price", "20"), filters=BAGS)
    assert not goes_on(new)
