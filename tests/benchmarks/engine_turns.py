"""Turns per second of the engine alone: its HTTP door in, its action calls out, nothing else.

    python -m tests.benchmarks.engine_turns [--turns 1500] [--memory 10000]

Prints JSON. The actions are answered by a small FastAPI in the process of the clients, as the
gateway answers them in its own.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.engine import EngineClient, TurnRequest
from tests.engine.shop import LOOKUPS, ActionServer, bundle
from tests.engine_fixture import TOKEN, RunningEngine, trained_model

# A talk as a customer has it: greeting, search, questions about what was shown, a flow that asks
# and is interrupted, and something the bot does not understand.
TALK = (
    "buongiorno!",
    "cerco una borsa in pelle rossa, max 150 euro",
    "quanto costa la seconda?",
    "a torino in quanto arriva? e se non le piace?",
    "cerco un regalo per mia moglie",
    "quanto costa la spedizione?",
    # Not just "circa 70 euro": stock Rasa takes that for a wish to restart, forgets the talk so far
    # and never shows what a longer one costs it.
    "vorrei spendere circa 70 euro",
    "posso pagare con paypal?",
    "a che ora aprite domani?",
    "la borsa aurora è disponibile?",
)


def talk_of(turns: int) -> tuple[str, ...]:
    """Return one talk of so many turns."""
    return tuple(TALK[number % len(TALK)] for number in range(turns))


async def say(client: EngineClient, sender: str, number: int) -> float:
    """Say one line of the talk; return the milliseconds until it was answered."""
    text = TALK[number % len(TALK)]
    began = time.perf_counter()
    reply = await client.turn(
        TurnRequest(sender=sender, message_id=f"{sender}-{number}", text=text)
    )
    if not reply.messages:
        raise RuntimeError(f"no answer to {text!r}")
    return (time.perf_counter() - began) * 1000


async def talk(client: EngineClient, sender: str, turns: int) -> list[float]:
    """Have a conversation of so many turns; return the milliseconds of each."""
    return [await say(client, sender, number) for number in range(turns)]


async def throughput(client: EngineClient, clients: int, turns: int) -> dict[str, float]:
    """Let so many customers talk at once, each in conversations of ten turns."""
    conversations = iter(range(turns // len(TALK)))
    taken: list[float] = []

    async def customer(name: int) -> None:
        for number in conversations:
            sender = f"t{clients}-{name}-{number}-{time.time_ns()}"
            taken.extend(await talk(client, sender, len(TALK)))

    began = time.perf_counter()
    await asyncio.gather(*(customer(name) for name in range(clients)))
    seconds = time.perf_counter() - began
    return {
        "turns_per_s": round(len(taken) / seconds, 1),
        "ms_p50": round(statistics.median(taken), 2),
        "ms_p99": round(statistics.quantiles(taken, n=100)[98], 2),
    }


async def growth(client: EngineClient, rounds: int = 8) -> dict[str, float]:
    """Compare turns after the 200th of one conversation with the first ten of others.

    They take turns, so that whatever else the machine does slows both alike.
    """
    old, size = f"old-{time.time_ns()}", len(TALK)
    await talk(client, old, 200)
    early: list[float] = []
    late: list[float] = []
    for round_ in range(rounds):
        new = f"new-{time.time_ns()}"
        for number in range(size):
            early.append(await say(client, new, number))
            late.append(await say(client, old, 200 + round_ * size + number))
    ratio = statistics.median(late) / statistics.median(early)
    return {
        "turn_5_ms": round(statistics.median(early), 2),
        "turn_200_ms": round(statistics.median(late), 2),
        "turn_200_to_turn_5": round(ratio, 3),
    }


async def memory(client: EngineClient, pid: int, turns: int) -> dict[str, float]:
    """Watch the engine's memory over many turns of many conversations."""
    marks = [resident(pid)]
    for _ in range(4):
        await throughput(client, 8, turns // 4)
        marks.append(resident(pid))
    return {"mib_start": marks[0], "mib_half": marks[2], "mib_end": marks[4], "turns": turns}


def resident(pid: int) -> float:
    """Return the memory of a process in MiB, as Linux counts it."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return round(int(line.split()[1]) / 1024, 1)


async def measure(engine: RunningEngine, *, turns: int, many: int) -> dict[str, Any]:
    """Run everything against one engine."""
    client = EngineClient((engine.url,), TOKEN, 30.0)
    try:
        await throughput(client, 4, 200)  # warm up
        rounds = 3
        found: dict[str, Any] = {}
        for clients in (1, 8):
            runs = [await throughput(client, clients, turns) for _ in range(rounds)]
            found[f"clients_{clients}"] = sorted(runs, key=lambda run: run["turns_per_s"])[1]
        found["growth"] = await growth(client)
        if many and engine.process.pid:
            found["memory"] = await memory(client, engine.process.pid, many)
        return found
    finally:
        await client.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=1500)
    parser.add_argument("--memory", type=int, default=0, help="turns to watch the memory over")
    parser.add_argument("--languages", default="it,en")
    given = parser.parse_args(arguments)
    model = trained_model(given.languages.split(","))
    with tempfile.TemporaryDirectory() as folder, ActionServer() as actions:
        engine = RunningEngine(Path(folder), model, actions.url)
        engine.bundles.publish(bundle())
        engine.write_lookups(LOOKUPS)
        with engine:
            found = asyncio.run(measure(engine, turns=given.turns, many=given.memory))
    json.dump(found, sys.stdout, indent=1)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
