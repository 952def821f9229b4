"""The language of a few words, mixed and misspelt ones too.

`languages.jsonl` was there while the language model was made; `languages_unseen.jsonl` was written
before it and looked at only to measure.
"""

import json
from pathlib import Path

import pytest

from bot.engine.measuring import measure_languages
from bot.engine.phrases import read_phrases
from bot.engine.training import PHRASES

ROWS = Path(__file__).parents[1] / "training_data"
FILES = ("languages", "languages_unseen")


def rows(name: str) -> list[dict[str, str]]:
    lines = (ROWS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


@pytest.mark.engine
@pytest.mark.parametrize("name", FILES)
def test_the_language_of_a_few_words_is_found(model: Path, name: str) -> None:
    found = measure_languages(test=ROWS / f"{name}.jsonl", model=model)
    assert found["accuracy"] >= 0.97, found["errors"]
    assert found["changed"] >= 0.9
    assert found["changed_wrongly"] <= 2


def test_the_rows_are_many_short_and_in_no_phrase() -> None:
    every = [row for name in FILES for row in rows(name)]
    phrases, _ = read_phrases(PHRASES, ("it", "en"))
    learned = {plain(phrase.text) for phrase in phrases}
    texts = [row["text"] for row in every]
    assert len(every) >= 400
    assert len({plain(text) for text in texts}) == len(texts)
    assert [text for text in texts if not 2 <= len(text.split()) <= 8] == []
    assert [text for text in texts if plain(text) in learned] == []
    assert {row["label"] for row in every} == {"it", "en"}
