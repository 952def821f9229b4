"""The short way in for the two calls that come hundreds of times a second.

A web framework matches routes, resolves dependencies and wraps every answer for pages and people.
A platform's webhook and the engine's action call need none of that, and it cost more than what
they do. Everything else, and every other method of these paths, goes on to the application.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.errors import AppError

log = logging.getLogger(__name__)
Door = Callable[[Request], Awaitable[Response]]


class ShortWay:
    """Hands POSTs to `exact` paths, and to paths one level below a prefix, to their doors."""

    def __init__(
        self, app: ASGIApp, *, exact: Mapping[str, Door], below: Mapping[str, Door]
    ) -> None:
        self._app = app
        self._exact = exact
        self._below = below

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the call, or pass it on."""
        door = self._door(scope)
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

    def _door(self, scope: Scope) -> Door | None:
        if scope["type"] != "http" or scope["method"] != "POST":
            return None
        path: str = scope["path"]
        if door := self._exact.get(path):
            return door
        prefix, _, name = path.rpartition("/")
        if name and (door := self._below.get(prefix)):
            scope["path_params"] = {"name": name}
            return door
        return None
