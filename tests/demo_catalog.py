"""The demo shop in a SQLite file, and its catalog opened for reading."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from bot.db.inline import DRIVER
from catalog import Catalog, Table, load_demo

FRESHNESS = timedelta(hours=72)


def fill_demo(path: Path) -> Path:
    """Write the demo shop into a new file and return it."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as conn:
        Table.metadata.create_all(conn)
        load_demo(conn)
    engine.dispose()
    return path


@asynccontextmanager
async def opened(path: Path, freshness: timedelta = FRESHNESS) -> AsyncIterator[Catalog]:
    """Open the catalog of such a file, with its index in a folder beside it."""
    engine = create_async_engine(f"{DRIVER}:///{path}")
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    catalog = Catalog(sessions, path.parent / "index", freshness, ("it", "en"))
    await catalog.start()
    try:
        yield catalog
    finally:
        await catalog.stop()
        await engine.dispose()
