"""What a thing must do, which kind is wished, and what is asked of what is in view."""

from datetime import UTC, datetime

import pytest

from bot.actions.asked import Asked, Entity
from bot.actions.beside import asked_of_it
from bot.actions.holding import kinds_wanted
from bot.actions.needs import needed
from catalog.demo.loading import demo_shop
from dialogues import executor

NEEDS = demo_shop(datetime(2026, 11, 27, tzinfo=UTC)).needs


def heard(text: str, *kinds: str) -> Asked:
    """Return a message with its kinds, each named by the word that stands for it."""
    found = [
        Entity(
            entity="category", value=kind, start=text.index(kind), end=text.index(kind) + len(kind)
        )
        for kind in kinds
    ]
    return Asked(text=text, language="en", entities=tuple(found))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("which one stops people scanning your cards", "RFID"),
        ("got anything that smells nice without fire", "diffuser"),
        ("also moths ate my good jumper, anything for that", "moths"),
        ("gloves to use the phone without taking them off", "touchscreen gloves"),
        ("I need to wear my phone round my neck", "phone pouch"),
        ("something to keep my neck warm that isn't a scarf", "neck warmer"),
        ("a small backpack people can't just unzip", "anti theft"),
        ("Which of your belts has one without nickel?", "nickel free"),
        ("anything you can send by email?", "voucher"),
    ],
)
def test_a_need_is_told_by_the_word_of_the_trade(text: str, told: str) -> None:
    """People say what a thing must do; its row says it in other words."""
    need = needed(text, NEEDS)
    assert need is not None
    assert need.told["en"] == told
    assert need.told["it"]


@pytest.mark.parametrize(
    "text",
    [
        "a red bag for my phone",
        "do you have cards?",
        "una borsa in pelle",
        "is the neck strap long?",
    ],
)
def test_no_need_is_heard_in_a_plain_wish(text: str) -> None:
    """A phone, a card or a neck alone is no need."""
    assert needed(text, NEEDS) is None


@pytest.mark.parametrize(
    ("text", "named", "wanted"),
    [
        ("my wallet was stolen. I need a small backpack", ["wallet", "backpack"], ["backpack"]),
        ("I need a hard case that will survive my rucksack", ["rucksack"], []),
        ("I already have the belt, do you have shoes?", ["belt", "shoes"], ["shoes"]),
        ("my wallet is falling apart, I want a new one", ["wallet"], ["wallet"]),
        ("a bag and a belt", ["bag", "belt"], ["bag", "belt"]),
    ],
)
def test_what_is_wished_goes_before_what_is_only_spoken_of(
    text: str, named: list[str], wanted: list[str]
) -> None:
    """One's own, and what another sentence tells of, is not looked for."""
    assert [kind.value for kind in kinds_wanted(heard(text, *named))] == wanted


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("how big is it, she flies with hand luggage only", ["luggage"]),
        ("can i slide it on my suitcase", ["suitcase"]),
        ("is it big enough for A4 folders?", ["folders"]),
        ("can a backpack go on top of it?", ["backpack"]),
        ("are they lined? my feet boil in summer", []),
    ],
)
def test_a_question_stays_with_what_is_in_view(text: str, named: list[str]) -> None:
    """A kind beside the question, or where the thing goes, is nothing that is asked for."""
    assert asked_of_it(heard(text, *named))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the bookmark, what colours?", ["bookmark"]),
        ("do you have a backpack for it?", ["backpack"]),
        ("what about belts?", ["belts"]),
        ("maybe a wallet instead, what colours are there?", ["wallet"]),
        ("something for moths", []),
    ],
)
def test_a_wish_for_another_kind_leaves_what_is_in_view(text: str, named: list[str]) -> None:
    """Who names another kind, or looks for something, asks of that."""
    assert not asked_of_it(heard(text, *named))


def test_only_the_clause_that_asks_is_asked() -> None:
    """What is told beside a question is no part of it."""
    text = "di cosa sa? mamma odia la vaniglia"
    place = text.index("mamma")
    assert executor.asked_apart(text, [(place, place + 5)]) == "di cosa sa?"
