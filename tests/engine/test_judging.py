"""How right the purchase decision is, on rows that nothing was tuned to."""

import json
from pathlib import Path

import pytest

from bot.engine import judge_purchases
from bot.errors import BadRequestError

ROWS = Path(__file__).parents[1] / "purchase"
PUBLIC = Path(__file__).parents[3] / "shared" / "data" / "intent" / "purchase_en_sgd_dev.jsonl"


@pytest.mark.engine
def test_a_purchase_is_told_from_everything_like_it(model: Path, tmp_path: Path) -> None:
    both = tmp_path / "unseen.jsonl"
    parts = [ROWS / f"unseen_{language}.jsonl" for language in ("it", "en")]
    both.write_text("".join(part.read_text(encoding="utf-8") for part in parts), encoding="utf-8")
    found = judge_purchases(model, both, errors=True)
    for language in ("it", "en"):
        figures = found["by_language"][language]
        assert figures["precision"] >= 0.95, found["errors"]
        assert figures["recall"] >= 0.95, found["errors"]
    assert found["ece"] <= 0.05
    assert set(found["errors"][0]) >= {"text", "label", "lang", "predicted", "score", "reasons"}


@pytest.mark.engine
def test_people_who_book_buses_and_concerts_are_told_apart(model: Path) -> None:
    if not PUBLIC.is_file():
        pytest.skip("the public benchmark data is not beside the project")
    assert judge_purchases(model, PUBLIC)["f1"] >= 0.88


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"text": "la prendo", "label": "buy"}', 'write "purchase" or "other"'),
        ('{"text": "la prendo"}', "label"),
        ("la prendo", "no JSON"),
        ("", "no rows"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadRequestError, match=words) as told:
        judge_purchases(tmp_path / "none.tar.gz", path)
    assert str(path) in str(told.value)


def test_a_missing_model_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": "la prendo", "label": "purchase"}), encoding="utf-8")
    with pytest.raises(BadRequestError, match="dialogo train"):
        judge_purchases(tmp_path / "none.tar.gz", path)
