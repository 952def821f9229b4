"""What a conversation searched for in vain is written with its turn, and only once."""

from pathlib import Path
from typing import Any

import pytest

import catalog
from catalog import MissEntry
from tests.gateway_fixture import Shop, demo_template, demo_url, shop

__all__ = ["demo_template", "demo_url"]
WHO = "393331112222"
MISSED = {"words": ["drone"], "wishes": {}, "missed": ["words"], "near": False}


def answer(*missed: Any) -> Any:
    messages = [
        {"kind": "say", "ref": "text.search_none", "values": {}, "missed": one} for one in missed
    ]
    return lambda _: {"messages": messages, "understood": {"language": "it"}}


async def talk(gateway: Shop, text: str) -> None:
    customer = gateway.whatsapp.customer(WHO)
    before = len(customer.shown)
    await customer.say(text)
    await customer.more(before, 15)
    await gateway.settled()


async def entries(gateway: Shop) -> list[MissEntry]:
    async with gateway.services.database.sessions() as session:
        return await catalog.list_misses(session)


@pytest.fixture
async def gateway(tmp_path: Path, demo_url: str) -> Any:
    async with shop(tmp_path, demo_url) as running:
        yield running


async def test_a_turn_writes_what_it_did_not_find(gateway: Shop) -> None:
    gateway.engine.answer = answer(MISSED, MISSED)
    await talk(gateway, "un drone? chiamami al 3331234567")
    (entry,) = await entries(gateway)
    assert (entry.words, entry.language, entry.count) == ("drone", "it", 1)
    assert entry.example == "un drone? chiamami al …"
    await talk(gateway, "un drone!")
    assert [(e.count, e.example) for e in await entries(gateway)] == [(2, "un drone!")]


async def test_a_turn_that_found_writes_nothing(gateway: Shop) -> None:
    gateway.engine.answer = answer(None)
    await talk(gateway, "una borsa")
    assert await entries(gateway) == []


async def test_it_can_be_switched_off(tmp_path: Path, demo_url: str) -> None:
    async with shop(tmp_path, demo_url, missed_days=0) as gateway:
        gateway.engine.answer = answer(MISSED)
        await talk(gateway, "un drone")
        assert await entries(gateway) == []
