"""The way from our application to NiceGUI's, which exists once per process.

NiceGUI's own `run_with` mounts itself over every address that is left and binds its pages to one
application. Here only the addresses below are passed on, and each call brings the application it
came through, so several applications in one process (as in tests) keep their own services.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, override

from fastapi import FastAPI, Request
from nicegui import app as pages
from nicegui import ui
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from bot.routing import Services
from bot.web.office.catalog import catalog_page
from bot.web.office.page import desk_page
from bot.web.people import Guard
from bot.web.site import STATIC

PREFIXES: Final = ("/desk", "/catalog", "/_nicegui", "/_nicegui_ws")
_OUTER: Final = "dialogo.app"


class Passage(BaseRoute):
    """Passes the addresses of the back-office on, unchanged."""

    def __init__(self, outer: FastAPI) -> None:
        self._outer = outer

    @override
    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path = str(scope.get("path", ""))
        ours = any(path == prefix or path.startswith(f"{prefix}/") for prefix in PREFIXES)
        known = scope["type"] in ("http", "websocket") and ours
        return (Match.FULL, {}) if known else (Match.NONE, {})

    @override
    def url_path_for(self, name: str, /, **path_params: Any) -> Any:
        raise NoMatchFound(name, path_params)

    @override
    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await pages({**scope, _OUTER: self._outer}, receive, send)


def services_behind(request: Request) -> Services:
    """Return the services of the application that a page was asked through."""
    services: Services = request.scope[_OUTER].state.services
    return services


def guard_behind(request: Request) -> Guard:
    """Return the keeper of the door of the application that a page was asked through."""
    guard: Guard = request.scope[_OUTER].state.guard
    return guard


def open_on(outer: FastAPI) -> None:
    """Let the back-office be reached through an application, and live as long as it does."""
    if not pages.config.has_run_config:
        _configure()
    outer.router.routes.append(Passage(outer))
    inner_lifespan = outer.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        async with inner_lifespan(app) as state, pages.router.lifespan_context(pages):
            yield state

    outer.router.lifespan_context = lifespan


def _configure() -> None:
    ui.run_with(
        FastAPI(),
        title="Desk",
        favicon=STATIC / "logo.svg",
        tailwind=False,
        reconnect_timeout=10.0,
        show_welcome_message=False,
    )
    ui.page("/desk", title="Desk · Dialogo")(_desk)
    ui.page("/catalog", title="Catalogo · Dialogo")(_catalog)


async def _desk(request: Request) -> Any:
    return await desk_page(request, services_behind(request), guard_behind(request))


async def _catalog(request: Request) -> Any:
    return await catalog_page(request, services_behind(request), guard_behind(request))
