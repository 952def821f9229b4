"""Customers for the benchmarks: signed WhatsApp webhooks in, replies received by the stand-in."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from channels.testing import Habits, serve
from channels.whatsapp.simulator import WhatsAppCustomer, WhatsAppSimulator
from tests.benchmarks.engine_turns import TALK
from tests.benchmarks.posting import quick_client
from tests.system import Gateway, whatsapp

# The platform's reports are left out: stock Rasa has nothing like them to work on.
QUIET = Habits(reports=())


@dataclass
class Taken:
    """Milliseconds from posting a webhook to the first reply at the platform."""

    ms: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def summary(self) -> dict[str, float]:
        """Turns per second, median and 99th percentile."""
        return {
            "turns_per_s": round(len(self.ms) / self.seconds, 1),
            "ms_p50": round(statistics.median(self.ms), 2),
            "ms_p99": round(statistics.quantiles(self.ms, n=100)[98], 2),
        }


@asynccontextmanager
async def platform(gateway: Gateway, port: int) -> AsyncIterator[WhatsAppSimulator]:
    """Run WhatsApp's stand-in for a gateway."""
    async with quick_client() as client:
        simulator = WhatsAppSimulator(
            whatsapp(gateway.whatsapp_api),
            f"{gateway.url}/webhooks/whatsapp",
            habits=QUIET,
            client=client,
        )
        async with simulator, serve(simulator, port=port):
            yield simulator


async def talks(
    simulator: WhatsAppSimulator, *, customers: int, turns: int, talk: Sequence[str] = TALK
) -> Taken:
    """Let so many customers talk at once, each waiting for the reply before the next line.

    What is said outside of the time that all are busy is not counted, and all of it is answered
    before the next measurement.
    """
    stamp = time.time_ns() % 10**6

    async def say(name: int, number: int, line: str) -> float:
        return await _turn(simulator.customer(f"39{stamp:06d}{name:02d}{number:03d}"), line)

    taken = await together(say, customers=customers, turns=turns, talk=talk)
    calls = -1
    while calls != simulator.calls:
        calls = simulator.calls
        await asyncio.sleep(0.25)
    return taken


async def together(
    say: Callable[[int, int, str], Awaitable[float]],
    *,
    customers: int,
    turns: int,
    talk: Sequence[str],
) -> Taken:
    """Time customers who talk at once, all of them busy from the clock's start to its end.

    It starts when each of them has had an answer and stops when the first has nothing more to say,
    so that as much is half done at the start as at the end. `say` takes the customer, the number of
    the talk and a line, and returns milliseconds.
    """
    count = max(1, turns // len(talk))
    left = iter(range(count))
    answers: list[tuple[float, float]] = []
    first: dict[int, float] = {}
    last: list[float] = []
    began = time.perf_counter()

    async def customer(name: int) -> None:
        for number in left:
            for line in talk:
                ms = await say(name, number, line)
                answers.append((time.perf_counter(), ms))
                first.setdefault(name, answers[-1][0])
        last.append(time.perf_counter())

    await asyncio.gather(*(customer(name) for name in range(min(customers, count))))
    start, stop = max(first.values()), min(last)
    if start >= stop:  # too few turns for all of them to be busy at once
        start = began
    return Taken([ms for moment, ms in answers if start < moment <= stop], stop - start)


async def _turn(who: WhatsAppCustomer, line: str) -> float:
    """Say a line and wait for the first message of its own answer, told by the key it bears."""
    seen = len(who.shown)
    began = time.perf_counter()
    said = await who.say(line)
    while not any(said in str(shown.key) for shown in who.shown[seen:]):
        seen = len(who.shown)
        if not await who.more(seen, 30):
            raise RuntimeError(f"no reply to {line!r}")
    return (time.perf_counter() - began) * 1000


async def steady(
    simulator: WhatsAppSimulator, *, per_second: float, seconds: float, talk: Sequence[str] = TALK
) -> None:
    """Send messages at a steady rate, from as many customers as it takes."""
    total = int(per_second * seconds)
    stamp = time.time_ns() % 10**6
    people = [simulator.customer(f"39{stamp:06d}{n:05d}") for n in range(max(1, total // 5))]
    began = time.perf_counter()
    posts = []
    for number in range(total):
        await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
        line = talk[number % len(talk)]
        posts.append(asyncio.create_task(people[number % len(people)].say(line)))
    await asyncio.gather(*posts)


async def answers(
    simulator: WhatsAppSimulator, *, per_second: float, seconds: float
) -> list[float]:
    """Post webhooks at a steady rate, each of a new customer; milliseconds until each 200."""
    taken: list[float] = []

    async def one(number: int) -> None:
        who = simulator.customer(f"3980000{number:06d}")
        began = time.perf_counter()
        await who.say(TALK[number % len(TALK)])
        taken.append((time.perf_counter() - began) * 1000)

    began = time.perf_counter()
    posts = []
    for number in range(int(per_second * seconds)):
        await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
        posts.append(asyncio.create_task(one(number)))
    await asyncio.gather(*posts)
    return taken


async def all_answered(simulator: WhatsAppSimulator, count: int, seconds: float) -> int:
    """Wait until so many of those customers have a reply; return how many have."""
    deadline = time.monotonic() + seconds
    people = [f"3980000{number:06d}" for number in range(count)]
    while time.monotonic() < deadline:
        if sum(bool(simulator.shown(who)) for who in people) == count:
            break
        await asyncio.sleep(0.25)
    return sum(bool(simulator.shown(who)) for who in people)
