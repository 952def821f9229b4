"""Plays talks at the shop of the acceptance tests, one channel beside the other."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.cli.facts import ApiFacts
from bot.cli.script import Played, Script, play, read_script
from bot.cli.talk import new_customer
from channels import registry
from channels.testing import Shown, Talk
from channels.testing.shown import rendered
from tests.system import KEY, Gateway, messenger, whatsapp

TALKS = Path(__file__).parent / "talks"


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
    """Play every talk of a folder; talks on one channel come one after the other."""
    by_channel: dict[str, list[Script]] = {}
    for script in scripts(folder):
        by_channel.setdefault(script.channel, []).append(script)
    played = await asyncio.gather(*(_in_turn(gateway, some) for some in by_channel.values()))
    return Half(folder.name, [record for some in played for record in some])


async def _in_turn(gateway: Gateway, some: Iterable[Script]) -> list[Record]:
    return [await play_one(gateway, script) for script in some]


async def play_one(gateway: Gateway, script: Script) -> Record:
    """Play one talk as a customer nobody has seen before."""
    channel = {
        "whatsapp": lambda: whatsapp(gateway.whatsapp_api),
        "messenger": lambda: messenger(gateway.messenger_api),
        "webchat": lambda: registry.build("webchat", {"secret": KEY}),
    }[script.channel]()
    record = Record(Played(script))

    def tell(said: str, answer: Sequence[Shown]) -> None:
        record.lines.append(f"> {said}\n{rendered(answer)}\n")

    async with (
        Talk.open(channel, gateway.url, who=new_customer(script.channel)) as talk,
        httpx.AsyncClient(
            base_url=gateway.url, headers={"Authorization": f"Bearer {KEY}"}, trust_env=False
        ) as http,
    ):
        facts = ApiFacts(http, script.channel, talk.customer.id)
        record.played = await play(script, talk, facts, tell)
    return record
