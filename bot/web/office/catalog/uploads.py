"""Files of products that somebody brings to the catalog page."""

import asyncio
import re
import shutil
import time
from pathlib import Path

from fastapi import APIRouter, Request
from pydantic import BaseModel

from bot.context import services_of
from bot.errors import ForbiddenError, NotFoundError, NotLoggedInError
from bot.feeds import Intake
from bot.web.api.imports import save
from bot.web.people import COOKIE, Guard

router = APIRouter(include_in_schema=False)
_TOKEN = re.compile(r"^[A-Za-z0-9_-]{1,40}$")
_FILE = "upload"
_DAY = 86_400  # seconds; no import takes as long


class Taken(BaseModel):
    """A file that waits for its import."""

    file: str
    name: str
    size: int


@router.post("/catalog/files")
async def take(request: Request) -> Taken:
    """Keep a file of products for the page that sent it."""
    guard: Guard = request.app.state.guard
    if await guard.agent(request.cookies.get(COOKIE)) is None:
        raise NotLoggedInError("Log in first.")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForbiddenError("This file was sent from another site.")
    services = services_of(request)
    await asyncio.to_thread(_sweep, services.intake.folder)
    folder = await asyncio.to_thread(services.intake.scratch)
    path = folder / _FILE
    try:
        name = await save(request, path, services.settings.import_max_mb * 1024 * 1024)
    except BaseException:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        raise
    return Taken(file=folder.name, name=Path(name).name[:200] or "file", size=path.stat().st_size)


def _sweep(folder: Path) -> None:
    """Throw away what was brought a day ago and never imported: its page was closed."""
    for old in folder.glob(f"*/{_FILE}"):
        if time.time() - old.stat().st_mtime > _DAY:
            shutil.rmtree(old.parent, ignore_errors=True)


def kept(intake: Intake, token: str) -> Path:
    """Return a file that was taken; NotFoundError when it is gone."""
    path = intake.folder / token / _FILE
    if not _TOKEN.match(token) or not path.is_file():
        raise NotFoundError("The file is not here any more: choose it again.")
    return path
