"""INGEST: putting work into lanes, once for each key, in the order it came."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, Insert, and_, bindparam, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db import clock, insert_new, notify, now, run
from bot.lanes.tables import LaneRow, TaskRow
from bot.lanes.work import NewTask, Side, Task, side_of

TOPIC = "lanes"
HAND = "hand"

_HOLD = select(LaneRow.id).where(LaneRow.id == bindparam("lane")).with_for_update()
# On a network several rows go in one statement; SQLite takes them one by one in less time.
_INSERT_MANY = postgresql.insert(TaskRow).on_conflict_do_nothing().returning(TaskRow.seq)
_EMPTY = update(LaneRow).where(LaneRow.id == bindparam("lane")).values(owner=None, ready_at=None)


class Hand(Protocol):
    """A worker that takes lanes as they are filled, without asking for them afterwards."""

    @property
    def worker(self) -> str:
        """Whose hand this is."""
        ...

    @property
    def fence(self) -> int:
        """The number of this taking."""
        ...

    def reserve(self, lane: str, side: Side) -> bool:
        """Say whether there is room for one more lane, and keep it."""
        ...

    def take(self, tasks: Sequence[Task]) -> None:
        """Work on this lane, which holds these tasks alone, after the commit."""
        ...

    def leave(self, side: Side) -> None:
        """Give reserved room back."""
        ...


def hold(conn: Connection, lane: str) -> None:
    """Lock a lane before anything else of its conversation.

    The end of a task locks its lane first and the conversation after it. Who comes the other way
    round would wait for it while it waits for them. SQLite's single writer needs no locks.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(_HOLD, {"lane": lane})


def add_tasks(conn: Connection, tasks: Sequence[NewTask]) -> list[str]:
    """Put tasks at the end of their lanes and return the keys that were new.

    Lanes are made as needed and locked in the order of their names, which is why two
    transactions never wait for each other here. Called inside `Worker.submit`, idle lanes belong
    to that worker at once; otherwise workers are woken after the commit.
    """
    once = {task.key: task for task in reversed(tasks)}
    fresh = [task for task in tasks if once[task.key] is task]
    added: set[str] = set()
    for lane in sorted({task.lane for task in fresh}):
        added |= _fill(conn, lane, [task for task in fresh if task.lane == lane])
    return [task.key for task in fresh if task.key in added]


def _fill(conn: Connection, lane: str, tasks: list[NewTask]) -> set[str]:
    """Lock the lane, number its new tasks and take it if it was idle."""
    side = side_of(lane)
    hand: Hand | None = conn.info.get(HAND)
    if hand is not None and not hand.reserve(lane, side):
        hand = None
    row = run(
        conn,
        _upsert(conn.dialect.name),
        {
            "lane": lane,
            "on_side": side,
            "of_account": tasks[0].account,
            "count": len(tasks),
            "me": hand.worker if hand else None,
            "token": hand.fence if hand else 0,
        },
    ).one()
    inserted = _insert(conn, tasks, row.next_seq - len(tasks))
    taken = hand is not None and (row.owner, row.fence) == (hand.worker, hand.fence)
    if hand is not None and taken and inserted:
        hand.take(inserted)
    elif hand is not None:
        hand.leave(side)
    if taken and not inserted:
        conn.execute(_EMPTY, {"lane": lane})
    if row.owner is None and row.woken:
        notify(conn, TOPIC)
    return {task.key for task in inserted}


def _insert(conn: Connection, tasks: list[NewTask], first: int) -> list[Task]:
    """Write the tasks down and return the new ones: a known key leaves a harmless gap."""
    at = now()
    rows: list[dict[str, Any]] = [
        {
            "lane": task.lane,
            "seq": seq,
            "kind": task.kind,
            "key": task.key,
            "data": task.data,
            "state": "q",
            "tries": 0,
            "maybe_sent": None,
            "created_at": at,
        }
        for seq, task in enumerate(tasks, first)
    ]
    if len(rows) == 1 or conn.dialect.name == "sqlite":
        written = [row for row in rows if run(conn, insert_new(conn, TaskRow), row).rowcount]
    else:
        new = set(conn.scalars(_INSERT_MANY, rows))
        written = [row for row in rows if row["seq"] in new]
    return [Task(**{k: v for k, v in row.items() if k != "state"}) for row in written]


@cache
def _upsert(dialect: str) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    idle = and_(LaneRow.owner.is_(None), LaneRow.ready_at.is_(None))
    count = bindparam("count", type_=LaneRow.next_seq.type)
    me = bindparam("me", type_=LaneRow.owner.type)
    token = bindparam("token", type_=LaneRow.fence.type)
    return (
        insert(LaneRow)
        .values(
            id=bindparam("lane"),
            side=bindparam("on_side"),
            account=bindparam("of_account"),
            next_seq=1 + count,
            ready_at=clock(),
            owner=me,
            fence=token,
        )
        .on_conflict_do_update(
            index_elements=[LaneRow.id],
            set_={
                "next_seq": LaneRow.next_seq + count,
                "ready_at": func.coalesce(LaneRow.ready_at, clock()),
                "owner": case((idle, me), else_=LaneRow.owner),
                "fence": case((idle, token), else_=LaneRow.fence),
            },
        )
        .returning(
            LaneRow.next_seq,
            LaneRow.owner,
            LaneRow.fence,
            # False when the lane had been waiting for a while: workers know about it.
            (LaneRow.ready_at >= clock() - 50).label("woken"),
        )
    )
