"""JSON Lines: one product a line, with the field names of `Incoming`."""

import json
from collections.abc import Iterator

from catalog.importers.rows import RowError, Source


def read_json_lines(data: bytes) -> Iterator[Source | RowError]:
    """Read one product from each line; a line that is not JSON is reported and left out."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            place = f"character {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
            yield RowError(number, place, f"this line is not valid JSON: {error}")
            continue
        if isinstance(row, dict):
            yield Source(number, row)
        else:
            yield RowError(number, "", "a product is written as an object in braces")
