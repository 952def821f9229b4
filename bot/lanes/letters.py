"""What was given up, how to try it again, what waits, and forgetting what is long done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import clock, notify
from bot.errors import NotFoundError
from bot.lanes.ingest import TOPIC
from bot.lanes.tables import LaneRow, TaskRow

# Platforms repeat a webhook for up to seven days; its key must be remembered for longer.
KEEP_DAYS = 8
_DAY = 24 * 3600 * 1000
_BATCH = 500


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A task that was given up, with the reason."""

    lane: str
    seq: int
    kind: str
    key: str
    data: dict[str, Any]
    error: str
    tries: int
    created_at: int
    given_up_at: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much is left to do: lanes ready and unowned, tasks queued, dead letters."""

    ready: int
    queued: int
    dead: int


_ROOM = (
    update(LaneRow)
    .where(LaneRow.id == bindparam("lane_id"))
    .values(next_seq=LaneRow.next_seq + 1, ready_at=func.coalesce(LaneRow.ready_at, clock()))
    .returning(LaneRow.next_seq)
)
_REVIVE = (
    update(TaskRow)
    .where(
        TaskRow.lane == bindparam("lane_id"),
        TaskRow.seq == bindparam("number"),
        TaskRow.state == "x",
    )
    .values(seq=bindparam("last"), state="q", tries=0, error=None, maybe_sent=None, done_at=None)
    .returning(TaskRow.key)
)
_HURRY = (
    update(LaneRow)
    .where(
        LaneRow.id.in_(
            select(LaneRow.id)
            .where(
                LaneRow.id.in_(bindparam("lanes", expanding=True)),
                LaneRow.owner.is_(None),
                LaneRow.ready_at > clock(),
            )
            .with_for_update(skip_locked=True)
        )
    )
    .values(ready_at=clock())
)
_OLD = (
    select(TaskRow.lane, TaskRow.seq)
    .where(TaskRow.state == "d", TaskRow.done_at < clock() - bindparam("age"))
    .order_by(TaskRow.done_at)
    .limit(_BATCH)
)
_FORGET = delete(TaskRow).where(tuple_(TaskRow.lane, TaskRow.seq).in_(_OLD))


async def dead_letters(
    session: AsyncSession, *, before: int | None = None, limit: int = 100
) -> list[DeadLetter]:
    """Return what was given up, newest first; `before` is a moment, for the next page."""
    query = select(TaskRow).where(TaskRow.state == "x")
    if before is not None:
        query = query.where(TaskRow.done_at < before)
    rows = await session.scalars(query.order_by(TaskRow.done_at.desc()).limit(limit))
    return [
        DeadLetter(
            lane=row.lane,
            seq=row.seq,
            kind=row.kind,
            key=row.key,
            data=row.data,
            error=row.error or "",
            tries=row.tries,
            created_at=row.created_at,
            given_up_at=row.done_at or row.created_at,
        )
        for row in rows
    ]


def replay(conn: Connection, lane: str, seq: int) -> str:
    """Put a dead letter at the end of its lane and return its key; NotFoundError if it is none.

    At the end, because what came after it has been done: the head of a lane never changes under
    the worker that has it. A message to a customer goes through `bot.outbox.resend` instead.
    """
    last = conn.execute(_ROOM, {"lane_id": lane}).scalar_one_or_none()
    given = {"lane_id": lane, "number": seq, "last": (last or 0) - 1}
    key = conn.execute(_REVIVE, given).scalar_one_or_none() if last else None
    if key is None:
        raise NotFoundError(f"There is no dead letter {seq} in {lane!r}.")
    notify(conn, TOPIC)
    return str(key)


def hurry(conn: Connection, lanes: Sequence[str]) -> None:
    """End the wait of lanes, because what they waited for has happened.

    A lane that is locked right now is being worked on and left alone: waiting for it here could
    mean waiting for each other.
    """
    if conn.execute(_HURRY, {"lanes": list(lanes)}).rowcount:
        notify(conn, TOPIC)


async def waiting(session: AsyncSession) -> Waiting:
    """Count what is left to do."""
    ready = select(func.count()).where(LaneRow.owner.is_(None), LaneRow.ready_at <= clock())
    queued = select(func.count()).where(TaskRow.state == "q")
    dead = select(func.count()).where(TaskRow.state == "x")
    row = (
        await session.execute(
            select(ready.scalar_subquery(), queued.scalar_subquery(), dead.scalar_subquery())
        )
    ).one()
    return Waiting(*row)


def forget_done(conn: Connection) -> int:
    """Delete a batch of tasks done more than eight days ago and return how many they were."""
    return conn.execute(_FORGET, {"age": KEEP_DAYS * _DAY}).rowcount
