"""The short way in for the calls that come hundreds of times a second.

A web framework matches routes, resolves dependencies and wraps every answer for pages and people.
A platform's webhook and the engine's action call need none of that, and it cost more than what
they do. Everything else, and every other method of these paths, goes on to the application.
"""

from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.errors import AppError

Door = Callable[[Request], Awaitable[Response]]


class ShortWay:
    """Hands POSTs to their doors, by the exact path, before the application sees them.

    A door that fails without an AppError is the server's to log and to answer with 500.
    """

    def __init__(self, app: Starlette, *, doors: Mapping[str, Door]) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the call, or pass it on."""
        posted = scope["type"] == "http" and scope["method"] == "POST"
        door = self._doors.get(scope["path"]) if posted else None
        if door is None:
            await self._app(scope, receive, send)
            return
        scope["app"] = self._app  # where a door finds the services, as behind the application
        request = Request(scope, receive, send)
        try:
            answer = await door(request)
        except AppError as error:
            body = {"error": type(error).__name__, "detail": str(error)}
            answer = JSONResponse(body, error.status)
        await answer(scope, receive, send)
