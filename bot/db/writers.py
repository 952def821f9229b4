"""The one way to write: a plain function of a connection, in a transaction of its own.

SQLite has one writer thread. It takes all functions that wait (up to 64), runs each in a
SAVEPOINT inside one BEGIN IMMEDIATE..COMMIT and then tells their callers: one wait for the disk
serves them all. PostgreSQL runs each function in a transaction on a pooled connection.
"""

import asyncio
import queue
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.db.engines import sqlite_engine
from bot.db.signals import Note, Signals, collect

Settled = Callable[[bool], None]
GROUP = 64
TRIES = 8
# serialization_failure and deadlock_detected: nothing was done, the same again may succeed.
PASSING = frozenset({"40001", "40P01"})
# admin_shutdown and its kin: the server is going away or not there yet.
GOING = frozenset({"57P01", "57P02", "57P03"})
# What a database that is not there raises; asyncpg lets the system's errors through.
DATABASE_TROUBLE = (SQLAlchemyError, OSError, TimeoutError)


class Writer(Protocol):
    """What `Database` needs of SQLite's and PostgreSQL's way of writing."""

    async def start(self) -> None:
        """Get ready to write."""
        ...

    async def stop(self) -> None:
        """Finish what was accepted."""
        ...

    async def write[T](self, fn: Callable[[Connection], T], settled: Settled | None) -> T:
        """Run `fn` in a transaction and return its result after the commit."""
        ...


@dataclass(slots=True)
class _Job:
    fn: Callable[[Connection], Any]
    settled: Settled | None
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None
    notes: list[Note] = field(default_factory=list)


class SqliteWriter:
    """The writer thread of a SQLite file."""

    def __init__(self, url: URL, signals: Signals) -> None:
        self._engine = sqlite_engine(url)
        self._signals = signals
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Open the file in WAL mode and start the thread."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._run, name="database-writer", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Let the thread finish what waits, then close the file."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._jobs.put(None)
            await asyncio.to_thread(thread.join)
        self._engine.dispose()

    async def write[T](self, fn: Callable[[Connection], T], settled: Settled | None) -> T:
        """Queue a function for the next group and wait for its commit."""
        if self._thread is None or self._loop is None:
            raise RuntimeError("the database is not started")
        future: asyncio.Future[T] = self._loop.create_future()
        future.add_done_callback(_retrieve)
        self._jobs.put(_Job(fn, settled, future))
        return await asyncio.shield(future)

    def _run(self) -> None:
        with self._engine.connect() as conn:
            running = True
            while running:
                group = [self._jobs.get()]
                while len(group) < GROUP and not self._jobs.empty():
                    group.append(self._jobs.get())
                jobs = [job for job in group if job is not None]
                running = len(jobs) == len(group)
                if jobs:
                    self._commit(conn, jobs)
                    self._report(jobs)

    def _commit(self, conn: Connection, jobs: list[_Job]) -> None:
        try:
            with conn.begin():
                for job in jobs:
                    _attempt(conn, job)
        except BaseException as error:
            for job in jobs:
                job.error = job.error or error

    def _report(self, jobs: list[_Job]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._settle, jobs)

    def _settle(self, jobs: list[_Job]) -> None:
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


def _attempt(conn: Connection, job: _Job) -> None:
    """Run one function of the group; its own failure leaves the others alone.

    When SQLite itself has given up the whole transaction (disk full, for one), rolling back to
    the savepoint fails too, and with it the group. The savepoint is spoken to the driver:
    SQLAlchemy's own compiles its statements anew each time, which costs more than they do.
    """
    conn.exec_driver_sql("SAVEPOINT job")
    try:
        job.result, job.notes = collect(conn, job.fn)
    except Exception as error:
        conn.exec_driver_sql("ROLLBACK TO job")
        job.error = error
    conn.exec_driver_sql("RELEASE job")


def _retrieve(future: asyncio.Future[Any]) -> None:
    """Look at the error of a write whose caller has gone, so that asyncio does not complain."""
    if not future.cancelled():
        future.exception()


class PostgresWriter:
    """Transactions on pooled connections, repeated when they lost a race."""

    def __init__(self, engine: AsyncEngine, signals: Signals) -> None:
        self._engine = engine
        self._signals = signals
        self._running: set[asyncio.Task[Any]] = set()
        self._open = False

    async def start(self) -> None:
        """Accept writes."""
        self._open = True

    async def stop(self) -> None:
        """Wait for the writes under way and close the pool."""
        self._open = False
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._engine.dispose()

    async def write[T](self, fn: Callable[[Connection], T], settled: Settled | None) -> T:
        """Run a function to its commit, even when the caller goes away meanwhile."""
        if not self._open:
            raise RuntimeError("the database is not started")
        task = asyncio.create_task(self._write(fn, settled))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(_retrieve)
        return await asyncio.shield(task)

    async def _write[T](self, fn: Callable[[Connection], T], settled: Settled | None) -> T:
        committed = False
        try:
            result, notes = await self._persist(fn)
            committed = True
        finally:
            if settled is not None:
                settled(committed)
        self._signals.deliver(notes)
        return result

    async def _persist[T](self, fn: Callable[[Connection], T]) -> tuple[T, list[Note]]:
        for attempt in range(1, TRIES):
            try:
                return await self._attempt(fn)
            except _PassingError:
                await asyncio.sleep(random.uniform(0.5, 1.5) * 0.01 * 2**attempt)  # noqa: S311
        try:
            return await self._attempt(fn)
        except _PassingError as error:
            raise error.cause from None

    async def _attempt[T](self, fn: Callable[[Connection], T]) -> tuple[T, list[Note]]:
        try:
            connection = await self._engine.connect()
        except (OSError, DBAPIError) as error:
            raise _PassingError(error) from error
        try:
            return await connection.run_sync(self._transaction, fn)
        finally:
            await connection.close()

    def _transaction[T](
        self, conn: Connection, fn: Callable[[Connection], T]
    ) -> tuple[T, list[Note]]:
        committing = False
        try:
            with conn.begin() as transaction:
                result, notes = collect(conn, fn)
                self._signals.publish(conn, notes)
                committing = True
                transaction.commit()
        except DBAPIError as error:
            # A connection lost before COMMIT has written nothing; lost in COMMIT, nobody knows.
            state = getattr(error.orig, "sqlstate", None)
            lost = error.connection_invalidated or state in GOING
            if state in PASSING or (lost and not committing):
                raise _PassingError(error) from error
            raise
        return result, notes


class _PassingError(Exception):
    """A transaction that may succeed when it is run again."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause
