"""Who is called for: a complaint of what came from here, and not a story or an outcry."""

from typing import Any

import pytest

from dialogues.executor import Heard
from dialogues.executor.complaints import is_of_this_shop, sifted
from dialogues.executor.fragments import meaning
from dialogues.executor.vocabulary import UNHAPPY

Json = dict[str, Any]
BAG: Json = {"focus": "siena"}


def complains(text: str, sure: float = 0.9, **more: Any) -> Heard:
    return Heard(text, "complaint", sure, more.pop("entities", []), None, "it", {}, **more)


@pytest.mark.parametrize(
    "text",
    [
        "mi è arrivata la borsa con la zip rotta",
        "aspetto il pacco da un mese, è una vergogna",
        "la cintura presa da voi si è scucita",
        "l'ultima volta da voi mi avete dato quella sbagliata",
        "servizio pessimo",
        "una vergogna!",
        "you sent me the wrong one",
        "nobody ever replies, I am furious",
        "the strap of my bag snapped after two days",
        "siete dei ladri",
    ],
)
def test_what_came_from_here_calls_a_person_at_once(text: str) -> None:
    assert is_of_this_shop(complains(text))
    assert sifted(complains(text)).intent == "complaint"


def test_the_number_of_an_order_is_evidence_enough() -> None:
    number = [{"entity": "order_number", "value": "48213"}]
    assert sifted(complains("48213, che schifo", entities=number)).intent == "complaint"


@pytest.mark.parametrize(
    "text", ["che delusione", "terrible", "I am not happy", "è una presa in giro"]
)
def test_an_outcry_that_names_nothing_asks_what_happened(text: str) -> None:
    assert sifted(complains(text)).intent == UNHAPPY


@pytest.mark.parametrize(
    "text",
    [
        "is it real leather or bonded? I've been burned before",
        "my old one snapped. does this have a strong strap?",
        "l'ultima volta su un altro sito era una schifezza, voi che pelle usate?",
        "349 euro, una vergogna! qualcosa che costa meno?",
    ],
)
def test_a_story_with_a_question_is_heard_as_the_question(text: str) -> None:
    ranked = [
        {"name": "complaint", "confidence": 0.9},
        {"name": "ask_about_shop", "confidence": 0.7},
    ]
    assert sifted(complains(text, ranked=ranked)).intent == "ask_about_shop"
    assert sifted(complains(text)).intent is None
    also = [{"name": "ask_details", "confidence": 0.8}]
    assert sifted(complains(text, also=also)).intent == "ask_details"


def test_a_call_on_a_guess_gives_way_to_what_is_clear() -> None:
    clear = [{"name": "order_status", "confidence": 0.98}]
    found = sifted(complains("never mind, I paid. where has my order got to?", 0.63, also=clear))
    assert (found.intent, found.confidence, found.also) == ("order_status", 0.98, [])
    unclear = [{"name": "order_status", "confidence": 0.8}]
    assert sifted(complains("my order never came", 0.63, also=unclear)).intent == "complaint"


def test_a_present_needs_a_word_of_its_own_beside_another_question() -> None:
    also = [{"name": "ask_discount", "confidence": 0.74}]
    found = Heard("349! qualcosa che costa meno?", "recommend_gift", 0.6, [], None, "it", {}, also)
    assert sifted(found).intent == "ask_discount"
    cheaper = {"compared": "cheaper"}
    assert meaning(sifted(found), cheaper, BAG) == "search_product"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("can I cancel after ordering?", None),
        ("si può annullare un ordine dopo averlo fatto?", None),
        ("stamattina ho fatto un ordine, me lo annullate?", "cancel_order"),
        ("can you cancel my order?", "cancel_order"),
    ],
)
def test_who_asks_whether_orders_can_be_cancelled_has_none_yet(
    text: str, intent: str | None
) -> None:
    found = sifted(Heard(text, "cancel_order", 0.95, [], None, "it", {}))
    assert found.intent == intent
    assert bool(found.unsure) == (intent is None)


def test_a_tap_is_taken_at_its_word() -> None:
    tapped = Heard("che schifo", "complaint", 0.9, [], "ask:complaint", "it", {})
    assert sifted(tapped) is tapped


@pytest.mark.parametrize(
    "text",
    [
        "ho un matrimonio a settembre e mi manca la pochette",
        "there's a wedding, I'm still missing a clutch",
    ],
)
def test_who_lacks_a_thing_for_an_occasion_complains_of_nothing(text: str) -> None:
    assert not is_of_this_shop(complains(text))
    assert is_of_this_shop(complains("nel pacco mi manca la pochette"))
