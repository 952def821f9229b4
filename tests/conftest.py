"""Fixtures that every room's tests may ask for."""

from tests.postgres import (
    database,
    database_url,
    postgres_cluster,
    postgres_template,
    postgres_url,
    sqlite_template,
    sqlite_url,
)

__all__ = [
    "database",
    "database_url",
    "postgres_cluster",
    "postgres_template",
    "postgres_url",
    "sqlite_template",
    "sqlite_url",
]
