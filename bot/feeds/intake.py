"""Runs imports in the gateway: files that somebody gives, and sources when they are due."""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

import httpx
from sqlalchemy import Connection

import catalog
from bot.db import DATABASE_TROUBLE, Database, new_id, now
from bot.errors import ConflictError, NotFoundError
from bot.feeds.readings import Means, read_source
from bot.settings import Settings

log = logging.getLogger(__name__)

_LOOK_EVERY = 1.0  # seconds; a sale's end must not be told late
_ANSWER = 60.0  # seconds; a large shop takes its time for a page
_REMEMBERED = 50  # reports of this process: running ones, and dry runs that are kept nowhere


class UnknownSourceError(NotFoundError):
    """Nobody has added a source of this name."""


class UnknownImportError(NotFoundError):
    """There is no import with this id."""


class Intake:
    """One for each process; imports of one process follow each other."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._turn = asyncio.Lock()
        self._reports: dict[str, catalog.Report] = {}
        self._running: dict[str, asyncio.Task[catalog.Report]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._reading: asyncio.Task[catalog.Report] | None = None
        self._changed: Callable[[], Awaitable[None]] | None = None
        self.folder = settings.data_dir / "imports"

    async def start(self, changed: Callable[[], Awaitable[None]]) -> None:
        """Begin to read sources when they are due; `changed` is awaited after each import."""
        self._changed = changed
        if self._database.dialect == "sqlite":  # the only process: nothing can be running
            await self._database.write(catalog.end_broken_imports)
            await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)
        self._looking = asyncio.create_task(self._look(), name="sources")

    async def stop(self) -> None:
        """Stop looking and break off what is running; it can be repeated from the start."""
        background = (self._looking, self._reading)
        waiting = [*self._running.values(), *(task for task in background if task is not None)]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    def scratch(self) -> Path:
        """Return a fresh folder for the files of one import."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(dir=self.folder))

    def begin(self, plan: catalog.Plan, *, remove: Path | None = None) -> str:
        """Start an import and return its id at once; `remove` is deleted when it is over."""
        id_ = new_id()
        name = ", ".join(name for name, _ in plan.files)
        self._remember(
            catalog.Report(
                id_, plan.source, name, "running", datetime.now(UTC), dry_run=plan.dry_run
            )
        )
        task = asyncio.create_task(self._import(id_, plan, remove), name=f"import {name}")
        self._running[id_] = task
        task.add_done_callback(lambda _: self._running.pop(id_, None))
        return id_

    async def wait(self, id_: str) -> catalog.Report:
        """Wait for an import of this process and return its report."""
        if task := self._running.get(id_):
            await asyncio.wait([task])
        return await self.report(id_)

    async def report(self, id_: str) -> catalog.Report:
        """Return the report so far, of an import of any process; UnknownImportError."""
        if (report := self._reports.get(id_)) is not None:
            return report
        async with self._database.sessions() as session:
            found = await catalog.find_import(session, id_)
        if found is None:
            raise UnknownImportError(f"There is no import {id_}.")
        return found

    async def run_source(self, name: str, *, full: bool = False) -> catalog.Report:
        """Read a source now; UnknownSourceError, or ConflictError while somebody reads it."""
        feed = await self._database.write(
            lambda conn: catalog.claim(conn, now=now(), lease=catalog.LEASE, name=name)
        )
        if feed is not None:
            return await self._read(feed, full=full)
        async with self._database.sessions() as session:
            known = {state.feed.name for state in await catalog.list_sources(session)}
        if name in known:
            raise ConflictError(f"{name} is being read right now. Wait for its result.")
        raise UnknownSourceError(f"There is no source {name!r}: {', '.join(sorted(known))}.")

    async def _import(self, id_: str, plan: catalog.Plan, remove: Path | None) -> catalog.Report:
        try:
            async with self._turn:
                report = await catalog.run_import(
                    partial(self._database.write, long=True), plan, progress=self._remember, id_=id_
                )
        except Exception as error:
            log.exception("an import broke off", extra={"import": id_})
            report = self._broken(id_, error)
        finally:
            if remove is not None:
                await asyncio.to_thread(shutil.rmtree, remove, ignore_errors=True)
        self._remember(report)
        if not plan.dry_run:
            await self.tell()
        return report

    def _broken(self, id_: str, error: Exception) -> catalog.Report:
        reason = f"{type(error).__name__}: {error}"
        ended = {"state": "failed", "note": reason, "finished_at": datetime.now(UTC)}
        return replace(self._reports[id_], **ended)  # type: ignore[arg-type]

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            try:
                await self._look_once()
            except DATABASE_TROUBLE as error:
                log.warning("sources cannot be read", extra={"error": type(error).__name__})
            except Exception:
                log.exception("a source could not be read")

    async def _look_once(self) -> None:
        async with self._database.sessions() as session:
            sales, due = await catalog.due_now(session, now())
        if sales:
            await self._database.write(_turn_sales)
            await self.tell()
        if not due or (self._reading is not None and not self._reading.done()):
            return
        feed = await self._database.write(
            lambda conn: catalog.claim(conn, now=now(), lease=catalog.LEASE)
        )
        if feed is not None:
            self._reading = asyncio.create_task(self._read(feed, full=False), name="reading")

    async def _read(self, feed: catalog.FeedState, *, full: bool) -> catalog.Report:
        scratch = self.scratch()
        try:
            async with httpx.AsyncClient(timeout=_ANSWER) as client:
                secrets = self._secrets(feed.feed.name)
                means = Means(self._database, client, secrets, scratch, self._turn, self._remember)
                report = await read_source(means, feed, full=full)
        finally:
            await asyncio.to_thread(shutil.rmtree, scratch, ignore_errors=True)
        self._remember(report)
        await self.tell()
        return report

    def _secrets(self, name: str) -> dict[str, str]:
        given = self._settings.sources.get(name, {})
        return {key: secret.get_secret_value() for key, secret in given.items()}

    async def tell(self) -> None:
        """Let the search know that the catalog has changed."""
        if self._changed is not None:
            await self._changed()

    def _remember(self, report: catalog.Report) -> None:
        self._reports[report.id] = report
        ended = [id_ for id_, r in self._reports.items() if r.finished_at is not None]
        for id_ in ended[: max(len(self._reports) - _REMEMBERED, 0)]:
            del self._reports[id_]


def _turn_sales(conn: Connection) -> int:
    return catalog.turn_sales(conn, now())
