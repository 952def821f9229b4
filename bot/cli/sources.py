"""Sources from the command line: feeds, folders and shops that are read again and again."""

import asyncio
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.cli.products import show_report
from bot.cli.reach import ask, reach
from bot.errors import BadRequestError
from bot.settings import Settings

_UNITS = {"m": 60, "h": 3600, "d": 86400}
_PATH = "/catalog/sources"


def list_all() -> None:
    """Print every source with its last result."""
    found = asyncio.run(_ask("GET", _PATH))
    table = Table("name", "kind", "address", "every", "last time", "result", box=None)
    for told in found:
        last = told["last"] or {}
        when = last.get("started_at", "")[:16].replace("T", " ")
        table.add_row(
            told["name"], told["kind"], told["address"], spell(told["every"]), when, _result(last)
        )
    Console().print(table)


def add(name: str, address: str, *, kind: str | None, every: str, options: dict[str, Any]) -> None:
    """Add or change a source; it is read at once by the running gateway, else at its start."""
    settings = Settings()
    found = kind or kind_of(address)
    if found == "folder":
        address = str(Path(address).resolve())
    given = {key: value for key, value in options.items() if value is not None}
    body = {"kind": found, "address": address, "every": seconds(every), "options": given}
    asyncio.run(_ask("PUT", f"{_PATH}/{name}", json=body))
    needed = {
        "shopify": ("ACCESS_TOKEN",),
        "woocommerce": ("CONSUMER_KEY", "CONSUMER_SECRET"),
    }.get(found, ())
    console = Console(highlight=False)
    console.print(f"{name} is read every {spell(seconds(every))}.")
    for secret in needed:
        if secret.lower() not in settings.sources.get(name, {}):
            console.print(f"It needs DIALOGO_SOURCES__{name.upper()}__{secret} in the settings.")


def run(name: str, *, full: bool) -> None:
    """Read a source now and print what came of it."""
    with Console().status(f"Reading {name} …"):
        report = asyncio.run(_ask("POST", f"{_PATH}/{name}/run", params={"full": full}))
    show_report(report, report["name"])


def remove(name: str) -> None:
    """Forget a source; its products stay."""
    asyncio.run(_ask("DELETE", f"{_PATH}/{name}"))
    Console(highlight=False).print(f"{name} is not read any more. Its products stay.")


def kind_of(address: str) -> str:
    """Return what kind of source an address is; a shop's API has to be named."""
    if address.endswith(".myshopify.com"):
        return "shopify"
    return "url" if "://" in address else "folder"


def seconds(every: str) -> int:
    """Read "30m", "6h" or "1d"."""
    number, unit = every[:-1], every[-1:]
    if unit not in _UNITS or not number.isdigit():
        raise BadRequestError(f'"{every}" is no span of time: write 30m, 6h or 1d.')
    return int(number) * _UNITS[unit]


def spell(every: int) -> str:
    """Write a span of time as `seconds` reads it."""
    for unit, size in reversed(_UNITS.items()):
        if every % size == 0:
            return f"{every // size}{unit}"
    return f"{every} s"


def _result(last: dict[str, Any]) -> str:
    if not last:
        return "not read yet"
    if last["state"] in ("failed", "same"):
        return f"{last['state']}: {last['note']}"
    problems = f", {last['problem_count']} problems" if last["problem_count"] else ""
    return f"{last['products']} products, {last['hidden']} hidden{problems}"


async def _ask(method: str, path: str, **more: Any) -> Any:
    async with reach(Settings()) as client:
        return await ask(client, method, path, **more)
