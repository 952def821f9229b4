"""What passes between us and a stand-in, what can go wrong there, and how the stand-in behaves."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of ours to the platform's API."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Json

    @property
    def token(self) -> str:
        """The token the call carries, in the header or in the query."""
        bearer = self.headers.get("authorization", "").removeprefix("Bearer ").strip()
        return bearer or self.query.get("access_token", "")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the stand-in answers; without a status the connection breaks."""

    status: int | None
    body: Json = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong with the next `times` messages.

    `code` is answered in the platform's own error form, `status` as a bare HTTP status; `close`
    breaks the connection, `delay` (seconds) makes the caller wait. With `accepted` the message
    is delivered although its sender is told otherwise, or nothing. `meant` chooses the calls that
    it happens to, all of them if it is None.
    """

    code: int | None = None
    status: int = 400
    headers: Mapping[str, str] = field(default_factory=dict)
    close: bool = False
    delay: float = 0.0
    accepted: bool = False
    times: int = 1
    meant: Callable[[Call], bool] | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """How the stand-in behaves; times are in seconds.

    `reports` are the statuses posted back for each message, with the pause after sending.
    """

    reports: tuple[tuple[str, float], ...] = (("sent", 0.0), ("delivered", 0.02), ("read", 0.04))
    window: bool = True
    latency: float = 0.0
    patience: float = 60.0
    messages_per_second: float | None = None
    clock: Callable[[], float] = time.time


def read_call(scope: Any, body: bytes) -> Call:
    """Return a call that an ASGI server received."""
    headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
    query = dict(parse_qsl(scope["query_string"].decode()))
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        parsed = {}
    found = parsed if isinstance(parsed, dict) else {}
    return Call(scope["method"], scope["path"], query, headers, found)


async def read_body(receive: Any) -> bytes:
    """Return the whole body of a call that an ASGI server received."""
    body = bytearray()
    more = True
    while more:
        part = await receive()
        body += part.get("body", b"")
        more = part.get("more_body", False)
    return bytes(body)


async def break_off(scope: Any, send: Any) -> None:
    """Break the connection in the middle of an answer.

    In-process there is no connection, so what a caller would see is raised; a server closes the
    connection when less comes than the header promised.
    """
    if "state" not in scope:
        raise httpx.RemoteProtocolError("the stand-in broke the connection")
    headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
