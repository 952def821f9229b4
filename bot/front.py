"""The short way in for the calls that come hundreds of times a second.

A web framework matches routes, resolves dependencies and wraps every answer for pages and people.
A platform's webhook and the engine's action call need none of that, and it cost more than what
they do. Everything else, and every other method of these paths, goes on to the application.
"""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.errors import AppError

Door = Callable[[Request], Awaitable[Response]]


class ShortWay:
    """Hands POSTs to their doors, by the exact path."""

    def __init__(self, app: ASGIApp, *, doors: Mapping[str, Door]) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the call, or pass it on."""
        posted = scope["type"] == "http" and scope["method"] == "POST"
        door = self._doors.get(scope["path"]) if posted else None
        if door is None:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive, send)
        try:
            answer = await door(request)
        except AppError as error:
            body = {"error": type(error).__name__, "detail": str(error)}
            answer = JSONResponse(body, error.status)
        await answer(scope, receive, send)
