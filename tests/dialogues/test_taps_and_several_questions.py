"""Taps on buttons new and old, several things said at once, and people called."""

import pytest


def test_a_tap_on_the_unclear_question_answers_it(giulia) -> None:
    giulia.say("regalo", "recommend_gift", entities={"recipient": "lei"})
    giulia.say("boh")
    assert giulia.tap("pick:regalo.budget.unclear:50") == ["run action_search_products"]


def test_an_old_button_of_the_open_flow_goes_back_to_its_question(giulia) -> None:
    giulia.say("regalo", "recommend_gift")
    giulia.tap("pick:regalo.recipient:lei")
    assert giulia.tap("pick:regalo.recipient:lui") == ["ask regalo.budget"]
    assert giulia.state["memory"]["recipient"] == "lui"


def test_an_old_button_of_a_finished_flow_searches_again(giulia) -> None:
    giulia.say("regalo", "recommend_gift", entities={"recipient": "lei", "max_price": "80"})
    turn = giulia.hear(choice="pick:regalo.budget:50")
    assert turn.do[0]["args"] == {"recipient": "lei", "max_price": 50, "limit": 3}


def test_an_old_button_is_never_kept_as_an_e_mail(giulia) -> None:
    giulia.tap("ask:leave_contact")
    assert giulia.say("Fino a 50 €", choice="pick:gone.budget:50") == [
        "ask contatto.contact.unclear"
    ]
    assert giulia.tap("pick:regalo.recipient:lei")[0] == "ask regalo.budget"
    assert "contact" not in giulia.state["memory"]


def test_a_tap_that_nobody_knows_acts_like_its_title(giulia) -> None:
    done = giulia.say("Spedizione", "ask_delivery", choice="pick:gone.topic:delivery")
    assert done == ["run action_answer_delivery"]


def test_a_tap_can_ask_about_a_product(giulia) -> None:
    turn = giulia.hear(choice="ask:buy:siena")
    assert (turn.do[0]["reason"], turn.do[0]["product"]) == ("purchase", "siena")


def test_a_tapped_question_reaches_its_answer_with_the_product(giulia) -> None:
    turn = giulia.hear(choice="ask:ask_delivery:siena")
    assert turn.do == [
        {
            "do": "run",
            "flow": "spedizione",
            "action": "action_answer_delivery",
            "args": {"product": "siena"},
        }
    ]


def test_a_tap_interrupts_an_open_question(giulia) -> None:
    giulia.tap("ask:leave_contact")
    assert giulia.tap("ask:ask_returns") == ["run action_answer_returns", "ask contatto.contact"]


def test_two_questions_in_one_message_are_both_answered(giulia) -> None:
    done = giulia.say("e la spedizione? e i resi?", "ask_delivery", also=["ask_returns"])
    assert done == ["run action_answer_delivery", "run action_answer_returns"]


def test_two_questions_in_the_middle_are_answered_before_the_flow_goes_on(giulia) -> None:
    giulia.say("regalo", "recommend_gift")
    done = giulia.say("spedizione? resi?", "ask_delivery", also=[{"name": "ask_returns"}])
    assert done[-1] == "ask regalo.recipient"
    assert len(done) == 3


def test_a_question_beside_a_purchase_is_answered_before_the_person_takes_over(giulia) -> None:
    giulia.facts = {"focus": "siena"}
    done = giulia.say("la prendo, spedite a Torino?", "buy", also=["ask_delivery"])
    assert done == ["run action_answer_delivery", "handoff purchase"]


def test_a_greeting_beside_a_question_is_short(giulia) -> None:
    done = giulia.say("ciao, spedite?", "ask_delivery", also=["greet"])
    assert done == ["say saluto.1.then.1", "run action_answer_delivery"]


def test_thanks_beside_a_question_are_not_answered_on_their_own(giulia) -> None:
    assert giulia.say("grazie! e i resi?", "thanks", also=["ask_returns"]) == [
        "run action_answer_returns"
    ]


def test_of_thanks_and_goodbye_the_goodbye_is_answered(giulia) -> None:
    giulia.bundle["starts"]["goodbye"] = "aiuto"
    assert giulia.say("ciao e grazie", "goodbye", also=["thanks"]) == ["say aiuto.1"]
    assert giulia.say("grazie, ciao", "thanks", also=["goodbye"]) == ["say aiuto.1"]


def test_a_person_takes_over_when_the_product_is_clear(giulia) -> None:
    giulia.facts = {"shown": ["aurora", "siena"]}
    assert giulia.say("la prendo", "buy") == ["ask acquisto.product"]
    turn = giulia.hear("la seconda", entities={"ordinal": 2})
    assert (turn.do[0]["reason"], turn.do[0]["product"]) == ("purchase", "siena")
    assert turn.state["stack"] == []


@pytest.mark.parametrize(("ordinal", "product"), [(1, "a"), (-1, "c"), ("this", "b"), ("2", "b")])
def test_ordinals_mean_what_was_shown(giulia, ordinal: object, product: str) -> None:
    giulia.facts = {"shown": ["a", "b", "c"], "focus": "b"}
    turn = giulia.hear("la prendo", "buy", entities={"ordinal": ordinal})
    assert turn.do[0]["product"] == product


@pytest.mark.parametrize("ordinal", [9, -9, 0, "cheapest"])
def test_an_ordinal_that_means_nothing_shown_is_asked_for(giulia, ordinal: object) -> None:
    giulia.facts = {"shown": ["a", "b", "c"]}
    assert giulia.say("la prendo", "buy", entities={"ordinal": ordinal}) == ["ask acquisto.product"]
