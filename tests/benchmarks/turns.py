"""End to end beside stock Rasa: a signed WhatsApp webhook in, the reply at the platform out.

    dialogo bench turns [--runs 3] [--turns 600] [--database sqlite|postgresql|both] [--no-stock]
                        [--stock-epochs 100]

Ours is the whole product: gateway, database, engine, actions on the demo catalog, outbox and the
platform's stand-in. Stock is Rasa 3.6.21 as `rasa init` leaves it, trained on the same phrases,
with one text for each intent, through its own `rest` channel, without any of that around it.
Conversations have ten turns; `long_talks` shows what longer ones cost. `ratio_to_stock` is the
median of rounds in which ours and stock are asked in turn, both running (`side_by_side.py`).
"""

import asyncio
import json
import shutil
import statistics
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.engine import EngineClient
from tests.benchmarks import engine_turns
from tests.benchmarks.load import all_answered, answers, platform, steady, talks
from tests.benchmarks.side_by_side import LONG, side_by_side, stock_project
from tests.benchmarks.stock import project
from tests.engine.shop import LOOKUPS, ActionServer, bundle
from tests.engine_fixture import TOKEN, RunningEngine, trained_model
from tests.postgres import a_cluster
from tests.system import Gateway, free_port

# Enough to keep two cores busy: with eight they rested a seventh of the time; stock, which has
# one process, answers as many turns a second with any number.
CUSTOMERS = 16
ROUNDS = 7  # of ours and stock in turn


@dataclass(frozen=True)
class Plan:
    """What to measure; each figure is the median of `runs`."""

    runs: int = 3
    turns: int = 600
    databases: tuple[str, ...] = ("sqlite", "postgresql")
    stock: bool = True
    stock_epochs: int = project.EPOCHS
    memory_turns: int = 10_000


async def measure(plan: Plan) -> dict[str, Any]:
    """Run everything and return the figures."""
    model = await asyncio.to_thread(trained_model)
    found: dict[str, Any] = {"runs": plan.runs, "turns": plan.turns}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls: dict[str, Callable[[], str]] = {"sqlite": lambda: ""}
        if "postgresql" in plan.databases:
            cluster = stack.enter_context(a_cluster())
            urls["postgresql"] = lambda: cluster.url(cluster.create())
        stock = await asyncio.to_thread(stock_project, plan.stock_epochs) if plan.stock else None
        for name in plan.databases:
            found[name] = await _ours(folder / name, urls[name], model, plan, stock)
        found["engine"] = await _engine(folder / "engine", model, plan)
    return _headline(found, plan)


async def _ours(
    folder: Path, database: Callable[[], str], model: Path, plan: Plan, stock: Path | None
) -> dict[str, Any]:
    async with running(folder, database(), model) as (gateway, simulator):
        await talks(simulator, customers=CUSTOMERS, turns=200)  # warm up
        one = [
            (await talks(simulator, customers=1, turns=plan.turns // 4)).summary
            for _ in range(plan.runs)
        ]
        many = [
            (await talks(simulator, customers=CUSTOMERS, turns=plan.turns)).summary
            for _ in range(plan.runs)
        ]
        beside = await _beside(simulator, stock, plan)
        added = [await _added(gateway, simulator) for _ in range(plan.runs)]
        return {
            **beside,
            "clients_1": _median(one),
            f"clients_{CUSTOMERS}": _median(many),
            "long_talks": (
                await talks(
                    simulator,
                    customers=CUSTOMERS,
                    turns=CUSTOMERS * LONG,
                    talk=engine_turns.talk_of(LONG),
                )
            ).summary,
            "added_ms_p50": round(statistics.median(added), 2),
            "gateway_mib": round(gateway.resident_mib(), 1),
            "engine_stopped": await _stopped(folder / "stopped", database(), model),
        }


async def _beside(simulator: Any, stock: Path | None, plan: Plan) -> dict[str, Any]:
    if stock is None:
        return {}
    rounds = max(ROUNDS, plan.runs)
    found = await side_by_side(
        simulator, stock, customers=CUSTOMERS, turns=plan.turns, rounds=rounds
    )
    return {"beside_stock": {**found, "stock_epochs": plan.stock_epochs}}


@asynccontextmanager
async def running(
    folder: Path, database: str, model: Path, *, engine: bool = True
) -> AsyncIterator[tuple[Gateway, Any]]:
    """Start a gateway with its engine and the platform's stand-in."""
    models = folder / "models"
    models.mkdir(parents=True)
    shutil.copy(model, models)
    port = free_port()
    url = database or f"sqlite:///{folder / 'dialogo.db'}"
    dead = f"http://127.0.0.1:{free_port()}"
    gateway = Gateway(folder, url, "" if engine else dead, f"http://127.0.0.1:{port}/v23.0")
    gateway.start("up", "--demo", *([] if engine else ["--no-engine"]))
    try:
        await gateway.until_up()
        if engine:
            await gateway.until_ready()
        async with platform(gateway, port) as simulator:
            yield gateway, simulator
    finally:
        gateway.stop()


async def _added(gateway: Gateway, simulator: Any) -> float:
    """Return the median milliseconds that the gateway adds at 20 messages per second."""
    before = await _histogram(gateway)
    await steady(simulator, per_second=20, seconds=15)
    await asyncio.sleep(1)
    after = await _histogram(gateway)
    counts = [(le, after[le] - before.get(le, 0)) for le in sorted(after)]
    return quantile(counts, 0.5) * 1000


async def _histogram(gateway: Gateway) -> dict[float, float]:
    async with httpx.AsyncClient(trust_env=False) as http:
        text = (await http.get(f"{gateway.url}/metrics")).text
    found = {}
    for line in text.splitlines():
        if line.startswith("dialogo_added_seconds_bucket"):
            le = line.split('le="')[1].split('"')[0]
            found[float(le)] = float(line.rsplit(" ", 1)[1])
    return found


def quantile(counts: list[tuple[float, float]], share: float) -> float:
    """Return a quantile of a Prometheus histogram, interpolated inside its bucket."""
    wanted = counts[-1][1] * share
    low = below = 0.0
    for le, count in counts:
        if count >= wanted and count > below:
            return low + (le - low) * (wanted - below) / (count - below)
        low, below = le, count
    return low


async def _stopped(folder: Path, database: str, model: Path) -> dict[str, Any]:
    """Post 100 webhooks per second while the engine is down, then start it."""
    count = 100 * 15
    async with running(folder, database, model, engine=False) as (gateway, simulator):
        taken = await answers(simulator, per_second=100, seconds=15)
        engine = RunningEngine(
            folder / "engine",
            model,
            f"{gateway.url}/engine/actions",
            token=gateway.engine_token,
            port=int(gateway.engine_urls.rsplit(":", 1)[1]),
            bundles=folder / "bundles",
            lookups=folder / "lookups.json",
        )
        with engine:
            answered = await all_answered(simulator, count, 120)
    return {
        "webhook_ms_p50": round(statistics.median(taken), 2),
        "webhook_ms_p99": round(statistics.quantiles(taken, n=100)[98], 2),
        "webhooks": count,
        "answered_after_start": answered,
    }


async def _engine(folder: Path, model: Path, plan: Plan) -> dict[str, Any]:
    """Growth over one conversation and memory over many turns, of the engine alone."""
    with ActionServer() as actions:
        engine = RunningEngine(folder, model, actions.url)
        engine.bundles.publish(bundle())
        engine.write_lookups(LOOKUPS)
        with engine:
            client = EngineClient((engine.url,), TOKEN, 30.0)
            await engine_turns.throughput(client, 4, 200)
            found = await engine_turns.growth(client)
            if plan.memory_turns and engine.process.pid:
                found |= await engine_turns.memory(client, engine.process.pid, plan.memory_turns)
            await client.close()
    return found


def _median(runs: list[dict[str, float]]) -> dict[str, float]:
    return sorted(runs, key=lambda run: run["turns_per_s"])[len(runs) // 2]


def _headline(found: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """Put the figures that are promised on top."""
    first = found[plan.databases[0]]
    many = f"clients_{CUSTOMERS}"
    top: dict[str, Any] = {"ours_turns_per_s": first[many]["turns_per_s"]}
    if "beside_stock" in first:
        short, longer = (first["beside_stock"][talk] for talk in ("ten_turns", "fifty_turns"))
        top |= {
            "ours_turns_per_s": short["ours"],
            "stock_turns_per_s": short["stock"],
            "ratio_to_stock": short["ratio"],
            "ratio_in_long_talks": longer["ratio"],
        }
    top |= {
        "added_ms_p50": first["added_ms_p50"],
        "turn_200_to_turn_5": found["engine"]["turn_200_to_turn_5"],
        "webhook_ms_p99_engine_stopped": first["engine_stopped"]["webhook_ms_p99"],
        "gateway_mib": first["gateway_mib"],
        "engine_mib": found["engine"].get("mib_end"),
    }
    return json.loads(json.dumps({**top, **found}))
