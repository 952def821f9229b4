"""What every table of the gateway stands on."""

import time
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, MetaData
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
