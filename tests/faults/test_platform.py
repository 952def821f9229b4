"""The platform's API in trouble, end to end: sent once, in order, or given up with the reason.

Everything is real but the platforms: the gateway and the engine are processes of their own, and
the stand-ins misbehave for one customer at a time, on WhatsApp and on Messenger at once.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
import pytest
import pytest_asyncio

from channels.messenger.echoes import MARK
from channels.messenger.simulator import MessengerCustomer
from channels.testing import Call, Fault
from channels.whatsapp.simulator import WhatsAppCustomer
from tests.faults.crowd import LINES, turn_of
from tests.faults.scene import Scene, shop
from tests.system import KEY, PAGE_ID, PHONE_NUMBER_ID

pytestmark = [pytest.mark.fault, pytest.mark.asyncio(loop_scope="module")]

TRIES = 3
# A lane's lease of 6 seconds gives a call 4 before it counts as unanswered.
HANGS = 5.0
SETTINGS = {"DIALOGO_SEND_TRIES": str(TRIES), "DIALOGO_RECONCILE_WAIT": "2"}
PATIENCE = 60.0
_NUMBERS = count(1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene(
    sqlite_template: Any, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Scene]:
    folder = tmp_path_factory.mktemp("platforms")
    database = folder / "shop.db"
    database.write_bytes(sqlite_template.read_bytes())
    async with shop(folder, f"sqlite:///{database}", **SETTINGS) as running:
        yield running


@dataclass
class Visit:
    """One customer whose platform is going to misbehave."""

    scene: Scene
    customer: WhatsAppCustomer | MessengerCustomer
    account: str
    turns: list[str]

    def trouble(self, *faults: Fault) -> None:
        """Let the next messages to this customer go wrong, and nobody else's."""
        for fault in faults:
            self.customer.simulator.fail(fault)

    def meant(self, call: Call) -> bool:
        return self.customer.id in json.dumps(call.body)

    async def ask(self, number: int) -> None:
        """Ask several things, one right after the other."""
        for line in LINES[:number]:
            self.turns.append(f"{self._prefix}:{await self.customer.say(line)}")

    async def answered(self, turns: Iterable[str]) -> list[str]:
        """Wait until these turns are answered and return all that came, in order."""
        wanted, deadline = set(turns), time.monotonic() + PATIENCE
        while missing := wanted - set(self.heard()):
            left = deadline - time.monotonic()
            assert left > 0, f"never answered: {missing}"
            await self.customer.more(len(self.customer.shown), min(left, 1.0))
        return self.heard()

    def heard(self) -> list[str]:
        """Return the turns that were answered, each as often as its first reply came."""
        keys = [(shown.key or "").removeprefix(MARK) for shown in self.customer.shown]
        turns = [turn_of(key) for key in keys if key.startswith("r:") and key.endswith(":0")]
        return [turn for turn in turns if not turn.startswith("safe:")]  # "in a moment, please"

    async def conversation(self, http: httpx.AsyncClient) -> dict[str, Any]:
        """Return the conversation as the API shows it."""
        query = {"customer": self.customer.id}
        (found,) = (await http.get("/api/v1/conversations", params=query)).json()
        return dict((await http.get(f"/api/v1/conversations/{found['id']}")).json())

    @property
    def _prefix(self) -> str:
        return f"{self.customer.simulator.channel.name}:{self.account}"


def visits(scene: Scene) -> tuple[Visit, Visit]:
    """Return a customer nobody has heard of on each platform."""
    number = next(_NUMBERS)
    phone = scene.whatsapp.customer(f"39333444{number:04}")
    page = scene.messenger.customer(f"70000000000{number:05}")
    return Visit(scene, phone, PHONE_NUMBER_ID, []), Visit(scene, page, PAGE_ID, [])


async def on_both(scene: Scene, story: Callable[[Visit], Awaitable[None]]) -> None:
    """Play a story on both platforms at the same time."""
    await asyncio.gather(*(story(visit) for visit in visits(scene)))


def a_fault(visit: Visit, **how: Any) -> Fault:
    return Fault(meant=visit.meant, **how)


async def once_and_in_order(visit: Visit) -> None:
    """Ask three things; each must be answered once, in the order of the questions."""
    await visit.ask(3)
    assert await visit.answered(visit.turns) == visit.turns


async def test_too_many_requests_are_sent_after_the_time_asked_for(scene: Scene) -> None:
    async def story(visit: Visit) -> None:
        visit.trouble(a_fault(visit, status=429, headers={"retry-after": "2"}))
        began = time.monotonic()
        await once_and_in_order(visit)
        assert time.monotonic() - began >= 2

    await on_both(scene, story)


async def test_server_errors_are_tried_again(scene: Scene) -> None:
    async def story(visit: Visit) -> None:
        visit.trouble(a_fault(visit, status=500, times=TRIES - 1))
        await once_and_in_order(visit)

    await on_both(scene, story)


@pytest.mark.parametrize("accepted", [False, True], ids=["lost", "delivered"])
async def test_a_closed_connection_says_nothing_about_the_message(
    scene: Scene, accepted: bool
) -> None:
    async def story(visit: Visit) -> None:
        visit.trouble(a_fault(visit, close=True, accepted=accepted))
        await once_and_in_order(visit)

    await on_both(scene, story)


async def test_an_answer_that_never_comes_says_nothing_about_the_message(scene: Scene) -> None:
    async def lost(visit: Visit) -> None:
        visit.trouble(a_fault(visit, delay=HANGS))
        await once_and_in_order(visit)

    async def delivered(visit: Visit) -> None:
        visit.trouble(a_fault(visit, delay=HANGS, accepted=True))
        await once_and_in_order(visit)

    await asyncio.gather(on_both(scene, lost), on_both(scene, delivered))


async def test_what_keeps_failing_is_given_up_with_the_reason_and_can_be_sent_again(
    scene: Scene,
) -> None:
    async def story(visit: Visit) -> None:
        visit.trouble(a_fault(visit, status=500, times=TRIES))
        await visit.ask(3)
        first, *others = visit.turns
        assert await visit.answered(others) == others
        async with httpx.AsyncClient(
            base_url=scene.gateway.url, headers={"Authorization": f"Bearer {KEY}"}, trust_env=False
        ) as http:
            letters = (await http.get("/api/v1/dead-letters")).json()
            (letter,) = [one for one in letters if one["key"] == f"r:{first}:0"]
            assert letter["error"] == "server error (500)"
            assert letter["tries"] == TRIES
            said = (await visit.conversation(http))["messages"]
            (failed,) = [message for message in said if message["status"] == "failed"]
            assert failed["error"] == "server error (500)"
            assert failed["author"] == "bot"
            query = {"lane": letter["lane"], "seq": letter["seq"]}
            (await http.post("/api/v1/dead-letters/replay", params=query)).raise_for_status()
        assert await visit.answered([first]) == [*others, first]

    await on_both(scene, story)


async def test_nothing_came_twice(scene: Scene) -> None:
    """Of all the tests above: a second delivery would have come by now."""
    await asyncio.sleep(2.5)
    for simulator in (scene.whatsapp, scene.messenger):
        assert not simulator.faults
        assert simulator.ledger
        keys = [shown.key for shown_to in simulator.ledger.values() for shown in shown_to]
        assert len(keys) == len(set(keys))
