"""Fills an empty catalog with the demo shop, so that the first start has something to say."""

import asyncio

import catalog
from bot.db import Database
from bot.settings import Settings


def fill_empty(settings: Settings) -> str:
    """Load the demo shop into an empty catalog, draw its pictures and say what was done."""
    return asyncio.run(_fill(settings))


async def _fill(settings: Settings) -> str:
    database = Database(settings.database)
    await database.start()
    try:
        empty = await database.write(catalog.is_empty)
        count = await database.write(catalog.load_demo, long=True) if empty else 0
    finally:
        await database.stop()
    pictures = catalog.draw_pictures(settings.data_dir / "media")
    return f"{count} products, {pictures} pictures" if count or pictures else "as it was"
