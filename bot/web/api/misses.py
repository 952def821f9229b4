"""What customers searched for and did not find."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

import catalog
from bot.context import services_of
from bot.errors import NotFoundError
from bot.web.api.paging import Before, Limit, link_next
from bot.web.api.shapes import Problem

router = APIRouter(prefix="/catalog/misses", tags=["catalog"])


@router.get("", summary="List what customers did not find")
async def list_misses(
    request: Request,
    response: Response,
    language: Annotated[str | None, Query(pattern="^[a-z]{2}$")] = None,
    limit: Limit = 50,
    before: Before = None,
) -> list[catalog.MissEntry]:
    """Return searches that found nothing, or only what comes near, the latest first.

    Equal wishes are one entry with a count; addresses, numbers and names are left out of it.
    """
    async with services_of(request).database.sessions() as session:
        found = await catalog.list_misses(session, language=language, before=before, limit=limit)
    if found:
        last = round(found[-1].last_at.timestamp() * 1000)
        link_next(request, response, last=last, full=len(found) == limit)
    return found


@router.delete("/{id}", summary="Forget one", status_code=204, responses={404: {"model": Problem}})
async def drop_miss(request: Request, id: str) -> None:  # noqa: A002 - its name in the path
    """Take an entry off the list; it comes back when somebody searches for it again."""
    gone = await services_of(request).database.write(lambda conn: catalog.drop_miss(conn, id))
    if not gone:
        raise NotFoundError(f"There is no search {id} that found nothing.")
