"""A greeting is returned: before the answer, once, and not again within hours."""

import pytest

from dialogues.compiler import compile_flows
from dialogues.executor import Heard, advance, start
from dialogues.executor.vocabulary import GREETED_FOR
from tests.dialogues.conftest import FLOWS, Customer

NOON = 1_763_636_400.0


@pytest.fixture
def giulia() -> Customer:
    """A customer of the demo shop."""
    bundle = compile_flows(FLOWS, languages=("it", "en")).bundle
    assert bundle is not None
    return Customer(bundle)


def test_a_greeting_before_a_question_is_returned_before_the_answer(giulia: Customer) -> None:
    said = giulia.say("Buongiorno! spedite?", "ask_delivery", also=["greet"], at=NOON)
    assert said == ["say saluto_breve.1", "run action_answer_delivery"]


def test_it_is_not_returned_again_within_hours(giulia: Customer) -> None:
    giulia.say("ciao", "greet", at=NOON)
    again = giulia.say("ciao, spedite?", "ask_delivery", also=["greet"], at=NOON + 60)
    assert again == ["run action_answer_delivery"]
    later = NOON + 60 + GREETED_FOR
    evening = giulia.say("buonasera, spedite?", "ask_delivery", also=["greet"], at=later)
    assert evening == ["say saluto_breve.1", "run action_answer_delivery"]


def test_a_greeting_does_not_come_between_a_question_and_its_answer(giulia: Customer) -> None:
    asked = giulia.say("un regalo", "recommend_gift")
    said = giulia.say("ciao, spedite?", "ask_delivery", also=["greet"], at=NOON)
    assert said == ["run action_answer_delivery", *asked[-1:]]


def test_two_questions_after_a_greeting_are_both_answered(giulia: Customer) -> None:
    said = giulia.say("x", "ask_delivery", also=["ask_returns", "greet"], at=NOON)
    assert said[0] == "say saluto_breve.1"
    assert said[1:] == ["run action_answer_delivery", "run action_answer_returns"]


def test_a_state_kept_by_an_older_release_knows_no_greeting(giulia: Customer) -> None:
    old = {name: value for name, value in start().items() if name != "greeted"}
    heard = Heard("x", "ask_delivery", 1.0, [], None, "it", {}, also=["greet"], at=NOON)
    turn = advance(giulia.bundle, old, heard)
    assert turn.do[0]["ref"] == "saluto_breve.1"
