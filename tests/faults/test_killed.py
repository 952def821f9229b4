"""kill -9 in the middle of everything: nothing lost, nothing twice, order kept."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from channels.testing import Habits, serve
from channels.whatsapp.simulator import WhatsAppSimulator
from tests.engine_fixture import RunningEngine, trained_model
from tests.faults.crowd import Crowd, check_turns
from tests.system import Gateway, free_port, whatsapp

pytestmark = pytest.mark.fault

# As platforms do: every message is reported, which is what tells a lost answer from a lost send.
REPORTING = Habits(reports=(("sent", 0.0), ("delivered", 0.05)), patience=600)
# Short enough for a test, long enough for a loaded machine; the engine must answer within it.
HURRIED = {"DIALOGO_LANE_LEASE": "6", "DIALOGO_ENGINE_TIMEOUT": "4"}


@asynccontextmanager
async def shop(folder: Path, url: str, **extra: str) -> AsyncIterator[tuple[Gateway, Crowd]]:
    """A gateway that can be killed, an engine and a platform that survive it."""
    engine_port, platform_port = free_port(), free_port()
    api = f"http://127.0.0.1:{platform_port}/v23.0"
    engines = f"http://127.0.0.1:{engine_port}"
    gateway = Gateway(folder / "data", url, engines, api, extra={**HURRIED, **extra})
    simulator = WhatsAppSimulator(
        whatsapp(api), f"{gateway.url}/webhooks/whatsapp", habits=REPORTING
    )
    engine = RunningEngine(
        folder / "engine",
        trained_model(),
        f"{gateway.url}/engine/actions",
        token=gateway.engine_token,
        port=engine_port,
        bundles=gateway.data_dir / "bundles",
        lookups=gateway.data_dir / "lookups.json",
    )
    gateway.start("up", "--demo", "--no-engine")
    try:
        await gateway.until_up()
        with engine:
            await gateway.until_ready()
            async with simulator, serve(simulator, port=platform_port):
                yield gateway, Crowd(simulator, customers=50, messages=10)
    finally:
        gateway.stop()


def tracker(folder: Path) -> str:
    return f"sqlite:///{folder / 'engine' / 'tracker.db'}"


async def test_the_gateway_is_killed_twenty_times(database_url: str, tmp_path: Path) -> None:
    dice = random.Random(11)
    async with shop(tmp_path, database_url) as (gateway, crowd):
        writing = asyncio.create_task(crowd.write())
        for _ in range(20):
            await asyncio.sleep(0.1 + dice.random())
            gateway.kill()
            gateway.start("up", "--no-engine")
            await gateway.until_up()
        await asyncio.wait_for(writing, 120)
        await crowd.all_answered(90)
        await asyncio.sleep(2)  # a second delivery would come now
    assert len(crowd.posted) == 500
    crowd.check_deliveries()
    check_turns(tracker(tmp_path), crowd)


async def test_the_engine_and_one_of_two_workers_are_killed(
    postgres_url: str, tmp_path: Path
) -> None:
    async with shop(tmp_path, postgres_url) as (gateway, crowd):
        worker = Gateway(
            gateway.data_dir,
            postgres_url,
            gateway.engine_urls,
            gateway.whatsapp_api,
            extra=HURRIED,
        )
        worker.start("worker")
        await asyncio.sleep(4)
        writing = asyncio.create_task(crowd.write())
        await asyncio.sleep(2)
        answered = sum(crowd.delivered().values())
        worker.kill()
        killed_at = asyncio.get_running_loop().time()
        await asyncio.wait_for(writing, 120)
        await crowd.all_answered(60)
        waited = asyncio.get_running_loop().time() - killed_at
        assert answered > 0
        assert waited < 120
        await asyncio.sleep(2)
    crowd.check_deliveries()
    check_turns(tracker(tmp_path), crowd)
