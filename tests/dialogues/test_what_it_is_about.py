"""What a message is about where its words could mean something else: mine, theirs, the inside."""

from dataclasses import replace
from typing import Any

import pytest

from dialogues.executor import Heard, holds, replaces_mine, without_mine
from dialogues.executor.complaints import sifted
from dialogues.executor.fragments import meaning
from dialogues.executor.intents import wanted

IN_VIEW = {"focus": "colombo", "shown": ["colombo"], "asked": [{"topic": "details"}]}
DETAILS = "ask_details"
KIND = {"category": "calzature"}


def heard(text: str, intent: str | None = None, sure: float = 0.5) -> Heard:
    return Heard(text, intent, sure, [], None, "it", {})


@pytest.mark.parametrize(
    "text",
    [
        "e una custodia? la mia è tutta rotta",
        "avete uno zaino? il mio vecchio si è strappato",
        "cerco un portafoglio, il mio cade a pezzi",
        "got a new case? mine is falling apart",
        "i'm looking for a belt, my old one has snapped",
    ],
)
def test_another_for_ones_own_is_a_wish(text: str) -> None:
    assert replaces_mine(text)
    assert meaning(heard(text, "complaint", 0.9), {}, {}) == "search_product"
    both = replace(heard(text, "search_product", 0.9), also=["complaint"])
    assert wanted(sifted(both)) == ["search_product"]


@pytest.mark.parametrize(
    "text",
    [
        "la borsa è arrivata rotta",
        "la mia borsa è arrivata rotta, cosa faccio?",
        "mine arrived broken, what do i do?",
        "la mia è rotta",
        "the bag i bought from you is broken",
    ],
)
def test_what_came_from_here_is_a_complaint(text: str) -> None:
    assert not replaces_mine(text)
    assert meaning(heard(text, "complaint", 0.9), {}, {}) is None


def test_the_story_of_ones_own_is_nothing_to_look_for() -> None:
    assert without_mine("e una custodia? la mia è tutta rotta") == "e una custodia?"
    assert without_mine("my old one is gone, need a belt") == "need a belt"
    assert without_mine("una borsa rossa") == "una borsa rossa"


@pytest.mark.parametrize(
    "text",
    [
        "c'è un posto separato per le scarpe?",
        "ha una tasca per l'ombrello",
        "is there a pocket for an umbrella?",
        "any room for shoes in it",
        "ci entra un paio di scarpe?",
    ],
)
def test_what_a_thing_holds_is_asked_of_the_thing(text: str) -> None:
    assert holds(text)
    assert meaning(heard(text), KIND, IN_VIEW) == DETAILS
    assert meaning(heard(text), KIND, {}) != "ask_details"


def test_a_search_for_a_kind_holds_nothing() -> None:
    assert not holds("cerco scarpe per mio padre")
    assert not holds("do you have shoes for him?")


@pytest.mark.parametrize("text", ["leo vs ponte?", "leo o ponte?", "the leo or the ponte"])
def test_two_products_side_by_side_are_compared(text: str) -> None:
    entities: list[dict[str, Any]] = [{"entity": "product", "value": v} for v in ("leo", "ponte")]
    both = replace(heard(text), entities=entities)
    assert meaning(both, {"product": "leo"}, {}) == "compare_products"
    one = replace(both, entities=entities[:1])
    assert meaning(one, {"product": "leo"}, {}) != "compare_products"


def test_what_a_comparison_answers_is_not_searched_beside() -> None:
    entities: list[dict[str, Any]] = [{"entity": "product", "value": v} for v in ("leo", "ponte")]
    told = replace(
        heard("i need a backpack. how does the leo compare with the ponte?"),
        intent="search_product",
        confidence=0.98,
        also=["ask_details", "ask_delivery"],
        entities=entities,
    )
    assert meaning(told, {"product": "leo", "category": "zaini"}, {}) == "compare_products"
    assert wanted(replace(told, intent="compare_products")) == ["compare_products", "ask_delivery"]


@pytest.mark.parametrize(
    "text",
    [
        "secondo te piace a un ragazzo di 24 anni?",
        "dici che le piacerà?",
        "do you think he'd like it?",
        "would she love it",
    ],
)
def test_whether_somebody_would_like_it_asks_for_opinions(text: str) -> None:
    given = {"recipient": "lui"}
    assert meaning(heard(text, "recommend_gift"), given, IN_VIEW) == "ask_reviews"
    assert meaning(heard(text, "recommend_gift"), given, {}) != "ask_reviews"


def test_the_one_from_before_is_asked_of() -> None:
    text = "ma l'agenda di prima ha i giorni stampati?"
    assert meaning(heard(text), KIND, IN_VIEW) == DETAILS
    assert meaning(heard("does the bag from before zip?"), KIND, IN_VIEW) == DETAILS
    assert meaning(heard(text), KIND, {}) != "ask_details"


def test_a_date_asks_again_for_the_hours() -> None:
    hours = {"asked": [{"topic": "hours"}]}
    text = "e il 24 giugno, che mi pare sia festa da voi in città?"
    assert meaning(heard(text), {"needed_by": "2027-06-24"}, hours) == "ask_opening_hours"
    assert meaning(heard(text), {"needed_by": "2027-06-24"}, {}) != "ask_opening_hours"


def test_what_do_you_have_beside_a_wish_is_the_same_wish() -> None:
    both = replace(heard("una candela. che avete?", "search_product"), also=["browse_catalog"])
    assert wanted(both) == ["search_product"]


@pytest.mark.parametrize(
    "text",
    [
        "u got like a sleeve for it?",
        "do you have a strap for it",
        "do you sell any refills for them?",
        "avete una tracolla per questa?",
        "avete anche una custodia per quello",
    ],
)
def test_what_goes_with_a_thing_is_looked_for(text: str) -> None:
    given = {"ordinal": "this"}
    assert meaning(heard(text, "ask_details"), given, IN_VIEW) == "search_product"
    assert meaning(heard("has it got a strap?", "ask_details"), given, IN_VIEW) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("sono spessi?", "complaint"),
        ("come si apre?", "affirm"),
        ("can I start it in march?", "restart"),
        ("is it braided by machine?", "bot_challenge"),
        ("di cosa sa?", "browse_catalog"),
    ],
)
def test_a_question_on_a_guess_is_of_the_thing_in_view(text: str, intent: str) -> None:
    assert meaning(heard(text, intent, 0.7), {}, IN_VIEW) == DETAILS
    assert meaning(heard(text, intent, 0.95), {}, IN_VIEW) is None
    assert meaning(heard(text, intent, 0.7), {}, {}) is None


def test_a_thing_that_is_named_is_never_off_topic() -> None:
    named = {"product": "luna"}
    assert meaning(heard("Mi racconti della Luna?", "out_of_scope", 0.8), named, {}) == DETAILS
    alone = heard("Mi racconti della Stella?", "compare_products", 0.8)
    assert meaning(alone, {"product": "stella"}, {}) == DETAILS
    assert meaning(alone, {"product": "stella"}, IN_VIEW) is None
    both = "che differenza c'è tra il Marco e il Tobia?"
    assert meaning(heard(both, "compare_products", 0.8), {"product": "marco"}, {}) is None
