"""Sources that are read when they are due, and what is kept of each reading."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import catalog
from bot.db import Database, now
from bot.errors import ConflictError
from bot.feeds import Intake, UnknownImportError, UnknownSourceError
from bot.settings import Settings

HEADER = "id,name,category,price,stock\n"


def a_row(id_: str, price: str = "10.00") -> str:
    return f"{id_},Bag {id_},bags,{price},3\n"


@pytest.fixture
def drop(tmp_path: Path) -> Callable[..., Path]:
    """Put a file into the folder of the source, as if it had been there for a while."""
    folder = tmp_path / "drop"
    folder.mkdir()

    def put(*rows: str, name: str = "products.csv", age: float = 60) -> Path:
        file = folder / name
        file.write_text(HEADER + "".join(rows))
        os.utime(file, (time.time() - age, time.time() - age))
        return folder

    return put


@asynccontextmanager
async def intake(database: Database, folder: Path) -> AsyncIterator[tuple[Intake, list[int]]]:
    """Run an intake; the list grows with every change that it tells."""
    settings = Settings(_env_file=None, data_dir=folder / "data")  # type: ignore[call-arg]
    changes: list[int] = []

    async def changed() -> None:
        changes.append(len(changes))

    made = Intake(database, settings)
    await made.start(changed)
    try:
        yield made, changes
    finally:
        await made.stop()


async def add(database: Database, address: str, **more: Any) -> None:
    given = {"name": "drop", "kind": "folder", "every": 3600, **more}
    feed = catalog.Feed(address=address, **given)
    await database.write(lambda conn: catalog.put_source(conn, feed, now=now() + 3_600_000))


async def state(database: Database) -> catalog.FeedState:
    async with database.sessions() as session:
        [found] = await catalog.list_sources(session)
    return found


async def on_sale(database: Database) -> dict[str, catalog.Product]:
    shelf = catalog.Catalog(database.sessions, None, timedelta(hours=72), ("it", "en"))
    await shelf.start()
    found = await shelf.search(catalog.ProductQuery(limit=100))
    await shelf.stop()
    return {product.id: product for product in found.products}


async def test_a_folder_is_read_and_read_again_only_when_it_has_changed(
    database: Database, tmp_path: Path, drop: Callable[..., Path]
) -> None:
    folder = drop(a_row("a"), a_row("b"))
    await add(database, str(folder))
    async with intake(database, tmp_path) as (reader, changes):
        first = await reader.run_source("drop")
        assert (first.state, first.added, first.source) == ("done", 2, "drop")
        read_at = (await on_sale(database))["a"].variants[0].price_at

        same = await reader.run_source("drop")
        assert same.state == "same"
        assert (await on_sale(database))["a"].variants[0].price_at > read_at

        drop(a_row("a", "12.00"), age=30)
        changed = await reader.run_source("drop")
        assert (changed.changed, changed.hidden) == (1, 1)
        assert set(await on_sale(database)) == {"a"}
    assert len(changes) == 3
    last = (await state(database)).last
    assert last is not None
    assert last.id == changed.id


async def test_several_files_of_a_folder_are_one_catalog(
    database: Database, tmp_path: Path, drop: Callable[..., Path]
) -> None:
    drop(a_row("a"), name="one.csv")
    folder = drop(a_row("b"), name="two.csv")
    await add(database, str(folder))
    async with intake(database, tmp_path) as (reader, _):
        await reader.run_source("drop")
        assert set(await on_sale(database)) == {"a", "b"}
        (folder / "two.csv").unlink()
        report = await reader.run_source("drop")
        assert report.hidden == 1


async def test_a_file_that_is_still_being_written_is_left_for_the_next_time(
    database: Database, tmp_path: Path, drop: Callable[..., Path]
) -> None:
    await add(database, str(drop(a_row("a"), age=0)))
    async with intake(database, tmp_path) as (reader, _):
        assert (await reader.run_source("drop")).state == "same"
    assert await on_sale(database) == {}


async def test_a_failure_is_told_takes_nothing_away_and_is_tried_again_sooner(
    database: Database, tmp_path: Path, drop: Callable[..., Path]
) -> None:
    folder = drop(a_row("a"))
    await add(database, str(folder))
    async with intake(database, tmp_path) as (reader, _):
        await reader.run_source("drop")
        folder.rename(tmp_path / "away")
        report = await reader.run_source("drop")
        assert report.state == "failed"
        assert "there is no folder" in str(report.note)
        found = await state(database)
        assert found.failures == 1
        wait = found.next_at.timestamp() - time.time()
        assert 30 < wait < 120
        assert set(await on_sale(database)) == {"a"}
        (tmp_path / "away").rename(folder)
        assert (await reader.run_source("drop")).state == "same"
        assert (await state(database)).failures == 0


async def test_a_source_that_is_due_is_read_without_being_asked(
    database: Database, tmp_path: Path, drop: Callable[..., Path]
) -> None:
    await add(database, str(drop(a_row("a"))))
    async with intake(database, tmp_path) as (_, changes):
        feed = (await state(database)).feed
        await database.write(lambda conn: catalog.put_source(conn, feed, now=now()))
        async with asyncio.timeout(20):
            while not changes:  # noqa: ASYNC110 - the intake looks once a second
                await asyncio.sleep(0.05)
    assert set(await on_sale(database)) == {"a"}


async def test_one_process_reads_a_source_at_a_time(
    database: Database, tmp_path: Path, drop: Callable[..., Path]
) -> None:
    await add(database, str(drop(a_row("a"))))
    claimed = await database.write(
        lambda conn: catalog.claim(conn, now=now(), lease=60_000, name="drop")
    )
    assert claimed is not None
    async with intake(database, tmp_path) as (reader, _):
        with pytest.raises(ConflictError, match="right now"):
            await reader.run_source("drop")
    later = await database.write(
        lambda conn: catalog.claim(conn, now=now() + 61_000, lease=60_000, name="drop")
    )
    assert later is not None  # who had it has died


async def test_an_unknown_source_and_an_unknown_import_say_so(
    database: Database, tmp_path: Path
) -> None:
    async with intake(database, tmp_path) as (reader, _):
        with pytest.raises(UnknownSourceError, match="no source"):
            await reader.run_source("nobody")
        with pytest.raises(UnknownImportError):
            await reader.report("0" * 32)


async def test_an_import_can_be_followed_while_it_runs(database: Database, tmp_path: Path) -> None:
    data = (HEADER + "".join(a_row(f"p{n}") for n in range(1500))).encode()
    async with intake(database, tmp_path) as (reader, changes):
        id_ = reader.begin(catalog.Plan((("many.csv", data),)))
        assert (await reader.report(id_)).state == "running"
        done = await reader.wait(id_)
        assert (done.state, done.products, done.read) == ("done", 1500, len(data))
        assert await reader.report(id_) == done
        assert changes


async def test_an_import_that_a_dead_process_left_is_not_running_any_more(
    sqlite_url: str, tmp_path: Path
) -> None:
    database = Database(sqlite_url)
    await database.start()
    try:
        plan = catalog.Plan((("a.csv", (HEADER + a_row("a")).encode()),))
        report = await catalog.run_import(database.write, plan)
        await database.write(
            lambda conn: conn.exec_driver_sql("UPDATE catalog_import SET state = 'running'")
        )
        async with intake(database, tmp_path) as (reader, _):
            left = await reader.report(report.id)
        assert left.state == "failed"
        assert "stopped" in str(left.note)
    finally:
        await database.stop()
