"""Files of products from the command line: imported with a progress bar and a summary."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

import catalog
from bot.cli.reach import ask, reach
from bot.errors import BadRequestError
from bot.settings import Settings

_BLOCK = 256 * 1024
_LOOK_EVERY = 0.3
_SHOWN = 50


def import_file(file: Path, **chosen: Any) -> None:
    """Import and print a summary; BadRequestError when rows were left out (exit code 1)."""
    if not file.is_file():
        raise BadRequestError(f"There is no file {file}.")
    report = asyncio.run(_import(Settings(), file, file.stat().st_size, chosen))
    show_report(report, str(file))
    if report["problem_count"]:
        raise BadRequestError(f"{report['problem_count']} mistakes were left out, see above.")


def list_imports(id_: str | None) -> None:
    """Print the last imports, or everything about one."""
    asyncio.run(_list(Settings(), id_))


def show_report(report: dict[str, Any], name: str) -> None:
    """Print what an import did and its first problems."""
    console = Console(highlight=False)
    for told in report["errors"][:_SHOWN]:
        problem = catalog.RowError(**told)
        console.print(f"{name}:{problem}", markup=False, soft_wrap=True)
    if (more := report["problem_count"] - _SHOWN) > 0:
        console.print(f"… and {more} more: dialogo catalog imports {report['id']}")
    verb = "would be imported" if report["dry_run"] else "imported"
    console.print(f"{report['products']} products, {report['variants']} variants {verb}.")
    console.print(
        f"[dim]{report['format']} {report['encoding']} · {report['added']} new, "
        f"{report['changed']} changed, {report['unchanged']} unchanged, "
        f"{report['returned']} returned, {report['hidden']} hidden[/dim]"
    )
    if report["note"]:
        console.print(report["note"], markup=False)
    if report["state"] == "failed":
        raise BadRequestError(report["note"] or "The import has failed.")


async def _import(
    settings: Settings, file: Path, size: int, chosen: dict[str, Any]
) -> dict[str, Any]:
    params = {**chosen, "language": chosen["language"] or "", "wait": False}
    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, transient=True) as bar:
        sending = bar.add_task(f"Sending {file.name}", total=size)

        async def parts() -> AsyncIterator[bytes]:
            with file.open("rb") as opened:
                while block := opened.read(_BLOCK):
                    yield block
                    bar.advance(sending, len(block))

        async with reach(settings) as client:
            query = {"name": file.name, **params}
            begun = await ask(client, "POST", "/catalog/import", params=query, content=parts())
            reading = bar.add_task(f"Importing {file.name}", total=size)
            return await _until_done(
                client, begun, lambda told: bar.update(reading, completed=told["read"])
            )


async def _until_done(
    client: httpx.AsyncClient, report: dict[str, Any], tell: Any
) -> dict[str, Any]:
    while report["state"] == "running":
        await asyncio.sleep(_LOOK_EVERY)
        report = await ask(client, "GET", f"/catalog/imports/{report['id']}")
        tell(report)
    return report


async def _list(settings: Settings, id_: str | None) -> None:
    async with reach(settings) as client:
        if id_ is not None:
            report = await ask(client, "GET", f"/catalog/imports/{id_}")
            for told in report["errors"]:
                Console(highlight=False).print(
                    str(catalog.RowError(**told)), markup=False, soft_wrap=True
                )
            show_report({**report, "errors": []}, report["name"])
            return
        found = await ask(client, "GET", "/catalog/imports")
    table = Table("id", "when", "what", "state", "products", "problems", box=None)
    for told in found:
        when = told["started_at"][:16].replace("T", " ")
        what = told["source"] or told["name"]
        counts = str(told["products"]), str(told["problem_count"])
        table.add_row(told["id"], when, what, told["state"], *counts)
    Console().print(table)
