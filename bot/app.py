"""Builds the gateway: everything with a lifetime is made here, once, and handed down."""

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from bot import __version__, actions, gateway, lookups, outbox, web
from bot.credentials import Secrets, ensure_secrets, with_secrets
from bot.db import Database, now
from bot.demo import demo_channels
from bot.engine import Bundles, EngineClient
from bot.errors import AppError
from bot.feeds import Intake
from bot.front import Door, ShortWay
from bot.insights import Metrics
from bot.lanes import Worker
from bot.outbox import Sender, Streams
from bot.routing import Services, handlers
from bot.settings import Settings
from catalog import Catalog, forget_imports, forget_misses, synonyms_in
from channels import registry
from channels.kit import Channel

log = logging.getLogger(__name__)


def build_channels(settings: Settings, secrets: Secrets) -> Mapping[str, Channel[Any]]:
    """Make an adapter for each channel that has settings; ConfigurationError names what lacks."""
    wanted = {**demo_channels(settings, secrets), **settings.channels}
    return {name: registry.build(name, given) for name, given in wanted.items()}


def build_services(settings: Settings, secrets: Secrets, urls: tuple[str, ...]) -> Services:
    """Make everything the doors and the worker share; nothing is started yet."""
    settings = with_secrets(settings, secrets)
    database = Database(settings.database)
    channels = build_channels(settings, secrets)
    metrics = Metrics()
    worker = Worker(database, {}, slots=settings.worker_slots, lease=settings.lane_lease)
    streams = Streams(database)
    sender = Sender(database, channels, streams, settings, metrics)
    catalog = Catalog(
        database.sessions,
        settings.data_dir / "index",
        timedelta(hours=settings.freshness_hours),
        settings.languages,
        synonyms_in(settings.synonyms_dir),
    )
    return Services(
        settings=settings,
        database=database,
        channels=channels,
        catalog=catalog,
        bundles=Bundles(settings.data_dir / "bundles"),
        engine=EngineClient(urls, secrets.engine_token.get_secret_value(), settings.engine_timeout),
        worker=worker,
        sender=sender,
        streams=streams,
        metrics=metrics,
        intake=Intake(database, settings),
    )


@asynccontextmanager
async def running(services: Services) -> AsyncIterator[Services]:
    """Start what a gateway or a worker needs and stop it in reverse order."""
    async with AsyncExitStack() as stack:
        await services.database.start()
        stack.push_async_callback(services.database.stop)
        await services.catalog.start()
        stack.push_async_callback(services.catalog.stop)
        await stack.enter_async_context(
            lookups.kept_current(services.catalog, services.settings.data_dir)
        )
        await services.intake.start(services.catalog.refresh)
        stack.push_async_callback(services.intake.stop)
        # Whoever runs a turn runs its actions: the gateway, and every further worker.
        services.engine.run_actions(lambda body: actions.act(body, services), actions.SLOTS)
        stack.push_async_callback(services.engine.close)
        await services.streams.start()
        stack.push_async_callback(services.streams.stop)
        await services.sender.start()
        stack.push_async_callback(services.sender.stop)
        services.worker.handlers.update(handlers(services))
        services.worker.chores.extend((outbox.forget_old, forget_imports, _forget_misses(services)))
        await services.worker.start()
        stack.push_async_callback(services.worker.stop)
        yield services


def _forget_misses(services: Services) -> Callable[[Connection], int]:
    days = services.settings.missed_days
    return lambda conn: forget_misses(conn, now=now(), days=days)


def create_app(
    settings: Settings,
    *,
    secrets: Secrets | None = None,
    engine_urls: tuple[str, ...] = (),
    started: Callable[[], None] = lambda: None,
) -> FastAPI:
    """Build the web application; its lifespan starts and stops the worker and the database.

    `started` is called when everything stands, before the port opens.
    """
    secrets = secrets or ensure_secrets(settings)
    services = build_services(settings, secrets, engine_urls or settings.engine_urls)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with running(services):
            started()
            yield

    app = FastAPI(
        title="Dialogo",
        version=__version__,
        summary="Conversations, handoffs, catalog and dialogues of one shop.",
        lifespan=lifespan,
    )
    app.state.services = services
    app.state.secrets = secrets
    app.add_exception_handler(AppError, _expected)
    _let_browsers_in(app, services)
    app.include_router(gateway.router)
    app.include_router(actions.router)
    web.mount(app, services)
    return app


def with_short_way(app: FastAPI) -> ShortWay:
    """Return the application as a server runs it: the busiest calls do not pass through it."""
    return ShortWay(app, doors=_doors(app.state.services))


def _doors(services: Services) -> dict[str, Door]:
    """Return the doors of the short way; a channel that browsers call needs the CORS answers."""
    doors = {
        f"/webhooks/{name}": gateway.door_of(channel)
        for name, channel in services.channels.items()
        if not channel.origins
    }
    return {"/engine/actions": actions.run_action, **doors}


def create_api(settings: Settings) -> FastAPI:
    """Build the JSON API alone, for commands that work without a running gateway.

    Nothing is started: whoever calls it starts the database that it needs.
    """
    secrets = ensure_secrets(settings)
    app = FastAPI()
    app.state.services = build_services(settings, secrets, settings.engine_urls)
    app.state.secrets = secrets
    app.add_exception_handler(AppError, _expected)
    app.include_router(web.api.router)
    return app


def _let_browsers_in(app: FastAPI, services: Services) -> None:
    """Allow the pages that embed a channel's widget to call it from a browser (CORS)."""
    origins = sorted({o for channel in services.channels.values() for o in channel.origins})
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
            max_age=3600,
        )


async def _expected(_request: Request, error: Exception) -> JSONResponse:
    status = error.status if isinstance(error, AppError) else 500
    return JSONResponse({"error": type(error).__name__, "detail": str(error)}, status)
