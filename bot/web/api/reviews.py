"""What customers say: waiting for a decision, decided, taken in from files and from chats."""

import asyncio
import shutil
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

import catalog
from bot.context import services_of
from bot.errors import BadRequestError, NotFoundError
from bot.web.api.imports import save
from bot.web.api.paging import Before, Limit, link_next
from bot.web.api.shapes import Answer, Problem

router = APIRouter(prefix="/catalog/reviews", tags=["reviews"])
_MOST_BYTES = 100 * 1024 * 1024


class ReviewsImportedOut(Answer):
    """What an import of reviews did."""

    reviews: int
    waiting: int = Field(description="For a decision; nobody sees them until then.")
    errors: list[dict[str, Any]]


class Decision(BaseModel):
    """Who decides, for the record."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    by: str = Field(min_length=1, max_length=80, examples=["Anna"])


class Kept(Answer):
    """The review that waits for approval."""

    id: str


@router.get("", summary="List reviews")
async def list_reviews(
    request: Request,
    response: Response,
    status: Annotated[Literal["pending", "approved", "rejected"] | None, Query()] = None,
    product: Annotated[str | None, Query(max_length=80)] = None,
    limit: Limit = 50,
    before: Before = None,
) -> list[catalog.ReviewEntry]:
    """Return reviews, newest first; `status=pending` are those that wait for a decision."""
    async with services_of(request).database.sessions() as session:
        found = await catalog.list_reviews(
            session, status=status, product=product, before=before, limit=limit
        )
    if found:
        last = int(found[-1].received_at.timestamp() * 1000)
        link_next(request, response, last=last, full=len(found) == limit)
    return found


@router.post("", summary="Keep a customer's review", status_code=201)
async def keep_review(request: Request, given: catalog.GivenReview) -> Kept:
    """Keep what a customer said in a conversation; it waits for approval."""
    at = datetime.now(UTC)
    try:
        id_ = await services_of(request).database.write(
            lambda conn: catalog.collect_review(conn, given, at=at)
        )
    except catalog.UnknownProductError as error:
        raise BadRequestError(str(error)) from error
    return Kept(id=id_)


@router.post("/import", summary="Import reviews", responses={400: {"model": Problem}})
async def import_reviews(
    request: Request,
    approve: Annotated[bool, Query(description="They were checked where they come from.")] = False,
    language: Annotated[str | None, Query(pattern="^[a-z]{2}$")] = None,
    source: Annotated[str, Query(max_length=80, examples=["Trustpilot"])] = "",
) -> ReviewsImportedOut:
    """Read reviews from CSV or JSON Lines; without `approve` they wait for a decision."""
    services = services_of(request)
    folder = await asyncio.to_thread(services.intake.scratch)
    path = folder / "reviews"
    options = catalog.ReviewOptions(language or services.settings.languages[0], source)
    at = datetime.now(UTC)
    try:
        await save(request, path, _MOST_BYTES)
        done = await services.database.write(
            lambda conn: catalog.import_reviews(conn, path, options, at=at, approve=approve)
        )
    except catalog.UnreadableFileError as error:
        raise BadRequestError(str(error)) from error
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
    await services.intake.tell()
    told = [{k: asdict(e)[k] for k in ("line", "column", "reason")} for e in done.errors]
    return ReviewsImportedOut(reviews=done.reviews, waiting=done.waiting, errors=told)


@router.post("/{id}/approve", summary="Approve a review", responses={404: {"model": Problem}})
async def approve(request: Request, id: str, decision: Decision) -> Kept:  # noqa: A002
    """Let customers see it: it counts in the rating and may be quoted."""
    return await _decide(request, id, "approved", decision.by)


@router.post("/{id}/reject", summary="Reject a review", responses={404: {"model": Problem}})
async def reject(request: Request, id: str, decision: Decision) -> Kept:  # noqa: A002
    """Keep it out of every answer; it can still be approved later."""
    return await _decide(request, id, "rejected", decision.by)


async def _decide(
    request: Request, id_: str, status: Literal["approved", "rejected"], by: str
) -> Kept:
    services, at = services_of(request), datetime.now(UTC)
    known = await services.database.write(
        lambda conn: catalog.moderate(conn, id_, status, by=by, at=at)
    )
    if not known:
        raise NotFoundError(f"There is no review {id_}.")
    await services.intake.tell()
    return Kept(id=id_)
