"""`dialogo bench intent`, as somebody types it."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.test_commands import run
from tests.engine_fixture import trained_model


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"text": "la prendo", "label": "yes"}', "rows.jsonl"),
        ("no json", "rows.jsonl:1"),
        (None, "There is no file"),
    ],
)
def test_a_file_that_cannot_be_used_is_exit_code_two_and_trains_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, words: str
) -> None:
    monkeypatch.setenv("DIALOGO_DATA_DIR", str(tmp_path / "var"))
    path = tmp_path / "rows.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    result = run("bench", "intent", "--test", str(path))
    assert result.exit_code == 2
    assert words in result.stderr
    assert not (tmp_path / "var" / "models").exists()


@pytest.mark.engine
def test_the_figures_are_json_on_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tmp_path / "var" / "models"
    models.mkdir(parents=True)
    shutil.copy(trained_model(), models)
    monkeypatch.setenv("DIALOGO_DATA_DIR", str(tmp_path / "var"))
    rows = [("ok la prendo", "purchase"), ("i'll take it", "purchase"), ("quanto costa?", "other")]
    path = tmp_path / "rows.jsonl"
    lines = [json.dumps({"text": text, "label": label}) for text, label in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    result = run("bench", "intent", "--test", str(path), "--errors")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert (found["precision"], found["recall"], found["f1"]) == (1.0, 1.0, 1.0)
    assert (found["rows"], found["errors"]) == (3, [])
