"""The facts about the shop from the command line: a file, checked and put in place."""

import asyncio
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.cli.reach import ask, reach
from bot.errors import BadRequestError
from bot.settings import Settings


def put(file: Path, *, dry_run: bool) -> None:
    """Put a `shop.yaml` in place, or only look for mistakes; BadRequestError tells them."""
    if not file.is_file():
        raise BadRequestError(f"There is no file {file}.")
    told = asyncio.run(_put(file.read_bytes(), dry_run=dry_run))
    verb = "is in order" if dry_run else "is in place"
    guides, needs = len(told["size_guides"]), len(told["needs"])
    Console(highlight=False).print(
        f"{told['name']} {verb}: {guides} size guides, {needs} needs.", markup=False
    )


async def _put(content: bytes, *, dry_run: bool) -> Any:
    async with reach(Settings()) as client:
        params = {"dry_run": dry_run}
        return await ask(client, "PUT", "/catalog/shop", params=params, content=content)
