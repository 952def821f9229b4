"""How well messages are understood that nobody has learned from."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.engine import Plan, measure_nlu
from bot.engine.labelled import LabelledRowsError
from bot.errors import BadRequestError

HELD_OUT = Path(__file__).parents[1] / "training_data"
PUBLIC = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.engine
@pytest.mark.parametrize("language", ["it", "en"])
def test_held_out_phrases_are_understood(model: Path, language: str) -> None:
    found = measure_nlu(Plan(test=HELD_OUT / f"held_out_{language}.jsonl", model=model))
    assert found["accuracy_in_scope"] >= 0.95
    assert found["accuracy_overall"] >= 0.92
    assert found["oos_recall"] >= 0.85
    assert found["predict_ms_p50"] < 5


@pytest.mark.engine
@pytest.mark.parametrize(
    ("name", "in_scope", "overall"), [("hint3_curekart", 0.865, 0.78), ("xsid_en", 0.9, 0.8)]
)
def test_labelled_messages_of_other_people_are_told_apart(
    name: str, in_scope: float, overall: float
) -> None:
    rows = PUBLIC / "nlu"
    if not rows.is_dir():
        pytest.skip("the public benchmark data is not beside the project")
    plan = Plan(test=rows / f"{name}_test.jsonl", train=rows / f"{name}_train.jsonl")
    found = measure_nlu(plan)
    assert found["accuracy_in_scope"] >= in_scope
    assert found["accuracy_overall"] >= overall
    assert found["ece"] <= 0.08
    assert found["asked_in_scope_right"] >= 0.7
    assert found["predict_ms_p50"] < 10


@pytest.mark.engine
def test_any_labels_can_be_learned_and_errors_are_listed(tmp_path: Path) -> None:
    said = {
        "a/b c": ["uno due tre", "uno due", "uno quattro", "due uno uno"],
        "A/b": ["cinque sei", "sei sette", "cinque otto", "otto sei sei"],
        "x": ["nove dieci", "dieci undici", "nove dodici", "dodici dieci"],
    }
    train, test = tmp_path / "train.jsonl", tmp_path / "test.jsonl"
    write(train, [(text, label) for label, texts in said.items() for text in texts])
    write(test, [("uno due uno", "a/b c"), ("/sette sei", "A/b"), ("[nove](x)", "a/b c")])
    steps: list[str] = []
    found = measure_nlu(Plan(test=test, train=train), errors=True, progress=steps.append)
    assert found["accuracy_in_scope"] == pytest.approx(2 / 3, abs=1e-3)
    assert [(row["text"], row["best"]) for row in found["errors"]][-1] == ("[nove](x)", "x")
    assert any(step.startswith("Training on 12 rows") for step in steps)


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadRequestError, match=r"nowhere\.jsonl"):
        measure_nlu(Plan(test=tmp_path / "nowhere.jsonl"))
    write(tmp_path / "rows.jsonl", [("a", "b")])
    with pytest.raises(BadRequestError, match="train on"):
        measure_nlu(Plan(test=tmp_path / "rows.jsonl"))


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b'{"text": "a", "label": "b"}\nnot json', 2, "no JSON"),
        (b'{"text": "a", "label": "b"}\n\n[1]', 3, "Not an object"),
        (b'{"text": "", "label": "b"}', 1, '"text"'),
        (b'{"text": "a", "label": 3}', 1, '"label"'),
        (b'{"text": "a", "label": "b"}\n{"text": "\xff"}', 2, "UTF-8"),
        (b"\n", 1, "no rows"),
    ],
)
def test_rows_that_cannot_be_read_are_said_so(
    tmp_path: Path, content: bytes, line: int, reason: str
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(content)
    with pytest.raises(LabelledRowsError, match=rf"rows\.jsonl:{line}  .*{reason}"):
        measure_nlu(Plan(test=path, train=path))


def test_rows_that_nothing_can_be_learned_from_are_said_so(tmp_path: Path) -> None:
    test, train = tmp_path / "test.jsonl", tmp_path / "train.jsonl"
    write(test, [("a", "x")])
    write(train, [("a", "x"), ("b", "oos")])
    with pytest.raises(LabelledRowsError, match="only test rows"):
        measure_nlu(Plan(test=test, train=train))
    write(train, [("a", "x"), ("b", "x")])
    with pytest.raises(LabelledRowsError, match="one label"):
        measure_nlu(Plan(test=test, train=train))


def test_the_command_leaves_with_two_for_a_bad_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "a", "label": "b"}\n{}', encoding="utf-8")
    done = CliRunner().invoke(app, ["bench", "nlu", "--train", str(path), "--test", str(path)])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert f"{path}:2" in capsys.readouterr().err + done.stderr


def write(path: Path, rows: list[tuple[str, str]]) -> None:
    lines = [json.dumps({"text": text, "label": label}) for text, label in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
