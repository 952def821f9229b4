"""BEAT: saying "I live", freeing the lanes of those who do not, and letting timers fire."""

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    bindparam,
    delete,
    func,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.db import clock, new_id, notify
from bot.lanes.claim import begun
from bot.lanes.ingest import TOPIC, add_tasks
from bot.lanes.tables import LaneRow, TaskRow, TimerRow, WorkerRow
from bot.lanes.work import NewTask

_ALIVE = select(WorkerRow.id).where(WorkerRow.beat + WorkerRow.lease >= clock())
_FORGET_DEAD = delete(WorkerRow).where(WorkerRow.beat + WorkerRow.lease < clock())
_FORGET_ALL = delete(WorkerRow)
_LEAVE = delete(WorkerRow).where(WorkerRow.id == bindparam("me"))
_MAYBE_SENT = (
    update(TaskRow)
    .where(tuple_(TaskRow.lane, TaskRow.seq).in_(bindparam("heads", expanding=True)))
    .values(maybe_sent=clock())
)

_WAIT_ANEW = (
    update(TaskRow)
    .where(TaskRow.state == "q", TaskRow.maybe_sent.is_not(None))
    .values(maybe_sent=clock())
)


def _free_statement(*whose: ColumnElement[bool]) -> Any:
    orphaned = (
        select(LaneRow.id)
        .where(LaneRow.owner.is_not(None), *whose)
        .with_for_update(skip_locked=True)
        .cte("orphaned")
    )
    return (
        update(LaneRow)
        .where(LaneRow.id.in_(select(orphaned.c.id)))
        .values(owner=None, ready_at=func.coalesce(LaneRow.ready_at, clock()))
        .returning(LaneRow.id, LaneRow.side)
    )


_FREE_DEAD = _free_statement(LaneRow.owner.not_in(_ALIVE))
_FREE_OWN = _free_statement(LaneRow.owner == bindparam("me"))
_FREE_ALL = _free_statement()
_FREE_NAMED = _free_statement(
    LaneRow.owner == bindparam("me"), LaneRow.id.in_(bindparam("lanes", expanding=True))
)

_DUE = (
    select(TimerRow)
    .where(TimerRow.due_at <= clock())
    .order_by(TimerRow.due_at, TimerRow.key)
    .limit(100)
    .with_for_update(skip_locked=True)
)
_LANES = select(LaneRow.id).where(LaneRow.id.in_(bindparam("lanes", expanding=True)))
_FREE_LANES = _LANES.with_for_update(skip_locked=True)
_FIRED = delete(TimerRow).where(TimerRow.key.in_(bindparam("timers", expanding=True)))


def beat(conn: Connection, worker: str, lease: float) -> int:
    """Renew the worker's lease and return how many lanes of dead workers were freed."""
    given = {"me": worker, "lasting": int(lease * 1000)}
    conn.execute(_beat_statement(conn.dialect.name), given)
    freed = _free(conn, _FREE_DEAD)
    conn.execute(_FORGET_DEAD)
    return freed


def wait_anew(conn: Connection) -> int:
    """Give every send of unknown outcome its whole wait again and return how many they are.

    A process that starts may be the one that receives the platform's reports: while it was down
    none could come, so that time must not count.
    """
    return int(conn.execute(_WAIT_ANEW).rowcount)


def free_all(conn: Connection) -> int:
    """Free every lane: right when this is the only process, as on SQLite at the start."""
    conn.execute(_FORGET_ALL)
    return _free(conn, _FREE_ALL)


def leave(conn: Connection, worker: str) -> int:
    """Free what the worker still owns and forget it: it stops."""
    conn.execute(_LEAVE, {"me": worker})
    return _free(conn, _FREE_OWN, {"me": worker})


def free_named(conn: Connection, worker: str, lanes: list[str]) -> int:
    """Free some of the worker's lanes."""
    return _free(conn, _FREE_NAMED, {"me": worker, "lanes": lanes})


def fire(conn: Connection) -> int:
    """Turn due timers into tasks of their lanes, each once, and return how many.

    A timer whose lane is locked right now waits for the next call: who holds the lane may want
    to cancel the timer, and two that wait for each other would both be late.
    """
    due = conn.execute(_DUE).all()
    if not due:
        return 0
    lanes = {"lanes": sorted({row.lane for row in due})}
    busy = set(conn.scalars(_LANES, lanes)) - set(conn.scalars(_FREE_LANES, lanes))
    fired = [row for row in due if row.lane not in busy]
    if not fired:
        return 0
    conn.execute(_FIRED, {"timers": [row.key for row in fired]})
    # The delete makes it happen once; the key only has to be new.
    tasks = [
        NewTask(
            lane=row.lane,
            account=row.account,
            kind="timer",
            key=f"timer:{row.key}:{new_id()}",
            data=row.data,
        )
        for row in fired
    ]
    return len(add_tasks(conn, tasks))


def _free(conn: Connection, statement: Any, given: dict[str, Any] | None = None) -> int:
    """Free lanes; whether the first tasks of an out-lane were sent is unknown from now on."""
    rows = conn.execute(statement, given or {}).all()
    unsure = begun(conn, [row.id for row in rows if row.side == "out"])
    if unsure:
        conn.execute(_MAYBE_SENT, {"heads": unsure})
    if rows:
        notify(conn, TOPIC)
    return len(rows)


@cache
def _beat_statement(dialect: str) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    lasting = bindparam("lasting", type_=WorkerRow.lease.type)
    values = insert(WorkerRow).values(id=bindparam("me"), beat=clock(), lease=lasting)
    return values.on_conflict_do_update(
        index_elements=[WorkerRow.id], set_={"beat": clock(), "lease": lasting}
    )
