"""Shared words of the lane tests."""

import asyncio
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, select

from bot.db import Database
from bot.lanes import (
    Finish,
    LaneRow,
    Lease,
    NewTask,
    Result,
    Task,
    TaskRow,
    add_tasks,
    in_lane,
    out_lane,
)
from bot.lanes.claim import claim


def lane(name: str = "a") -> str:
    return in_lane("test", "shop", name)


def sending(name: str = "a") -> str:
    return out_lane("test", "shop", name)


def task(key: str, on: str | None = None, kind: str = "event") -> NewTask:
    return NewTask(lane=on or lane(), account="test:shop", kind=kind, key=key, data={"key": key})


def adding(*tasks: NewTask) -> Callable[[Connection], list[str]]:
    return lambda conn: add_tasks(conn, tasks)


def lease(taken: Task, fence: int = 1) -> Lease:
    return Lease(taken, fence, lambda: True)


async def take(
    database: Database, worker: str = "w1", fence: int = 1, room: int = 10
) -> list[Task]:
    """Claim on both sides."""
    return await database.write(lambda conn: claim(conn, worker, fence, {"in": room, "out": room}))


async def lane_row(database: Database, name: str | None = None) -> LaneRow:
    async with database.sessions() as session:
        return (await session.scalars(select(LaneRow).where(LaneRow.id == (name or lane())))).one()


async def tasks_of(database: Database) -> Sequence[TaskRow]:
    async with database.sessions() as session:
        rows = await session.scalars(select(TaskRow).order_by(TaskRow.lane, TaskRow.seq))
        return rows.all()


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


class Diary:
    """A handler that notes what it did."""

    def __init__(self, pause: float = 0.001) -> None:
        self.seen: list[str] = []
        self.running: set[str] = set()
        self.most = 0
        self._pause = pause

    async def __call__(self, lease: Lease) -> Result:
        assert lease.task.lane not in self.running
        self.running.add(lease.task.lane)
        self.most = max(self.most, len(self.running))
        await asyncio.sleep(self._pause)
        self.running.discard(lease.task.lane)
        self.seen.append(lease.task.key)
        return Finish()
