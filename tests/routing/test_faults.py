"""Never silent: whatever breaks behind the bot, the customer hears something true.

One test for each row of the table in bot/routing/faults.py.
"""

import asyncio
from pathlib import Path

import pytest

from channels.testing import serve
from tests.gateway_fixture import Shop, demo_template, demo_url, hand_over, say, shop

__all__ = ["demo_template", "demo_url"]


@pytest.fixture
async def gateway(tmp_path: Path, demo_url: str) -> Shop:
    async with shop(tmp_path, demo_url) as running:
        yield running


async def talk(gateway: Shop, text: str, who: str = "393331112222") -> list[str]:
    """Say something and return everything the customer has received by then."""
    customer = gateway.whatsapp.customer(who)
    before = len(customer.shown)
    await customer.say(text)
    await customer.more(before, 15)
    await gateway.settled()
    return [shown.text for shown in customer.shown[before:]]


async def test_a_healthy_turn_answers_once(gateway: Shop) -> None:
    assert len(await talk(gateway, "ciao")) == 1
    assert gateway.engine.turns[0]["text"] == "ciao"


async def test_a_turn_that_fails_again_and_again_ends_in_the_safe_line(gateway: Shop) -> None:
    gateway.engine.answer = lambda _: 500
    heard = await talk(gateway, "ciao")
    assert len(heard) == 1
    assert "person" in heard[0].lower()
    assert len(gateway.engine.turns) == gateway.services.settings.turn_tries
    conversation = await gateway.conversation("393331112222")
    assert conversation["messages"][0]["text"] == "ciao"
    gateway.engine.answer = lambda _: say("saluto.1")
    assert len(await talk(gateway, "ci sei?")) == 1


async def test_an_answer_with_nothing_in_it_ends_in_the_safe_line(gateway: Shop) -> None:
    gateway.engine.answer = lambda _: {"messages": []}
    (heard,) = await talk(gateway, "ciao")
    assert heard


async def test_texts_that_are_missing_end_in_the_safe_line(gateway: Shop) -> None:
    gateway.engine.answer = lambda _: say("nessuno.0")
    (heard,) = await talk(gateway, "ciao")
    assert heard


async def test_an_answer_that_cannot_be_read_ends_in_the_safe_line(gateway: Shop) -> None:
    gateway.engine.answer = lambda _: {"messages": "no list"}
    (heard,) = await talk(gateway, "ciao")
    assert heard


@pytest.mark.parametrize("kind", ["image", "video", "audio", "document", "sticker"])
async def test_media_are_answered_without_the_engine(gateway: Shop, kind: str) -> None:
    customer = gateway.whatsapp.customer("393331112222")
    await customer.send(kind, {"id": "1", "mime_type": "application/x"})
    assert await customer.more(0, 10)
    await gateway.settled()
    assert customer.shown[0].text
    assert gateway.engine.turns == []


async def test_a_caption_is_what_the_customer_says(gateway: Shop) -> None:
    customer = gateway.whatsapp.customer("393331112222")
    await customer.send("image", {"id": "1", "mime_type": "image/jpeg", "caption": "ce l'avete?"})
    assert await customer.more(0, 10)
    assert gateway.engine.turns[0]["text"] == "ce l'avete?"


async def test_a_place_and_an_unsupported_message_are_answered(gateway: Shop) -> None:
    customer = gateway.whatsapp.customer("393331112222")
    await customer.send("location", {"latitude": 45.07, "longitude": 7.68})
    assert await customer.more(0, 10)
    await customer.send("unsupported", {"type": "poll"}, errors=[{"code": 131051, "title": "x"}])
    assert await customer.more(1, 10)
    assert gateway.engine.turns == []


async def test_reactions_need_no_answer(gateway: Shop) -> None:
    customer = gateway.whatsapp.customer("393331112222")
    await customer.send("reaction", {"message_id": "wamid.1", "emoji": "👍"})
    await gateway.settled()
    assert not await customer.more(0, 0.5)


async def test_an_order_calls_a_person_with_the_cart(gateway: Shop) -> None:
    customer = gateway.whatsapp.customer("393331112222")
    items = [
        {"product_retailer_id": "siena", "quantity": 2, "item_price": 139.0, "currency": "EUR"}
    ]
    await customer.send("order", {"catalog_id": "1", "product_items": items})
    assert await customer.more(0, 10)
    await gateway.settled()
    (handoff,) = await gateway.handoffs()
    assert handoff["reason"] == "order"
    whole = (await gateway.api.get(f"/api/v1/handoffs/{handoff['id']}")).json()
    assert whole["brief"]["order"][0]["product"] == "siena"
    assert whole["brief"]["order"][0]["quantity"] == 2
    assert gateway.engine.turns == []


async def test_the_engine_hears_nothing_while_a_person_is_called(gateway: Shop) -> None:
    gateway.engine.answer = lambda _: hand_over("purchase")
    assert len(await talk(gateway, "la prendo")) == 1
    customer = gateway.whatsapp.customer("393331112222")
    await customer.say("ci siete?")
    await gateway.settled()
    assert len(gateway.engine.turns) == 1
    assert len(customer.shown) == 1
    (handoff,) = await gateway.handoffs()
    assert handoff["reason"] == "purchase"


async def test_nobody_comes_and_the_customer_leaves_a_contact(
    tmp_path: Path, demo_url: str
) -> None:
    async with shop(tmp_path, demo_url, handoff_wait=0.5) as gateway:
        gateway.engine.answer = lambda _: hand_over("wants_person")
        await talk(gateway, "voglio parlare con una persona")
        customer = gateway.whatsapp.customer("393331112222")
        assert await customer.more(1, 10)
        assert customer.shown[1].taps
        gateway.engine.answer = lambda _: say("text.not_understood")
        heard = await talk(gateway, "scrivetemi a giulia@esempio.it")
        assert len(heard) == 1
        (handoff,) = await gateway.handoffs()
        whole = (await gateway.api.get(f"/api/v1/handoffs/{handoff['id']}")).json()
        assert whole["contact"] == "giulia@esempio.it"
        gateway.engine.answer = lambda _: say("saluto.1")
        assert len(await talk(gateway, "intanto, quanto costa la Siena?")) == 1


async def test_the_outcome_is_told_to_the_customer_and_to_the_engine(gateway: Shop) -> None:
    gateway.engine.answer = lambda _: hand_over("purchase")
    await talk(gateway, "la prendo")
    (handoff,) = await gateway.handoffs()
    path = f"/api/v1/handoffs/{handoff['id']}"
    assert (await gateway.api.post(f"{path}/claim", json={"agent": "Anna"})).status_code == 200
    conversation = await gateway.conversation("393331112222")
    reply = await gateway.api.post(
        f"/api/v1/conversations/{conversation['id']}/messages", json={"text": "Sono Anna!"}
    )
    assert reply.status_code in (200, 201, 202)
    customer = gateway.whatsapp.customer("393331112222")
    assert await customer.more(1, 10)
    assert customer.shown[1].text == "Sono Anna!"
    closed = await gateway.api.post(f"{path}/close", json={"outcome": "won"})
    assert closed.status_code == 200
    assert await customer.more(2, 10)
    gateway.engine.answer = lambda _: say("saluto.1")
    await talk(gateway, "ciao")
    assert gateway.engine.turns[-1]["context"]["outcome"]["outcome"] == "won"
    await talk(gateway, "ciao")
    assert gateway.engine.turns[-1]["context"]["outcome"] is None


async def test_a_bot_answer_computed_before_a_takeover_is_never_sent(gateway: Shop) -> None:
    customer = gateway.whatsapp.customer("393331112222")
    gateway.engine.delay = 1.0
    await customer.say("ciao")
    await asyncio.sleep(0.3)
    await gateway.whatsapp.person_answers("393331112222", "Buongiorno, ci penso io")
    await gateway.settled()
    assert not await customer.more(0, 1.5)
    conversation = await gateway.conversation("393331112222")
    assert conversation["owner"] == "human"


class TestEngineStopped:
    """The engine is not there at first; it comes later or never."""

    async def test_the_customer_hears_so_once_and_is_answered_when_it_is_back(
        self, tmp_path: Path, demo_url: str
    ) -> None:
        async with shop(tmp_path, demo_url, engine_up=False) as gateway:
            customer = gateway.whatsapp.customer("393331112222")
            await customer.say("ciao")
            assert await customer.more(0, 15)
            await customer.say("ci siete?")
            await asyncio.sleep(3)
            assert len(customer.shown) == 1
            async with serve(gateway.engine, port=gateway.engine_port):
                assert await customer.more(2, 20)
            texts = [turn["text"] for turn in gateway.engine.turns]
            assert texts == ["ciao", "ci siete?"]

    async def test_a_tap_on_a_person_works_without_it(self, tmp_path: Path, demo_url: str) -> None:
        async with shop(tmp_path, demo_url, engine_up=False) as gateway:
            customer = gateway.whatsapp.customer("393331112222")
            await customer.say("ciao")
            assert await customer.more(0, 15)
            (tap, *_) = customer.shown[0].taps
            await customer.tap(tap)
            assert await customer.more(1, 20)
            (handoff,) = await gateway.handoffs()
            assert handoff["reason"] == "wants_person"

    async def test_after_its_patience_a_person_is_called(
        self, tmp_path: Path, demo_url: str
    ) -> None:
        async with shop(tmp_path, demo_url, engine_up=False, engine_patience=4.0) as gateway:
            customer = gateway.whatsapp.customer("393331112222")
            await customer.say("ciao")
            assert await customer.more(1, 30)
            (handoff,) = await gateway.handoffs()
            assert handoff["reason"] == "engine_down"

    async def test_an_engine_that_is_too_slow_counts_as_stopped(
        self, tmp_path: Path, demo_url: str
    ) -> None:
        async with shop(tmp_path, demo_url, engine_timeout=0.3) as gateway:
            gateway.engine.delay = 1.0
            customer = gateway.whatsapp.customer("393331112222")
            await customer.say("ciao")
            assert await customer.more(0, 20)
            gateway.engine.delay = 0.0
            assert await customer.more(1, 20)
