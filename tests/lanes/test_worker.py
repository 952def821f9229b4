import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from sqlalchemy import Connection, text, update
from sqlalchemy.exc import IntegrityError

from bot.db import Database
from bot.lanes import (
    Dead,
    Finish,
    LaneRow,
    Later,
    Lease,
    Result,
    Retry,
    Worker,
    add_tasks,
    dead_letters,
)
from bot.lanes.attempts import backoff
from bot.lanes.pulse import Pulse, seconds
from tests.lanes.work import adding, lane, lane_row, sending, task, tasks_of, until

Work = Callable[[Lease], Awaitable[Result]]


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


async def test_lanes_run_side_by_side_and_each_in_order(database: Database) -> None:
    diary = Diary(pause=0.01)
    worker = Worker(database, {"event": diary}, slots=4)
    await worker.start()
    for number in range(10):
        await asyncio.gather(
            *(worker.submit(adding(task(f"{name}{number}", lane(name)))) for name in "abcdefgh")
        )
    await worker.idle()
    await worker.stop()
    for name in "abcdefgh":
        ours = [key for key in diary.seen if key[0] == name]
        assert ours == [f"{name}{number}" for number in range(10)]
    assert 2 <= diary.most <= 4
    assert worker.counts["finish"] == 80


async def test_work_that_others_write_down_is_noticed_at_once(database: Database) -> None:
    diary = Diary()
    worker = Worker(database, {"event": diary})
    await worker.start()
    await asyncio.sleep(0.05)
    began = time.perf_counter()
    await database.write(adding(task("one")))
    await until(lambda: diary.seen == ["one"])
    assert time.perf_counter() - began < 0.5  # the safety net alone would take up to a second
    await worker.stop()


async def test_work_found_at_the_start_is_done(database: Database) -> None:
    await database.write(adding(task("one"), task("two")))
    diary = Diary()
    worker = Worker(database, {"event": diary})
    await worker.start()
    await worker.idle()
    await worker.stop()
    assert diary.seen == ["one", "two"]


async def test_a_reply_is_taken_together_with_the_end_of_its_turn(database: Database) -> None:
    async def turn(lease: Lease) -> Result:
        return Finish(adding(task(f"r:{lease.task.key}", sending(), "send")))

    diary = Diary()
    worker = Worker(database, {"event": turn, "send": diary})
    await worker.start()
    for number in range(3):
        await worker.submit(adding(task(f"k{number}")))
    await worker.idle()
    await worker.stop()
    assert diary.seen == ["r:k0", "r:k1", "r:k2"]


async def test_slow_sends_do_not_hold_up_turns(database: Database) -> None:
    release = asyncio.Event()

    async def stuck(_lease: Lease) -> Result:
        await release.wait()
        return Finish()

    diary = Diary()
    worker = Worker(database, {"event": diary, "send": stuck}, slots=1, sends=1)
    await worker.start()
    for name in "abc":
        await worker.submit(adding(task(f"send {name}", sending(name), "send")))
    await worker.submit(adding(task("turn")))
    await until(lambda: diary.seen == ["turn"])
    release.set()
    await worker.idle()
    await worker.stop()
    assert worker.counts["finish"] == 4


async def test_an_exception_means_try_again_in_the_same_order(database: Database) -> None:
    seen: list[str] = []

    async def shaky(lease: Lease) -> Result:
        seen.append(lease.task.key)
        if lease.task.key == "one" and lease.task.tries < 1:
            raise LookupError("not yet")
        return Finish()

    worker = Worker(database, {"event": shaky})
    await worker.start()
    await worker.submit(adding(task("one"), task("two")))
    await until(lambda: worker.counts["finish"] == 2)
    await worker.stop()
    assert seen == ["one", "one", "two"]
    assert worker.counts["retry"] == 1


async def test_after_ten_failures_a_task_is_a_dead_letter(database: Database) -> None:
    async def broken(lease: Lease) -> Result:
        if lease.task.tries < 9:
            return Retry("quick", 0)
        raise LookupError("never")

    worker = Worker(database, {"event": broken})
    await worker.start()
    await worker.submit(adding(task("one")))
    await until(lambda: worker.counts["dead"] == 1)
    await worker.stop()
    async with database.sessions() as session:
        (letter,) = await dead_letters(session)
    assert letter.error == "LookupError: never"
    assert letter.tries == 10


async def test_a_kind_that_nobody_handles_is_not_lost(database: Database) -> None:
    worker = Worker(database, {})
    await worker.start()
    await worker.submit(adding(task("one", kind="mystery")))
    await until(lambda: worker.counts["retry"] == 1)
    await worker.stop()
    (row,) = await tasks_of(database)
    assert row.state == "q"
    assert "mystery" in (row.error or "")


async def test_a_failing_effect_counts_as_a_failed_try(database: Database) -> None:
    def broken(_conn: Connection) -> None:
        raise LookupError("the effect")

    async def handle(lease: Lease) -> Result:
        return Finish(None if lease.task.tries else broken)

    worker = Worker(database, {"event": handle})
    await worker.start()
    await worker.submit(adding(task("one")))
    await until(lambda: worker.counts["finish"] == 1)
    await worker.stop()
    assert worker.counts["retry"] == 1


async def test_a_result_waits_for_a_database_in_trouble(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.start()
    runs: list[str] = []
    trouble = iter([True, True, False])

    def effect(conn: Connection) -> None:
        if next(trouble):  # what a full disk raises
            conn.execute(text("SELECT * FROM no_such_table"))

    async def handle(lease: Lease) -> Result:
        runs.append(lease.task.key)
        return Finish(effect)

    worker = Worker(database, {"event": handle})
    await worker.start()
    await worker.submit(adding(task("one")))
    await until(lambda: worker.counts["finish"] == 1)
    await worker.stop()
    await database.stop()
    assert runs == ["one"]  # the handler was not asked again


async def test_a_retry_is_on_time(database: Database) -> None:
    times: list[float] = []

    async def handle(lease: Lease) -> Result:
        times.append(time.perf_counter())
        return Finish() if lease.task.tries else Retry("not now", 0.3)

    worker = Worker(database, {"event": handle})
    await worker.start()
    await worker.submit(adding(task("one")))
    await until(lambda: worker.counts["finish"] == 1)
    await worker.stop()
    assert 0.28 < times[1] - times[0] < 0.6


async def test_a_long_lane_lets_others_in(database: Database) -> None:
    order: list[str] = []

    async def handle(lease: Lease) -> Result:
        order.append(lease.task.key)
        return Finish()

    long = [task(f"long{n}", lane("a")) for n in range(60)]
    await database.write(lambda conn: add_tasks(conn, long))
    await asyncio.sleep(0.005)
    await database.write(adding(task("short", lane("b"))))
    worker = Worker(database, {"event": handle}, slots=1)
    await worker.start()
    await worker.idle()
    await worker.stop()
    assert order.index("short") < 30
    assert [key for key in order if key != "short"] == [f"long{n}" for n in range(60)]


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


async def test_waiting_for_ever_is_not_a_try(database: Database) -> None:
    rounds = 0

    async def patient(_lease: Lease) -> Result:
        nonlocal rounds
        rounds += 1
        return Finish() if rounds > 15 else Later(0)

    worker = Worker(database, {"event": patient})
    await worker.start()
    await worker.submit(adding(task("one")))
    await until(lambda: worker.counts["finish"] == 1)
    await worker.stop()
    assert worker.counts["later"] == 15


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


async def test_chores_run_until_nothing_is_left(database: Database) -> None:
    left = [2, 1, 0]
    worker = Worker(database, {})
    worker.chores.append(lambda _conn: left.pop(0))
    await worker.start()
    await until(lambda: not left)
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


def test_the_pause_between_tries_grows_with_jitter_and_ends_somewhere() -> None:
    pauses = [[backoff(tries) for _ in range(50)] for tries in range(12)]
    assert all(0.6 * 0.5 * 2**n <= pause <= 0.5 * 2**n for n in range(6) for pause in pauses[n])
    assert max(pauses[11]) <= 60
    assert len(set(pauses[3])) > 40
    assert backoff(5_000) <= 60


async def test_dead_is_dead_at_once(database: Database) -> None:
    async def refuse(_lease: Lease) -> Result:
        return Dead("refused")

    worker = Worker(database, {"event": refuse})
    await worker.start()
    await worker.submit(adding(task("one")))
    await worker.idle()
    await worker.stop()
    assert [row.state for row in await tasks_of(database)] == ["x"]
