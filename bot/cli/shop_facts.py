"""Facts and words of the shop from the command line: a file, checked and put in place."""

import asyncio
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.cli.reach import ask, reach
from bot.errors import BadRequestError
from bot.settings import Settings


def put(file: Path, *, dry_run: bool) -> None:
    """Put a `shop.yaml` in place, or only look for mistakes; BadRequestError tells them."""
    told = _put(file, "/catalog/shop", dry_run=dry_run)
    verb = "is in order" if dry_run else "is in place"
    guides, needs = len(told["size_guides"]), len(told["needs"])
    Console(highlight=False).print(
        f"{told['name']} {verb}: {guides} size guides, {needs} needs.", markup=False
    )


def put_words(file: Path, *, dry_run: bool) -> None:
    """Put a `words.yaml` in place, or only look for mistakes; BadRequestError tells them."""
    told = _put(file, "/catalog/words", dry_run=dry_run)
    verb = "are in order" if dry_run else "are in place"
    parts = ", ".join(f"{len(part)} {name}" for name, part in told.items())
    Console(highlight=False).print(f"The words {verb}: {parts}.", markup=False)


def _put(file: Path, path: str, *, dry_run: bool) -> Any:
    if not file.is_file():
        raise BadRequestError(f"There is no file {file}.")
    return asyncio.run(_send(file.read_bytes(), path, dry_run=dry_run))


async def _send(content: bytes, path: str, *, dry_run: bool) -> Any:
    async with reach(Settings()) as client:
        return await ask(client, "PUT", path, params={"dry_run": dry_run}, content=content)
