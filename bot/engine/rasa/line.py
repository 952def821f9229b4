"""The gateway's line to the engine: one kept WebSocket instead of two HTTP calls a turn.

Turns come in over it and the actions of these turns go back over it, so whoever asked for a turn
also runs its actions. One call over HTTP costs both sides together a tenth of what the
engine does for a turn (docs/benchmarks.md). A message is a head of three words, a line break and
the body that HTTP would carry:

    turn 17 0       the gateway asks for a turn          answer 17 200   and this came of it
    action 4 0      the engine asks for an action        acted 4 200     and this came of it
"""

import asyncio
import logging
from contextvars import ContextVar
from hmac import compare_digest
from typing import Awaitable, Callable, Dict, Optional, Set, Text, Tuple

import aiohttp
from aiohttp import web

log = logging.getLogger(__name__)
Answered = Tuple[int, bytes]
Handler = Callable[[bytes], Awaitable[Answered]]
# The line of the turn that runs now, where it came over one whose other end runs actions.
CURRENT: "ContextVar[Optional[Line]]" = ContextVar("line", default=None)
PATH = "/line"
# Says that the other end runs actions, and which slots they read ("*": all).
RUNS_ACTIONS = "X-Dialogo-Actions"
LARGEST = 8 * 1024 * 1024  # bytes of one message, as the gateway's own door for actions
HEARTBEAT = 30.0  # seconds; an end that has vanished is noticed after half as much again
PARTING = 3.0  # seconds that an engine which is being stopped gives the turns of a line


class LineBrokenError(Exception):
    """The other end has gone, so nobody will answer."""


class Line:
    """One connection; `ask` runs the turns that come over it."""

    def __init__(
        self, socket: web.WebSocketResponse, ask: Handler, runs_actions: Optional[Text] = None
    ) -> None:
        self._socket = socket
        self._ask = ask
        self._runs_actions = runs_actions is not None
        self._slots = (runs_actions or "*").split()
        self._waiting: "Dict[int, asyncio.Future[Answered]]" = {}
        self._turns: "Set[asyncio.Task[None]]" = set()
        self._last = 0

    def sends(self, slot: Text) -> bool:
        """Say whether the other end's actions read this slot."""
        return slot in self._slots or "*" in self._slots

    async def act(self, body: bytes, patience: Optional[float]) -> Answered:
        """Let the other end run an action; `patience` in seconds.

        Raises LineBrokenError, or asyncio.TimeoutError when it takes too long.
        """
        if self._socket.closed:
            raise LineBrokenError("the gateway has hung up")
        self._last = number = self._last + 1
        waiting = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            await self._send(b"action %d 0\n" % number, body)
            return await asyncio.wait_for(waiting, patience)
        finally:
            del self._waiting[number]

    async def serve(self) -> None:
        """Take what comes until the other end hangs up; turns that have begun go on."""
        try:
            async for message in self._socket:
                if message.type != aiohttp.WSMsgType.BINARY:
                    raise ValueError("the messages of a line are bytes")
                self._take(message.data)
        finally:
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_exception(LineBrokenError("the gateway hung up"))

    def _take(self, message: bytes) -> None:
        head, body = message.split(b"\n", 1)
        kind, number, status = head.split()
        if kind == b"turn":
            turn = asyncio.ensure_future(self._run(int(number), body))
            self._turns.add(turn)
            turn.add_done_callback(self._turns.discard)
        elif kind == b"acted":
            waiting = self._waiting.get(int(number))
            if waiting is not None and not waiting.done():
                waiting.set_result((int(status), body))
        else:
            raise ValueError(f"a line knows no {kind!r}")

    async def hang_up(self) -> None:
        """Let the turns that have begun be answered, then close."""
        if self._turns:
            await asyncio.wait(self._turns, timeout=PARTING)
        await self._socket.close(code=aiohttp.WSCloseCode.GOING_AWAY)

    async def _run(self, number: int, body: bytes) -> None:
        CURRENT.set(self if self._runs_actions else None)
        status, answer = await self._ask(body)
        try:
            await self._send(b"answer %d %d\n" % (number, status), answer)
        except (LineBrokenError, ConnectionError) as gone:
            # The turn is recorded; asked again, the engine gives the same answer.
            log.info("nobody heard the answer: %s", gone)

    async def _send(self, head: bytes, body: bytes) -> None:
        if self._socket.closed:
            raise LineBrokenError("the gateway has hung up")
        try:
            await self._socket.send_bytes(head + body)
        except ConnectionError as error:
            raise LineBrokenError(str(error)) from error


class Lines:
    """Takes lines on a port of their own: Rasa's web server is twice as dear a message."""

    def __init__(self, authorization: bytes, ask: Handler) -> None:
        self._authorization = authorization
        self._ask = ask
        self._lines: Set[Line] = set()
        self._runner: Optional[web.AppRunner] = None
        self.port: Optional[int] = None

    async def open(self, host: Text) -> None:
        """Listen; `port` says where."""
        app = web.Application()
        app.router.add_get(PATH, self._connected)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, 0).start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Hang up."""
        await asyncio.gather(*(line.hang_up() for line in self._lines))
        if self._runner is not None:
            await self._runner.cleanup()

    async def _connected(self, request: web.Request) -> web.StreamResponse:
        given = request.headers.get("Authorization", "").encode()
        if not compare_digest(given, self._authorization):
            return web.json_response({"error": "wrong or missing bearer token"}, status=401)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, compress=False, max_msg_size=LARGEST)
        await socket.prepare(request)
        line = Line(socket, self._ask, request.headers.get(RUNS_ACTIONS))
        self._lines.add(line)
        try:
            await line.serve()
        except ValueError as error:
            log.warning("a line was closed: %s", error)
            await socket.close(code=aiohttp.WSCloseCode.UNSUPPORTED_DATA, message=b"unreadable")
        finally:
            self._lines.discard(line)
        return socket
