"""Plays talks at the shop of the acceptance tests, several customers beside each other."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    nullcontext,
)
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.cli.facts import ApiFacts, Item
from bot.cli.script import Played, Script, play, read_script
from bot.cli.talk import new_customer
from channels import registry
from channels.messenger.simulator import MessengerSimulator
from channels.testing import Shown, Talk
from channels.testing.shown import rendered
from channels.testing.talk import stand_in
from channels.whatsapp.simulator import WhatsAppSimulator
from tests.system import KEY, Gateway, messenger, whatsapp

TALKS = Path(__file__).parent / "talks"
AT_ONCE = 8  # talks on each channel; a talk waits much longer than the bot works
Door = Callable[[Script], AbstractAsyncContextManager[Talk]]  # how a customer comes to the shop


@dataclass
class Record:
    """One talk as it went, with everything that was said."""

    played: Played
    lines: list[str] = field(default_factory=list)

    def told(self) -> str:
        """Return what was wrong and the whole talk, to be read by a person."""
        script = self.played.script
        return "\n".join([f"== {script.name}", *self.played.lines(), "", *self.lines, ""])


@dataclass
class Half:
    """The talks of one folder, played."""

    name: str
    records: list[Record]

    @property
    def turns(self) -> int:
        """How many turns were played."""
        return sum(record.played.turns for record in self.records)

    @property
    def as_expected(self) -> int:
        """How many of them were answered as expected."""
        return sum(record.played.as_expected for record in self.records)

    @property
    def share(self) -> float:
        """The share of turns answered as expected."""
        return self.as_expected / self.turns

    def kinds(self) -> Counter[str]:
        """Count what was wrong by kind, without saying where."""
        failures = [failure for record in self.records for failure in record.played.failures]
        return Counter(kind for failure in failures for kind in {w.kind for w in failure.wrong})

    def summary(self) -> str:
        """Return one line for the terminal."""
        kinds = ", ".join(f"{kind} {count}" for kind, count in self.kinds().most_common())
        return (
            f"{self.name}: {self.as_expected} of {self.turns} turns in {len(self.records)} talks "
            f"as expected, {self.share:.1%}" + (f" ({kinds})" if kinds else "")
        )


def scripts(folder: Path) -> list[Script]:
    """Read the talks of a folder."""
    return [read_script(path) for path in sorted(folder.glob("*.yaml"))]


async def play_half(gateway: Gateway, folder: Path) -> Half:
    """Play every talk of a folder, some of each channel at the same time, as customers come."""
    async with AsyncExitStack() as stack:
        doors = {
            name: await stack.enter_async_context(open_door(gateway))
            for name, open_door in DOORS.items()
        }
        at_once = {name: asyncio.Semaphore(AT_ONCE) for name in doors}

        api = await stack.enter_async_context(_api(gateway))
        products: dict[str, Item] = {}

        async def one(script: Script) -> Record:
            async with at_once[script.channel], doors[script.channel](script) as talk:
                facts = ApiFacts(api, script.channel, talk.customer.id, products)
                return await _played(facts, script, talk)

        return Half(folder.name, await asyncio.gather(*map(one, scripts(folder))))


async def play_one(gateway: Gateway, script: Script) -> Record:
    """Play one talk as a customer nobody has seen before."""
    async with DOORS[script.channel](gateway) as door, door(script) as talk, _api(gateway) as api:
        return await _played(ApiFacts(api, script.channel, talk.customer.id), script, talk)


def _api(gateway: Gateway) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {KEY}"}
    return httpx.AsyncClient(base_url=gateway.url, headers=headers, timeout=60, trust_env=False)


async def _played(facts: ApiFacts, script: Script, talk: Talk) -> Record:
    record = Record(Played(script))

    def tell(said: str, answer: Sequence[Shown]) -> None:
        record.lines.append(f"> {said}\n{rendered(answer)}\n")

    record.played = await play(script, talk, facts, tell)
    return record


@asynccontextmanager
async def _on_whatsapp(gateway: Gateway) -> AsyncIterator[Door]:
    channel = whatsapp(gateway.whatsapp_api)
    simulator = WhatsAppSimulator(channel, f"{gateway.url}/webhooks/whatsapp")
    async with stand_in(simulator, ""):
        yield lambda script: nullcontext(Talk(simulator.customer(_anybody(script), "Giulia")))


@asynccontextmanager
async def _on_messenger(gateway: Gateway) -> AsyncIterator[Door]:
    channel = messenger(gateway.messenger_api)
    simulator = MessengerSimulator(channel, f"{gateway.url}/webhooks/messenger")
    async with stand_in(simulator, ""):
        yield lambda script: nullcontext(Talk(simulator.customer(_anybody(script))))


@asynccontextmanager
async def _on_the_page(gateway: Gateway) -> AsyncIterator[Door]:
    channel = registry.build("webchat", {"secret": KEY})
    yield lambda script: Talk.open(channel, gateway.url, who=_anybody(script))


def _anybody(script: Script) -> str:
    return new_customer(script.channel)


DOORS: dict[str, Callable[[Gateway], AbstractAsyncContextManager[Door]]] = {
    "whatsapp": _on_whatsapp,
    "messenger": _on_messenger,
    "webchat": _on_the_page,
}
