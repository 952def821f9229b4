"""The example phrases and the held-out rows keep the rules of `training_data/README.md`."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.engine import Phrase, read_phrases

ROOT = Path(__file__).resolve().parents[2]
PHRASES = ROOT / "training_data"
FLOWS = ROOT / "dialogues" / "flows"
HELD_OUT = Path(__file__).resolve().parent
LANGUAGES = ("it", "en")
FEWEST = 40
FEWEST_HELD_OUT = 8

# Where a misunderstanding costs most, or where people find the most ways to say it.
DEMANDING = {
    "buy",
    "search_product",
    "ask_price",
    "ask_availability",
    "complaint",
    "talk_to_human",
    "out_of_scope",
}
FEWEST_DEMANDING = 70


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.lower()))


# Small words that belong to one language only ("i", "do", "come" and "per" are in both).
ITALIAN = words("""
    che non con una del della delle dei nella sono cosa quanto quando perché più questo questa
    quello quella avete posso vorrei gli il la le ma anche dove ho hai è di da si
""")
ENGLISH = words("""
    the and you is are does my your what how when where which it this that with for of can would
    have we not be
""")
FOREIGN = {"it": ENGLISH, "en": ITALIAN}


def plain(text: str) -> str:
    """Return the text in lower case without punctuation; emoji stay, they say something."""
    kept = (" " if unicodedata.category(c).startswith("P") else c for c in text.lower())
    return " ".join("".join(kept).split())


def files() -> list[Path]:
    return [path for language in LANGUAGES for path in sorted((PHRASES / language).glob("*.yml"))]


def held_out(language: str) -> list[dict[str, str]]:
    path = HELD_OUT / f"held_out_{language}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def started_intents() -> Iterator[str]:
    for path in sorted(FLOWS.glob("*.yaml")):
        for flow in YAML(typ="safe").load_all(path.read_text(encoding="utf-8")):
            yield from (flow.get("start") or {}).get("intents", [])


@pytest.fixture(scope="module")
def phrases() -> list[Phrase]:
    found, problems = read_phrases(PHRASES, LANGUAGES)
    assert [str(problem) for problem in problems] == []
    return found


@pytest.fixture(scope="module")
def intents(phrases: list[Phrase]) -> set[str]:
    return {phrase.intent for phrase in phrases}


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_is_plain_rasa_nlu_without_annotations(path: Path) -> None:
    content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    assert content["version"] == "3.1"
    for entry in content["nlu"]:
        assert set(entry) == {"intent", "examples"}
        assert not re.search(r"[\[\]{}]", entry["examples"])
        assert all(line.startswith("- ") for line in entry["examples"].splitlines())


def test_both_languages_have_the_same_files_and_intents(phrases: list[Phrase]) -> None:
    placed = {
        language: {(p.path.name, p.intent) for p in phrases if p.language == language}
        for language in LANGUAGES
    }
    assert placed["it"] == placed["en"]


def test_an_intent_stands_in_one_file_only(phrases: list[Phrase]) -> None:
    places = Counter(intent for intent, _ in {(p.intent, p.path.name) for p in phrases})
    assert [intent for intent, files in places.items() if files > 1] == []


def test_every_intent_has_enough_phrases_in_both_languages(
    phrases: list[Phrase], intents: set[str]
) -> None:
    counts = Counter((phrase.language, phrase.intent) for phrase in phrases)
    few = {
        (language, intent): counts[language, intent]
        for language in LANGUAGES
        for intent in intents
        if counts[language, intent] < (FEWEST_DEMANDING if intent in DEMANDING else FEWEST)
    }
    assert few == {}


def test_demanding_intents_exist(intents: set[str]) -> None:
    assert intents >= DEMANDING


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_written_twice(phrases: list[Phrase], language: str) -> None:
    counts = Counter(plain(phrase.text) for phrase in phrases if phrase.language == language)
    assert [text for text, often in counts.items() if often > 1] == []


def test_no_phrase_is_nothing_but_punctuation(phrases: list[Phrase]) -> None:
    assert [phrase.text for phrase in phrases if not plain(phrase.text)] == []


def test_what_is_said_in_both_languages_means_the_same(phrases: list[Phrase]) -> None:
    meanings: dict[str, set[str]] = {}
    for phrase in phrases:
        meanings.setdefault(plain(phrase.text), set()).add(phrase.intent)
    assert {text: meant for text, meant in meanings.items() if len(meant) > 1} == {}


def test_a_folder_speaks_its_own_language(phrases: list[Phrase]) -> None:
    assert [p.text for p in phrases if words(p.text) & FOREIGN[p.language]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_rows_cover_every_intent(intents: set[str], language: str) -> None:
    rows = held_out(language)
    counts = Counter(row["label"] for row in rows)
    assert all(set(row) == {"text", "label"} for row in rows)
    assert set(counts) == intents
    assert {label: n for label, n in counts.items() if n < FEWEST_HELD_OUT} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_rows_are_not_training_phrases(phrases: list[Phrase], language: str) -> None:
    learned = {plain(phrase.text) for phrase in phrases}
    rows = [plain(row["text"]) for row in held_out(language)]
    assert [text for text in rows if text in learned] == []
    assert len(rows) == len(set(rows))
    assert [text for text in rows if words(text) & FOREIGN[language]] == []


def test_every_intent_starts_a_flow(intents: set[str]) -> None:
    assert sorted(intents - set(started_intents())) == []
