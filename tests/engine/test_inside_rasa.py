"""Runs the tests that need Rasa's own interpreter, with what Python brings for testing."""

import os
import subprocess
from pathlib import Path

import pytest

from bot.engine.training import RASA, ROOT, engine_python

TESTS = sorted(path.stem for path in (RASA / "tests").glob("test_*.py"))


def run(name: str, **more: str) -> None:
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    done = subprocess.run(
        [engine_python(), "-W", "ignore", "-m", "unittest", f"tests.{name}"],
        cwd=RASA,
        env={**kept, "PYTHONPATH": f"{RASA}:{ROOT}", "TF_CPP_MIN_LOG_LEVEL": "3", **more},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert "Ran 0 tests" not in done.stderr


@pytest.mark.engine
@pytest.mark.parametrize("name", TESTS)
def test_inside_the_engines_environment(name: str) -> None:
    run(name)


@pytest.mark.engine
def test_conversations_are_kept_on_postgresql_as_on_sqlite(postgres_url: str) -> None:
    run("test_tracker_store", DIALOGO_TEST_TRACKER_URL=postgres_url)


def test_nothing_of_ours_in_the_engine_imports_the_gateway() -> None:
    for path in RASA.glob("**/*.py"):
        text = Path(path).read_text(encoding="utf-8")
        assert "import bot" not in text, path
        assert "from bot" not in text, path
