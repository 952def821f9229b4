"""A further worker process: takes lanes from the shared database, opens no port."""

import asyncio
import signal

import uvloop

from bot.app import build_services, running
from bot.cli.memory import spare_the_collector
from bot.credentials import ensure_secrets
from bot.errors import ConfigurationError
from bot.logs import set_up
from bot.settings import Settings


def run() -> None:
    """Work until SIGINT or SIGTERM, then finish what was begun."""
    settings = Settings()
    if settings.database.startswith("sqlite"):
        raise ConfigurationError(
            "A further worker needs PostgreSQL: a SQLite file belongs to one process. "
            "Set DIALOGO_DATABASE_URL=postgresql://user:password@host/name."
        )
    if not settings.engine_urls:
        raise ConfigurationError("Set DIALOGO_ENGINE_URLS: a worker does not start an engine.")
    set_up(settings.log_level)
    uvloop.run(_work(settings))


async def _work(settings: Settings) -> None:
    services = build_services(settings, ensure_secrets(settings), settings.engine_urls)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running(services):
        spare_the_collector()
        await stop.wait()
