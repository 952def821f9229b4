"""The frame of a platform's stand-in: its API, its webhooks, its faults and its memory.

A channel's folder brings the rest in its `simulator.py`: which calls the platform refuses, what
its webhooks look like and what a customer can do. A stand-in is an ASGI application: run it with
`channels.testing.serve`, or in-process through `httpx.ASGITransport`.
"""

import asyncio
import heapq
import itertools
import json
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Any, Protocol, Self

import httpx

from channels.kit import Channel, WebhookRequest
from channels.testing.calls import Call, Fault, Habits, Json, Reply, break_off, read_body, read_call
from channels.testing.shown import Shown

# A platform repeats a webhook that was not answered with 200, with growing pauses.
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 2.0

# WhatsApp puts up to 1000 updates in one call.
_BATCH = 100


class Answered(Protocol):
    """What a stand-in wants to know of the answer to a webhook."""

    @property
    def status_code(self) -> int:
        """The HTTP status."""


class Poster(Protocol):
    """What a stand-in posts its webhooks with: a client of httpx, or less."""

    async def post(self, url: str, *, content: bytes, headers: dict[str, str]) -> Answered:
        """Post a webhook; raises httpx.HTTPError when nothing came back."""

    async def aclose(self) -> None:
        """Close the connections."""


class Simulator(ABC):
    """One platform with its customers; use it as an async context manager.

    `ledger` holds, for each customer, what was delivered to them, in order; `blocked` are those
    who do not want us any more.
    """

    def __init__(
        self,
        channel: Channel[Any],
        webhook: str,
        *,
        habits: Habits | None = None,
        client: Poster | None = None,
    ) -> None:
        self.channel = channel
        self.webhook = webhook
        self.habits = habits or Habits()
        self.faults: deque[Fault] = deque()
        self.ledger: dict[str, list[Shown]] = {}
        self.signals: list[Json] = []
        self.calls = 0
        self.last_heard: dict[str, float] = {}
        self.blocked: set[str] = set()
        self._client: Poster | None = client
        self._own_client = client is None
        self._waiting: dict[str, list[asyncio.Future[None]]] = {}
        self._due: list[tuple[float, int, Json]] = []
        self._order = itertools.count(1)
        self._wake = asyncio.Event()
        self._reporter: asyncio.Task[None] | None = None
        self._sent_at: deque[float] = deque()

    async def __aenter__(self) -> Self:
        """Begin to report."""
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=20)
        self._reporter = asyncio.create_task(self._report())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop reporting."""
        if self._reporter:
            self._reporter.cancel()
            await asyncio.gather(self._reporter, return_exceptions=True)
        if self._own_client and self._client:
            await self._client.aclose()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one HTTP call."""
        reply = await self.answer(read_call(scope, await read_body(receive)))
        if reply.status is None:
            await break_off(scope, send)
            return
        raw = json.dumps(reply.body).encode()
        headers = {"content-type": "application/json", **reply.headers}
        pairs = [(key.encode(), value.encode()) for key, value in headers.items()]
        pairs.append((b"content-length", str(len(raw)).encode()))
        await send({"type": "http.response.start", "status": reply.status, "headers": pairs})
        await send({"type": "http.response.body", "body": raw})

    async def answer(self, call: Call) -> Reply:
        """Answer a call as the platform would, scripted faults first."""
        self.calls += 1
        await asyncio.sleep(self.habits.latency)
        if refused := self.refuse_call(call):
            return refused
        if self.is_signal(call):
            self.signals.append(call.body)
            return Reply(200, {"success": True})
        fault = self._next_fault(call)
        if fault is None:
            return self._take(call)
        if fault.accepted:
            self._take(call)
        await asyncio.sleep(fault.delay)
        if fault.close:
            return Reply(None)
        body = self.error(fault.code, "scripted fault") if fault.code is not None else {}
        return Reply(fault.status, body, fault.headers)

    def fail(self, fault: Fault) -> None:
        """Let the next messages go wrong; several faults queue up."""
        self.faults.append(fault)

    def shown(self, who: str) -> list[Shown]:
        """Return what a customer has received so far."""
        return self.ledger.setdefault(who, [])

    async def more(self, who: str, after: int, timeout: float) -> bool:  # noqa: ASYNC109
        """Wait until a customer has received more than `after` messages; False if it took long."""
        try:
            async with asyncio.timeout(timeout):
                while len(self.shown(who)) <= after:
                    arrived = asyncio.get_running_loop().create_future()
                    self._waiting.setdefault(who, []).append(arrived)
                    await arrived
        except TimeoutError:
            return False
        return True

    async def deliver(self, body: Json) -> None:
        """Post a signed webhook until it is answered with 200, as the platform does."""
        pause, deadline = _FIRST_PAUSE, time.monotonic() + self.habits.patience
        raw = json.dumps(body).encode()  # escaped as Meta does it: the signature is over this
        call = self.channel.sign(WebhookRequest("POST", {}, {}, raw))
        while not await self._post(call):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.webhook} did not accept a webhook")
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def heard(self, who: str) -> None:
        """Note that a customer wrote just now: their window is open."""
        self.last_heard[who] = self.habits.clock()

    def window_open(self, who: str) -> bool:
        """Whether the customer wrote less than 24 hours ago."""
        if not self.habits.window:
            return True
        heard = self.last_heard.get(who)
        return heard is not None and self.habits.clock() - heard < 86_400

    def too_fast(self) -> bool:
        """Whether the account's throughput is used up in this second."""
        limit = self.habits.messages_per_second
        if limit is None:
            return False
        now = time.monotonic()
        while self._sent_at and now - self._sent_at[0] > 1:
            self._sent_at.popleft()
        if len(self._sent_at) >= limit:
            return True
        self._sent_at.append(now)
        return False

    @abstractmethod
    def refuse_call(self, call: Call) -> Reply | None:
        """Return the refusal of a wrong path or token, None for a call that may be served."""

    @abstractmethod
    def is_signal(self, call: Call) -> bool:
        """Whether the call shows typing or a read mark instead of sending a message."""

    @abstractmethod
    def take(self, call: Call) -> tuple[Shown, Json] | Reply:
        """Return the message as the customer sees it and the answer, or the refusal."""

    @abstractmethod
    def report_of(self, shown: Shown, status: str) -> Json | None:
        """Return the platform's update about a message, None if it has no such update."""

    @abstractmethod
    def batch(self, updates: list[Json]) -> Json:
        """Return the body of one webhook call that carries several updates."""

    @abstractmethod
    def error(self, code: int, message: str) -> Json:
        """Return the body of an error in the platform's form."""

    def _take(self, call: Call) -> Reply:
        taken = self.take(call)
        if isinstance(taken, Reply):
            return taken
        shown, body = taken
        self.shown(shown.to).append(shown)
        for arrived in self._waiting.pop(shown.to, ()):
            if not arrived.done():
                arrived.set_result(None)
        now = time.monotonic()
        for status, pause in self.habits.reports:
            if update := self.report_of(shown, status):
                heapq.heappush(self._due, (now + pause, next(self._order), update))
        self._wake.set()
        return Reply(200, body)

    def _next_fault(self, call: Call) -> Fault | None:
        for place, fault in enumerate(self.faults):
            if fault.meant is None or fault.meant(call):
                del self.faults[place]
                if fault.times > 1:
                    self.faults.insert(place, replace(fault, times=fault.times - 1))
                return fault
        return None

    async def _report(self) -> None:
        """Post the updates whose time has come, several in one call."""
        while True:
            pause = self._due[0][0] - time.monotonic() if self._due else None
            if pause is None or pause > 0:
                self._wake.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), pause)
                continue
            updates: list[Json] = []
            while self._due and self._due[0][0] <= time.monotonic() and len(updates) < _BATCH:
                updates.append(heapq.heappop(self._due)[2])
            try:
                await self.deliver(self.batch(updates))
            except TimeoutError:  # the platform gives up too, after days
                continue

    async def _post(self, call: WebhookRequest) -> bool:
        if self._client is None:
            raise RuntimeError("enter the stand-in's context first: async with simulator")
        headers = {"content-type": "application/json", **call.headers}
        try:
            reply = await self._client.post(self.webhook, content=call.body, headers=headers)
        except httpx.HTTPError:
            return False
        return reply.status_code == 200


class Guest[S: Simulator]:
    """A customer of a stand-in; what they can do there is the platform's own."""

    def __init__(self, simulator: S, id_: str) -> None:
        self.simulator = simulator
        self.id = id_

    @property
    def shown(self) -> Sequence[Shown]:
        """Everything received so far."""
        return self.simulator.shown(self.id)

    async def more(self, after: int, timeout: float) -> bool:  # noqa: ASYNC109
        """Wait for more than `after` messages."""
        return await self.simulator.more(self.id, after, timeout)
