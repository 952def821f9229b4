"""What a shop would use instead, on the same products and questions: FTS5 and PostgreSQL.

Both as their manuals recommend: English stemming, BM25 in FTS5; a generated `tsvector` with weights
(title A, brand B, description C), a GIN index and `ts_rank_cd` in PostgreSQL. Any word may match,
as in ours; asking for all words finds less and was worse on the judged queries.
"""

import re
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from shutil import which

import psycopg

from bot.cli.bench_search import Answers
from tests.postgres import a_cluster

_SHOWN = 10
_WORD = re.compile(r"[^\W_]+")
Row = Mapping[str, str]
Ask = Callable[[str], list[str]]


def measure(
    rows: Sequence[Row], queries: Mapping[str, str], folder: Path, rounds: int
) -> dict[str, tuple[Answers, float]]:
    """Return the answers of each peer and the seconds it took to fill it."""
    found = {"sqlite_fts5": _fts5(rows, queries, folder / "peer.db", rounds)}
    if Path("/usr/lib/postgresql").exists() or which("initdb"):
        found["postgresql"] = _postgresql(rows, queries, rounds)
    return found


def _ask_all(ask: Ask, queries: Mapping[str, str], rounds: int) -> Answers:
    answers = Answers()
    for _ in range(rounds):
        for id_, text in queries.items():
            started = time.perf_counter()
            answers.ids[id_] = ask(text)
            answers.seconds.append(time.perf_counter() - started)
    return answers


def _fts5(
    rows: Sequence[Row], queries: Mapping[str, str], file: Path, rounds: int
) -> tuple[Answers, float]:
    database = sqlite3.connect(file)
    started = time.perf_counter()
    database.execute(
        "CREATE VIRTUAL TABLE product USING fts5("
        "id UNINDEXED, title, brand, description, tokenize='porter unicode61')"
    )
    database.executemany("INSERT INTO product VALUES (?, ?, ?, ?)", map(_columns, rows))
    database.commit()
    seconds = time.perf_counter() - started

    def ask(text: str) -> list[str]:
        match = " OR ".join(f'"{word}"' for word in _WORD.findall(text))
        found = database.execute(
            "SELECT id FROM product WHERE product MATCH ? ORDER BY rank LIMIT ?", (match, _SHOWN)
        )
        return [str(id_) for (id_,) in found]

    answers = _ask_all(ask, queries, rounds)
    database.close()
    return answers, seconds


def _postgresql(
    rows: Sequence[Row], queries: Mapping[str, str], rounds: int
) -> tuple[Answers, float]:
    with (
        a_cluster() as cluster,
        psycopg.connect(cluster.url(cluster.create()), autocommit=True) as database,
    ):
        started = time.perf_counter()
        _fill(database, rows)
        seconds = time.perf_counter() - started
        return _ask_all(lambda text: _ask_postgresql(database, text), queries, rounds), seconds


def _fill(database: psycopg.Connection, rows: Sequence[Row]) -> None:
    database.execute(
        "CREATE TABLE product (id text PRIMARY KEY, title text, brand text, description text,"
        " words tsvector GENERATED ALWAYS AS ("
        " setweight(to_tsvector('english', title), 'A') ||"
        " setweight(to_tsvector('english', brand), 'B') ||"
        " setweight(to_tsvector('english', description), 'C')) STORED)"
    )
    with (
        database.cursor() as cursor,
        cursor.copy("COPY product (id, title, brand, description) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(_columns(row))
    database.execute("CREATE INDEX ON product USING gin (words)")
    database.execute("ANALYZE product")


def _ask_postgresql(database: psycopg.Connection, text: str) -> list[str]:
    words = " | ".join(_WORD.findall(text))
    found = database.execute(
        "SELECT id FROM product, to_tsquery('english', %s) AS asked WHERE words @@ asked"
        " ORDER BY ts_rank_cd(words, asked, 1) DESC, id LIMIT %s",
        (words, _SHOWN),
    )
    return [str(id_) for (id_,) in found.fetchall()]


def _columns(row: Row) -> tuple[str, str, str, str]:
    return row["id"], row["title"], row.get("brand", ""), row.get("description", "")
