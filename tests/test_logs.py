"""What the logs are to hold, and what they are not."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:], root.level = handlers, level


def _logged(tmp_path: Path, message: str, extra: dict[str, str]) -> dict[str, str]:
    file = tmp_path / "log"
    logs.set_up("info", file=file)
    logging.getLogger("dialogo").info(message, extra=extra)
    line: dict[str, str] = json.loads(file.read_text())
    return line


def test_tokens_are_masked_wherever_they_stand(tmp_path: Path) -> None:
    line = _logged(tmp_path, "called ?access_token=EAAG1", {"header": "Bearer abc.def"})
    assert line["event"] == "called ?access_token=***"
    assert line["header"] == "Bearer ***"


def test_a_text_is_not_said_a_second_time_in_colour(tmp_path: Path) -> None:
    line = _logged(tmp_path, "Running", {"color_message": "\x1b[1mRunning", "port": "8000"})
    assert line["port"] == "8000"
    assert "color_message" not in line
