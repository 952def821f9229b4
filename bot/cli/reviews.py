"""Reviews from the command line: what waits, decisions, files of reviews."""

import asyncio
import getpass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import catalog
from bot.cli.reach import ask, reach
from bot.errors import BadRequestError
from bot.settings import Settings

_PATH = "/catalog/reviews"


def list_all(status: str | None) -> None:
    """Print reviews, newest first."""
    params = {"status": status} if status else {}
    found = asyncio.run(_ask("GET", _PATH, params=params))
    table = Table("id", "product", "stars", "author", "text", "status", box=None)
    for told in found:
        text = next(iter(told["texts"].values()), "")
        stars = "★" * told["rating"]
        row = (told["id"], told["product"], stars, told["author"], text[:80], told["status"])
        table.add_row(*row)
    Console(width=160 if not Console().is_terminal else None).print(table)


def decide(ids: list[str], verb: str, by: str | None) -> None:
    """Approve or reject reviews, noting who does."""
    body = {"by": by or getpass.getuser()}
    for id_ in ids:
        asyncio.run(_ask("POST", f"{_PATH}/{id_}/{verb}", json=body))
    done = "approved" if verb == "approve" else "rejected"
    Console(highlight=False).print(f"{len(ids)} {done}.")


def import_file(file: Path, *, approve: bool, language: str | None, source: str) -> None:
    """Import reviews; BadRequestError when rows were left out (exit code 1)."""
    if not file.is_file():
        raise BadRequestError(f"There is no file {file}.")
    params: dict[str, Any] = {"approve": approve, "source": source}
    if language:
        params["language"] = language
    done = asyncio.run(_ask("POST", f"{_PATH}/import", params=params, content=file.read_bytes()))
    console = Console(highlight=False)
    for told in done["errors"]:
        problem = catalog.RowError(**told)
        console.print(f"{file}:{problem}", markup=False, soft_wrap=True)
    console.print(f"{done['reviews']} reviews imported, {done['waiting']} wait for approval.")
    if done["errors"]:
        raise BadRequestError(f"{len(done['errors'])} mistakes were left out, see above.")


async def _ask(method: str, path: str, **more: Any) -> Any:
    async with reach(Settings()) as client:
        return await ask(client, method, path, **more)
