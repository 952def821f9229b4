"""A shop whose processes can be killed one by one, and the platforms that survive it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from channels.messenger.simulator import MessengerSimulator
from channels.testing import Habits, serve
from channels.whatsapp.simulator import WhatsAppSimulator
from tests.engine_fixture import RunningEngine, trained_model
from tests.system import Gateway, fill, free_port, messenger, whatsapp

# As platforms do: every message is reported, which is what tells a lost answer from a lost send.
REPORTING = Habits(reports=(("sent", 0.0), ("delivered", 0.05)), patience=600)
# Short enough for a test, long enough for a loaded machine; the engine must answer within it.
HURRIED = {"DIALOGO_LANE_LEASE": "6", "DIALOGO_ENGINE_TIMEOUT": "4"}


@dataclass
class Scene:
    """What a test of faults works with."""

    gateway: Gateway
    engine: RunningEngine
    whatsapp: WhatsAppSimulator
    messenger: MessengerSimulator
    tracker_url: str

    async def engine_ready(self) -> None:
        """Wait until the engine answers (again), without holding up anybody else."""
        await asyncio.to_thread(self.engine.run, self.engine.process.wait_until_ready())


@asynccontextmanager
async def shop(folder: Path, url: str, **extra: str) -> AsyncIterator[Scene]:
    """Run a gateway, an engine and two platforms, each in its place; `extra` are settings."""
    engine_port, ports = free_port(), (free_port(), free_port())
    apis = [f"http://127.0.0.1:{port}/v23.0" for port in ports]
    engines = f"http://127.0.0.1:{engine_port}"
    gateway = Gateway(folder / "data", url, engines, *apis, extra={**HURRIED, **extra})
    model = await asyncio.to_thread(trained_model)
    tracker = _tracker(folder, url)
    scene = Scene(
        gateway,
        _engine(folder, gateway, port=engine_port, model=model, tracker_url=tracker),
        WhatsAppSimulator(whatsapp(apis[0]), f"{gateway.url}/webhooks/whatsapp", habits=REPORTING),
        MessengerSimulator(
            messenger(apis[1]), f"{gateway.url}/webhooks/messenger", habits=REPORTING
        ),
        tracker,
    )
    await asyncio.to_thread(fill, url)
    gateway.start("up", "--no-engine")
    try:
        await gateway.until_up()
        with scene.engine:
            await gateway.until_ready()
            async with (
                scene.whatsapp,
                serve(scene.whatsapp, port=ports[0]),
                scene.messenger,
                serve(scene.messenger, port=ports[1]),
            ):
                yield scene
    finally:
        gateway.stop()


def _tracker(folder: Path, url: str) -> str:
    """Where the engine keeps its conversations: as in a shop, beside the gateway's tables."""
    if url.startswith("postgresql"):
        return url
    return f"sqlite:///{(folder / 'tracker.db').resolve()}"


def _engine(
    folder: Path, gateway: Gateway, *, port: int, model: Path, tracker_url: str
) -> RunningEngine:
    return RunningEngine(
        folder / "engine",
        model,
        f"{gateway.url}/engine/actions",
        token=gateway.engine_token,
        port=port,
        bundles=gateway.data_dir / "bundles",
        lookups=gateway.data_dir / "lookups.json",
        tracker_url=tracker_url,
    )
