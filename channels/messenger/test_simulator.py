"""The stand-in of Messenger: its limits, its reports, its customers."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from channels import kit
from channels.messenger.simulator import MessengerSimulator
from channels.testing import (
    Fault,
    Habits,
    HttpxApi,
    Listener,
    Stage,
    Talk,
    adapter,
    rendered,
    serve,
)

PSID = "7000000000000001"


def staged(habits: Habits | None = None) -> Stage[MessengerSimulator]:
    return Stage("messenger", MessengerSimulator, {"psid": PSID}, habits=habits)


async def post(stage: Stage, body: dict[str, Any], token: str | None = None) -> httpx.Response:
    url = "https://graph.example/v23.0/me/messages"
    common = {"recipient": {"id": PSID}, "messaging_type": "RESPONSE"}
    params = {"access_token": token or "fb-page-token"}
    return await stage.api.client.post(url, json={**common, **body}, params=params)


@pytest.fixture
async def stage() -> AsyncIterator[Stage[MessengerSimulator]]:
    stage = staged()
    stage.simulator.heard(PSID)
    async with stage.simulator:
        yield stage
    await stage.close()


CHOICES = (kit.Choice(id="a", title="Sì"), kit.Choice(id="b", title="No"))


async def test_what_the_adapter_sends_is_shown_to_the_customer(stage: Stage) -> None:
    card = kit.Card(
        id="x",
        title="Siena",
        subtitle="139 €",
        image_url="https://s.example/1.jpg",
        url="https://s.example/siena",
        choices=CHOICES[:1],
    )
    bare = kit.Card(id="y", title="Luna")
    await stage.send(kit.Text(text="Ciao"))
    await stage.send(kit.Text(text="Va bene?", choices=CHOICES, layout="quick_replies"))
    await stage.send(kit.Text(text="Va bene?", choices=CHOICES, layout="buttons"))
    await stage.send(kit.Cards(cards=(card, bare)))
    await stage.send(kit.Media(media="image", url="https://s.example/2.jpg"))
    assert rendered(stage.simulator.shown(PSID)) == (
        "Ciao\n\nVa bene?\n  [1] Sì\n  [2] No\n\nVa bene?\n  [3] Sì\n  [4] No\n\n"
        "[picture https://s.example/1.jpg]\nSiena\n139 €\nLuna\nLuna\n  [5] Sì – Siena\n\n"
        "[picture https://s.example/2.jpg]"
    )


async def test_the_echo_comes_back_as_ours_and_the_receipts_after_it(stage: Stage) -> None:
    sent = await stage.send(kit.Text(text="Ciao"))
    echo, delivered, everything_delivered, read = await stage.events(4)
    assert (echo.kind, echo.by, echo.correlation, echo.message_id) == ("echo", "us", "k-1", sent)
    assert (delivered.status, delivered.message_id) == ("delivered", sent)
    assert everything_delivered.watermark is not None
    assert (read.status, read.message_id) == ("read", None)


def template(**payload: Any) -> dict[str, Any]:
    return {"message": {"attachment": {"type": "template", "payload": payload}}}


def postback(**change: Any) -> dict[str, Any]:
    return {"type": "postback", "title": "Sì", "payload": "a", **change}


def reply(**change: Any) -> dict[str, Any]:
    return {"content_type": "text", "title": "Sì", "payload": "a", **change}


REFUSED: list[dict[str, Any]] = [
    {"message": {"text": "x"}, "messaging_type": None},
    {"message": {"text": "x"}, "recipient": {}},
    {"message": {"text": "x"}, "recipient": None},
    {"message": None},
    {"message": {"text": ""}},
    {"message": {"text": "x" * 2001}},
    {"message": {"text": "x", "metadata": "x" * 1001}},
    {"message": {"text": "x", "quick_replies": [reply()] * 14}},
    {"message": {"text": "x", "quick_replies": []}},
    {"message": {"text": "x", "quick_replies": "?"}},
    {"message": {"text": "x", "quick_replies": [reply(payload="x" * 1001)]}},
    {"message": {"text": "x", "quick_replies": [reply(title="")]}},
    {"message": {"text": "x", "quick_replies": [reply(content_type="scent")]}},
    {"message": {"attachment": {"type": "image", "payload": {"url": "file:///x"}}}},
    {"message": {"attachment": {"type": "scent", "payload": {}}}},
    template(template_type="receipt"),
    template(template_type="button", text="x" * 641, buttons=[postback()]),
    template(template_type="button", text="x", buttons=[postback()] * 4),
    template(template_type="button", text="x", buttons=[postback(title="x" * 21)]),
    template(template_type="button", text="x", buttons=[postback(payload="x" * 1001)]),
    template(template_type="button", text="x", buttons=[{"type": "web_url", "title": "x"}]),
    template(template_type="button", text="x", buttons=[{"type": "call", "title": "x"}]),
    template(template_type="generic", elements=[{"title": "x"}]),
    template(template_type="generic", elements=[{"title": "x" * 81, "subtitle": "x"}]),
    template(template_type="generic", elements=[{"title": "x", "subtitle": "x" * 81}]),
    template(template_type="generic", elements=[{"title": "x", "subtitle": "x"}] * 11),
    template(template_type="generic", elements=[{"title": "x", "buttons": [postback()] * 4}]),
]


@pytest.mark.parametrize("body", REFUSED)
async def test_what_meta_refuses_is_refused_with_metas_error(
    stage: Stage, body: dict[str, Any]
) -> None:
    answer = await post(stage, body)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["type"]) == (400, 100, "OAuthException")
    assert stage.simulator.shown(PSID) == []


async def test_a_long_quick_reply_is_cut_and_other_kinds_are_allowed(stage: Stage) -> None:
    replies = [reply(title="x" * 25), {"content_type": "user_email"}]
    answer = await post(stage, {"message": {"text": "?", "quick_replies": replies}})
    assert answer.status_code == 200
    assert [tap.title for tap in stage.simulator.shown(PSID)[0].taps] == ["x" * 20]
    link = {"type": "web_url", "title": "Vai", "url": "https://s.example"}
    answer = await post(stage, template(template_type="button", text="x", buttons=[link]))
    assert answer.status_code == 200
    assert stage.simulator.shown(PSID)[1].taps == ()


async def test_a_wrong_token_and_a_wrong_path_are_refused(stage: Stage) -> None:
    wrong = await post(stage, {"message": {"text": "x"}}, "guess")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (401, 190)
    lost = await stage.api.client.post(
        "https://graph.example/v23.0/1/messages", json={}, params={"access_token": "fb-page-token"}
    )
    assert (lost.status_code, lost.json()["error"]["code"]) == (400, 100)


async def test_strangers_the_window_blocks_and_haste_are_refused() -> None:
    now = [1_764_000_000.0]
    stage = staged(Habits(clock=lambda: now[0], messages_per_second=1, reports=()))
    async with stage.simulator:
        with pytest.raises(kit.RecipientGoneError, match="2018001"):
            await stage.send(kit.Text(text="x"))
        await stage.simulator.customer(PSID).say("Ciao")
        await stage.send(kit.Text(text="x"))
        with pytest.raises(kit.RateLimitedError):
            await stage.send(kit.Text(text="x"))
        now[0] += 86_401
        with pytest.raises(kit.WindowClosedError):
            await stage.send(kit.Text(text="x"))
        stage.simulator.blocked.add(PSID)
        with pytest.raises(kit.RecipientGoneError, match="1545041"):
            await stage.send(kit.Text(text="x"))
    await stage.close()


async def test_scripted_faults_speak_messengers_language(stage: Stage) -> None:
    stage.simulator.fail(Fault(code=1200, status=500))
    with pytest.raises(kit.PlatformDownError) as down:
        await stage.send(kit.Text(text="x"))
    assert down.value.code == "1200"


async def test_a_customer_does_what_customers_do(stage: Stage) -> None:
    customer = stage.simulator.customer(PSID)
    await customer.say("Ciao")
    await stage.send(kit.Text(text="?", choices=CHOICES, layout="quick_replies"))
    await stage.send(kit.Text(text="?", choices=CHOICES, layout="buttons"))
    await customer.tap(customer.shown[0].taps[0])
    await customer.tap(customer.shown[1].taps[1])
    await customer.send_image("guarda")
    await customer.send_image()
    await customer.come_from_link("natale")
    await customer.come_from_link("natale", ad_id="6045")
    await stage.simulator.person_answers(PSID, "Sono Anna")
    theirs = [e for e in stage.listener.events if e.kind not in ("status", "echo")]
    assert [event.kind for event in theirs] == [
        "text", "choice", "choice", "media", "media", "referral", "referral",
    ]  # fmt: skip
    assert [event.source for event in theirs[1:3]] == ["quick_reply", "postback"]
    assert [event.referral.source for event in theirs[5:]] == ["SHORTLINK", "ADS"]
    assert [e.by for e in stage.listener.events if e.kind == "echo"][-1] == "human"


async def test_typing_is_noted_and_is_no_message(stage: Stage) -> None:
    signal = kit.Signal(account=stage.channel.account, to={"psid": PSID}, signal="typing")
    await stage.channel.signal(signal, stage.api)
    assert [body["sender_action"] for body in stage.simulator.signals] == ["typing_on"]
    assert stage.simulator.shown(PSID) == []


class Parrot(Listener):
    """A bot that repeats every text."""

    def __init__(self, channel: kit.Channel, client: httpx.AsyncClient) -> None:
        super().__init__(channel)
        self.api = HttpxApi(client)
        self.answering: list[asyncio.Task[str]] = []

    def _take(self, call: kit.WebhookRequest) -> int:
        known = len(self.events)
        status = super()._take(call)
        for event in self.events[known:]:
            if isinstance(event, kit.TextSaid):
                delivery = kit.Delivery(
                    account=event.account,
                    to=event.sender.ids,
                    message=kit.Text(text=event.text),
                    correlation=event.event_id,
                )
                self.answering.append(asyncio.create_task(self.channel.send(delivery, self.api)))
        return status


async def test_a_talk_runs_over_the_stand_in(unused_tcp_port: int) -> None:
    channel = adapter("messenger", api_url=f"http://127.0.0.1:{unused_tcp_port}/v23.0")
    async with httpx.AsyncClient() as client:
        bot = Parrot(channel, client)
        async with serve(bot) as gateway, Talk.open(channel, gateway, who=PSID) as talk:
            talk.quiet = 0.1
            assert [shown.text for shown in await talk.say("Ciao")] == ["Ciao"]
