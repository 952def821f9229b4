"""`dialogo bench search`: the catalog's own search, measured with judged queries.

Everything is as in production: products are imported into a database, the index follows it, and
`Catalog.search` answers, from the reading of the question to the products. A new shop's synonyms
are in force, not the demo shop's.
"""

import asyncio
import csv
import gzip
import io
import json
import resource
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from itertools import batched
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Connection

import catalog
from bot.db import Database, migrate
from bot.errors import BadRequestError, ConfigurationError

_LANGUAGES = ("it", "en")
_SHOWN = 10
_BATCH = 5_000
_FIELD_LIMIT = 10_000_000  # characters; descriptions of some feeds are long

Row = dict[str, str]
Labels = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Bench:
    """What to measure with; `generated` products are made when no file is given."""

    products: Path | None = None
    queries: Path | None = None
    labels: Path | None = None
    generated: int = 0
    peers: bool = False
    rounds: int = 3


@dataclass(slots=True)
class Answers:
    """What one engine answered: ids by query, and how long each answer took."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)  # of all threads of this process


def run(bench: Bench) -> None:
    """Measure and print JSON."""
    queries = _queries(bench)
    labels = _labels(bench.labels) if bench.labels else {}
    with TemporaryDirectory(prefix="dialogo-bench-") as folder:
        result = asyncio.run(_ours(bench, queries, labels, Path(folder)))
        if bench.peers:
            peers = _made("search_peers").measure(
                list(_rows(bench)), queries, Path(folder), bench.rounds
            )
            result["peers"] = {
                name: {**figures(answers, labels), "index_seconds": round(seconds, 2)}
                for name, (answers, seconds) in peers.items()
            }
    json.dump(result, sys.stdout, indent=1)
    sys.stdout.write("\n")


def figures(answers: Any, labels: Labels) -> dict[str, Any]:
    """Return the quality over all judged queries, and the times in milliseconds."""
    found = {
        "query_ms_p50": _percentile(answers.seconds, 0.5),
        "query_ms_p99": _percentile(answers.seconds, 0.99),
    }
    if answers.cpu_seconds:  # on a machine that others use, this is what a query really costs
        found["query_cpu_ms_p50"] = _percentile(answers.cpu_seconds, 0.5)
        found["query_cpu_ms_p99"] = _percentile(answers.cpu_seconds, 0.99)
    judged = [query for query in answers.ids if query in labels]
    if not judged:
        return found
    gains = [ndcg(answers.ids[query], labels[query]) for query in judged]
    answerable = [gain for gain in gains if gain is not None]
    shares = [share for q in judged if (share := _recall(answers.ids[q], labels[q])) is not None]
    seen = [id_ in labels[query] for query in judged for id_ in answers.ids[query][:_SHOWN]]
    return {
        # Nothing is relevant for some queries: no order of the answers is wrong then.
        "ndcg_at_10": _mean([1.0 if gain is None else gain for gain in gains]),
        "ndcg_at_10_answerable": _mean(answerable),
        "recall_at_10": _mean(shares),
        "judged_at_10": _mean(seen),
        "queries": len(judged),
        **found,
    }


def ndcg(ids: Sequence[str], grades: Mapping[str, int]) -> float | None:
    """Return NDCG@10 with gain 2^grade - 1; None when no product is relevant.

    What nobody judged counts as not relevant.
    """
    best = sorted(grades.values(), reverse=True)
    ideal = _gain(best)
    return _gain([grades.get(id_, 0) for id_ in ids]) / ideal if ideal else None


def _gain(grades: Sequence[int]) -> float:
    shown = enumerate(grades[:_SHOWN])
    return sum((float(2**grade) - 1) / log2(place + 2) for place, grade in shown)


def _recall(ids: Sequence[str], grades: Mapping[str, int]) -> float | None:
    """Return the share of the relevant products shown, of as many as ten can be."""
    relevant = {id_ for id_, grade in grades.items() if grade > 0}
    if not relevant:
        return None
    return len(relevant & set(ids[:_SHOWN])) / min(len(relevant), _SHOWN)


def _percentile(seconds: Sequence[float], share: float) -> float:
    ordered = sorted(seconds)
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)


def _mean(values: Sequence[float]) -> float:
    return round(statistics.fmean(values), 4) if values else 0.0


async def _ours(
    bench: Bench, queries: Mapping[str, str], labels: Labels, folder: Path
) -> dict[str, Any]:
    address = f"sqlite:///{folder / 'bench.db'}"
    migrate(address)
    database = Database(address)
    await database.start()
    shelf = catalog.Catalog(
        database.sessions, folder / "index", timedelta(days=1), _LANGUAGES, synonyms=None
    )
    try:
        started = time.perf_counter()
        count = await _import(database, bench)
        imported, worked = time.perf_counter(), time.process_time()
        await _watched("Building the index", shelf.start())
        indexed, built = time.perf_counter(), time.process_time() - worked
        answers = await _ask(shelf, queries, bench.rounds)
        return {
            **figures(answers, labels),
            "index_seconds": round(indexed - imported, 2),
            "index_cpu_seconds": round(built, 2),
            "import_seconds": round(imported - started, 2),
            "products": count,
            "update_visible_ms": await _update(database, shelf),
            "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    finally:
        await shelf.stop()
        await database.stop()


async def _watched(what: str, work: Any) -> None:
    with Console(stderr=True).status(f"{what} …"):
        await work


async def _import(database: Database, bench: Bench) -> int:
    count = 0
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Importing", total=bench.generated or None)
        for rows in batched(_rows(bench), _BATCH):
            sources = [_source(count + line, row) for line, row in enumerate(rows, start=1)]
            await database.write(partial(_write, sources))
            count += len(rows)
            progress.advance(task, len(rows))
    return count


def _write(sources: list[catalog.Source], conn: Connection) -> None:
    imported = catalog.import_products(conn, sources, at=datetime.now(UTC))
    if imported.errors:
        raise BadRequestError(f"A product was refused: {imported.errors[0]}")


async def _ask(shelf: catalog.Catalog, queries: Mapping[str, str], rounds: int) -> Answers:
    answers = Answers()
    await shelf.search(catalog.ProductQuery(words="warm up", limit=_SHOWN))
    for _ in range(rounds):
        for id_, words in queries.items():
            query = catalog.ProductQuery(words=words[:400], limit=_SHOWN, fill=True)
            started, worked = time.perf_counter(), time.process_time()
            found = await shelf.search(query)
            answers.seconds.append(time.perf_counter() - started)
            answers.cpu_seconds.append(time.process_time() - worked)
            answers.ids[id_] = [product.id for product in found.products]
    return answers


async def _update(database: Database, shelf: catalog.Catalog) -> float:
    """Return the milliseconds from the write of a new product until a search finds it."""
    row = {"id": "bench-new", "title": "Zyxomat quorbique", "price": "1.00"}
    started = time.perf_counter()
    await database.write(partial(_write, [_source(1, row)]))
    while time.perf_counter() - started < 60:
        found = await shelf.search(catalog.ProductQuery(words="zyxomat quorbique"))
        if found.exact and found.products and found.products[0].id == row["id"]:
            return round(1000 * (time.perf_counter() - started), 1)
        await asyncio.sleep(0.01)
    raise ConfigurationError("A new product was not found within a minute.")


def _source(line: int, row: Row) -> catalog.Source:
    data = {
        "id": row["id"],
        "name": row["title"],
        "description": row.get("description", ""),
        "price": row.get("price") or "0",
        "category": (row.get("category") or "-")[:80],
        "attributes": {"brand": row["brand"]} if row.get("brand") else {},
    }
    return catalog.Source(line, data)


def _rows(bench: Bench) -> Iterator[Row]:
    if bench.products is None:
        yield from _made("made_products").rows(bench.generated)
        return
    csv.field_size_limit(_FIELD_LIMIT)
    data = bench.products.read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    reader = csv.DictReader(io.StringIO(text))
    if missing := {"id", "title", "price"} - set(reader.fieldnames or ()):
        raise BadRequestError(f"{bench.products}: the first line must name {sorted(missing)}.")
    yield from reader


def _queries(bench: Bench) -> dict[str, str]:
    if bench.queries is None:
        made: dict[str, str] = _made("made_products").queries()
        return made
    found: dict[str, str] = {}
    for number, line in enumerate(bench.queries.read_text("utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            found[str(row["query_id"])] = str(row["query"])
        except (ValueError, KeyError, TypeError):
            raise BadRequestError(
                f'{bench.queries}:{number}: write {{"query_id": "…", "query": "…"}}.'
            ) from None
    return found


def _labels(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                found.setdefault(row["query_id"], {})[row["product_id"]] = int(row["grade"])
            except (KeyError, ValueError, TypeError):
                raise BadRequestError(
                    f"{path}: needs the columns query_id, product_id and grade (a number)."
                ) from None
    return found


def _made(name: str) -> Any:
    try:
        return import_module(f"tests.benchmarks.{name}")
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "Made catalogs and peers are in the project's checkout: run this from its folder."
        ) from error
