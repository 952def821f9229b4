import asyncio

from bot.db import Database
from bot.lanes import Finish, Lease, NewTask, Result, Worker, add_tasks, in_lane


def task(lane: str, key: str, kind: str = "event") -> NewTask:
    return NewTask(
        lane=in_lane("test", "shop", lane), account="shop", kind=kind, key=key, data={"key": key}
    )


async def test_tasks_of_one_lane_run_in_order(database: Database) -> None:
    seen: list[str] = []

    async def handle(lease: Lease) -> Result:
        await asyncio.sleep(0.001)
        seen.append(lease.task.key)
        return Finish()

    worker = Worker(database, {"event": handle})
    await worker.start()
    for number in range(20):
        await worker.submit(lambda conn, n=number: add_tasks(conn, [task("a", f"k{n}")]))
    await worker.idle()
    await worker.stop()
    assert seen == [f"k{n}" for n in range(20)]
