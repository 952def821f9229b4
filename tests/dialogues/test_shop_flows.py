"""The flows of the demo shop: in order, tested, complete, and usable from every intent."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dialogues.compiler import Compiled, check, compile_flows
from dialogues.executor import Heard, advance, start
from dialogues.executor.vocabulary import INNER_INTENTS

REPOSITORY = Path(__file__).parents[2]
FLOWS = REPOSITORY / "dialogues" / "flows"
LANGUAGES = ("it", "en")
LIMITS = {
    "whatsapp": {"buttons": 3, "button_label": 20, "list_rows": 10, "list_title": 24},
    "messenger": {"quick_replies": 13, "quick_reply_label": 20},
}


@pytest.fixture(scope="module")
def phrases() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((REPOSITORY / "training_data").glob("*/*.yml")):
        for item in YAML(typ="safe", pure=True).load(path)["nlu"]:
            lines = item["examples"].splitlines()
            found.update({line[2:]: item["intent"] for line in lines if line.startswith("- ")})
    return found


@pytest.fixture(scope="module")
def shop() -> Compiled:
    return compile_flows(FLOWS, languages=LANGUAGES)


def test_the_flows_have_no_mistakes_no_hints_and_pass_their_own_tests(
    phrases: dict[str, str],
) -> None:
    problems = check(FLOWS, languages=LANGUAGES, phrases=phrases, limits=LIMITS)
    assert [str(problem) for problem in problems] == []


def test_every_flow_that_starts_by_itself_has_a_test(shop: Compiled) -> None:
    assert shop.bundle is not None
    tested = {talk.flow for talk in shop.talks}
    started = {name for name, flow in shop.bundle["flows"].items() if flow["start"]["intents"]}
    assert started - tested == set()


def test_every_intent_is_answered(shop: Compiled, phrases: dict[str, str]) -> None:
    assert shop.bundle is not None
    missing = {*phrases.values(), *INNER_INTENTS} - set(shop.bundle["starts"])
    assert missing == set()
    for intent in set(phrases.values()):
        heard = Heard("x", intent, 1.0, [], None, "it", {})
        done = advance(shop.bundle, start(), heard).do
        assert done
        assert done[0].get("ref") != "text.not_understood"


def test_every_question_has_a_way_out_and_other_words(shop: Compiled) -> None:
    assert shop.bundle is not None
    asks: list[dict[str, Any]] = [
        step
        for flow in shop.bundle["flows"].values()
        for step in flow["steps"]
        if step["do"] == "ask"
    ]
    assert asks
    assert all("otherwise" in step for step in asks)
    assert all("unclear" in step for step in asks if step["kinds"] != ["text"])


def test_what_is_said_with_a_first_name_can_be_said_without(shop: Compiled) -> None:
    assert shop.bundle is not None
    for ref, texts in shop.bundle["texts"].items():
        for language, variants in texts.items():
            if any("{name}" in text for text in variants) and not ref.startswith("text."):
                assert any("{name}" not in text for text in variants), (ref, language)


def test_the_italian_texts_address_nobody_formally(shop: Compiled) -> None:
    assert shop.bundle is not None
    formal = ("la preghiamo", "le chiediamo", " suo ", "desidera ", "gentile cliente")
    for ref, texts in shop.bundle["texts"].items():
        for text in texts["it"]:
            assert not any(word in text.lower() for word in formal), (ref, text)
