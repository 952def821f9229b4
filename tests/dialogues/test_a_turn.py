"""How a message moves a talk on: answers, interruptions, leaving, nothing known."""

from collections.abc import Callable

import pytest

from dialogues.executor import Heard, advance, resume, start


def test_a_flow_runs_to_its_first_question(giulia) -> None:
    assert giulia.say("cerco un regalo", "recommend_gift") == [
        "say regalo.1",
        "ask regalo.recipient",
    ]


def test_what_was_already_said_is_not_asked(giulia) -> None:
    heard = {"recipient": "lei", "max_price": "80.00"}
    turn = giulia.hear("un regalo per mia moglie, max 80", "recommend_gift", entities=heard)
    assert turn.do[-1]["args"] == {"recipient": "lei", "max_price": 80, "limit": 3}
    assert turn.waiting == "action"


def test_answers_lead_to_products_with_what_was_remembered(giulia) -> None:
    giulia.say("regalo", "recommend_gift")
    asked = giulia.hear("per lui")
    assert asked.do == [
        {
            "do": "ask",
            "flow": "regalo",
            "ref": "regalo.budget",
            "values": {"recipient": "Per lui"},  # the title, not the code
        }
    ]
    found = giulia.hear("circa 70 euro", "greet")
    assert found.do[0]["args"] == {"recipient": "lui", "max_price": 70, "limit": 3}
    end = resume(giulia.bundle, found.state, {"products": "some"}, {})
    assert (end.do, end.waiting, end.state["version"]) == ([], "customer", None)


def test_conditions_read_the_result_of_a_search_and_what_was_remembered(giulia) -> None:
    giulia.say("regalo", "recommend_gift")
    giulia.tap("pick:regalo.recipient:lei")
    assert giulia.say("250 euro")[-1] == "handoff high_value"
    giulia.say("regalo", "recommend_gift", entities={"recipient": "lei"})
    giulia.result = {"products": "none"}
    assert giulia.say("250 euro")[-1] == "say regalo.5.then.1"


def test_a_question_in_the_middle_is_answered_and_the_flow_goes_on(giulia) -> None:
    giulia.say("regalo", "recommend_gift")
    assert giulia.say("quanto costa la spedizione?", "ask_delivery") == [
        "run action_answer_delivery",
        "ask regalo.recipient",
    ]
    assert giulia.say("per lei") == ["ask regalo.budget"]


def test_a_question_put_aside_again_and_again_is_given_up(giulia) -> None:
    giulia.say("regalo", "recommend_gift")
    for _ in range(3):
        assert giulia.say("e la spedizione?", "ask_delivery")[-1] == "ask regalo.recipient"
    assert giulia.say("e la spedizione?", "ask_delivery") == ["run action_answer_delivery"]


def test_a_number_in_a_question_does_not_swallow_the_question(giulia) -> None:
    giulia.say("regalo", "recommend_gift", entities={"recipient": "lei"})
    done = giulia.say("se spendo 200 la spedizione è gratis?", "ask_delivery")
    assert done == ["run action_answer_delivery", "ask regalo.budget"]


def test_an_unclear_answer_is_asked_again_in_other_words_then_the_way_out(giulia) -> None:
    giulia.say("regalo", "recommend_gift", entities={"recipient": "lei"})
    assert giulia.say("mah") == ["ask regalo.budget.unclear"]
    assert giulia.say("mah") == ["say aiuto.1"]


def test_without_a_way_out_a_person_takes_over(giulia) -> None:
    giulia.say("regalo", "recommend_gift")
    giulia.say("mah")
    assert giulia.say("mah") == ["handoff not_understood"]


def test_a_choice_that_does_not_matter_is_left_out_of_the_search(giulia) -> None:
    giulia.say("regalo", "recommend_gift", entities={"recipient": "lei"})
    assert giulia.hear("non importa").do[0]["args"] == {"recipient": "lei", "limit": 3}


def test_a_free_text_takes_what_is_left_after_intents(giulia) -> None:
    giulia.say("un biglietto", "ask_gift_wrap")
    assert giulia.say("quando spedite?", "ask_delivery")[-1] == "ask biglietto.words"
    turn = giulia.hear("Auguri di cuore", "affirm")
    assert turn.do[0]["values"] == {"words": "Auguri di cuore"}


@pytest.mark.parametrize("said", ["giulia@esempio.it", "la mia mail è giulia@esempio.it, grazie"])
def test_an_e_mail_is_found_in_a_sentence(giulia, said: str) -> None:
    giulia.tap("ask:leave_contact")
    turn = giulia.hear(said, "thanks")
    assert turn.do[0]["values"] == {"contact": "giulia@esempio.it"}


def test_a_no_to_a_personal_question_leaves_it(giulia) -> None:
    giulia.tap("ask:leave_contact")
    assert giulia.say("preferisco di no", "deny") == ["say lascia.1"]


@pytest.mark.parametrize("words", ["lascia stare", "Annulla!", "never mind", "no, grazie"])
def test_words_of_leaving_end_the_question(giulia, words: str) -> None:
    giulia.say("regalo", "recommend_gift")
    assert giulia.say(words, "deny") == ["say lascia.1"]
    assert giulia.state["stack"] == []


def test_leaving_an_interruption_comes_back_to_what_was_interrupted(giulia) -> None:
    giulia.say("regalo", "recommend_gift")
    giulia.say("un biglietto", "ask_gift_wrap")
    assert giulia.say("lascia stare") == ["say lascia.1", "ask regalo.recipient"]


def test_starting_again_forgets_everything(giulia) -> None:
    giulia.say("regalo", "recommend_gift")
    giulia.tap("pick:regalo.recipient:lei")
    assert giulia.say("ricominciamo", "restart") == ["say ricomincia.1"]
    assert (giulia.state["stack"], giulia.state["memory"]) == ([], {})


def test_an_earlier_answer_can_be_corrected(giulia) -> None:
    giulia.say("regalo", "recommend_gift", entities={"recipient": "lei"})
    done = giulia.say("anzi è per mio padre", "recommend_gift", entities={"recipient": "lui"})
    assert done == ["ask regalo.budget"]
    assert giulia.state["memory"]["recipient"] == "lui"


def test_yes_takes_up_what_was_offered(giulia) -> None:
    giulia.say("aiuto", "help")
    assert giulia.say("sì", "affirm") == ["say regalo.1", "ask regalo.recipient"]


def test_an_offer_does_not_outlive_the_next_message(giulia) -> None:
    giulia.say("aiuto", "help")
    giulia.say("spedizione?", "ask_delivery")
    assert giulia.say("sì", "affirm") == ["say text.not_understood"]


def test_not_understood_twice_in_a_row_calls_a_person(giulia) -> None:
    assert giulia.say("asdf") == ["say text.not_understood"]
    assert giulia.say("qwer") == ["handoff not_understood"]
    assert giulia.say("asdf") == ["say text.not_understood"]


def test_understanding_begins_the_count_anew(giulia) -> None:
    giulia.say("asdf")
    giulia.say("grazie", "thanks")
    assert giulia.say("asdf") == ["say text.not_understood"]


def test_a_link_starts_its_flow(giulia) -> None:
    assert giulia.say("Natale!")[0] == "say regalo.1"
    giulia.say("lascia stare")
    giulia.facts = {"context": {"event": {"referral": {"source": "ad", "ref": "natale"}}}}
    assert giulia.say("buongiorno", "greet")[0] == "say regalo.1"


def test_the_first_name_is_left_to_the_gateway(giulia) -> None:
    giulia.facts = {"context": {"name": "Giulia Rossi"}}
    assert giulia.hear("ciao", "greet").do[0]["values"] == {}


def test_the_version_is_kept_while_a_flow_is_open(giulia) -> None:
    giulia.say("regalo", "recommend_gift")
    assert giulia.state["version"] == giulia.bundle["version"]
    giulia.say("lascia stare")
    assert giulia.state["version"] is None


def test_a_state_that_fits_no_longer_is_given_up_and_the_message_handled_afresh(giulia) -> None:
    giulia.say("regalo", "recommend_gift")
    giulia.tap("pick:regalo.recipient:lei")
    del giulia.bundle["flows"]["regalo"]["steps"][2]  # the open question is gone
    assert giulia.say("spedizione?", "ask_delivery") == ["run action_answer_delivery"]
    assert giulia.state["memory"]["recipient"] == "lei"


@pytest.mark.parametrize("state", [None, {}, {"stack": [{"flow": "gone"}]}, {"stack": ["?"]}])
def test_a_strange_state_is_no_obstacle(giulia, state: object) -> None:
    giulia.state = state
    assert giulia.say("grazie", "thanks") == ["say grazie.1"]


def test_a_turn_changes_nothing_that_was_handed_in(giulia) -> None:
    state, before = start(), start()
    advance(giulia.bundle, state, Heard("ciao", "recommend_gift", 1.0, [], None, "it", {}))
    assert state == before


def test_an_action_that_never_answered_does_not_block_the_talk(giulia) -> None:
    giulia.hear("spedizione?", "ask_delivery")
    assert giulia.say("grazie", "thanks") == ["say grazie.1"]


def test_a_flow_that_says_nothing_is_not_silent(customer: Callable[..., object]) -> None:
    shy = customer(
        a="""
        flow: a
        start: {intents: [greet]}
        steps:
          - if: {channel: whatsapp}
            then: [{say: {it: Ciao, en: Hi}}]
        """
    )
    assert shy.say("ciao", "greet") == ["say text.not_understood"]
    shy.facts = {"context": {"channel": "whatsapp"}}
    assert shy.say("ciao", "greet") == ["say a.1.then.1"]


def test_a_flow_in_a_circle_ends_with_a_person() -> None:
    step = {"id": "1", "do": "jump", "to": "1"}
    bundle = {"languages": ["it"], "flows": {"a": {"steps": [step]}}, "starts": {"greet": "a"}}
    turn = advance(bundle, start(), Heard("ciao", "greet", 1.0, [], None, "it", {}))
    assert [short["reason"] for short in turn.do] == ["trouble"]


def test_a_flow_that_calls_actions_in_a_circle_ends_with_a_person() -> None:
    steps = [{"id": "1", "do": "answer", "topic": "price"}, {"id": "2", "do": "jump", "to": "1"}]
    bundle = {"languages": ["it"], "flows": {"a": {"steps": steps}}, "starts": {"greet": "a"}}
    turn = advance(bundle, start(), Heard("ciao", "greet", 1.0, [], None, "it", {}))
    calls = 1
    while turn.waiting == "action":
        turn = resume(bundle, turn.state, {}, {})
        calls += 1
    assert calls < 10
    assert turn.do[0]["reason"] == "trouble"
