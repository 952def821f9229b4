"""One real shop for all talks: gateway, trained engine, demo catalog, as `make run` starts it."""

import asyncio
import shutil
from collections.abc import Iterator

import pytest

from tests.engine_fixture import trained_model
from tests.system import ROOT, Gateway, free_port

MEDIA = ROOT / ".cache" / "media"


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway with its own engine, ready."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "models").mkdir()
    shutil.copy(trained_model(), folder / "models")
    MEDIA.mkdir(parents=True, exist_ok=True)
    (folder / "media").symlink_to(MEDIA)  # the demo's pictures are drawn in the first run only
    running = Gateway(
        folder,
        f"sqlite:///{folder / 'dialogo.db'}",
        "",
        f"http://127.0.0.1:{free_port()}/v23.0",
        f"http://127.0.0.1:{free_port()}/v23.0",
    )
    running.start("up", "--demo")
    try:
        asyncio.run(_ready(running))
        yield running
    finally:
        running.stop()


async def _ready(gateway: Gateway) -> None:
    await gateway.until_up(240)
    await gateway.until_ready(120)
