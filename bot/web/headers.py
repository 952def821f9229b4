"""Headers that keep a page from being framed, fed foreign scripts or guessed at."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SELF: Final = (
    "default-src 'self'; img-src 'self' https: data: blob:; media-src 'self' https: blob:; "
    "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; "
)
# deep-chat writes <style> elements into its shadow root and `style` attributes into messages.
_PAGE: Final = _SELF + "script-src 'self'; style-src 'self' 'unsafe-inline'; "
# NiceGUI sends the page as an inline script and compiles Vue templates in the browser.
_OFFICE: Final = (
    _SELF.replace("connect-src 'self'", "connect-src 'self' ws: wss:")
    + "script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
)
# Swagger UI is started by an inline script that FastAPI writes.
_DOCS: Final = _SELF + "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
_ALONE: Final = "frame-ancestors 'none'"
_ANYWHERE: Final = "frame-ancestors *"


def policy_of(path: str, pictures: str = "") -> str:
    """Return the content security policy of a page; only the widget's frame may be embedded.

    `pictures` is another address from which pictures and sounds may come.
    """
    own = _policy_of(path)
    if not pictures:
        return own
    return own.replace("img-src 'self'", f"img-src 'self' {pictures}").replace(
        "media-src 'self'", f"media-src 'self' {pictures}"
    )


def _policy_of(path: str) -> str:
    if path == "/chat/frame":
        return _PAGE + _ANYWHERE
    if path.startswith(("/desk", "/catalog", "/_nicegui")):
        return _OFFICE + _ALONE
    if path.startswith("/docs"):
        return _DOCS + _ALONE
    return _PAGE + _ALONE


class SecurityHeaders:
    """Adds the headers to every answer; plain ASGI, so that streams flow through untouched.

    `pictures` is where the shop's own pictures are: the same gateway may be reached as `localhost`
    and as `127.0.0.1`, and the pages of one show the pictures of the other.
    """

    def __init__(self, app: ASGIApp, pictures: str = "") -> None:
        self._app = app
        self._pictures = pictures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on and add what is missing to the answer's headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), scope["path"], self._pictures)
            await send(message)

        await self._app(scope, receive, with_headers)


def _add(headers: MutableHeaders, path: str, pictures: str) -> None:
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    if headers.get("content-type", "").startswith("text/html"):
        headers.setdefault("Content-Security-Policy", policy_of(path, pictures))
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if path != "/chat/frame":
            headers.setdefault("X-Frame-Options", "DENY")
