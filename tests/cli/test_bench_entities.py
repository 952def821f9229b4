"""`dialogo bench entities`: measured with the demo shop's words and the trained model."""

import json
import shutil
from pathlib import Path

import pytest

from bot.cli import bench_entities
from tests.engine_fixture import trained_model

pytestmark = pytest.mark.engine


def test_the_demo_shop_is_measured_without_a_running_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    shutil.copy(trained_model(), tmp_path / "models")
    monkeypatch.setenv("DIALOGO_DATA_DIR", str(tmp_path))
    rows = tmp_path / "rows.txt"
    rows.write_text("una borsa rossa | category=borse; colour=rosso\nciao | colour=blu\n")

    bench_entities.run(tests=[rows], lookups=None, today=None, errors=True)

    figures = json.loads(capsys.readouterr().out)
    assert figures["precision"] == 1.0
    assert figures["recall"] == pytest.approx(2 / 3, abs=0.001)
    assert len(figures["errors"]) == 1
