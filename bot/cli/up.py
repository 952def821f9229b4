"""`dialogo up`: set up what is missing, start engine and gateway, say where they are.

Webhooks are accepted as soon as the gateway stands; what comes before the engine is ready waits
in its lane and is answered then.
"""

import asyncio
import socket
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import uvicorn
import uvloop
from fastapi import FastAPI
from rich.console import Console
from rich.table import Table

from bot.app import create_app, with_short_way
from bot.cli.dialogues import compile_all, train_if_needed
from bot.cli.memory import spare_the_collector
from bot.cli.steps import Steps
from bot.credentials import Secrets, ensure_secrets
from bot.db import migrate
from bot.demo_shop import fill_empty
from bot.engine import Bundles, EngineProcess
from bot.errors import ConfigurationError
from bot.gateway import readiness
from bot.logs import set_up
from bot.routing import Services
from bot.settings import Settings

_READY_SECONDS = 120.0
# Longer than proxies, the engine and platforms keep an idle connection: whoever closes it first
# may do so while the other is sending.
_KEPT_SECONDS = 75


def run(*, demo: bool, no_engine: bool, port: int | None) -> None:
    """Start everything and stay until Ctrl-C."""
    settings = Settings()
    settings = settings.model_copy(
        update={"demo": demo or settings.demo, "port": port or settings.port}
    )
    console = Console(stderr=False)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    _log_to(settings)
    _require_free(settings)
    secrets = ensure_secrets(settings)
    steps = Steps(console)
    prepare(settings, steps, demo=demo)
    own_engine = not no_engine and not settings.engine_urls
    if own_engine:
        with steps.step("Model") as step:
            train_if_needed(settings, step.tell)
    uvloop.run(_serve(settings, secrets, steps, own_engine=own_engine))
    console.print("Stopped.")


def prepare(settings: Settings, steps: Steps, *, demo: bool) -> None:
    """Bring database, dialogues and, where asked, the demo shop into place."""
    with steps.step("Database"):
        migrate(settings.database)
    if demo:
        with steps.step("Demo shop") as step:
            step.note = fill_empty(settings)
    with steps.step("Dialogues") as step:
        step.note = Bundles(settings.data_dir / "bundles").publish(compile_all(settings))


async def _serve(settings: Settings, secrets: Secrets, steps: Steps, *, own_engine: bool) -> None:
    async with AsyncExitStack() as stack:
        urls = settings.engine_urls
        engine = None
        if own_engine:
            engine = EngineProcess.for_settings(settings, secrets.engine_token.get_secret_value())
            urls = (engine.url,)
            await engine.start()
            stack.push_async_callback(engine.stop)
        app = create_app(settings, secrets=secrets, engine_urls=urls, started=spare_the_collector)
        server = _server(settings, app)
        serving = asyncio.create_task(server.serve())
        with steps.step("Gateway"):
            await _until_started(server, serving)
        if urls:
            with steps.step("Engine"):
                await _until_ready(app.state.services, serving)
        _show(settings, secrets)
        await serving


def _server(settings: Settings, app: FastAPI) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            with_short_way(app),
            host=settings.host,
            port=settings.port,
            log_config=None,
            log_level="warning",  # that it starts and where it listens is told by the steps
            access_log=False,
            timeout_keep_alive=_KEPT_SECONDS,
            timeout_graceful_shutdown=5,
            proxy_headers=True,
        )
    )


async def _until_started(server: uvicorn.Server, serving: asyncio.Task[None]) -> None:
    while not server.started:
        if serving.done():
            await serving
            raise ConfigurationError("The gateway did not start; the log says why.")
        await asyncio.sleep(0.05)


async def _until_ready(services: Services, serving: asyncio.Task[None]) -> None:
    for _ in range(int(_READY_SECONDS / 0.25)):
        if serving.done() or (await readiness(services))["ready"]:
            return
        await asyncio.sleep(0.25)


def _show(settings: Settings, secrets: Secrets) -> None:
    address = settings.address
    table = Table(show_header=False, box=None, padding=(0, 2))
    table.add_row("Web chat", f"{address}/chat")
    table.add_row("Desk", f"{address}/desk")
    table.add_row("Catalog", f"{address}/catalog")
    table.add_row("API", f"{address}/docs")
    if secrets.generated_password:
        table.add_row("Password", secrets.admin_password.get_secret_value())
    if settings.demo:
        port = "" if settings.port == 8000 else f" --port {settings.port}"
        table.add_row("WhatsApp", f".venv/bin/dialogo chat --channel whatsapp{port}")
        table.add_row("Messenger", f".venv/bin/dialogo chat --channel messenger{port}")
    table.add_row("Stop", "Ctrl-C")
    console = Console()
    console.print()
    console.print(table)
    console.print()


def _log_to(settings: Settings) -> None:
    """A terminal shows the start and the links; everything else goes to a file."""
    if sys.stdout.isatty():
        path: Path | None = settings.data_dir / "gateway.log"
        Console().print(f"[dim]Log: {path}[/dim]")
    else:
        path = None
    set_up(settings.log_level, file=path)


def _require_free(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise ConfigurationError(
                f"Port {settings.port} is in use. Stop the other program or pass --port."
            ) from error
