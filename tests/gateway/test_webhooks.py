"""The door for the platforms: who may come in, and what they are told."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from bot.conversations import Message
from bot.gateway.webhooks import MAX_BODY
from channels.kit import WebhookRequest
from tests.gateway_fixture import Shop, demo_template, demo_url, shop
from tests.system import KEY

__all__ = ["demo_template", "demo_url"]

SHARED = Path(__file__).resolve().parents[3] / "shared" / "fixtures"


@pytest.fixture(scope="module")
def shared_fixtures() -> list[Path]:
    if not SHARED.is_dir():
        pytest.skip("the platforms' real payloads (../shared/fixtures) are not on this machine")
    return sorted([*SHARED.glob("whatsapp/in_*.json"), *SHARED.glob("messenger/in_*.json")])


@pytest.fixture
async def gateway(tmp_path: Path, demo_url: str) -> AsyncIterator[Shop]:
    async with shop(tmp_path, demo_url) as running:
        yield running


async def stored(gateway: Shop) -> int:
    async with gateway.services.database.sessions() as session:
        return (await session.execute(select(func.count()).select_from(Message))).scalar_one()


async def post(gateway: Shop, channel: str, body: bytes, **headers: str) -> httpx.Response:
    return await gateway.api.post(f"/webhooks/{channel}", content=body, headers=headers)


def signed(gateway: Shop, channel: str, body: bytes) -> dict[str, str]:
    call = gateway.services.channels[channel].sign(WebhookRequest("POST", {}, {}, body))
    return dict(call.headers)


async def test_every_real_payload_is_accepted_signed_and_refused_otherwise(
    gateway: Shop, shared_fixtures: list[Path]
) -> None:
    assert len(shared_fixtures) > 50
    for path in shared_fixtures:
        channel, body = path.parent.name, path.read_bytes()
        good = signed(gateway, channel, body)
        for headers in ({}, dict.fromkeys(good, "sha256=" + "0" * 64)):
            refused = await post(gateway, channel, body, **headers)
            assert refused.status_code == 401, path.name
        half = await post(gateway, channel, body[: len(body) // 2], **good)
        assert half.status_code in (400, 401), path.name
        torn = body[: len(body) // 2]
        broken = await post(gateway, channel, torn, **signed(gateway, channel, torn))
        assert broken.status_code == 400, path.name
    assert await stored(gateway) == 0
    for path in shared_fixtures:
        body = path.read_bytes()
        reply = await post(
            gateway, path.parent.name, body, **signed(gateway, path.parent.name, body)
        )
        assert reply.status_code == 200, (path.name, reply.text)
    assert await stored(gateway) > 20


@pytest.mark.parametrize("channel", ["whatsapp", "messenger"])
async def test_the_handshake_proves_who_owns_the_address(gateway: Shop, channel: str) -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": KEY}
    reply = await gateway.api.get(f"/webhooks/{channel}", params=query)
    assert (reply.status_code, reply.text) == (200, "1158201444")
    wrong = await gateway.api.get(
        f"/webhooks/{channel}", params={**query, "hub.verify_token": "guess"}
    )
    assert wrong.status_code in (401, 403)
    assert "1158201444" not in wrong.text


async def test_a_channel_that_is_off_says_how_to_switch_it_on(gateway: Shop) -> None:
    reply = await gateway.api.post("/webhooks/telegram", content=b"{}")
    assert reply.status_code == 404
    assert "DIALOGO_CHANNELS__TELEGRAM__" in reply.json()["detail"]


async def test_a_body_that_no_platform_sends_is_refused_while_it_arrives(gateway: Shop) -> None:
    reply = await post(gateway, "whatsapp", b"x" * (MAX_BODY + 1))
    assert reply.status_code == 413


async def test_unknown_news_gets_200_and_is_counted(gateway: Shop) -> None:
    entry = {"id": "1", "changes": [{"field": "moon_phase", "value": {"metadata": {}}}]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    reply = await post(gateway, "whatsapp", body, **signed(gateway, "whatsapp", body))
    assert reply.status_code == 200
    metrics = (await gateway.api.get("/metrics")).text
    assert "moon_phase" in metrics
    assert await stored(gateway) == 0


async def test_a_repeated_webhook_is_not_timed_as_a_turn_of_its_own(gateway: Shop) -> None:
    simulator, clock = gateway.whatsapp, gateway.services.metrics.clock
    message = {"from": "393331234567", "id": "wamid.1", "timestamp": "1763632800", "type": "text"}
    contact = {"profile": {"name": "Giulia"}, "wa_id": "393331234567"}
    news = {"contacts": [contact], "messages": [{**message, "text": {"body": "ciao"}}]}
    simulator.heard("393331234567")
    for _ in range(3):
        await simulator.deliver(simulator.envelope(news))
        assert await simulator.more("393331234567", 0, timeout=10)
        await gateway.settled()
        assert len(clock) == 0
    assert len(simulator.shown("393331234567")) == 1
    assert "dialogo_added_seconds_count 1.0" in (await gateway.api.get("/metrics")).text


async def test_health_readiness_and_metrics(gateway: Shop) -> None:
    assert (await gateway.api.get("/healthz")).json() == {"status": "ok"}
    ready = await gateway.api.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["model"] == "scripted"
    assert ready.json()["channels"] == ["messenger", "webchat", "whatsapp"]
    assert "dialogo_engine_up 1.0" in (await gateway.api.get("/metrics")).text


async def test_not_ready_without_the_engine(tmp_path: Path, demo_url: str) -> None:
    async with shop(tmp_path, demo_url, engine_up=False) as gateway:
        reply = await gateway.api.get("/readyz")
        assert reply.status_code == 503
        assert reply.json() | {"bundle": ""} == {
            "ready": False,
            "database": True,
            "engine": False,
            "model": None,
            "bundle": "",
            "channels": ["messenger", "webchat", "whatsapp"],
        }


class TestWebChat:
    """A browser without a browser: session, message, stream."""

    async def session(self, gateway: Shop) -> dict[str, str]:
        reply = await gateway.api.post("/webhooks/webchat/session", content=b"{}")
        assert reply.status_code == 200, reply.text
        return {"Authorization": f"Bearer {reply.json()['token']}"}

    async def test_what_is_said_is_answered_on_the_stream(self, gateway: Shop) -> None:
        headers = await self.session(gateway)
        said = await gateway.api.post(
            "/webhooks/webchat", json={"id": "m1", "text": "ciao"}, headers=headers
        )
        assert said.status_code == 200, said.text
        number, payload = await self.next(gateway, headers, "0")
        assert payload["message"]["text"] if "message" in payload else payload["text"]
        again = await gateway.api.post(
            "/webhooks/webchat", json={"id": "m1", "text": "ciao"}, headers=headers
        )
        assert again.status_code == 200
        await gateway.settled()
        assert len(gateway.engine.turns) == 1
        await gateway.api.post(
            "/webhooks/webchat", json={"id": "m2", "text": "ancora"}, headers=headers
        )
        further, _ = await self.next(gateway, headers, number)
        assert int(further) > int(number)

    async def next(self, gateway: Shop, headers: dict[str, str], after: str) -> tuple[str, dict]:
        async with asyncio.timeout(15):
            async with gateway.api.stream(
                "GET", "/webhooks/webchat/stream", headers={**headers, "Last-Event-ID": after}
            ) as stream:
                number = ""
                async for line in stream.aiter_lines():
                    if line.startswith("id:"):
                        number = line.removeprefix("id:").strip()
                    if line.startswith("data:"):
                        return number, json.loads(line.removeprefix("data:"))
        raise AssertionError("the stream ended without a message")

    async def test_a_forged_session_hears_and_says_nothing(self, gateway: Shop) -> None:
        headers = {"Authorization": "Bearer forged"}
        stream = await gateway.api.get("/webhooks/webchat/stream", headers=headers)
        assert stream.status_code == 401
        said = await gateway.api.post(
            "/webhooks/webchat", json={"id": "m1", "text": "ciao"}, headers=headers
        )
        assert said.status_code == 401
        assert await stored(gateway) == 0

    async def test_channels_without_sessions_say_so(self, gateway: Shop) -> None:
        reply = await gateway.api.post("/webhooks/whatsapp/session", content=b"{}")
        assert reply.status_code == 404
