"""Keeps the engine's word list in step with the catalog: product names, colours, materials."""

import asyncio
import contextlib
import json
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from catalog import Catalog

log = logging.getLogger(__name__)
FILE = "lookups.json"
_EVERY_SECONDS = 2.0


@asynccontextmanager
async def kept_current(catalog: Catalog, folder: Path) -> AsyncIterator[None]:
    """Write the file now and whenever the catalog has changed, until the block ends."""
    path = folder / FILE
    version = await write(catalog, path, None)
    watching = asyncio.create_task(_watch(catalog, path, version), name="lookups")
    try:
        yield
    finally:
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching


async def write(catalog: Catalog, path: Path, known: str | None) -> str:
    """Write the word list unless its version is the known one, and return the version."""
    if known is not None and await catalog.version() == known:
        return known
    lookups = await catalog.lookups()
    draft = path.with_suffix(f".{os.getpid()}.new")
    draft.write_text(json.dumps(lookups, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)
    return str(lookups["version"])


async def _watch(catalog: Catalog, path: Path, version: str) -> None:
    known = version
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        try:
            known = await write(catalog, path, known)
        except Exception:
            log.exception("the engine's word list could not be written")
