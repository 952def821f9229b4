"""Pauses, fresh starts that are none, and calls that nobody asked for."""

from typing import Any

import pytest

from dialogues.executor import Heard
from dialogues.executor.complaints import sifted
from dialogues.executor.fragments import meaning
from dialogues.executor.intents import wanted
from dialogues.executor.moments import not_anew

SIENA = {"focus": "siena", "shown": ["siena"]}


def heard(text: str, intent: str | None = None, sure: float = 0.5, **more: Any) -> Heard:
    entities = [{"entity": name, "value": value} for name, value in more.pop("given", {}).items()]
    return Heard(text, intent, sure, entities, None, "it", more.pop("facts", {}), **more)


@pytest.mark.parametrize(
    "text",
    [
        "one sec, phone",
        "choir's here, 2 secs",
        "alarm again brb",
        "wait, my boss is here",
        "un attimo, suona il telefono",
        "aspetta che arriva un cliente",
        "scusa, mi chiamano",
        "2 minuti e arrivo",
    ],
)
def test_a_pause_looks_for_nothing_and_calls_nobody(text: str) -> None:
    assert meaning(heard(text, "talk_to_human", 0.7), {}, SIENA) == "deny"


@pytest.mark.parametrize(
    "text",
    ["wait a sec, is it leather?", "hang on, which one is bigger?", "un attimo, quanto costa"],
)
def test_a_question_behind_a_pause_is_one(text: str) -> None:
    assert meaning(heard(text, "ask_details", 0.9), {}, SIENA) != "deny"


def test_who_asks_of_a_thing_begins_nothing_anew() -> None:
    also = [{"name": "search_product", "confidence": 0.9}]
    text = "Never mind. Do you have candles then?"
    assert not_anew(heard(text, "restart", 0.9, also=also)).intent == "search_product"
    leo = heard("Clear. And the Leo?", "restart", 0.84, given={"product": "leo"})
    assert not_anew(leo).intent is None
    assert not_anew(heard("can we start over?", "restart", 0.9)).intent == "restart"


def test_a_person_is_named_by_who_wants_one() -> None:
    initials = "could ye put each girl's initials on? what would that add"
    assert sifted(heard(initials, "talk_to_human", 0.64)).intent is None
    through = "could you put me through to someone?"
    assert sifted(heard(through, "talk_to_human", 0.64)).intent == "talk_to_human"


def test_a_complaint_that_names_itself_goes_before_its_order() -> None:
    text = "Order 61188, I want to lodge a complaint"
    assert wanted(heard(text, "order_status", 0.9))[0] == "complaint"


@pytest.mark.parametrize(
    ("text", "intent", "given", "facts", "means"),
    [
        ("I live in Florence, where's your shop?", "ask_delivery", {"city": "Florence"}, {},
         "ask_location"),
        ("the bookmark, how many in tan?", "ask_details", {"colour": "cuoio"}, SIENA,
         "ask_availability"),
        ("is it true there's a candle that smells of leather", "out_of_scope",
         {"category": "profumi"}, {}, "search_product"),
        ("eccomi, il secondo in L?", "greet", {"ordinal": 2, "size": "L"},
         {"shown": ["bruno", "ada"]}, "ask_availability"),
        ("how small does it go?", None, {}, SIENA, "ask_availability"),
    ],
)  # fmt: skip
def test_what_a_story_hides(
    text: str, intent: str | None, given: dict[str, Any], facts: dict[str, Any], means: str
) -> None:
    assert meaning(heard(text, intent, 0.6, given=given), given, facts) == means
