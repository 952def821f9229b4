"""Putting the pages and the API into the application."""

from typing import Any, override
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from bot.routing import Services
from bot.web import api, office, people, site
from bot.web.headers import SecurityHeaders

_OWN_DOCS = ("/docs", "/docs/oauth2-redirect", "/redoc")


class CachedFiles(StaticFiles):
    """Static files that browsers keep for a while and then ask about."""

    @override
    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        age = 604_800 if path.startswith("vendor/") else 300
        answer.headers.setdefault("Cache-Control", f"public, max-age={age}")
        return answer


def _origin(address: str) -> str:
    """Return scheme, host and port of an address, nothing where it has none."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def mount(app: FastAPI, services: Services) -> None:
    """Add everything that people and scripts reach over HTTP to the application."""
    # The application brings documentation pages that load their scripts from another host.
    app.router.routes[:] = [
        route for route in app.router.routes if getattr(route, "path", "") not in _OWN_DOCS
    ]
    app.state.guard = people.Guard(services.database, app.state.secrets)
    app.add_exception_handler(RequestValidationError, _explain)
    app.include_router(api.router)
    app.include_router(people.router)
    app.include_router(site.router)
    app.include_router(office.router)
    media = services.settings.data_dir / "media"
    media.mkdir(parents=True, exist_ok=True)
    app.mount("/static", CachedFiles(directory=site.STATIC), name="static")
    app.mount("/media", CachedFiles(directory=media), name="media")
    office.open_on(app)
    app.add_middleware(SecurityHeaders, pictures=_origin(services.settings.address))


async def _explain(_request: Request, error: Exception) -> JSONResponse:
    """Say in one line what was wrong with a call, and leave the details beside it."""
    problems: list[Any] = list(error.errors()) if isinstance(error, RequestValidationError) else []
    lines = [f"{_place(problem['loc'])}: {problem['msg']}" for problem in problems]
    fields = [{"field": _place(problem["loc"]), "problem": problem["msg"]} for problem in problems]
    body = {"error": "ValidationError", "detail": "; ".join(lines), "fields": fields}
    return JSONResponse(body, 422)


def _place(location: tuple[Any, ...]) -> str:
    """Return where a value was: `outcome` rather than `body.outcome`."""
    named = location[1:] if len(location) > 1 else location
    return ".".join(str(part) for part in named)
