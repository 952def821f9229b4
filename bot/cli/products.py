"""The catalog from the command line."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import track
from sqlalchemy import Connection

import catalog
from bot.credentials import ensure_secrets
from bot.db import Database, migrate
from bot.errors import AppError, BadRequestError
from bot.settings import Settings

_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Summary:
    """What an import did, or would do."""

    products: int
    variants: int
    errors: list[str]


def import_file(file: Path, *, dry_run: bool) -> None:
    """Import and print a summary; exit code 1 when rows were left out.

    A SQLite file belongs to the running gateway, so the import goes through its API then.
    """
    if not file.is_file():
        raise BadRequestError(f"There is no file {file}.")
    settings = Settings()
    running = settings.database.startswith("sqlite") and _gateway_runs(settings)
    if running and dry_run:
        raise BadRequestError("Stop the gateway for a dry run: it has the SQLite file.")
    found = _through_api(settings, file) if running else _directly(settings, file, dry_run=dry_run)
    console = Console(highlight=False)
    for error in found.errors:
        console.print(f"{file}:{error}", markup=False, soft_wrap=True)
    verb = "would be imported" if dry_run else "imported"
    console.print(f"{found.products} products, {found.variants} variants {verb}.")
    if found.errors:
        raise BadRequestError(f"{len(found.errors)} mistakes were left out, see above.")


def _gateway_runs(settings: Settings) -> bool:
    try:
        return httpx.get(_address(settings, "/healthz"), timeout=2).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _through_api(settings: Settings, file: Path) -> Summary:
    token = ensure_secrets(settings).api_token.get_secret_value()
    with Console().status(f"Importing {file.name} through the running gateway …"):
        reply = httpx.post(
            _address(settings, "/api/v1/catalog/import"),
            content=file.read_bytes(),
            headers={"Authorization": f"Bearer {token}"},
            timeout=_SECONDS,
        )
    if reply.status_code != httpx.codes.OK:
        raise AppError(f"The gateway answered {reply.status_code}: {reply.text[:500]}")
    body = reply.json()
    errors = [str(catalog.RowError(**error)) for error in body["errors"]]
    return Summary(body["products"], body["variants"], errors)


def _address(settings: Settings, path: str) -> str:
    return f"http://127.0.0.1:{settings.port}{path}"


class _DryRunError(Exception):
    """Takes the transaction back."""


def _directly(settings: Settings, file: Path, *, dry_run: bool) -> Summary:
    migrate(settings.database)
    rows = list(track(catalog.read_products(file.read_bytes()), description=f"Reading {file.name}"))
    imported = asyncio.run(_write(settings, rows, dry_run=dry_run))
    return Summary(imported.products, imported.variants, [str(e) for e in imported.errors])


async def _write(
    settings: Settings, rows: list[catalog.Source | catalog.RowError], *, dry_run: bool
) -> catalog.Imported:
    outcome: list[catalog.Imported] = []

    def write(conn: Connection) -> None:
        outcome[:] = [catalog.import_products(conn, rows, at=datetime.now(UTC))]
        if dry_run:
            raise _DryRunError

    database = Database(settings.database)
    await database.start()
    try:
        await database.write(write, long=True)
    except _DryRunError:
        pass
    finally:
        await database.stop()
    return outcome[0]
