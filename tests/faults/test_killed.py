"""kill -9 in the middle of everything: nothing lost, nothing twice, order kept."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.faults.crowd import Crowd, check_turns
from tests.faults.lanes import Lanes
from tests.faults.scene import Scene, shop
from tests.system import Gateway

pytestmark = pytest.mark.fault

# The promise: what a dead worker was at goes on within this time, with the settings as shipped.
CONTINUES_WITHIN = 15.0
AS_SHIPPED = {
    f"DIALOGO_{name.upper()}": str(Settings.model_fields[name].default)
    for name in ("lane_lease", "engine_timeout", "reconcile_wait")
}
# A second delivery would come within this time after the last answer.
LATE = 2.0


async def finished(crowd: Crowd, writing: asyncio.Task[None], seconds: float = 120) -> None:
    """Wait until everybody has written everything and heard about all of it."""
    await asyncio.wait_for(writing, seconds)
    await crowd.all_answered(seconds)
    await asyncio.sleep(LATE)


async def kill_engine(scene: Scene) -> None:
    """End the engine as a power cut would, and wait until its keeper has brought it back."""
    pid = scene.engine.process.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    await asyncio.sleep(0.2)  # its keeper must have noticed
    await scene.engine_ready()
    assert scene.engine.process.pid != pid


@asynccontextmanager
async def further_worker(scene: Scene, **settings: str) -> AsyncIterator[Gateway]:
    """A second worker process of the same shop (`dialogo worker`)."""
    of = scene.gateway
    apis = (of.whatsapp_api, of.messenger_api)
    worker = Gateway(of.data_dir, of.database_url, of.engine_urls, *apis, extra=settings)
    worker.start("worker")
    try:
        yield worker
    finally:
        worker.stop()


async def test_the_gateway_is_killed_twenty_times(database_url: str, tmp_path: Path) -> None:
    dice = random.Random(11)
    async with shop(tmp_path, database_url) as scene:
        crowd = Crowd(scene.whatsapp, customers=50, messages=10)
        writing = asyncio.create_task(crowd.write())
        for _ in range(20):
            await asyncio.sleep(0.1 + dice.random())
            scene.gateway.kill()
            scene.gateway.start("up", "--no-engine")
            await scene.gateway.until_up()
        await finished(crowd, writing)
    assert len(crowd.posted) == 500
    crowd.check_deliveries()
    check_turns(scene.tracker_url, crowd)


async def test_the_engine_is_killed_under_load(database_url: str, tmp_path: Path) -> None:
    async with shop(tmp_path, database_url) as scene:
        crowd = Crowd(scene.whatsapp, customers=40, messages=6, pause=0.04)
        writing = asyncio.create_task(crowd.write())
        for _ in range(3):
            before = len(crowd.delivered())
            await crowd.until_delivered(before + 10)
            await kill_engine(scene)
        await finished(crowd, writing)
    assert len(crowd.posted) == 240
    crowd.check_deliveries()
    check_turns(scene.tracker_url, crowd)


async def test_one_of_two_workers_is_killed_under_load(postgres_url: str, tmp_path: Path) -> None:
    lanes = Lanes(postgres_url)
    # The gateway's own worker takes little, so that the other one is never without work.
    async with (
        shop(tmp_path, postgres_url, **AS_SHIPPED, DIALOGO_WORKER_SLOTS="8") as scene,
        further_worker(scene, **AS_SHIPPED) as worker,
    ):
        await lanes.until_alive(worker)
        crowd = Crowd(scene.whatsapp, customers=40, messages=4)
        writing = asyncio.create_task(crowd.write())
        await crowd.until_delivered(12)
        cut_short = await lanes.kill_at_work(worker)
        took = await lanes.seconds_until_continued(worker, cut_short, 2 * CONTINUES_WITHIN)
        await finished(crowd, writing)
    assert cut_short
    assert max(took.values()) <= CONTINUES_WITHIN, took
    assert len(crowd.posted) == 160
    crowd.check_deliveries()
    check_turns(scene.tracker_url, crowd)
