"""CLAIM: taking lanes that are ready, and looking for when the next one will be."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select, update
from sqlalchemy.orm import aliased

from bot.db import clock, run
from bot.lanes.tables import BucketRow, LaneRow, TaskRow, TimerRow
from bot.lanes.work import Side, Task, side_of

# How many tasks of a lane a worker does before it writes down how they ended. The messages of one
# answer are sent one after the other and settled with one commit.
TOGETHER: Mapping[Side, int] = {"in": 1, "out": 8}

_PAUSED = select(BucketRow.account).where(BucketRow.paused_until > clock())
_HEAD_COLUMNS = (
    TaskRow.lane,
    TaskRow.seq,
    TaskRow.kind,
    TaskRow.key,
    TaskRow.data,
    TaskRow.tries,
    TaskRow.maybe_sent,
    TaskRow.created_at,
)


def _claim_statement(side: Side) -> Any:
    ready = (
        select(LaneRow.id)
        .where(LaneRow.side == side, LaneRow.owner.is_(None), LaneRow.ready_at <= clock())
        .order_by(LaneRow.ready_at)
        .limit(bindparam("room"))
        .with_for_update(skip_locked=True)
    )
    if side == "out":
        ready = ready.where(LaneRow.account.not_in(_PAUSED))
    picked = ready.cte("picked")
    return (
        update(LaneRow)
        .where(LaneRow.owner.is_(None), LaneRow.id.in_(select(picked.c.id)))
        .values(owner=bindparam("me"), fence=bindparam("token"))
        .returning(LaneRow.id)
    )


def _heads_statement() -> Select[Any]:
    other = aliased(TaskRow)
    first = (
        select(func.min(other.seq))
        .where(other.lane == TaskRow.lane, other.state == "q")
        .correlate(TaskRow)
        .scalar_subquery()
    )
    return select(*_HEAD_COLUMNS).where(
        TaskRow.lane.in_(bindparam("lanes", expanding=True)),
        TaskRow.state == "q",
        TaskRow.seq == first,
    )


def _upcoming_statement() -> Select[Any]:
    def soonest(side: Side) -> Select[Any]:
        free = select(func.min(LaneRow.ready_at)).where(
            LaneRow.side == side, LaneRow.owner.is_(None), LaneRow.ready_at.is_not(None)
        )
        return free.where(LaneRow.account.not_in(_PAUSED)) if side == "out" else free

    due = select(func.min(TimerRow.due_at)).scalar_subquery()
    return select(
        (soonest("in").scalar_subquery() - clock()).label("turns"),
        (soonest("out").scalar_subquery() - clock()).label("sends"),
        (due - clock()).label("timers"),
    )


_CLAIM: Mapping[Side, Any] = {"in": _claim_statement("in"), "out": _claim_statement("out")}
_HEADS = _heads_statement()
_EMPTY = (
    update(LaneRow)
    .where(
        LaneRow.id.in_(bindparam("lanes", expanding=True)),
        LaneRow.owner == bindparam("me"),
    )
    .values(owner=None, ready_at=None)
)
_NEXT = (
    select(*_HEAD_COLUMNS)
    .where(TaskRow.lane == bindparam("lane"), TaskRow.state == "q")
    .order_by(TaskRow.seq)
    .limit(bindparam("most"))
)

_NUMBERED = (
    select(
        TaskRow.lane,
        TaskRow.seq,
        func.row_number().over(partition_by=TaskRow.lane, order_by=TaskRow.seq).label("place"),
    )
    .where(TaskRow.lane.in_(bindparam("lanes", expanding=True)), TaskRow.state == "q")
    .subquery()
)
_BEGUN = select(_NUMBERED.c.lane, _NUMBERED.c.seq).where(_NUMBERED.c.place <= bindparam("most"))

# Milliseconds until a turn, a send and a timer are due; NULL: none, 0 or less: now.
UPCOMING = _upcoming_statement()


def claim(conn: Connection, worker: str, fence: int, room: Mapping[Side, int]) -> list[Task]:
    """Take up to `room` ready lanes of each side and return their heads."""
    lanes: list[str] = []
    for side, places in room.items():
        if places > 0:
            given = {"me": worker, "token": fence, "room": places}
            lanes += conn.scalars(_CLAIM[side], given).all()
    if not lanes:
        return []
    found = heads(conn, lanes)
    empty = set(lanes) - {task.lane for task in found}
    if empty:
        conn.execute(_EMPTY, {"lanes": sorted(empty), "me": worker})
    return found


def heads(conn: Connection, lanes: list[str]) -> list[Task]:
    """Return the first queued task of each lane."""
    return [_task(row) for row in conn.execute(_HEADS, {"lanes": lanes})]


def next_run(conn: Connection, lane: str) -> tuple[Task, ...]:
    """Return what a worker may do in one go: the head of an in-lane, some sends of an out-lane."""
    given = {"lane": lane, "most": TOGETHER[side_of(lane)]}
    return tuple(_task(row) for row in run(conn, _NEXT, given).rows)


def begun(conn: Connection, lanes: list[str]) -> list[tuple[str, int]]:
    """Return lane and number of every task of out-lanes that their worker may have done already."""
    rows = conn.execute(_BEGUN, {"lanes": lanes, "most": TOGETHER["out"]}) if lanes else ()
    return [(row.lane, row.seq) for row in rows]


def _task(row: Any) -> Task:
    return Task(**row._asdict())
