"""A worker that stops, loses its database or its heart: nothing is stranded, nothing done twice."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import Connection, update
from sqlalchemy.exc import IntegrityError

from bot.db import Database
from bot.lanes import (
    Finish,
    LaneRow,
    Lease,
    Result,
    Worker,
    add_tasks,
)
from bot.lanes.pulse import Pulse, seconds
from tests.lanes.work import Diary, adding, lane, lane_row, sending, task, tasks_of, until


async def test_stopping_lets_running_work_end_and_leaves_the_rest(database: Database) -> None:
    diary = Diary(pause=0.1)
    worker = Worker(database, {"event": diary})
    await worker.start()
    await worker.submit(adding(task("one"), task("two")))
    await until(lambda: bool(diary.running))
    await worker.stop()
    assert diary.seen == ["one"]
    assert [row.state for row in await tasks_of(database)] == ["d", "q"]
    assert (await lane_row(database)).owner is None


async def test_stopping_ends_what_takes_too_long_and_marks_the_send(database: Database) -> None:
    started = asyncio.Event()

    async def endless(_lease: Lease) -> Result:
        started.set()
        await asyncio.Event().wait()
        return Finish()

    worker = Worker(database, {"send": endless}, lease=0.3)
    worker._pulse = Pulse(None)
    await worker.start()
    await worker.submit(adding(task("one", sending(), "send")))
    await started.wait()
    await worker.stop()
    (row,) = await tasks_of(database)
    assert (row.state, row.maybe_sent is not None) == ("q", True)


async def test_a_rolled_back_write_gives_its_places_back(database: Database) -> None:
    diary = Diary()
    worker = Worker(database, {"event": diary}, slots=2)
    await worker.start()

    def fail(conn: Connection) -> None:
        add_tasks(conn, [task("lost", lane("x")), task("gone", lane("y"))])
        raise LookupError

    for _ in range(3):
        with pytest.raises(LookupError):
            await worker.submit(fail)
    await worker.submit(adding(task("kept")))
    await worker.idle()
    await worker.stop()
    assert diary.seen == ["kept"]


async def test_a_broken_statement_gives_its_place_back(database: Database) -> None:
    diary = Diary()
    worker = Worker(database, {"event": diary}, slots=2)
    await worker.start()
    nameless = replace(task("lost"), account=None)  # type: ignore[arg-type]
    for _ in range(3):
        with pytest.raises(IntegrityError):
            await worker.submit(adding(nameless))
    assert worker._slots.busy == 0
    await worker.submit(adding(task("kept")))
    await worker.idle()
    await worker.stop()
    assert diary.seen == ["kept"]


async def test_a_caller_that_goes_away_does_not_strand_a_lane(database: Database) -> None:
    diary = Diary()
    worker = Worker(database, {"event": diary})
    await worker.start()
    for number in range(10):
        posting = asyncio.create_task(worker.submit(adding(task(f"k{number}", lane(str(number))))))
        await asyncio.sleep(0)
        posting.cancel()
    await until(lambda: len(diary.seen) == 10)
    await worker.stop()


async def test_every_lane_is_free_when_the_only_process_starts(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.start()
    stuck = asyncio.Event()

    async def forever(_lease: Lease) -> Result:
        await stuck.wait()
        return Finish()

    crashed = Worker(database, {"event": forever})
    await crashed.start()
    await crashed.submit(adding(task("one")))
    for loop in crashed._loops:
        loop.cancel()
    diary = Diary()
    worker = Worker(database, {"event": diary})
    await worker.start()
    await worker.idle()
    assert diary.seen == ["one"]
    stuck.set()
    await until(lambda: crashed.counts["fenced"] == 1)
    await worker.stop()
    await crashed.stop()
    await database.stop()


async def test_a_lane_taken_in_a_commit_of_unknown_outcome_is_not_stranded(
    database: Database,
) -> None:
    """The answer to a COMMIT got lost: the worker owns a lane and does not know it."""
    diary = Diary(pause=0.5)
    worker = Worker(database, {"event": diary, "send": diary}, lease=1.2)
    await worker.start()
    await worker.submit(adding(task("long", lane("busy"))))  # is no stray
    for key, on in (("turn", lane()), ("reply", sending())):
        lost = update(LaneRow).where(LaneRow.id == on).values(owner=worker.id, fence=10**9)
        await database.write(
            lambda conn, k=key, o=on, s=lost: (add_tasks(conn, [task(k, o)]), conn.execute(s))
        )
    await until(lambda: len(diary.seen) == 3, 8)
    await worker.idle()
    await worker.stop()
    assert sorted(diary.seen) == ["long", "reply", "turn"]
    unsure = {row.key: row.maybe_sent is not None for row in await tasks_of(database)}
    assert unsure == {"long": False, "turn": False, "reply": True}


async def test_a_broken_chore_does_not_stop_the_others(database: Database) -> None:
    done: list[str] = []

    def broken(_conn: Connection) -> int:
        raise LookupError

    def fine(_conn: Connection) -> int:
        done.append("fine")
        return 0

    worker = Worker(database, {})
    worker.chores += [broken, fine]
    await worker.start()
    await until(lambda: done == ["fine"])
    await worker.stop()


async def test_without_a_heartbeat_no_call_is_started(postgres_url: str) -> None:
    database = Database(postgres_url)
    await database.start()
    diary = Diary()
    worker = Worker(database, {"event": diary}, lease=1.6)
    await worker.start()
    for task_ in worker._loops:
        if task_.get_name() == "lanes-beat":
            task_.cancel()
    await asyncio.sleep(0.7)  # lease - 1 s
    await worker.submit(adding(task("one")))
    await asyncio.sleep(0.3)
    assert diary.seen == []
    worker._loops.append(asyncio.create_task(worker._keep_beating()))
    await until(lambda: diary.seen == ["one"])
    await worker.stop()
    await database.stop()


async def test_a_lane_lost_in_a_swoon_is_not_worked_on(postgres_url: str) -> None:
    """The heart stops before the first call; meanwhile another worker has done the work."""
    database = Database(postgres_url)
    await database.start()
    swooning, healthy = Diary(), Diary()
    first = Worker(database, {"event": swooning}, lease=1.2)
    await first.start()
    for loop in first._loops:
        loop.cancel()
    await asyncio.sleep(0.3)
    await first.submit(adding(task("one")))
    second = Worker(database, {"event": healthy}, lease=5)
    await asyncio.sleep(1.0)
    await second.start()
    await until(lambda: healthy.seen == ["one"])
    first._pulse.beaten(seconds())
    await until(lambda: not first._running)
    assert swooning.seen == []
    await first.stop()
    await second.stop()
    await database.stop()
