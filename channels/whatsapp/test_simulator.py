"""The stand-in of WhatsApp: its limits, its reports, its faults, its customers."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from channels import kit
from channels.testing import (
    Fault,
    Habits,
    HttpxApi,
    Stage,
    Tap,
    adapter,
    rendered,
    serve,
)
from channels.whatsapp.simulator import WhatsAppSimulator

N = "393331234567"


def staged(habits: Habits | None = None, *, refuse: int = 0) -> Stage[WhatsAppSimulator]:
    return Stage("whatsapp", WhatsAppSimulator, {"wa_id": N}, habits=habits, refuse=refuse)


async def post(stage: Stage, body: dict[str, Any], *, token: str | None = None) -> httpx.Response:
    url = "https://graph.example/v23.0/105550001111222/messages"
    common = {"messaging_product": "whatsapp", "to": f"+{N}"}
    headers = {"Authorization": f"Bearer {token or 'wa-access-token'}"}
    return await stage.api.client.post(url, json={**common, **body}, headers=headers)


@pytest.fixture
async def stage() -> AsyncIterator[Stage[WhatsAppSimulator]]:
    stage = staged()
    stage.simulator.heard(N)
    async with stage.simulator:
        yield stage
    await stage.close()


async def test_what_the_adapter_sends_is_shown_to_the_customer(stage: Stage) -> None:
    choices = (kit.Choice(id="a", title="Sì"), kit.Choice(id="b", title="No", description="mai"))
    card = kit.Card(id="x", title="Siena", subtitle="139 €", image_url="https://s.example/1.jpg")
    await stage.send(kit.Text(text="Ciao"))
    await stage.send(kit.Text(text="Va bene?", choices=choices, layout="buttons"))
    await stage.send(kit.Text(text="Quale?", choices=choices, layout="list", list_label="Apri"))
    await stage.send(kit.Cards(cards=(card,)))
    await stage.send(kit.Cards(cards=(card.model_copy(update={"choices": choices}),)))
    await stage.send(kit.Media(media="document", url="https://s.example/1.pdf"))
    await stage.send(kit.Location(latitude=45.4, longitude=9.1, name="Bottega"))
    await stage.send(kit.Template(name="ordine_pronto", language="it"))
    shown = stage.simulator.shown(N)
    assert rendered(shown) == (
        "Ciao\n\nVa bene?\n  [1] Sì\n  [2] No\n\nQuale?\n  [3] Sì\n  [4] No – mai\n\n"
        "[picture https://s.example/1.jpg]\n*Siena*\n139 €\n\n"
        "[picture https://s.example/1.jpg]\n*Siena*\n139 €\n  [5] Sì\n  [6] No\n\n"
        "[document] https://s.example/1.pdf \n\n[location] Bottega 45.4, 9.1\n\n"
        "[template ordine_pronto]"
    )
    assert {message.key for message in shown} == {"k-1"}


async def test_several_products_are_swiped_through_and_tapped(stage: Stage) -> None:
    buttons = tuple(kit.Choice(id=f"ask:ask_details:siena-{c}", title=c) for c in ("Sì", "No"))
    cards = [
        kit.Card(
            id=n, title=n, subtitle="139 €", image_url="https://s.example/1.jpg", choices=buttons
        )
        for n in ("Siena", "Luna")
    ]
    await stage.send(kit.Cards(cards=tuple(cards), text="Ecco due borse:"))
    (shown,) = stage.simulator.shown(N)
    assert rendered([shown]) == (
        "[picture https://s.example/1.jpg]\nEcco due borse:\n\n*Siena*\n139 €\n\n*Luna*\n139 €\n"
        "  [1] Sì – Siena\n  [2] No – Siena\n  [3] Sì – Luna\n  [4] No – Luna"
    )
    await stage.simulator.customer(N).tap(shown.taps[3])
    (tapped,) = [event for event in await stage.events(4) if event.kind == "choice"]
    assert kit.in_full(tapped.choice_id, [button.id for button in buttons]) == buttons[1].id
    assert (tapped.title, tapped.reply_to) == ("No", shown.id)


async def test_the_platform_reports_back_what_became_of_a_message(stage: Stage) -> None:
    sent = await stage.send(kit.Text(text="Ciao"))
    events = await stage.events(3)
    assert [(e.status, e.message_id, e.correlation) for e in events] == [
        ("sent", sent, "k-1"),
        ("delivered", sent, "k-1"),
        ("read", sent, "k-1"),
    ]
    assert events[0].recipient.ids == {"wa_id": N}


async def test_reports_are_repeated_until_the_gateway_takes_them() -> None:
    stage = staged(refuse=2)
    async with stage.simulator:
        stage.simulator.heard(N)
        await stage.send(kit.Text(text="Ciao"))
        assert len(await stage.events(3)) == 3
    await stage.close()


async def test_a_webhook_nobody_takes_is_given_up_in_the_end() -> None:
    stage = staged(Habits(patience=0.05), refuse=10**6)
    async with stage.simulator:
        with pytest.raises(TimeoutError):
            await stage.simulator.customer(N).say("Ciao")
        await stage.send(kit.Text(text="Ciao"))
        await asyncio.sleep(0.3)
        assert stage.listener.events == []
    await stage.close()


async def test_what_meta_refuses_is_refused_with_metas_error(stage: Stage) -> None:
    reply = await post(stage, {"type": "text", "text": {"body": "x" * 4097}})
    error = reply.json()["error"]
    assert (reply.status_code, error["code"], error["type"]) == (400, 131009, "OAuthException")
    assert error["error_data"] == {
        "messaging_product": "whatsapp",
        "details": "body length invalid. Min length: 1, Max length: 4096",
    }
    unknown = await post(
        stage, {"type": "text", "text": {"body": "x"}, "context": {"message_id": "wamid.never"}}
    )
    assert unknown.json()["error"]["code"] == 131009
    assert stage.simulator.shown(N) == []


async def test_a_wrong_token_and_a_wrong_path_are_refused(stage: Stage) -> None:
    wrong = await post(stage, {"type": "text", "text": {"body": "x"}}, token="guess")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (401, 190)
    url = "https://graph.example/v23.0/1/messages"
    headers = {"Authorization": "Bearer wa-access-token"}
    lost = await stage.api.client.post(url, content=b"?", headers=headers)
    assert (lost.status_code, lost.json()["error"]["code"]) == (400, 100)
    listed_body = await stage.api.client.post(url, json=[1], params={"access_token": "x"})
    assert listed_body.status_code == 401


async def test_the_window_closes_after_a_day() -> None:
    now = [1_764_000_000.0]
    stage = staged(Habits(clock=lambda: now[0]))
    async with stage.simulator:
        with pytest.raises(kit.WindowClosedError):
            await stage.send(kit.Text(text="Ciao"))
        await stage.simulator.customer(N).say("Ciao")
        await stage.send(kit.Text(text="Ciao"))
        now[0] += 86_401
        with pytest.raises(kit.WindowClosedError):
            await stage.send(kit.Text(text="Ciao"))
        await stage.send(kit.Template(name="torna", language="it"))
        assert len(stage.simulator.shown(N)) == 2
    await stage.close()


async def test_blocked_customers_unknown_templates_and_haste_are_refused() -> None:
    stage = staged(Habits(window=False, messages_per_second=2))
    stage.simulator.blocked.add("393400000001")
    stage.simulator.templates = {"ciao"}
    async with stage.simulator:
        with pytest.raises(kit.RecipientGoneError):
            await stage.send(kit.Text(text="x"), to={"wa_id": "393400000001"})
        with pytest.raises(kit.MessageRefusedError, match="132001"):
            await stage.send(kit.Template(name="altro", language="it"))
        await stage.send(kit.Template(name="ciao", language="it"))
        await stage.send(kit.Text(text="x"))
        with pytest.raises(kit.RateLimitedError):
            await stage.send(kit.Text(text="x"))
        await asyncio.sleep(1.05)
        await stage.send(kit.Text(text="x"))
    await stage.close()


async def test_a_number_without_plus_gets_our_own_country_code() -> None:
    stage = staged(Habits(window=False))
    async with stage.simulator:
        await post(stage, {"to": "15551234567", "type": "text", "text": {"body": "x"}})
        assert len(stage.simulator.shown("3915551234567")) == 1
    await stage.close()


async def test_scripted_faults_come_one_after_the_other(stage: Stage) -> None:
    simulator = stage.simulator
    simulator.fail(Fault(status=429, headers={"retry-after": "7"}))
    simulator.fail(Fault(status=500, times=2))
    simulator.fail(Fault(code=131056))
    simulator.fail(Fault(close=True, accepted=True))
    with pytest.raises(kit.RateLimitedError) as throttled:
        await stage.send(kit.Text(text="1"))
    assert throttled.value.retry_after == 7
    for _ in range(2):
        with pytest.raises(kit.PlatformDownError):
            await stage.send(kit.Text(text="2"))
    with pytest.raises(kit.RateLimitedError) as pair:
        await stage.send(kit.Text(text="3"))
    assert pair.value.scope == "recipient"
    assert simulator.shown(N) == []
    with pytest.raises(kit.PlatformDownError) as lost:
        await stage.send(kit.Text(text="4"))
    assert lost.value.maybe_sent
    await stage.send(kit.Text(text="5"))
    assert [message.text for message in simulator.shown(N)] == ["4", "5"]
    assert simulator.calls == 6


async def test_a_slow_answer_and_a_broken_connection_over_a_real_socket() -> None:
    stage = staged(Habits(window=False, reports=()))
    async with stage.simulator, serve(stage.simulator) as address:
        stage.channel = adapter("whatsapp", api_url=f"{address}/v23.0")
        async with httpx.AsyncClient(timeout=0.2) as client:
            stage.api = HttpxApi(client)
            for fault in (Fault(close=True), Fault(delay=0.5, accepted=True)):
                stage.simulator.fail(fault)
                with pytest.raises(kit.PlatformDownError) as lost:
                    await stage.send(kit.Text(text="x"))
                assert lost.value.maybe_sent
            await stage.send(kit.Text(text="y"))
    assert [message.text for message in stage.simulator.shown(N)] == ["x", "y"]
    await stage.close()


async def test_a_customer_does_what_customers_do(stage: Stage) -> None:
    customer = stage.simulator.customer(N)
    hidden = stage.simulator.customer("", user_id="IT.123")
    first = await customer.say("Ciao")
    await stage.send(
        kit.Text(text="?", choices=(kit.Choice(id="c1", title="Sì"),), layout="buttons"),
        reply_to=first,
    )
    await customer.tap(customer.shown[0].taps[0])
    await customer.tap(Tap("r1", "Riga", "list", "in basso"))
    await customer.send_image("guarda")
    await customer.send_image()
    item = {"product_retailer_id": "siena", "quantity": 1, "item_price": 139, "currency": "EUR"}
    await customer.send_order([item])
    await customer.come_from_ad("Info?", "6045", "Natale")
    await hidden.say("Sono io")
    await stage.send(kit.Text(text="Salve"), to={"user_id": "IT.123"})
    await stage.simulator.person_answers(N, "Sono Anna")
    events = [event for event in stage.listener.events if event.kind != "status"]
    assert [event.kind for event in events] == [
        "text", "choice", "choice", "media", "media", "order", "text", "text", "echo",
    ]  # fmt: skip
    assert events[0].event_id == first
    assert events[1].reply_to == customer.shown[0].id
    assert events[6].referral.source_id == "6045"
    assert events[7].sender.ids == {"user_id": "IT.123"}
    assert hidden.shown[0].text == "Salve"
    statuses = [e for e in await stage.events(15) if e.kind == "status" and e.recipient]
    assert any(e.recipient.ids == {"user_id": "IT.123"} for e in statuses)


async def test_typing_is_noted_and_is_no_message(stage: Stage) -> None:
    signal = kit.Signal(
        account=stage.channel.account, to={"wa_id": N}, signal="typing", message_id="wamid.1"
    )
    await stage.channel.signal(signal, stage.api)
    assert [body["typing_indicator"] for body in stage.simulator.signals] == [{"type": "text"}]
    assert stage.simulator.shown(N) == []


async def test_a_stand_in_that_was_not_entered_says_so() -> None:
    with pytest.raises(RuntimeError, match="async with"):
        await WhatsAppSimulator(adapter("whatsapp"), "http://gateway").customer(N).say("x")
