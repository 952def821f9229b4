"""Fills an empty catalog with the demo shop, so that the first start has something to talk about."""

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
        if not await database.write(catalog.is_empty):
            return "the catalog has products already"
        count = await database.write(catalog.load_demo)
    finally:
        await database.stop()
    pictures = getattr(catalog, "draw_pictures", lambda _: 0)(settings.data_dir / "media")
    return f"{count} products, {pictures} pictures"
