"""How well messages are understood that nobody has learned from."""

import json
from pathlib import Path

import pytest

from bot.engine import measure
from bot.errors import BadRequestError, EngineError

HELD_OUT = Path(__file__).parents[1] / "training_data"
PUBLIC = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.engine
@pytest.mark.parametrize("language", ["it", "en"])
def test_held_out_phrases_are_understood(model: Path, language: str) -> None:
    found = measure("nlu", test=HELD_OUT / f"held_out_{language}.jsonl", model=model)
    assert found["accuracy_in_scope"] >= 0.95
    assert found["accuracy_overall"] >= 0.92
    assert found["oos_recall"] >= 0.85
    assert found["predict_ms_p50"] < 5


@pytest.mark.engine
def test_messages_of_real_users_of_another_shop_are_told_apart() -> None:
    rows = PUBLIC / "nlu"
    if not rows.is_dir():
        pytest.skip("the public benchmark data is not beside the project")
    train, test = rows / "hint3_curekart_train.jsonl", rows / "hint3_curekart_test.jsonl"
    found = measure("nlu", train=train, test=test)
    # Rasa's DIET reaches .821 and .676 on these files.
    assert found["accuracy_in_scope"] >= 0.86
    assert found["accuracy_overall"] >= 0.76


@pytest.mark.engine
def test_a_purchase_is_told_from_a_question(model: Path, tmp_path: Path) -> None:
    rows = [("ok la prendo", "purchase"), ("I'll take it", "purchase"), ("quanto costa?", "other")]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps({"text": t, "label": label}) for t, label in rows))
    found = measure("intent", test=path, model=model, errors=True)
    assert (found["precision"], found["recall"], found["errors"]) == (1.0, 1.0, [])


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadRequestError, match=r"nowhere\.jsonl"):
        measure("nlu", test=tmp_path / "nowhere.jsonl")
    (tmp_path / "rows.jsonl").write_text("")
    with pytest.raises(BadRequestError, match="train on"):
        measure("nlu", test=tmp_path / "rows.jsonl")


@pytest.mark.engine
def test_rows_that_cannot_be_read_are_said_so(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("not json")
    with pytest.raises(EngineError, match="JSONDecodeError"):
        measure("nlu", test=path, train=path)
