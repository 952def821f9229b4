"""The demo shop, written once for all tests that only read, and empty catalogs for the others."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.db import Database, migrate
from catalog import Catalog, load_demo

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
FRESHNESS = timedelta(hours=72)
LANGUAGES = ("it", "en")


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo shop in it; nobody writes to it."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    migrate(f"sqlite:///{file}")
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as conn:
        load_demo(conn, NOW)
    engine.dispose()
    return file


@pytest.fixture
async def shop(demo_file: Path) -> AsyncIterator[Catalog]:
    """The catalog of the demo shop, for reading."""
    database = Database(f"sqlite:///{demo_file}")
    await database.start()
    catalog = Catalog(database.sessions, demo_file.parent / "index", FRESHNESS, LANGUAGES)
    await catalog.start()
    yield catalog
    await catalog.stop()
    await database.stop()


@pytest.fixture
async def catalog(database: Database, tmp_path: Path) -> AsyncIterator[Catalog]:
    """An empty catalog on a fresh database, SQLite and PostgreSQL."""
    catalog = Catalog(database.sessions, tmp_path / "index", FRESHNESS, LANGUAGES)
    await catalog.start()
    yield catalog
    await catalog.stop()
