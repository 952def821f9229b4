"""Writing to SQLite: everything that waits goes into one transaction, the disk is waited for once.

Each function runs in a SAVEPOINT inside one BEGIN IMMEDIATE..COMMIT, up to 64 of them; then their
callers are told. The statements take microseconds and run on the event loop. Only what waits runs
in a thread: the commit, functions known to be `long`, and a group that finds the file locked by
somebody else's program. With statements in a thread, it and the event loop would fight over the
interpreter at each one, which cost more than the statements.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import URL, Connection, RootTransaction
from sqlalchemy.exc import OperationalError

from bot.db.disk_thread import DiskThread
from bot.db.engines import sqlite_engine
from bot.db.prepared import speak
from bot.db.signals import Note, Signals, collect
from bot.db.writers import Settled, retrieve

GROUP = 64
# How long to wait for a file that another program has locked: on the event loop, in the thread.
_GLIMPSE = 20
_PATIENCE = 10_000


@dataclass(slots=True)
class _Job:
    fn: Callable[[Connection], Any]
    settled: Settled | None
    future: asyncio.Future[Any]
    long: bool
    result: Any = None
    error: BaseException | None = None
    notes: list[Note] = field(default_factory=list)


class SqliteWriter:
    """The writer of one SQLite file."""

    def __init__(self, url: URL, signals: Signals) -> None:
        self._engine = sqlite_engine(url)
        self._signals = signals
        self._waiting: deque[_Job] = deque()
        self._idle = asyncio.Event()
        self._idle.set()
        self._disk = DiskThread("database-writer")
        self._connection: Connection | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Open the file in WAL mode."""
        self._loop = asyncio.get_running_loop()
        self._connection = self._engine.connect()
        _wait_at_most(self._connection, _GLIMPSE)
        self._disk.start(self._loop)

    async def stop(self) -> None:
        """Write what waits, then close the file."""
        self._loop = None
        await self._idle.wait()
        self._disk.stop()
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    async def write[T](
        self, fn: Callable[[Connection], T], settled: Settled | None, *, long: bool = False
    ) -> T:
        """Queue a function for the next group and wait for its commit."""
        if self._loop is None:
            raise RuntimeError("the database is not started")
        future: asyncio.Future[T] = self._loop.create_future()
        future.add_done_callback(retrieve)
        self._waiting.append(_Job(fn, settled, future, long))
        if self._idle.is_set():
            self._idle.clear()
            self._loop.call_soon(self._work, self._loop)
        return await asyncio.shield(future)

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin with the next group, or rest."""
        if not self._waiting:
            self._idle.set()
            return
        jobs = self._group()
        transaction = None if jobs[0].long else self._begin()
        if transaction is None:
            writing = partial(self._write, jobs)
        else:
            _run(transaction, jobs)
            writing = partial(_commit, transaction, jobs)
        self._disk.do(writing, partial(self._settle, loop, jobs))

    def _group(self) -> list[_Job]:
        """Take what may share a transaction: one long function, or many short ones."""
        jobs = [self._waiting.popleft()]
        while self._waiting and len(jobs) < GROUP and not (jobs[0].long or self._waiting[0].long):
            jobs.append(self._waiting.popleft())
        return jobs

    def _begin(self) -> RootTransaction | None:
        """Begin at once, or return None when somebody has locked the file."""
        assert self._connection is not None  # noqa: S101 - `write` has looked
        try:
            return self._connection.begin()
        except OperationalError:
            return None

    def _write(self, jobs: list[_Job]) -> None:
        """Do everything in the thread."""
        assert self._connection is not None  # noqa: S101 - `write` has looked
        _wait_at_most(self._connection, _PATIENCE)
        try:
            transaction = self._connection.begin()
            _run(transaction, jobs)
            _commit(transaction, jobs)
        except BaseException as error:
            _fail(jobs, error)
        finally:
            _wait_at_most(self._connection, _GLIMPSE)

    def _settle(self, loop: asyncio.AbstractEventLoop, jobs: list[_Job]) -> None:
        for job in jobs:
            if job.settled is not None:
                job.settled(job.error is None)
            if job.error is None:
                self._signals.deliver(job.notes)
            if job.future.done():
                continue
            if job.error is None:
                job.future.set_result(job.result)
            else:
                job.future.set_exception(job.error)
        # After the callers, which may have something to add.
        loop.call_soon(self._work, loop)


def _wait_at_most(conn: Connection, milliseconds: int) -> None:
    """Set how long SQLite waits for a lock of somebody else's, outside of any transaction."""
    driver = conn.connection.dbapi_connection
    assert driver is not None  # noqa: S101 - an open connection has one
    driver.cursor().execute(f"PRAGMA busy_timeout={milliseconds}").fetchall()


def _run(transaction: RootTransaction, jobs: list[_Job]) -> None:
    """Run the functions; when SQLite gives the whole transaction up, all of them have failed."""
    try:
        for job in jobs:
            _attempt(transaction.connection, job)
    except BaseException as error:
        _fail(jobs, error)


def _commit(transaction: RootTransaction, jobs: list[_Job]) -> None:
    try:
        if any(job.error is None for job in jobs):
            transaction.commit()
        else:
            transaction.rollback()
    except BaseException as error:
        _fail(jobs, error)
        with contextlib.suppress(Exception):
            transaction.rollback()


def _fail(jobs: list[_Job], error: BaseException) -> None:
    """Nothing of a group is kept when its transaction breaks."""
    for job in jobs:
        job.error = job.error or error


def _attempt(conn: Connection, job: _Job) -> None:
    """Run one function of the group; its own failure leaves the others alone.

    When SQLite itself has given up the whole transaction (disk full, for one), rolling back to
    the savepoint fails too, and with it the group. The savepoint is spoken to the driver:
    SQLAlchemy's own compiles its statements anew each time, which costs more than they do.
    """
    speak(conn, "SAVEPOINT job")
    try:
        job.result, job.notes = collect(conn, job.fn)
    except Exception as error:
        speak(conn, "ROLLBACK TO job")
        job.error = error
    speak(conn, "RELEASE job")
