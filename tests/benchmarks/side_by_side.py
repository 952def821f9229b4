"""Ours and stock Rasa in turn, a few seconds each, both running all the time.

A shared machine is twice as fast in one minute as in another. A ratio of two figures that were
taken minutes apart says more about the machine than about the two; here each round has a ratio
of its own, and their median counts. Whoever is not asked rests, and takes no processor.
"""

import asyncio
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.engine_turns import TALK, resident, talk_of
from tests.benchmarks.load import talks
from tests.benchmarks.stock import project

LONG = 50  # turns of a long talk
WARM_UP = (300, 40)  # turns of ours, of stock
SHARE = 4  # stock gets a quarter of the turns, and takes as long for them


def stock_project(epochs: int) -> Path:
    """Return the folder of a stock project that is trained."""
    folder = project.prepare(epochs=epochs)
    project.train(folder)
    return folder


async def side_by_side(
    simulator: Any, stock: Path, *, customers: int, turns: int, rounds: int
) -> dict[str, Any]:
    """Let so many customers talk to ours and to stock by turns, in short and in long talks."""
    long = talk_of(LONG)
    with project.StockServer(stock) as server:
        await talks(simulator, customers=customers, turns=WARM_UP[0])
        await project.throughput(server.url, clients=2, turns=WARM_UP[1])
        short = [await _round(simulator, server, customers, turns, TALK) for _ in range(rounds)]
        longer = [
            await _round(simulator, server, customers, customers * len(long), long)
            for _ in range(max(1, rounds // 3))
        ]
        mib = resident(server.pid)
    return {"ten_turns": _told(short), "fifty_turns": _told(longer), "stock_mib": mib}


async def _round(
    simulator: Any,
    server: project.StockServer,
    customers: int,
    turns: int,
    talk: Sequence[str],
) -> dict[str, float]:
    ours = await talks(simulator, customers=customers, turns=turns, talk=talk)
    await asyncio.sleep(0.5)
    fewer = max(turns // SHARE, customers * len(talk))
    stock = await project.throughput(server.url, clients=customers, turns=fewer, talk=talk)
    a_second = ours.summary["turns_per_s"], stock["turns_per_s"]
    return {"ours": a_second[0], "stock": a_second[1], "ratio": round(a_second[0] / a_second[1], 2)}


def _told(rounds: list[dict[str, float]]) -> dict[str, Any]:
    medians = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    return {**{name: round(value, 2) for name, value in medians.items()}, "rounds": rounds}
