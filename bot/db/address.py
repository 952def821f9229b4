"""Reading a database address as an operator writes it."""

from pathlib import Path
from typing import Literal

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.db.inline import DRIVER
from bot.errors import ConfigurationError

Dialect = Literal["sqlite", "postgresql"]
_DIALECTS: dict[str, Dialect] = {
    "sqlite": "sqlite",
    "postgresql": "postgresql",
    "postgres": "postgresql",
}


def read_address(url: str) -> tuple[Dialect, URL]:
    """Return the dialect and the address without a driver; ConfigurationError if unusable."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError(
            "DIALOGO_DATABASE_URL cannot be read. Write sqlite:///path/to/file.db or "
            "postgresql://user:password@host/database."
        ) from error
    name = address.drivername.partition("+")[0]
    if name not in _DIALECTS:
        raise ConfigurationError(
            f"DIALOGO_DATABASE_URL names the database {name!r}; sqlite and postgresql are known."
        )
    dialect = _DIALECTS[name]
    if dialect == "sqlite" and address.database in (None, "", ":memory:"):
        raise ConfigurationError(
            "DIALOGO_DATABASE_URL must name a file for SQLite, such as sqlite:////data/dialogo.db: "
            "what lives in memory only is lost with the process."
        )
    return dialect, address.set(drivername=dialect)


def with_driver(dialect: Dialect, address: URL) -> URL:
    """Return the address for SQLAlchemy's plain engines: the writer of SQLite, the migrations."""
    driver = "sqlite+pysqlite" if dialect == "sqlite" else "postgresql+psycopg"
    return address.set(drivername=driver)


def with_async_driver(dialect: Dialect, address: URL) -> URL:
    """Return the address for SQLAlchemy's async engines.

    asyncpg carries twice the transactions of psycopg here, at three quarters of its CPU time. It
    calls libpq's `sslmode` `ssl` and takes the other options elsewhere.
    """
    if dialect == "sqlite":
        return address.set(drivername=DRIVER)
    query = {"ssl": address.query["sslmode"]} if "sslmode" in address.query else {}
    if "host" in address.query:
        query["host"] = address.query["host"]
    return address.set(drivername="postgresql+asyncpg", query=query)


def file_of(address: URL) -> Path:
    """Return the file that a SQLite address names."""
    return Path(str(address.database))
