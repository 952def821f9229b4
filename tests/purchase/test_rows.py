"""The examples of commitments keep their rules, and none of the rows that measure them."""

import json
import re
from pathlib import Path

import pytest

from bot.engine.commitments import COMMITMENT
from bot.engine.training import PHRASES

LANGUAGES = ("it", "en")
FEWEST = 300  # of each kind and language, below that the figures fall
FEWEST_UNSEEN = 200
HERE = Path(__file__).parent


def plain(text: str) -> str:
    """Return the words of a text: what differs in marks only is the same row."""
    return " ".join(re.findall(r"\w+|[\U0001f300-\U0001faff]", text.lower()))


def examples(language: str) -> list[tuple[str, str]]:
    lines = (PHRASES / language / COMMITMENT[0]).read_text(encoding="utf-8").splitlines()
    return [(line[0], line[2:]) for line in lines if line and not line.startswith("#")]


def rows(name: str) -> list[dict[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_an_example_and_stands_there_once(language: str) -> None:
    found = examples(language)
    assert {sign for sign, _ in found} == {"+", "-"}
    assert min(sum(sign == one for sign, _ in found) for one in "+-") >= FEWEST
    said = [plain(text) for _, text in found]
    assert [text for text in said if said.count(text) > 1 or not text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_row_that_measures_was_learned(language: str) -> None:
    learned = {plain(text) for _, text in examples(language)}
    unseen = [plain(row["text"]) for row in rows(f"unseen_{language}.jsonl")]
    assert [text for text in unseen if text in learned] == []
    assert len(set(unseen)) == len(unseen) >= FEWEST_UNSEEN


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rows_that_measure_hold_both_kinds(language: str) -> None:
    labels = [row["label"] for row in rows(f"unseen_{language}.jsonl")]
    assert {row["lang"] for row in rows(f"unseen_{language}.jsonl")} == {language}
    assert 0.4 < labels.count("purchase") / len(labels) < 0.6
