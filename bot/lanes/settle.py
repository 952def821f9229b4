"""FINISH, RETRY and DEAD: writing down how a task ended, only while its lane is still held."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, exists, literal, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from bot.db import clock, notify, run
from bot.lanes.claim import next_run
from bot.lanes.ingest import TOPIC
from bot.lanes.tables import LaneRow, TaskRow
from bot.lanes.work import Dead, Effect, Finish, Later, Lease, Result, Retry, Task

_LANE = LaneRow.id == bindparam("lane_id")
_TASK = (TaskRow.lane == bindparam("lane_id"), TaskRow.seq == bindparam("number"))

_HELD = (
    select(literal(1))
    .where(_LANE, LaneRow.owner == bindparam("me"), LaneRow.fence == bindparam("token"))
    .with_for_update()
)
_DONE = update(TaskRow).where(*_TASK).values(state="d", error=None, done_at=clock())
_GIVEN_UP = (
    update(TaskRow)
    .where(*_TASK)
    .values(state="x", error=bindparam("why"), tries=TaskRow.tries + 1, done_at=clock())
)
_FAILED = (
    update(TaskRow)
    .where(*_TASK)
    .values(error=bindparam("why"), tries=TaskRow.tries + 1, maybe_sent=None)
)
_UNSURE = (
    update(TaskRow)
    .where(*_TASK)
    .values(error=bindparam("why"), tries=TaskRow.tries + 1, maybe_sent=clock())
)
_EMPTY_NOW = (
    update(LaneRow)
    .where(
        _LANE,
        ~exists().where(TaskRow.lane == bindparam("lane_id"), TaskRow.state == "q"),
    )
    .values(owner=None, ready_at=None)
)
_WAIT = (
    update(LaneRow)
    .where(_LANE)
    .values(owner=None, ready_at=clock() + bindparam("pause", type_=LaneRow.next_seq.type))
)


class EffectFailedError(Exception):
    """An effect raised; nothing of its transaction was kept. The cause says why."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key  # of the task whose effect it was


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of results: `held` is false when another worker had taken the lane."""

    held: bool
    run: tuple[Task, ...] = ()

    @property
    def following(self) -> Task | None:
        """The lane's next task, if the worker goes on with it."""
        return self.run[0] if self.run else None


def held(conn: Connection, worker: str, lease: Lease) -> bool:
    """Lock the lane and say whether it is still this lease's."""
    given = {"lane_id": lease.task.lane, "me": worker, "token": lease.fence}
    return run(conn, _HELD, given).scalar() is not None


def settle(
    conn: Connection, worker: str, lease: Lease, result: Result, *, go_on: bool = True
) -> Settled:
    """Write how one task ended; see `settle_run`."""
    return settle_run(conn, worker, [(lease, result)], go_on=go_on)


def settle_run(
    conn: Connection, worker: str, ended: Sequence[tuple[Lease, Result]], *, go_on: bool = True
) -> Settled:
    """Write how tasks of one lane ended, with their effects, and return what follows in it.

    All of it is one transaction. Of a lane that was taken away nothing is written. With `go_on`
    false the lane is left to others even though it has more to do. EffectFailedError when an
    effect raised.
    """
    first, _ = ended[0]
    lane = first.task.lane
    if not held(conn, worker, first):
        return Settled(held=False)
    for lease, result in ended:
        _write_task(conn, lease.task, result)
        if result.effect is not None:
            _apply(conn, lease.task, result.effect)
    waits = [result.delay for _, result in ended if isinstance(result, Retry | Later)]
    if waits:
        _wait(conn, lane, max(waits))
        return Settled(held=True)
    if run(conn, _EMPTY_NOW, {"lane_id": lane}).rowcount:
        return Settled(held=True)
    if go_on:
        return Settled(held=True, run=next_run(conn, lane))
    _wait(conn, lane, 0)
    notify(conn, TOPIC)
    return Settled(held=True)


def _write_task(conn: Connection, task: Task, result: Result) -> None:
    given: dict[str, Any] = {"lane_id": task.lane, "number": task.seq}
    match result:
        case Finish():
            run(conn, _DONE, given)
        case Dead(error=error):
            conn.execute(_GIVEN_UP, {**given, "why": error[:2000]})
        case Retry(error=error, unsure=unsure):
            conn.execute(_UNSURE if unsure else _FAILED, {**given, "why": error[:2000]})
        case Later():
            pass


def _apply(conn: Connection, task: Task, effect: Effect) -> None:
    try:
        effect(conn)
    except DBAPIError as error:
        if _databases_fault(error):
            raise
        raise EffectFailedError(f"{type(error.orig).__name__}: {error.orig}", task.key) from error
    except Exception as error:
        raise EffectFailedError(f"{type(error).__name__}: {error}", task.key) from error


def _databases_fault(error: DBAPIError) -> bool:
    """Say whether the database is in trouble (lost, full, deadlocked) and not the effect wrong."""
    wrong = isinstance(error, IntegrityError | DataError | ProgrammingError)
    return error.connection_invalidated or not wrong


def _wait(conn: Connection, lane: str, delay: float) -> None:
    conn.execute(_WAIT, {"lane_id": lane, "pause": max(0, int(delay * 1000))})
