"""Callers are stored before lanes go on, and an endless crowd does not stop the lanes."""

import asyncio
from contextlib import ExitStack

from bot.db import Database
from bot.lanes import Finish, Lease, Result, Worker
from bot.lanes.precedence import Precedence
from tests.lanes.work import adding, task


async def test_nobody_waits_for_a_few_callers() -> None:
    precedence = Precedence(most=1, patience=60)
    with precedence.caller():
        await asyncio.wait_for(precedence.give_way(), 1)


async def test_lanes_rest_until_the_crowd_is_stored() -> None:
    precedence = Precedence(most=1, patience=60)
    with ExitStack() as crowd:
        crowd.enter_context(precedence.caller())
        with precedence.caller():
            lane = asyncio.create_task(precedence.give_way())
            await asyncio.sleep(0.01)
            assert not lane.done()
        await asyncio.wait_for(lane, 1)


async def test_an_endless_crowd_does_not_stop_the_lanes() -> None:
    precedence = Precedence(most=0, patience=0.01)
    with precedence.caller():
        await asyncio.wait_for(precedence.give_way(), 1)


async def test_a_caller_who_failed_is_no_longer_waited_for(database: Database) -> None:
    done: list[str] = []

    async def handle(lease: Lease) -> Result:
        done.append(lease.task.key)
        return Finish()

    worker = Worker(database, {"event": handle})
    await worker.start()
    try:
        failed = await asyncio.gather(
            *(worker.submit(lambda _conn: 1 / 0) for _ in range(8)), return_exceptions=True
        )
        assert all(isinstance(error, ZeroDivisionError) for error in failed)
        await worker.submit(adding(task("after")))
        await asyncio.wait_for(worker.idle(), 5)
    finally:
        await worker.stop()
    assert done == ["after"]
