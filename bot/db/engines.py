"""Engines as each database needs them: one that writes, one that can only read."""

from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.db.prepared import speak

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # what was acknowledged survives a power cut
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)
# Prepared statements that each PostgreSQL connection keeps; the gateway has some 150.
_STATEMENTS = 500
# Connections of one process. All stay open: one made for a crowd and closed after it costs the
# crowd a new server process and every statement's preparation.
_WRITERS = 12
_READERS = 8


def written(value: Any) -> str:
    """Return JSON as columns keep it; the standard library takes five times as long."""
    return to_json(value).decode()


def sqlite_engine(url: URL) -> Engine:
    """Return an engine for writing whose BEGIN and SAVEPOINT are real.

    pysqlite's legacy transaction handling begins by itself and too late; isolation_level=None
    turns it off (SQLAlchemy: "Transactions with SQLite and the sqlite3 driver").
    """
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": 10},
        json_serializer=written,
        json_deserializer=from_json,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        speak(conn, "BEGIN IMMEDIATE")

    return engine


def sqlite_reader(url: URL) -> AsyncEngine:
    """Return an engine whose connections refuse to write."""
    engine = create_async_engine(
        url,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": 10},
        skip_autocommit_rollback=True,
        json_deserializer=from_json,
        pool_size=8,
        max_overflow=8,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    return engine


def sqlite_glance(url: URL) -> Connection:
    """Return an open connection that refuses to write, for reads that are over at once."""
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": 10},
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        json_deserializer=from_json,
    )
    connection = engine.connect()
    connection.exec_driver_sql("PRAGMA query_only=ON")
    return connection


def postgres_engine(url: URL) -> AsyncEngine:
    """Return an engine for writing."""
    return create_async_engine(
        url,
        pool_size=_WRITERS,
        max_overflow=0,
        pool_use_lifo=True,
        json_serializer=written,
        json_deserializer=from_json,
        connect_args={"prepared_statement_cache_size": _STATEMENTS},
    )


def postgres_reader(url: URL) -> AsyncEngine:
    """Return an engine whose connections refuse to write and need no transaction to read."""
    return create_async_engine(
        url,
        isolation_level="AUTOCOMMIT",
        json_deserializer=from_json,
        connect_args={
            "prepared_statement_cache_size": _STATEMENTS,
            "server_settings": {"default_transaction_read_only": "on"},
        },
        skip_autocommit_rollback=True,
        pool_size=_READERS,
        max_overflow=0,
        pool_use_lifo=True,
    )
