"""What was given up, and what the bot could not answer."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from bot import conversations, lanes, outbox
from bot.context import services_of
from bot.web.api.paging import Before, Limit, link_next
from bot.web.api.shapes import Answer, Problem, moment

router = APIRouter(tags=["operation"])


class DeadLetterOut(Answer):
    """A task that was given up."""

    lane: str = Field(examples=["out:whatsapp:100000000000001:5f2c…"])
    seq: int
    kind: str = Field(description="event, timer, returned or send")
    key: str
    error: str = Field(examples=["131026: the recipient cannot receive this message"])
    tries: int
    created_at: datetime | None
    given_up_at: datetime | None

    @classmethod
    def of(cls, letter: lanes.DeadLetter) -> "DeadLetterOut":
        """Show a letter without its data, which holds what the customer said."""
        times = {name: moment(getattr(letter, name)) for name in ("created_at", "given_up_at")}
        told = ("lane", "seq", "kind", "key", "error", "tries")
        return cls(**{name: getattr(letter, name) for name in told}, **times)


class Replayed(Answer):
    """The task that will be tried again."""

    key: str


class Unanswered(Answer):
    """A customer's message for which the bot had no answer of its own."""

    id: int
    conversation: str
    channel: str
    text: str
    understood: dict[str, Any] = Field(description="intent, confidence and what went wrong")
    at: datetime | None


@router.get("/dead-letters", summary="List what was given up")
async def list_dead_letters(
    request: Request, response: Response, limit: Limit = 50, before: Before = None
) -> list[DeadLetterOut]:
    """Return tasks that failed for good or too often, with the reason, newest first."""
    async with services_of(request).database.sessions() as session:
        letters = await lanes.dead_letters(session, before=before, limit=limit)
    if letters:
        link_next(request, response, last=letters[-1].given_up_at, full=len(letters) == limit)
    return [DeadLetterOut.of(letter) for letter in letters]


@router.post(
    "/dead-letters/replay",
    summary="Try something given up again",
    responses={404: {"model": Problem}},
)
async def replay(
    request: Request,
    lane: Annotated[str, Query(min_length=1, max_length=300)],
    seq: Annotated[int, Query(ge=0)],
) -> Replayed:
    """Put the task at the end of its lane."""
    again = outbox.resend if lane.startswith("out:") else lanes.replay
    key = await services_of(request).worker.submit(lambda conn: again(conn, lane, seq))
    return Replayed(key=key)


@router.get("/unanswered", summary="List what the bot could not answer")
async def list_unanswered(
    request: Request, response: Response, limit: Limit = 50, before: Before = None
) -> list[Unanswered]:
    """Return customers' messages that the bot had no answer for, newest first."""
    async with services_of(request).database.sessions() as session:
        rows = await conversations.unanswered(session, limit=limit, before=before)
    if rows:
        link_next(request, response, last=rows[-1].created_at, full=len(rows) == limit)
    return [
        Unanswered(
            id=row.id,
            conversation=row.conversation_id,
            channel=row.channel,
            text=row.text,
            understood={k: v for k, v in (row.flags or {}).items() if k != "unanswered"},
            at=moment(row.created_at),
        )
        for row in rows
    ]
