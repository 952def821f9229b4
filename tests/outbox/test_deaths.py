"""Processes die and freeze in the middle of their work; the ledgers of engine and platform tell.

Nothing may be lost, no turn run twice, no message sent twice, every conversation in order. The
platform reports statuses as the real ones do, the engine remembers its last turn.
"""

import asyncio
import json
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from bot.engine.process import free_port
from tests.outbox.branch import LEASE, PHONE

ROOT = Path(__file__).parents[2]


class World:
    """The engine and the platform: they live on when a process dies."""

    def __init__(self) -> None:
        self.port = free_port()
        self.turns: dict[str, list[int]] = defaultdict(list)
        self.known: set[str] = set()
        self.repeated_turns = 0
        self.sent: dict[str, list[str]] = defaultdict(list)
        self.statuses: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.last = time.monotonic()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while (part := await receive()).get("more_body"):
            body += part["body"]
        given = json.loads(body + part.get("body", b""))
        self.last = time.monotonic()
        engine = scope["path"].endswith("/engine")
        answer = await (self._turn(given) if engine else self._send(given))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    async def _turn(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["id"] in self.known:
            self.repeated_turns += 1
        else:
            self.known.add(given["id"])
            self.turns[given["conversation"]].append(given["number"])
        await asyncio.sleep(0.01)
        return {}

    async def _send(self, given: dict[str, Any]) -> dict[str, Any]:
        words, key = given["text"]["body"], given["biz_opaque_callback_data"]
        self.sent[words.split()[0]].append(words)
        platform_id = f"wamid.{key}.{len(self.sent)}.{random.random()}"
        for status in ("sent", "delivered"):
            event = {
                "event_id": f"{key}:{status}",
                "account": PHONE,
                "status": status,
                "message_id": platform_id,
                "correlation": key,
            }
            self.statuses.put_nowait({"status": event})
        await asyncio.sleep(0.005)
        return {"messages": [{"id": platform_id}]}


class Process:
    """One branch of the shop that can be killed, frozen and started again."""

    def __init__(self, url: str, world: World) -> None:
        self.url = url
        self.world = world
        self.port = free_port()
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.child = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.outbox.branch",
                self.url,
                str(self.port),
                self.world.url,
            ],
            cwd=ROOT,
        )

    def send(self, number: signal.Signals) -> None:
        assert self.child is not None
        self.child.send_signal(number)
        if number == signal.SIGKILL:
            self.child.wait()

    def end(self) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.kill()
            self.child.wait()


class Customers:
    """Post messages as a platform does: again until acknowledged, to any branch that answers."""

    def __init__(self, branches: list[Process], world: World) -> None:
        self.branches = branches
        self.world = world
        self.client = httpx.AsyncClient(timeout=2.0)

    async def post(self, body: dict[str, Any]) -> None:
        while True:
            branch = random.choice(self.branches)
            try:
                reply = await self.client.post(f"http://127.0.0.1:{branch.port}/", json=body)
            except httpx.TransportError:
                await asyncio.sleep(0.05)
                continue
            if reply.status_code == 200:
                return
            await asyncio.sleep(0.05)

    async def talk(self, name: str, count: int) -> None:
        """Write messages one after the other, each webhook twice."""
        for number in range(count):
            body = {"id": f"{name}:{number}", "name": name, "number": number}
            await self.post(body)
            await self.post(body)
            await asyncio.sleep(random.uniform(0, 0.1))

    async def report(self) -> None:
        """Bring the platform's statuses back."""
        while True:
            status = await self.world.statuses.get()
            task = asyncio.create_task(self.post(status))
            self.reporting.add(task)
            task.add_done_callback(self.reporting.discard)

    reporting: set[asyncio.Task[None]] = set()  # noqa: RUF012


@asynccontextmanager
async def town(url: str, branches: int) -> AsyncIterator[tuple[World, list[Process], Customers]]:
    world = World()
    config = uvicorn.Config(world, port=world.port, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    processes = [Process(url, world) for _ in range(branches)]
    customers = Customers(processes, world)
    customers.reporting = set()
    reporting = asyncio.create_task(customers.report())
    try:
        for process in processes:
            process.start()
        yield world, processes, customers
    finally:
        for process in processes:
            process.end()
        reporting.cancel()
        for task in customers.reporting:
            task.cancel()
        await asyncio.gather(reporting, *customers.reporting, return_exceptions=True)
        await customers.client.aclose()
        server.should_exit = True
        await serving


async def finished(world: World, names: list[str], count: int, seconds: float = 45) -> None:
    deadline = time.monotonic() + seconds
    while any(len(world.sent[name]) < 2 * count for name in names):
        if time.monotonic() > deadline:
            missing = {name: len(world.sent[name]) for name in names}
            pytest.fail(f"lost or late: {missing}")
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)  # a double would come now


def check(world: World, names: list[str], count: int) -> None:
    for name in names:
        assert world.turns[name] == list(range(count))
        assert world.sent[name] == [f"{name} {n} {part}" for n in range(count) for part in "ab"]


@pytest.mark.fault
async def test_killed_again_and_again_nothing_is_lost_doubled_or_disordered(
    database_url: str,
) -> None:
    names, count = [f"c{n}" for n in range(12)], 10
    async with town(database_url, 1) as (world, (process,), customers):
        talking = asyncio.gather(*(customers.talk(name, count) for name in names))
        for _ in range(3):
            await asyncio.sleep(random.uniform(1.2, 2.2))
            process.send(signal.SIGKILL)
            process.start()
        await talking
        await finished(world, names, count)
        check(world, names, count)


@pytest.mark.fault
async def test_the_other_process_takes_over_from_a_dead_one_within_the_lease(
    postgres_url: str,
) -> None:
    names, count = [f"c{n}" for n in range(10)], 12
    async with town(postgres_url, 2) as (world, (victim, _other), customers):
        talking = asyncio.gather(*(customers.talk(name, count) for name in names))
        while sum(map(len, world.sent.values())) < 40:  # noqa: ASYNC110 - counted over there
            await asyncio.sleep(0.02)
        victim.send(signal.SIGKILL)
        customers.branches.remove(victim)
        killed = time.monotonic()
        await talking
        await finished(world, names, count)
        check(world, names, count)
        # A lease, a beat, the wait for the status of what may have been sent: 15 s are promised.
        assert world.last - killed < 15


@pytest.mark.fault
async def test_a_frozen_process_is_fenced_off_and_does_no_harm_when_it_wakes_up(
    postgres_url: str,
) -> None:
    names, count = [f"c{n}" for n in range(10)], 12
    async with town(postgres_url, 2) as (world, (frozen, _other), customers):
        talking = asyncio.gather(*(customers.talk(name, count) for name in names))
        while sum(map(len, world.sent.values())) < 40:  # noqa: ASYNC110 - counted over there
            await asyncio.sleep(0.02)
        frozen.send(signal.SIGSTOP)
        await asyncio.sleep(LEASE + 2.5)
        frozen.send(signal.SIGCONT)
        await talking
        await finished(world, names, count)
        check(world, names, count)
