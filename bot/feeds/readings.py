"""One reading of a source: fetch, import, note what came of it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Connection

import catalog
from bot.db import Database, new_id, now

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Means:
    """What a reading works with; `turn` lets one import of the process follow the other."""

    database: Database
    client: httpx.AsyncClient
    secrets: Mapping[str, str]
    scratch: Path
    turn: asyncio.Lock
    progress: catalog.Progress


async def read_source(means: Means, feed: catalog.FeedState, *, full: bool) -> catalog.Report:
    """Read a claimed source and return the report; what went wrong is in it."""
    begun = datetime.now(UTC)
    name, database = feed.feed.name, means.database
    async with _held(database, name):
        try:
            got = await catalog.fetch(
                means.client,
                feed.feed,
                feed.state,
                secrets=means.secrets,
                scratch=means.scratch,
                full=full,
            )
        except catalog.FetchError as error:
            return await _failed(database, feed, begun, str(error))
        except Exception as error:
            log.exception("a source could not be fetched", extra={"source": name})
            return await _failed(database, feed, begun, f"{type(error).__name__}: {error}")
        if got.unchanged:
            return await _same(database, feed, begun, got)
        async with means.turn:
            return await _import(database, feed, got, means.progress)


async def _import(
    database: Database, feed: catalog.FeedState, got: catalog.Fetched, progress: catalog.Progress
) -> catalog.Report:
    plan = catalog.Plan(
        files=got.files,
        options=got.options,
        source=feed.feed.name,
        complete=got.complete,
        careful=True,
        note=got.note,
    )
    try:
        report = await catalog.run_import(
            partial(database.write, long=True), plan, progress=progress
        )
    except Exception as error:
        log.exception("an import broke off", extra={"source": feed.feed.name})
        return await _failed(database, feed, datetime.now(UTC), f"{type(error).__name__}: {error}")
    if got.trouble:
        report = replace(report, state="failed", note=got.trouble)
        await database.write(lambda conn: catalog.correct_import(conn, report))
    stamped = {"stamped": int(report.started_at.timestamp() * 1000)}
    state = {**got.state, **stamped} if report.state == "done" else None
    await _settle(database, feed, report, state)
    return report


async def _same(
    database: Database, feed: catalog.FeedState, begun: datetime, got: catalog.Fetched
) -> catalog.Report:
    report = replace(_report(feed, begun, "same"), note="Nothing has changed since the last time.")
    state = dict(got.state)
    stamped = state.get("stamped")
    # A shop that tells what has changed says nothing about the rest; a whole file does.
    whole = feed.feed.kind in ("url", "folder")

    def write(conn: Connection) -> None:
        catalog.confirm(conn, feed.feed.name, report, stamped=stamped if whole else None)
        renewed = {"stamped": int(begun.timestamp() * 1000)} if whole and stamped else {}
        catalog.settle(conn, feed.feed.name, report, state={**state, **renewed}, now=now())

    await database.write(write)
    return report


async def _failed(
    database: Database, feed: catalog.FeedState, begun: datetime, reason: str
) -> catalog.Report:
    report = replace(_report(feed, begun, "failed"), note=reason)
    await database.write(lambda conn: catalog.confirm(conn, feed.feed.name, report, stamped=None))
    await _settle(database, feed, report, None)
    return report


async def _settle(
    database: Database,
    feed: catalog.FeedState,
    report: catalog.Report,
    state: dict[str, Any] | None,
) -> None:
    await database.write(
        lambda conn: catalog.settle(conn, feed.feed.name, report, state=state, now=now())
    )


def _report(feed: catalog.FeedState, begun: datetime, state: str) -> catalog.Report:
    return catalog.Report(
        id=new_id(),
        source=feed.feed.name,
        name=feed.feed.address,
        state=state,
        started_at=begun,
        finished_at=datetime.now(UTC),
    )


@asynccontextmanager
async def _held(database: Database, name: str) -> AsyncIterator[None]:
    """Keep the source claimed while it is read; another process takes it when this one dies."""

    async def hold() -> None:
        while True:
            await asyncio.sleep(catalog.LEASE / 3000)
            with contextlib.suppress(Exception):
                await database.write(
                    lambda conn: catalog.hold(conn, name, until=now() + catalog.LEASE)
                )

    holding = asyncio.create_task(hold(), name=f"holding {name}")
    try:
        yield
    finally:
        holding.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await holding
