"""What a polite word hides, and what is asked of the thing in view in a colour or a size."""

from typing import Any

import pytest

from dialogues.executor import Heard
from dialogues.executor.complaints import sifted
from dialogues.executor.fragments import meaning
from dialogues.executor.intents import wanted

Json = dict[str, Any]
IN_VIEW: Json = {"focus": "nodo", "shown": ["nodo"], "marks": {"category:accessori": ["nodo"]}}
TOLD_RETURNS: Json = {**IN_VIEW, "asked": [{"topic": "returns"}]}


def means(text: str, intent: str | None, sure: float, given: Json, facts: Json) -> str | None:
    entities = [{"entity": name, "value": value} for name, value in given.items()]
    return meaning(Heard(text, intent, sure, entities, None, "it", facts), given, facts)


@pytest.mark.parametrize(
    ("text", "intent", "given", "meant"),
    [
        ("peccato. la Conca invece a che serve", "deny", {"product": "conca"}, "ask_details"),
        ("shame. how long is the Lia then?", "deny", {"product": "lia"}, "ask_details"),
        ("vorrei un braccialetto voi li tenete. Grazie", "thanks", {}, "search_product"),
        ("ok, c'è qualcosina con 12 euro?", "affirm", {"max_price": "12"}, "search_product"),
        ("siamo in due, che prendiamo?", "greet", {"max_price": "50"}, "search_product"),
        ("torniamo allo zaino", "restart", {"category": "zaini"}, "back_to_product"),
        ("da capo, cerco una candela", "restart", {"category": "profumi"}, "search_product"),
        ("e una a tracolla che non pesi", None, {}, "search_product"),
    ],
)
def test_a_polite_word_hides_a_wish(text: str, intent: str | None, given: Json, meant: str) -> None:
    assert means(text, intent, 0.8, given, IN_VIEW) == meant


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("no grazie, vorrei un attimo per pensarci", "deny"),
        ("grazie, avete un bel negozio", "thanks"),
        ("non cerco una borsa, grazie", "deny"),
        ("ok grazie mille", "thanks"),
        ("no, la Conca non mi piace", "deny"),
    ],
)
def test_mere_politeness_stays_what_it_is(text: str, intent: str) -> None:
    assert means(text, intent, 0.9, {}, IN_VIEW) in (None, intent)


@pytest.mark.parametrize(
    ("text", "intent", "given"),
    [
        ("rosso ce ne sono?", "show_more", {"colour": "rosso"}),
        ("Bianco ci sta il portachiavi", "ask_details", {"colour": "b", "category": "accessori"}),
        ("lei ha il 38, verdi si trovano?", "ask_reviews", {"colour": "v", "recipient": "lei"}),
        ("e se crescesse, la L rossa?", "ask_returns", {"colour": "rosso", "size": "L"}),
        ("ne avete uno verde, come le lampade?", "search_product", {"colour": "verde"}),
    ],
)
def test_a_version_is_asked_of_the_thing_in_view(text: str, intent: str, given: Json) -> None:
    assert means(text, intent, 0.8, given, IN_VIEW) == "ask_availability"


def test_so_many_of_it_is_no_question_of_the_wrapping() -> None:
    of_it = {"quantity": 10}
    asked = "me ne servono 10, ci sono?"
    assert means(asked, "search_product", 0.8, of_it, IN_VIEW) == "ask_availability"
    wrapped = "me ne servono 10, li incartate voi?"
    assert means(wrapped, "ask_gift_wrap", 0.9, of_it, IN_VIEW) != "ask_availability"


def test_what_does_not_fit_is_sent_back() -> None:
    text = "se il 38 le sta stretto? non ho tempo per la posta"
    assert means(text, "ask_availability", 0.8, {"size": "38"}, IN_VIEW) == "ask_returns"
    assert means("quanti giorni ci sono?", "ask_delivery", 0.9, {}, TOLD_RETURNS) == "ask_returns"


def test_a_price_to_send_it_somewhere_is_one_of_delivery() -> None:
    city = {"city": "Lecco"}
    assert means("mandarlo a Lecco quanto costa?", "ask_price", 0.83, city, {}) == "ask_delivery"
    both = means("prezzo? e per spedirlo a Lecco?", "ask_price", 0.83, city, {})
    assert both != "ask_delivery"


def test_what_it_is_made_of_is_no_search() -> None:
    assert means("di che cera è", None, 0.5, {"material": "cera"}, IN_VIEW) == "ask_details"
    counted = "quanti ce ne sono in una confezione"
    assert means(counted, "ask_gift_wrap", 0.8, {}, IN_VIEW) == "ask_details"


def test_the_number_of_an_order_does_not_hide_the_wish_for_a_refund() -> None:
    also = [{"name": "order_status", "confidence": 0.99}]
    number = [{"entity": "order_number", "value": "48817"}]
    text = "si spegne sempre, chiedo il rimborso. Ordine 48817"
    said = sifted(Heard(text, "request_refund", 0.72, number, None, "it", {}, also=also))
    assert wanted(said)[0] == "request_refund"


def test_nobody_who_goes_back_to_something_begins_anew() -> None:
    also = [{"name": "ask_availability", "confidence": 0.9}]
    text = "torniamo all'altro, che colori fa"
    assert wanted(Heard(text, "restart", 0.9, [], None, "it", {}, also=also)) == [
        "ask_availability"
    ]
