"""The database of one process: writes, reads, and notes about what was committed."""

from collections.abc import Callable

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.db.address import Dialect, file_of, read_address, with_async_driver, with_driver
from bot.db.engines import postgres_engine, postgres_reader, sqlite_glance, sqlite_reader
from bot.db.file_lock import FileLock
from bot.db.signals import Ears, Listener, Signals
from bot.db.sqlite_writer import SqliteWriter
from bot.db.writers import PostgresWriter, Settled, Writer


class Database:
    """SQLite (one process) or PostgreSQL (many), by the address.

    `write` runs a plain function of a connection in a transaction. `sessions` are for reading
    only, each statement on its own: the database refuses a write through them.
    """

    dialect: Dialect

    def __init__(self, url: str) -> None:
        self.dialect, self._address = read_address(url)
        self._signals = Signals()
        self._lock: FileLock | None = None
        self._ears: Ears | None = None
        self._glance: Connection | None = None
        self._writer: Writer
        if self.dialect == "sqlite":
            self._lock = FileLock(file_of(self._address))
            self._reader = sqlite_reader(with_async_driver("sqlite", self._address))
            self._writer = SqliteWriter(with_driver("sqlite", self._address), self._signals)
        else:
            driven = with_async_driver("postgresql", self._address)
            conninfo = self._address.render_as_string(hide_password=False)
            self._ears = Ears(conninfo, self._signals)
            self._reader = postgres_reader(driven)
            self._writer = PostgresWriter(postgres_engine(driven), self._signals)
        self.sessions: async_sessionmaker[AsyncSession] = async_sessionmaker(
            self._reader, expire_on_commit=False
        )

    async def start(self) -> None:
        """Take the file for this process (SQLite) or begin to listen (PostgreSQL).

        ConfigurationError when another process has the SQLite file.
        """
        if self._lock is not None:
            self._lock.acquire()
        await self._writer.start()
        if self.dialect == "sqlite":
            self._glance = sqlite_glance(with_driver("sqlite", self._address))
        if self._ears is not None:
            await self._ears.start()

    async def stop(self) -> None:
        """Finish the writes that were accepted and close every connection."""
        if self._ears is not None:
            await self._ears.stop()
        await self._writer.stop()
        if self._glance is not None:
            self._glance.close()
            self._glance.engine.dispose()
            self._glance = None
        await self._reader.dispose()
        if self._lock is not None:
            self._lock.release()

    async def write[T](
        self,
        fn: Callable[[Connection], T],
        *,
        settled: Settled | None = None,
        long: bool = False,
    ) -> T:
        """Run `fn` in one transaction and return its result after the commit.

        It never commits itself and may be run again when it lost a race, so it must not leave
        traces outside of the database; `settled` is called once, on the event loop, with whether
        it was committed. A caller that is cancelled meanwhile does not stop the write. Say `long`
        of what touches hundreds of rows: it must not hold up the event loop.
        """
        return await self._writer.write(fn, settled, long=long)

    async def read[T](self, fn: Callable[[Connection], T]) -> T:
        """Run `fn`, which reads a few rows by their keys, and return its result.

        The shortest way to know what stands there now; pages and lists use `sessions`.
        """
        if self._glance is not None:
            return fn(self._glance)
        async with self._reader.connect() as connection:
            return await connection.run_sync(fn)

    def subscribe(self, topic: str, listener: Listener) -> Callable[[], None]:
        """Call `listener(payload)` after each commit that notified the topic, in any process.

        Returns the function that ends it. Notes can get lost with a connection; then a note with
        an empty payload follows, and a listener should look for itself now and then anyway.
        """
        return self._signals.subscribe(topic, listener)
