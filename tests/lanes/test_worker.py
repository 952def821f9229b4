"""A worker at its work: side by side, in order, on time."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from sqlalchemy import Connection, text

from bot.db import Database
from bot.lanes import (
    Dead,
    Finish,
    Later,
    Lease,
    Result,
    Retry,
    Worker,
    add_tasks,
    dead_letters,
)
from bot.lanes.attempts import backoff
from tests.lanes.work import Diary, adding, lane, sending, task, tasks_of, until

Work = Callable[[Lease], Awaitable[Result]]


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


async def test_chores_run_until_nothing_is_left(database: Database) -> None:
    left = [2, 1, 0]
    worker = Worker(database, {})
    worker.chores.append(lambda _conn: left.pop(0))
    await worker.start()
    await until(lambda: not left)
    await worker.stop()


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
