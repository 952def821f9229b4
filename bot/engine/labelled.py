"""Reads rows that people have labelled, and says in which line one cannot be read."""

import json
from pathlib import Path
from typing import Any

from bot.errors import BadRequestError

Row = dict[str, Any]


class LabelledRowsError(BadRequestError):
    """A file of labelled rows cannot be used; the message says file, line, reason and remedy."""


def read_rows(path: Path) -> list[Row]:
    """Return the rows `{"text", "label"}` of a JSON Lines file; empty lines are passed over."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise LabelledRowsError(f"There is no file {path} to read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise LabelledRowsError(f"{path}:{line}  This is no UTF-8; save the file as it.") from error
    rows = [_row(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise LabelledRowsError(f'{path}:1  The file has no rows; write {{"text", "label"}} lines.')
    return rows


def _row(path: Path, number: int, line: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        reason = f"This is no JSON ({error}); write one object in each line."
        raise LabelledRowsError(f"{path}:{number}  {reason}") from error
    if not isinstance(row, dict):
        raise LabelledRowsError(f'{path}:{number}  Not an object; write {{"text", "label"}}.')
    for name in ("text", "label"):
        value = row.get(name)
        if not isinstance(value, str) or not value.strip():
            raise LabelledRowsError(
                f'{path}:{number}  "{name}" must be a text that says something.'
            )
    return row
