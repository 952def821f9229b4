"""Bringing a database's tables up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, text

from bot.db.address import file_of, read_address, with_driver
from bot.db.engines import sqlite_engine
from bot.db.file_lock import FileLock

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number that nothing else uses: several processes may start, and migrate, at once.
_LOCK = 722_018_411


def migrate(url: str) -> None:
    """Run every migration that the database has not seen, each process after the other.

    ConfigurationError when another process works with the SQLite file.
    """
    dialect, address = read_address(url)
    if dialect == "sqlite":
        with FileLock(file_of(address)):
            _upgrade(sqlite_engine(with_driver(dialect, address)))
    else:
        _upgrade(create_engine(with_driver(dialect, address)))


def _upgrade(engine: Engine) -> None:
    try:
        with engine.begin() as conn:
            if conn.dialect.name == "postgresql":
                conn.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            command.upgrade(_config(conn), "head")
    finally:
        engine.dispose()


def _config(conn: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = conn
    return config
