"""Rows of one product brought together, wherever in the file they stand, in bounded memory."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from types import TracebackType
from typing import Self

from catalog.importers.tabular import Row

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16000;
CREATE TABLE part (product TEXT NOT NULL, line INTEGER NOT NULL, cells TEXT NOT NULL);
CREATE TABLE belongs (part TEXT PRIMARY KEY, product TEXT NOT NULL) WITHOUT ROWID;
"""
_BATCH = 2000


class Staging:
    """A temporary table on disk that SQLite removes by itself; memory stays at 16 MB."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")
        self._waiting: list[tuple[str, int, str]] = []
        self._added = 0
        self._given = 0

    @property
    def share(self) -> float:
        """Which part of the rows has been given out again, from 0 to 1."""
        return self._given / self._added if self._added else 0.0

    def add(self, product: str, row: Row) -> None:
        """Put a row to its product."""
        self._added += 1
        self._waiting.append((product, row.line, json.dumps(row.cells, ensure_ascii=False)))
        if len(self._waiting) >= _BATCH:
            self._flush()

    def belongs(self, part: str, product: str) -> None:
        """Say that rows that were put to `part` are really rows of `product`."""
        if part != product:
            self._db.execute("INSERT OR IGNORE INTO belongs VALUES (?, ?)", (part, product))

    def products(self) -> Iterator[list[Row]]:
        """Return the rows of each product, in the order of the products' first rows."""
        self._flush()
        self._db.execute("CREATE INDEX by_product ON part (product)")
        self._db.execute(
            "UPDATE part SET product ="
            " (SELECT b.product FROM belongs b WHERE b.part = part.product)"
            " WHERE product IN (SELECT part FROM belongs)"
        )
        found = self._db.execute(
            "SELECT p.product, p.line, p.cells FROM"
            " (SELECT product, min(line) AS first FROM part GROUP BY product) g"
            " JOIN part p ON p.product = g.product ORDER BY g.first, g.product, p.line"
        )
        for _, parts in groupby(found, key=lambda part: part[0]):
            rows = [Row(line, json.loads(cells)) for _, line, cells in parts]
            self._given += len(rows)
            yield rows

    def _flush(self) -> None:
        self._db.executemany("INSERT INTO part VALUES (?, ?, ?)", self._waiting)
        self._waiting.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()
