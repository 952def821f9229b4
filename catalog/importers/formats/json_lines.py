"""JSON Lines: one product a line, with the field names of `Incoming`; or one JSON array."""

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from catalog.importers.options import ReadOptions
from catalog.importers.rows import RowError, Source

# An array is read as a whole, unlike lines.
_ARRAY = 100 * 1024 * 1024


_DOCUMENT = re.compile(rb'^[\xef\xbb\xbf\s]*(\[|\{\s*"(products|items|prodotti)"\s*:\s*\[)')


def is_document(head: bytes) -> bool:
    """Tell whether this is one array, bare or as {"products": [...]}, and not lines."""
    return _DOCUMENT.match(head) is not None


def read_lines(file: IO[bytes], options: ReadOptions) -> Iterator[Source | RowError]:
    """Read one product from each line; a line that is not JSON is reported and left out."""
    for number, line in enumerate(file, start=1):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            place = f"character {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
            yield RowError(number, place, f"this line is not valid JSON: {error}")
            continue
        yield _source(number, row, options)


def read_array(file: IO[bytes], options: ReadOptions) -> Iterator[Source | RowError]:
    """Read one product from each element of an array."""
    data = file.read(_ARRAY + 1)
    if len(data) > _ARRAY:
        yield RowError(1, "", "a JSON array this large: write one product a line instead", True)
        return
    try:
        text = data.decode("utf-8-sig")
        yield from _elements(text, options)
    except UnicodeDecodeError as error:
        yield RowError(1, "", f"this is not UTF-8: {error}", True)
    except json.JSONDecodeError as error:
        yield RowError(error.lineno, f"character {error.colno}", f"broken JSON: {error.msg}", True)


def _elements(text: str, options: ReadOptions) -> Iterator[Source | RowError]:
    decoder = json.JSONDecoder()
    at, line = text.index("[") + 1, 1 + text.count("\n", 0, text.index("[") + 1)
    while True:
        begin = _next(text, at, " \t\r\n,")
        line += text.count("\n", at, begin)
        if text[begin : begin + 1] == "]":
            return
        row, at = decoder.raw_decode(text, begin)
        yield _source(line, row, options)
        line += text.count("\n", begin, at)


def _next(text: str, at: int, passed: str) -> int:
    while at < len(text) and text[at] in passed:
        at += 1
    return at


def _source(number: int, row: Any, options: ReadOptions) -> Source | RowError:
    if not isinstance(row, dict):
        return RowError(number, "", "a product is written as an object in braces")
    data = {"currency": options.currency, **row}
    for one, many in (("name", "names"), ("description", "descriptions")):
        if options.language and isinstance(text := data.get(one), str) and many not in data:
            data[many] = {options.language: text}
            data.pop(one)
    return Source(number, data)
