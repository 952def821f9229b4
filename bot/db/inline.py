"""SQLite behind SQLAlchemy's asynchronous face, without a thread in between.

A read of ours takes some twenty microseconds; handing it to a thread and back takes twenty times
that, and the threads then fight over the interpreter. So reads run where they are asked for. What
reads thousands of rows does so in batches and lets others in between (`asyncio.sleep(0)`).
"""

import sqlite3
from typing import Any, override

from sqlalchemy import URL, AsyncAdaptedQueuePool, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

DRIVER = "sqlite+inline"


class InlineCursor(sqlite3.Cursor):
    """A cursor with what SQLAlchemy asks of asynchronous ones."""

    async def _async_soft_close(self) -> None:
        """Do nothing: what was not fetched is still there."""


class InlineConnection(sqlite3.Connection):
    """A connection whose cursors are those."""

    @override
    def cursor(self, factory: Any = InlineCursor) -> Any:
        """Return a cursor of ours."""
        return super().cursor(factory)


class InlineSqlite(SQLiteDialect_pysqlite):
    """The ordinary driver, told to SQLAlchemy as one that never needs waiting for."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    @override
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """Return the pool whose waiting is asynchronous."""
        return AsyncAdaptedQueuePool

    @override
    def connect(self, *arguments: Any, **options: Any) -> Any:
        """Open a connection of ours."""
        return super().connect(*arguments, **{"factory": InlineConnection, **options})

    @override
    def get_driver_connection(self, connection: Any) -> Any:
        """Return the connection itself; there is nothing around it."""
        return connection


registry.register("sqlite.inline", __name__, InlineSqlite.__name__)
