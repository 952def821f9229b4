"""What is said beside a question, and what a question only sounds like."""

from dataclasses import replace
from typing import Any

import pytest

from dialogues.executor import Heard
from dialogues.executor.complaints import sifted
from dialogues.executor.fragments import meaning
from dialogues.executor.intents import wanted
from tests.dialogues.conftest import Customer

REVIEW = """
    flow: recensione
    start: {intents: [leave_review]}
    steps:
      - ask: stars
        as: [choice, number]
        say: {it: Quante stelle?, en: How many stars?}
        choices:
          - {value: 5, it: 5 stelle, en: 5 stars}
          - {value: 4, it: 4 stelle, en: 4 stars}
        unclear: {it: Un numero, en: A number}
      - ask: opinion
        as: opinion
        say: {it: In una riga?, en: In a line?}
        unclear: {it: Poche parole, en: A few words}
    ---
    flow: ordine
    start: {intents: [order_status]}
    steps:
      - ask: order_number
        as: [code, email, phone]
        from: order_number
        say: {it: Il numero?, en: The number?}
        unclear: {it: Il numero?, en: The number?}
      - handoff: order_status
"""
BAG: dict[str, Any] = {"focus": "siena"}


def heard(text: str, intent: str | None, *also: str, unsure: tuple[str, ...] = ()) -> Heard:
    return Heard(text, intent, 0.7, [], None, "it", {}, list(also), list(unsure))


@pytest.mark.parametrize(
    ("text", "intents", "meant"),
    [
        ("è coperta? in metro mi hanno fregato il telefono", ["ask_details", "complaint"], 1),
        ("bella. l'ho ordinata e non arriva, quanto costa?", ["ask_price", "complaint"], 2),
        ("my gloves are a disgrace. do you make any?", ["complaint", "search_product"], 1),
        ("quante stelle ha? ne parlo con mia moglie", ["ask_reviews", "recommend_gift"], 1),
        ("quanto costa? è un regalo per mia moglie", ["ask_price", "recommend_gift"], 2),
        ("how long to return it and to get the money?", ["ask_returns", "request_refund"], 1),
        ("where is it? i did not receive it", ["order_status", "cancel_order"], 1),
        ("where is it? just cancel it", ["order_status", "cancel_order"], 2),
    ],
)
def test_a_story_beside_a_question_calls_nobody(text: str, intents: list[str], meant: int) -> None:
    said = wanted(sifted(heard(text, *intents)))
    assert len(said) == meant
    assert ("complaint" in said) == ("ordinata" in text)
    assert ("cancel_order" in said) == ("cancel" in text)


def test_delivery_to_a_place_is_heard_beside_a_question_about_the_thing() -> None:
    city = [{"entity": "city", "value": "Modena"}]
    said = replace(
        heard("in nero c'è? e a modena quando arriva", "ask_availability"), entities=city
    )
    assert wanted(said) == ["ask_availability", "ask_delivery"]
    assert wanted(replace(said, text="in nero c'è? sono di modena")) == ["ask_availability"]


@pytest.mark.parametrize(
    ("text", "intent", "unsure", "given", "facts", "meant"),
    [
        ("quanto pesano?", "ask_price", (), {}, BAG, "ask_details"),
        ("quanto costano?", "ask_price", (), {}, BAG, None),
        ("how long does that last", "ask_delivery", (), {}, BAG, "ask_details"),
        ("how long does that take", "ask_delivery", (), {}, BAG, None),
        (
            "arriva entro il 20?",
            None,
            ("ask_delivery", "x"),
            {"needed_by": "d"},
            {},
            "ask_delivery",
        ),
        ("what is in it?", None, ("ask_details", "x"), {"product": "s"}, {}, "ask_details"),
        ("any other candles?", "show_more", (), {"category": "c"}, {}, "search_product"),
        ("any others?", "show_more", (), {}, {}, None),
        ("cravatte ne tenete?", None, ("ask_availability",), {}, BAG, "search_product"),
        ("nooo e verdi?", "deny", (), {"colour": "verde"}, BAG, "ask_availability"),
        ("ha anche la cinghia?", "search_product", (), {"category": "c"}, BAG, "ask_details"),
        (
            "il secondo non è male",
            "out_of_scope",
            (),
            {"ordinal": 2},
            {"shown": "ab"},
            "ask_details",
        ),
    ],
)
def test_what_a_question_only_sounds_like(
    text: str,
    intent: str | None,
    unsure: tuple[str, ...],
    given: dict[str, Any],
    facts: dict[str, Any],
    meant: str | None,
) -> None:
    assert meaning(heard(text, intent, unsure=unsure), given, facts) == meant


@pytest.fixture
def client(customer: Any) -> Customer:
    talking: Customer = customer(tutti=REVIEW)
    return talking


def test_what_opens_a_flow_answers_its_questions(client: Customer) -> None:
    assert client.say("lascio una recensione: 5 stelle, bellissima!", "leave_review") == [
        "ask recensione.opinion"
    ]
    assert client.state["memory"]["stars"] == 5


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("ho un ordine in ballo, il 73318: a che punto è?", "73318"),
        ("dov'è il mio ordine? sono giulia@esempio.it", "giulia@esempio.it"),
    ],
)
def test_the_number_of_an_order_is_not_asked_for_again(
    client: Customer, said: str, number: str
) -> None:
    assert client.say(said, "order_status") == ["handoff order_status"]
    assert client.state["memory"]["order_number"] == number


def test_a_year_or_a_price_is_no_order(client: Customer) -> None:
    assert client.say("ordinato nel 2026 per 1200 euro", "order_status") == [
        "ask ordine.order_number"
    ]


def test_what_was_said_at_first_answers_no_later_question(client: Customer) -> None:
    client.say("una recensione", "leave_review")
    assert client.say("5 stelle") == ["ask recensione.opinion"]


def test_a_price_said_before_a_service_is_of_the_thing() -> None:
    said = heard(
        "how much is it, and what do you charge for wrapping", "ask_price", "ask_gift_wrap"
    )
    assert wanted(replace(said, facts=BAG)) == ["ask_price", "ask_gift_wrap"]
    after = heard("spedite a Cagliari? quanto costa?", "ask_delivery", "ask_price")
    assert wanted(replace(after, facts=BAG)) == ["ask_delivery"]


def test_nobody_is_called_for_money_that_nobody_asked_back() -> None:
    said = heard("i shall come back to you another day. goodbye", "request_refund", "goodbye")
    assert wanted(said) == ["goodbye"]
    money = heard("i want my money back", "request_refund")
    assert wanted(money) == ["request_refund"]
