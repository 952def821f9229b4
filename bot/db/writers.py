"""The one way to write: a plain function of a connection, in a transaction of its own."""

import asyncio
import random
from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.db.signals import Note, Signals, collect

Settled = Callable[[bool], None]
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

    async def write[T](
        self, fn: Callable[[Connection], T], settled: Settled | None, *, long: bool = False
    ) -> T:
        """Run `fn` in a transaction and return its result after the commit."""
        ...


def retrieve(future: asyncio.Future[Any]) -> None:
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

    async def write[T](
        self, fn: Callable[[Connection], T], settled: Settled | None, *, long: bool = False
    ) -> T:
        """Run a function to its commit, even when the caller goes away meanwhile."""
        if not self._open:
            raise RuntimeError("the database is not started")
        task = asyncio.create_task(self._write(fn, settled))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(retrieve)
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
