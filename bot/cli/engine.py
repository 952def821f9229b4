"""`dialogo engine`: only the engine, for a container or a machine of its own.

It reads the dialogues and the catalog's words from the data directory that it shares with the
gateway, and trains when no model fits the training data.
"""

import asyncio
import dataclasses
import os
import signal

from rich.console import Console

from bot.cli.dialogues import train_if_needed
from bot.cli.steps import Steps
from bot.credentials import ensure_secrets
from bot.engine import EngineProcess
from bot.logs import set_up
from bot.settings import Settings


def run(*, host: str, port: int) -> None:
    """Train when needed, serve and restart after a crash until SIGINT or SIGTERM."""
    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    set_up(settings.log_level)
    with Steps(Console()).step("Model") as step:
        step.note = train_if_needed(settings, step.tell)
    token = ensure_secrets(settings).engine_token.get_secret_value()
    prepared = EngineProcess.for_settings(settings, token).setup
    setup = dataclasses.replace(
        prepared,
        host=host,
        port=port,
        # Where the gateway's actions and the conversations are, when that is not this machine.
        actions_url=os.environ.get("DIALOGO_ACTIONS_URL", prepared.actions_url),
        tracker_url=os.environ.get("DIALOGO_TRACKER_URL", prepared.tracker_url),
    )
    asyncio.run(_serve(EngineProcess(setup)))


async def _serve(process: EngineProcess) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await process.start()
    try:
        await stop.wait()
    finally:
        await process.stop()
