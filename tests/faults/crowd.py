"""Many customers at once, and what must be true of their conversations afterwards."""

import asyncio
import json
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import create_engine, text

from channels.whatsapp.simulator import WhatsAppSimulator
from tests.system import PHONE_NUMBER_ID

# Answered without asking back, so that every message has an answer of its own.
LINES = (
    "quanto costa la spedizione?",
    "che orari fate?",
    "dove siete?",
    "come funzionano i resi?",
    "posso pagare con paypal?",
)
COPIES = 3


@dataclass
class Crowd:
    """Customers who write one message after the other; each webhook is posted three times."""

    simulator: WhatsAppSimulator
    customers: int
    messages: int
    seed: int = 7
    pause: float = 0.02
    posted: list[tuple[str, str]] = field(default_factory=list)

    async def write(self) -> None:
        """Post everything; the next message of a customer follows when the last was accepted."""
        dice = random.Random(self.seed)
        numbers = [f"39340{self.seed:03d}{n:04d}" for n in range(self.customers)]
        await asyncio.gather(
            *(self._customer(number, random.Random(dice.random())) for number in numbers)
        )

    async def _customer(self, number: str, dice: random.Random) -> None:
        copies: list[asyncio.Task[None]] = []
        for count in range(self.messages):
            await asyncio.sleep(dice.random() * self.pause * self.customers)
            id_ = f"wamid.{number}.{count}"
            body = self._body(number, id_, LINES[count % len(LINES)])
            self.simulator.heard(number)
            await self.simulator.deliver(body)
            self.posted.append((number, id_))
            copies += [
                asyncio.create_task(self._again(body, dice.random() * 3)) for _ in range(COPIES - 1)
            ]
        await asyncio.gather(*copies)

    async def _again(self, body: dict[str, Any], pause: float) -> None:
        await asyncio.sleep(pause)
        await self.simulator.deliver(body)

    def _body(self, number: str, id_: str, line: str) -> dict[str, Any]:
        message = {"from": number, "id": id_, "timestamp": "1763632800", "type": "text"}
        contact = {"profile": {"name": "Giulia"}, "wa_id": number}
        news = {"contacts": [contact], "messages": [{**message, "text": {"body": line}}]}
        return self.simulator.envelope(news)

    async def until_delivered(self, count: int, seconds: float = 60) -> None:
        """Wait until so many messages have their first reply."""
        deadline = asyncio.get_running_loop().time() + seconds
        while len(self.delivered()) < count:
            assert asyncio.get_running_loop().time() < deadline, f"no {count} answers came"
            await asyncio.sleep(0.05)

    async def all_answered(self, seconds: float) -> None:
        """Wait until every message has its first reply; fail with what is missing."""
        wanted = {key_of(id_) for _, id_ in self.posted}
        deadline = asyncio.get_running_loop().time() + seconds
        while missing := wanted - set(self.delivered()):
            assert asyncio.get_running_loop().time() < deadline, (
                f"{len(missing)} of {len(wanted)} were never answered: {sorted(missing)[:5]}"
            )
            await asyncio.sleep(0.2)

    def delivered(self) -> Counter[str]:
        """Return how often the first reply to each message arrived at its customer."""
        keys = [shown.key or "" for all_ in self.simulator.ledger.values() for shown in all_]
        return Counter(turn_of(key) for key in keys if key.endswith(":0"))

    def check_deliveries(self) -> None:
        """Nothing came twice, and everything in the order in which it was written."""
        keys = Counter(shown.key for all_ in self.simulator.ledger.values() for shown in all_)
        twice = [key for key, count in keys.items() if count > 1]
        assert not twice, f"delivered twice: {twice[:5]} ({len(twice)} in all)"
        written = defaultdict(list)
        for number, id_ in self.posted:
            written[number].append(key_of(id_))
        for number, all_ in self.simulator.ledger.items():
            turns = [turn_of(s.key or "") for s in all_ if (s.key or "").startswith("r:")]
            first = list(dict.fromkeys(turn for turn in turns if not turn.startswith("safe")))
            assert first == written[number], f"out of order for {number}"
            grouped = [turn for turn in turns if not turn.startswith("safe")]
            assert grouped == sorted(grouped, key=first.index), f"interleaved for {number}"


def key_of(message_id: str) -> str:
    """Return the key of the turn that a message starts."""
    return f"whatsapp:{PHONE_NUMBER_ID}:{message_id}"


def turn_of(reply_key: str) -> str:
    """Return the turn that a reply belongs to: "r:<turn>:<n>"."""
    return reply_key.removeprefix("r:").rpartition(":")[0]


def check_turns(tracker_url: str, crowd: Crowd) -> None:
    """Every message was one turn of the engine, in order: read from what the engine stored."""
    engine = create_engine(tracker_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as conn:
        rows = conn.execute(
            text("SELECT sender_id, data FROM events WHERE type_name = 'user' ORDER BY id")
        ).all()
    engine.dispose()
    ran: dict[str, list[str]] = defaultdict(list)
    for sender, data in rows:
        ran[sender].append(json.loads(data)["message_id"])
    counts = Counter(id_ for ids in ran.values() for id_ in ids)
    wanted = {key_of(id_) for _, id_ in crowd.posted}
    assert not [id_ for id_, count in counts.items() if count > 1], "a turn was run twice"
    assert wanted <= set(counts), "a message never reached the engine"
    written = defaultdict(list)
    for number, id_ in crowd.posted:
        written[number].append(key_of(id_))
    for ids in ran.values():
        number = ids[0].rpartition("wamid.")[2].partition(".")[0]
        assert [id_ for id_ in ids if id_ in wanted] == written[number]
