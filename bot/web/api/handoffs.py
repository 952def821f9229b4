"""The queue of calls for a person."""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import Connection

from bot import desk
from bot.context import services_of
from bot.web.api.paging import Before, Limit, link_next
from bot.web.api.shapes import HandoffOut, Problem

router = APIRouter(
    prefix="/handoffs",
    tags=["handoffs"],
    responses={404: {"model": Problem}, 409: {"model": Problem}},
)


class ClaimIn(BaseModel):
    """Who takes the conversation."""

    agent: str = Field(min_length=1, max_length=80, pattern=r"\S", examples=["Anna"])
    take_over: bool = Field(False, description="Also out of a colleague's hands.")


class ReleaseIn(BaseModel):
    """Who gives it back; without a name it is given back whoever holds it."""

    agent: str | None = Field(None, max_length=80)


class CloseIn(BaseModel):
    """How it ended."""

    outcome: desk.Result = Field(examples=["won"])
    note: str | None = Field(None, max_length=2000)
    amount: Decimal | None = Field(None, ge=0, max_digits=12, decimal_places=2, examples=["139"])
    currency: str = Field("EUR", pattern="^[A-Z]{3}$")
    agent: str | None = Field(None, max_length=80)


@router.get("", summary="List handoffs")
async def list_handoffs(  # noqa: PLR0913 - each is a parameter of the query
    request: Request,
    response: Response,
    state: Annotated[Literal["waiting", "claimed", "closed"] | None, Query()] = None,
    agent: Annotated[str | None, Query()] = None,
    conversation: Annotated[
        str | None, Query(description="Only calls of this conversation.")
    ] = None,
    limit: Limit = 50,
    before: Before = None,
) -> list[HandoffOut]:
    """Return the queue, the newest call first."""
    async with services_of(request).database.sessions() as session:
        rows = await desk.handoffs(
            session,
            states=(state,) if state else (),
            agent=agent,
            conversation=conversation,
            limit=limit,
            before=before,
        )
    if rows:
        link_next(request, response, last=rows[-1].created_at, full=len(rows) == limit)
    return [HandoffOut.of(row) for row in rows]


@router.get("/{handoff_id}", summary="Read a handoff")
async def read_handoff(request: Request, handoff_id: str) -> HandoffOut:
    """Return one call with its reason, evidence and brief."""
    return await _shown(request, handoff_id)


@router.post("/{handoff_id}/claim", summary="Take a conversation")
async def claim(request: Request, handoff_id: str, body: ClaimIn) -> HandoffOut:
    """Give the conversation to an agent; 409 when somebody else was faster."""
    agent = body.agent.strip()
    return await _changed(
        request,
        handoff_id,
        lambda conn: desk.claim(conn, handoff_id, agent, take_over=body.take_over),
    )


@router.post("/{handoff_id}/release", summary="Give a conversation back to the queue")
async def release(request: Request, handoff_id: str, body: ReleaseIn | None = None) -> HandoffOut:
    """Let the conversation wait for another agent."""
    agent = body.agent if body else None
    return await _changed(
        request, handoff_id, lambda conn: desk.release(conn, handoff_id, agent=agent)
    )


@router.post("/{handoff_id}/close", summary="Finish a handoff")
async def close(request: Request, handoff_id: str, body: CloseIn) -> HandoffOut:
    """Write the outcome down and return the conversation to the bot."""
    outcome = desk.Outcome(body.outcome, body.note, body.amount, body.currency)
    return await _changed(
        request,
        handoff_id,
        lambda conn: desk.close(conn, handoff_id, outcome, agent=body.agent),
    )


async def _changed(
    request: Request, handoff_id: str, change: Callable[[Connection], str]
) -> HandoffOut:
    await services_of(request).worker.submit(change)
    return await _shown(request, handoff_id)


async def _shown(request: Request, handoff_id: str) -> HandoffOut:
    async with services_of(request).database.sessions() as session:
        return HandoffOut.of(await desk.get(session, handoff_id))
