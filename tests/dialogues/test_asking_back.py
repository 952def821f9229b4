"""Between acting and not understanding: "did you mean A or B?", and what is answered to it."""

from collections.abc import Callable

import pytest

from tests.dialogues.conftest import Customer

FLOWS = """
    flow: spedizione
    title: {it: Spedizione, en: Delivery}
    start: {intents: [ask_delivery]}
    steps: [{answer: delivery}]
    ---
    flow: resi
    title: {it: Resi e rimborsi, en: Returns and refunds}
    start: {intents: [ask_returns, ask_refund]}
    steps: [{answer: returns}]
    ---
    flow: prezzo
    title: {it: Quanto costa, en: How much is it}
    start: {intents: [ask_price]}
    steps: [{answer: price}]
    ---
    flow: si
    title: {it: "Sì", en: "Yes"}
    start: {intents: [affirm]}
    steps: [{say: {it: Bene, en: Good}}]
    ---
    flow: grazie
    title: {it: Grazie, en: Thanks}
    start: {intents: [thanks]}
    steps: [{say: {it: Prego, en: Welcome}}]
    ---
    flow: altro
    start: {intents: [something_else]}
    steps: [{say: {it: In altre parole?, en: In other words?}}]
    ---
    flow: biglietto
    start: {intents: [ask_gift_wrap]}
    steps:
      - ask: colour
        as: choice
        say: {it: Che colore?, en: Which colour?}
        choices: [{value: red, it: Rosso, en: Red}, {value: blue, it: Blu, en: Blue}]
        unclear: {it: Rosso o blu?, en: Red or blue?}
"""
BOTH = ["ask_delivery", "ask_returns"]
ASKED = ["say text.did_you_mean"]


@pytest.fixture
def giulia(customer: Callable[..., Customer]) -> Customer:
    return customer(tutti=FLOWS)


def test_both_are_offered_by_the_names_of_their_flows(giulia: Customer) -> None:
    (asked,) = giulia.done("e poi quella cosa?", unsure=BOTH)
    assert asked["values"] == {"first": "Spedizione", "second": "Resi e rimborsi"}
    assert asked["choices"] == [
        {"id": "ask:ask_delivery", "title": "Spedizione"},
        {"id": "ask:ask_returns", "title": "Resi e rimborsi"},
        {"id": "ask:something_else", "ref": "text.choice_something_else"},
    ]


def test_the_names_are_in_the_customers_language(giulia: Customer) -> None:
    giulia.language = "en"
    (asked,) = giulia.done("and that thing?", unsure=BOTH)
    assert asked["values"] == {"first": "Delivery", "second": "Returns and refunds"}


@pytest.mark.parametrize("typed", ["2", "Resi e rimborsi", "resi e rimborsi!"])
def test_a_typed_number_or_title_answers(giulia: Customer, typed: str) -> None:
    assert giulia.say("e poi quella cosa?", unsure=BOTH) == ASKED
    assert giulia.say(typed, unsure=["ask_price"]) == ["run action_answer_returns"]


def test_a_tap_answers_with_the_product_that_was_meant(giulia: Customer) -> None:
    (asked,) = giulia.done("la siena?", unsure=["ask_price"], entities={"product": "siena"})
    choice = asked["choices"][0]["id"]
    assert choice == "ask:ask_price:siena"
    (run,) = giulia.hear(intent="ask_price", choice=choice).do
    assert run["args"] == {"product": "siena"}


def test_with_one_thing_to_choose_yes_is_an_answer(giulia: Customer) -> None:
    assert giulia.say("boh", unsure=["ask_delivery"]) == ["say text.did_you_mean_one"]
    assert giulia.say("sì", "affirm") == ["run action_answer_delivery"]


@pytest.mark.parametrize("said", [{"choice": "ask:something_else"}, {"text": "3"}])
def test_neither_is_an_answer_too(giulia: Customer, said: dict[str, str]) -> None:
    giulia.say("e poi quella cosa?", unsure=BOTH)
    assert giulia.say(**said) == ["say altro.1"]


def test_another_question_is_simply_answered(giulia: Customer) -> None:
    giulia.say("e poi quella cosa?", unsure=BOTH)
    assert giulia.say("quanto costa?", "ask_price") == ["run action_answer_price"]
    assert giulia.say("2") == ["say text.not_understood"]


def test_nobody_is_asked_back_twice_in_a_row(giulia: Customer) -> None:
    said = [giulia.say("e poi quella cosa?", unsure=BOTH) for _ in range(3)]
    assert said == [ASKED, ["say text.not_understood"], ASKED]


def test_nobody_is_asked_whether_thanks_was_meant(giulia: Customer) -> None:
    assert giulia.say("x", unsure=["thanks"]) == ["say text.not_understood"]
    assert giulia.say("x", unsure=["thanks", "ask_price"]) == ["say text.did_you_mean_one"]


def test_two_intents_of_one_flow_are_one_thing(giulia: Customer) -> None:
    asked = giulia.say("x", unsure=["ask_returns", "ask_refund"])
    assert asked == ["say text.did_you_mean_one"]


def test_an_intent_without_a_flow_is_not_offered(giulia: Customer) -> None:
    assert giulia.say("x", unsure=["ask_warranty"]) == ["say text.not_understood"]


def test_an_open_question_is_put_again_instead(giulia: Customer) -> None:
    giulia.say("un biglietto", "ask_gift_wrap")
    assert giulia.say("boh", unsure=BOTH) == ["ask biglietto.colour.unclear"]


LOOKED_UP = "run action_answer_anything"


def test_what_nothing_explains_is_looked_up_before_it_is_asked_back(giulia: Customer) -> None:
    giulia.result = {"answer": "given"}
    assert giulia.say("il corriere chi lo paga", unsure=BOTH) == [LOOKED_UP]


def test_what_was_looked_up_and_found_begins_the_count_anew(giulia: Customer) -> None:
    assert giulia.say("asdf") == ["say text.not_understood"]
    giulia.result = {"answer": "given"}
    assert giulia.say("e i lacci?") == [LOOKED_UP]
    giulia.result = {"answer": "none"}
    assert giulia.say("asdf") == [LOOKED_UP, "say text.not_understood"]


def test_a_question_that_answers_none_is_looked_up_and_the_open_one_put_again(
    giulia: Customer,
) -> None:
    giulia.say("un biglietto", "ask_gift_wrap")
    giulia.result = {"answer": "given"}
    assert giulia.say("ci sta la data in copertina?") == [LOOKED_UP, "ask biglietto.colour"]
    giulia.result = {}
    assert giulia.say("e la pagina?") == ["say text.not_known", "ask biglietto.colour"]
    assert giulia.say("mah") == ["ask biglietto.colour.unclear"]
    assert giulia.say("mah") == ["handoff not_understood"]


def test_a_question_that_nothing_answers_calls_nobody_and_is_no_try_at_the_open_one(
    giulia: Customer,
) -> None:
    giulia.say("un biglietto", "ask_gift_wrap")
    giulia.result = {}
    again = ["say text.not_known", "ask biglietto.colour"]
    questions = ("ci sta la data?", "e la pagina?", "e il nome?")
    assert [giulia.say(question) for question in questions] == [again] * 3
    # The open question is given up in the end, and what cannot be answered is said all the same.
    assert giulia.say("e il cognome?") == ["say text.not_known"]
