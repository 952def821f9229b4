"""The line to an engine: one kept WebSocket instead of two HTTP calls a turn.

Turns go out over it and the actions of these turns come back over it, so the process that runs a
turn also runs its actions. `bot/engine/rasa/line.py` is the other end and says what a message is
made of. HTTP stays the door for everything else, and the way while no line stands.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlsplit

import aiohttp
import httpx

from bot.http import Answer, Caller

log = logging.getLogger(__name__)
# Runs one action of the engine: the body of a call in Rasa's action protocol, and its answer.
Act = Callable[[bytes], Awaitable[Answer]]
PATH = "/line"
# Says that this end runs actions, and which slots they read ("*": all).
RUNS_ACTIONS = "X-Dialogo-Actions"
LARGEST = 8 * 1024 * 1024  # bytes of one message
HEARTBEAT = 30.0  # seconds; an engine that has vanished is noticed after half as much again
PATIENCE = 2.0  # seconds to open a line
AGAIN = 5.0  # seconds after which an engine that gave no line is asked for one again


class LineBrokenError(Exception):
    """The engine has hung up; nobody knows whether the turn was run."""


class Line:
    """A line that stands, until it is `broken`."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, act: Act | None) -> None:
        self._socket = socket
        self._act = act
        self._waiting: dict[int, asyncio.Future[Answer]] = {}
        self._acting: set[asyncio.Task[None]] = set()
        self._last = 0
        self._listening = asyncio.create_task(self._listen(), name="line")

    @property
    def broken(self) -> bool:
        """Whether nothing more can be asked over it."""
        return self._socket.closed or self._listening.done()

    async def ask(self, body: bytes, patience: float) -> Answer:
        """Run a turn; raises LineBrokenError, or TimeoutError after `patience` seconds."""
        self._last = number = self._last + 1
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[number] = waiting
        try:
            await self._send(b"turn %d 0\n" % number, body)
            async with asyncio.timeout(patience):
                return await waiting
        finally:
            del self._waiting[number]

    async def close(self) -> None:
        """Hang up."""
        self._listening.cancel()
        for acting in self._acting:
            acting.cancel()
        await asyncio.gather(self._listening, *self._acting, return_exceptions=True)
        await self._socket.close()

    async def _listen(self) -> None:
        try:
            async for message in self._socket:
                self._take(message.data)
        except Exception:
            log.exception("an engine's line said what cannot be read")
            await self._socket.close()
        finally:
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_exception(LineBrokenError("the engine hung up"))

    def _take(self, message: bytes) -> None:
        head, body = message.split(b"\n", 1)
        kind, number, status = head.split()
        if kind == b"action":
            acting = asyncio.create_task(self._run(int(number), body))
            self._acting.add(acting)
            acting.add_done_callback(self._acting.discard)
            return
        waiting = self._waiting.get(int(number))
        if waiting is not None and not waiting.done():
            waiting.set_result(Answer(int(status), body))

    async def _run(self, number: int, body: bytes) -> None:
        if self._act is None:
            done = Answer(503, b'{"error": "this end of the line runs no actions"}')
        else:
            done = await self._act(body)
        # Who has hung up asks again.
        with suppress(LineBrokenError):
            await self._send(b"acted %d %d\n" % (number, done.status), done.content)

    async def _send(self, head: bytes, body: bytes) -> None:
        try:
            await self._socket.send_bytes(head + body)
        except ConnectionError as error:
            raise LineBrokenError(str(error)) from error


class Lines:
    """One line to each engine, opened in the background and again after it broke."""

    def __init__(self, caller: Caller, token: str, ready: str) -> None:
        self.act: Act | None = None
        self.slots: tuple[str, ...] = ()
        self._caller = caller
        self._headers = {"Authorization": f"Bearer {token}"}
        self._ready = ready
        self._lines: dict[str, Line] = {}
        self._opening: dict[str, asyncio.Task[None]] = {}
        self._not_before: dict[str, float] = {}
        self._session: aiohttp.ClientSession | None = None

    def to(self, url: str) -> Line | None:
        """Return the line to this engine; None while there is none, and then one is asked for."""
        line = self._lines.get(url)
        if line is not None and not line.broken:
            return line
        if not url.startswith("http://"):
            return None  # the token goes to an engine behind TLS through TLS alone
        now = asyncio.get_running_loop().time()
        if url not in self._opening and now >= self._not_before.get(url, 0.0):
            self._not_before[url] = now + AGAIN
            opening = self._opening[url] = asyncio.create_task(self._open(url), name="line opening")
            opening.add_done_callback(lambda _: self._opening.pop(url, None))
        return None

    async def close(self) -> None:
        """Hang up everywhere."""
        for opening in list(self._opening.values()):
            opening.cancel()
        await asyncio.gather(*self._opening.values(), return_exceptions=True)
        await asyncio.gather(*(line.close() for line in self._lines.values()))
        self._lines.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _open(self, url: str) -> None:
        """Ask the engine where it takes lines, and open one; an engine without them is as good."""
        try:
            async with asyncio.timeout(PATIENCE):
                known = (await self._caller.get(url + self._ready)).json()
                if port := known.get("line"):
                    where = f"http://{_host(url)}:{int(port)}{PATH}"
                    self._lines[url] = Line(await self._connect(where), self.act)
        except (httpx.HTTPError, aiohttp.ClientError, OSError, ValueError, AttributeError) as error:
            log.info("no line to an engine", extra={"engine": url, "reason": repr(error)})

    async def _connect(self, where: str) -> aiohttp.ClientWebSocketResponse:
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        runs = {RUNS_ACTIONS: " ".join(self.slots) or "*"} if self.act is not None else {}
        return await self._session.ws_connect(
            where, headers={**self._headers, **runs}, heartbeat=HEARTBEAT, max_msg_size=LARGEST
        )


def _host(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return f"[{host}]" if ":" in host else host
