"""The catalog from the command line."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track

import catalog
from bot.db import Database, migrate
from bot.errors import BadRequestError
from bot.settings import Settings


def import_file(file: Path, *, dry_run: bool) -> None:
    """Import and print a summary; exit code 1 when rows were left out."""
    if not file.is_file():
        raise BadRequestError(f"There is no file {file}.")
    settings = Settings()
    migrate(settings.database)
    imported = asyncio.run(_import(settings, file, dry_run=dry_run))
    console = Console(highlight=False)
    for error in imported.errors:
        console.print(f"{file}:{error}", markup=False)
    verb = "would be imported" if dry_run else "imported"
    console.print(f"{imported.products} products, {imported.variants} variants {verb}.")
    if imported.errors:
        raise BadRequestError(f"{len(imported.errors)} mistakes were left out, see above.")


class _DryRunError(Exception):
    """Takes the transaction back."""


async def _import(settings: Settings, file: Path, *, dry_run: bool) -> catalog.Imported:
    database = Database(settings.database)
    await database.start()
    found = catalog.read_products(file.read_bytes())  # noqa: ASYNC240  a command, nothing waits
    rows = list(track(found, description=f"Reading {file.name}"))
    outcome: list[catalog.Imported] = []

    def write(conn: object) -> None:
        outcome[:] = [catalog.import_products(conn, rows, at=datetime.now(UTC))]  # type: ignore[arg-type]
        if dry_run:
            raise _DryRunError

    try:
        await database.write(write)
    except _DryRunError:
        pass
    finally:
        await database.stop()
    return outcome[0]
