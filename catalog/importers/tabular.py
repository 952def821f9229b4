"""Rows of a separated file: which character separates, what the columns are called."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from catalog.importers.rows import RowError

SEPARATORS = ",;\t|"
_CELL = 1024 * 1024  # characters; a description with pictures inside is larger and no use
_NOT_NAMES = re.compile(r"[^\w/.\[\]]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it begins, and its cells that are not empty by the plain column name."""

    line: int
    cells: Mapping[str, str]

    def get(self, *names: str) -> str:
        """Return the first of these columns that is filled, else an empty text."""
        for name in names:
            if value := self.cells.get(name):
                return value
        return ""


def plain_name(name: str) -> str:
    """Return a column's name as formats look for it: "Body (HTML)" is body_html."""
    folded = name.strip().lstrip("﻿").casefold().translate(_ACCENTS)
    return _NOT_NAMES.sub("_", folded).strip("_")


_ACCENTS = str.maketrans("àèéìòù", "aeeiou")


def separator_of(line: str) -> str:
    """Return the character that splits a header line into most columns."""
    return max(SEPARATORS, key=lambda mark: len(next(csv.reader([line], delimiter=mark), [])))


class Sheet:
    """A separated file whose header has been read; comment lines before it are passed over."""

    def __init__(self, text: IO[str], separator: str | None = None) -> None:
        self._text = text
        line, self._before = _first_line(text)
        self.separator = separator or separator_of(line)
        lines = _Again(line, text)
        self._reader = csv.reader(lines, delimiter=self.separator)
        csv.field_size_limit(_CELL)
        header = next(self._reader, [])
        self.names = [plain_name(name) for name in header]
        self.headers = {plain_name(name): name.strip() for name in header if name.strip()}

    def rows(self) -> Iterator[Row | RowError]:
        """Return the rows; one that cannot be split into the columns is reported."""
        while True:
            line = self._reader.line_num + self._before + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield RowError(line, "", f"{error}; a text in quotes is perhaps not closed", True)
                continue
            if not any(cells):
                continue
            yield self._named(line, cells)

    def _named(self, line: int, cells: list[str]) -> Row | RowError:
        if len(cells) > len(self.names) and any(cells[len(self.names) :]):
            return RowError(
                line,
                "",
                f"{len(cells)} cells but {len(self.names)} columns; put quotes around a text that "
                "contains the separator",
            )
        filled = zip(self.names, cells, strict=False)
        return Row(line, {name: text for name, cell in filled if name and (text := cell.strip())})


class _Again:
    """A line that was read already, then the rest of the file."""

    def __init__(self, line: str, rest: IO[str]) -> None:
        self._lines: Any = _chained(line, rest)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return str(next(self._lines))


def _chained(line: str, rest: IO[str]) -> Iterator[str]:
    if line:
        yield line
    yield from rest


def _first_line(text: IO[str]) -> tuple[str, int]:
    """Return the header line and how many comment or empty lines stand before it."""
    before = 0
    while line := text.readline():
        # Meta's templates explain every column in a line of comments; Excel names its separator.
        if line.strip() and not line.lstrip('"﻿').startswith(("#", "sep=")):
            return line, before
        before += 1
    return "", before


def sheet_of(text: str) -> Sheet:
    """Return the sheet in a text, for looking at its header."""
    return Sheet(io.StringIO(text, newline=""))
