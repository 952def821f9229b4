import asyncio
import time
from typing import Any

from sqlalchemy import Connection, func, select

from bot.db import Database, now
from bot.lanes import Finish, LaneRow, Lease, Result, TaskRow, TimerRow, Worker, fire
from bot.timers import cancel, schedule
from tests.lanes.work import adding, lane, task, until


def setting(key: str, due_at: int, **data: Any) -> Any:
    def work(conn: Connection) -> None:
        schedule(conn, key=key, lane=lane(), account="shop", data=data, due_at=due_at)

    return work


async def fired(database: Database) -> list[str]:
    async with database.sessions() as session:
        query = select(TaskRow.key).where(TaskRow.kind == "timer").order_by(TaskRow.seq)
        return [key.split(":")[1] for key in await session.scalars(query)]


async def test_a_due_timer_becomes_a_task_of_its_lane_once(database: Database) -> None:
    await database.write(setting("a", now() - 1, name="unclaimed"))
    assert await database.write(fire) == 1
    assert await database.write(fire) == 0
    async with database.sessions() as session:
        row = (await session.scalars(select(TaskRow))).one()
        assert list(await session.scalars(select(TimerRow.key))) == []
    assert (row.lane, row.kind, row.data) == (lane(), "timer", {"name": "unclaimed"})


async def test_a_timer_waits_for_its_moment(database: Database) -> None:
    await database.write(setting("later", now() + 60_000))
    assert await database.write(fire) == 0


async def test_the_same_key_moves_the_timer(database: Database) -> None:
    await database.write(setting("a", now() - 1, n=1))
    await database.write(setting("a", now() + 60_000, n=2))
    assert await database.write(fire) == 0
    await database.write(setting("a", now() - 1, n=3))
    assert await database.write(fire) == 1
    async with database.sessions() as session:
        assert (await session.scalars(select(TaskRow.data))).one() == {"n": 3}


async def test_a_timer_can_be_set_again_after_it_fired(database: Database) -> None:
    for _ in range(2):
        await database.write(setting("again", 1))
        assert await database.write(fire) == 1
    assert await fired(database) == ["again", "again"]


async def test_a_cancelled_timer_does_not_fire(database: Database) -> None:
    await database.write(setting("a", now() - 1))
    await database.write(lambda conn: cancel(conn, "a"))
    await database.write(lambda conn: cancel(conn, "never set"))
    assert await database.write(fire) == 0


async def test_timers_fire_in_the_order_of_their_moments(database: Database) -> None:
    for key, at in (("c", 3), ("a", 1), ("b", 2)):
        await database.write(setting(key, at))
    await database.write(fire)
    assert await fired(database) == ["a", "b", "c"]


async def test_two_workers_fire_a_timer_once(postgres_url: str) -> None:
    one, two = Database(postgres_url), Database(postgres_url)
    await one.start()
    await two.start()
    for number in range(60):
        await one.write(setting(f"t{number}", 1))
    counts = await asyncio.gather(*(each.write(fire) for each in (one, two) * 3))
    while sum(counts) < 60:
        more = await one.write(fire)
        counts.append(more)
    assert len(await fired(one)) == 60
    await one.stop()
    await two.stop()


async def test_a_timer_of_a_busy_lane_comes_a_moment_later(postgres_url: str) -> None:
    """Whoever holds the lane may be about to cancel the timer."""
    one, two = Database(postgres_url), Database(postgres_url)
    await one.start()
    await two.start()
    await one.write(adding(task("k")))
    await one.write(setting("t", 1))
    locked, go_on = asyncio.Event(), asyncio.Event()

    def hold(conn: Connection) -> None:
        conn.execute(select(LaneRow).where(LaneRow.id == lane()).with_for_update())
        locked.set()
        while not go_on.is_set():
            conn.execute(select(func.pg_sleep(0.02)))
        cancel(conn, "t")

    holding = asyncio.create_task(one.write(hold))
    await locked.wait()
    assert await two.write(fire) == 0
    go_on.set()
    await holding
    assert await two.write(fire) == 0  # cancelled
    await one.stop()
    await two.stop()


async def test_a_worker_lets_timers_fire_on_time_between_the_customers_messages(
    database: Database,
) -> None:
    seen: list[str] = []
    at: dict[str, float] = {}

    async def handle(lease: Lease) -> Result:
        name = lease.task.data.get("name") or lease.task.key
        seen.append(name)
        at[name] = time.time() * 1000
        await asyncio.sleep(0.02)
        return Finish()

    worker = Worker(database, {"event": handle, "timer": handle})
    await worker.start()
    await worker.submit(adding(task("before")))
    due = now() + 300
    await database.write(setting("t", due, name="timer"))
    await until(lambda: "timer" in seen)
    await worker.submit(adding(task("after")))
    await worker.idle()
    await worker.stop()
    assert seen == ["before", "timer", "after"]
    assert 0 <= at["timer"] - due < 300
