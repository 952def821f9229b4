"""What every table of the gateway stands on."""

import time
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Connection, Insert, MetaData
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

# JSON text on SQLite, JSONB on PostgreSQL.
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Table(DeclarativeBase):
    """Base of all tables of `bot`; every room prefixes its own and shares no foreign keys."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dict[str, Any]: Json, list[Any]: Json}  # noqa: RUF012


def now() -> int:
    """Return the time in milliseconds since 1970, the unit of every `*_at` column."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """Return a fresh identifier of 32 hexadecimal digits."""
    return uuid4().hex


def insert_new(conn: Connection, table: type[DeclarativeBase]) -> Insert:
    """Return the statement that inserts a row unless one with the same unique value is there.

    `rowcount` of its result is 1 for a new row and 0 for a known one.
    """
    return _insert_new(conn.dialect.name, table)


@cache
def _insert_new(dialect: str, table: type[DeclarativeBase]) -> Insert:
    if dialect == "postgresql":
        new: Insert = postgresql.insert(table).on_conflict_do_nothing()
    else:
        new = sqlite.insert(table).on_conflict_do_nothing()
    # A driver's rowcount is gone once a returned row has been read, unless it is kept.
    return new.execution_options(preserve_rowcount=True)
