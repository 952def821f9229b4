"""Buying, and the five ways beside it, with the shop's own flows in the real engine."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.engine import EngineClient, TurnReply
from bot.engine.training import ROOT
from dialogues.compiler import compile_flows
from tests.engine.conftest import Talk
from tests.engine.shop import ActionServer
from tests.engine_fixture import RunningEngine

pytestmark = pytest.mark.engine

WAYS = Path(__file__).parents[1] / "purchase" / "ways.jsonl"
WANTS_PERSON = Path(__file__).parents[3] / "shared" / "data" / "intent" / "handoff_en_demos.jsonl"
CARE = {"complaint", "advises_against", "cancel_order", "refund"}


@pytest.fixture
def shop(engine: RunningEngine) -> RunningEngine:
    """The engine with the flows of `dialogues/flows`."""
    bundle = compile_flows(ROOT / "dialogues" / "flows", languages=("it", "en")).bundle
    assert bundle is not None
    engine.bundles.publish(bundle)
    return engine


def handoff(reply: TurnReply) -> dict[str, Any]:
    """Return the call for a person, empty where there is none."""
    return next((dict(m) for m in reply.messages if m["kind"] == "handoff"), {})


def rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.usefixtures("shop")
async def test_each_wish_has_a_way_of_its_own(client: EngineClient) -> None:
    right: Counter[str] = Counter()
    wrong: list[tuple[str, str, str]] = []
    for row in rows(WAYS):
        called = handoff(await Talk(client).say(row["text"], language=row["lang"]))
        reason = called.get("reason", "none")
        if reason == row["label"]:
            right[reason] += 1
            wanted = "care" if reason in CARE else "sales" if called else None
            assert called.get("queue") == wanted
        else:
            wrong.append((row["text"], row["label"], reason))
    assert min(right[reason] for reason in ("wants_person", *CARE)) >= 13, wrong  # of 16
    assert sum(right.values()) >= 0.9 * len(rows(WAYS)), wrong


@pytest.mark.usefixtures("shop")
async def test_who_asks_for_a_person_gets_one(client: EngineClient) -> None:
    if not WANTS_PERSON.is_file():
        pytest.skip("the public benchmark data is not beside the project")
    said = rows(WANTS_PERSON)
    missed = [
        row["text"]
        for row in said
        if handoff(await Talk(client).say(row["text"])).get("reason") != "wants_person"
    ]
    assert len(missed) <= 0.1 * len(said), missed


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ok dai la prendo", "it"),
        ("mandamela pure", "it"),
        ("aggiudicata!", "it"),
        ("va bene procediamo con l'ordine", "it"),
        ("go for it, i'm having that one", "en"),
        ("deal, ship it to me", "en"),
        ("put me down for one please", "en"),
    ],
)
async def test_a_commitment_calls_a_person_and_says_why(
    talk: Talk, text: str, language: str
) -> None:
    first = await talk.say("cerco una borsa" if language == "it" else "i'm looking for a bag")
    assert first.facts["shown"] == ["aurora"]
    reply = await talk.say(text)
    called = handoff(reply)
    assert (called.get("reason"), called.get("queue")) == ("purchase", "sales")
    judged = reply.facts["purchase"]
    assert judged["wants"]
    assert judged["score"] >= 0.5
    assert any(reason.startswith("the words commit") for reason in judged["reasons"])
    assert {"address", "payment"} <= set(judged["missing"])
    assert judged["details"]["product"] == "aurora"


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    "text",
    [
        "non la prendo",
        "l'ho comprata un mese fa",
        "ci penso e ti dico",
        "tu la compreresti?",
        "se ne prendessi due mi fai lo sconto?",
        "la prendo solo se c'è blu",
        "would you buy it?",
        "if I bought two would there be a discount?",
        "I'll take it if it's blue",
        "I bought it a month ago",
        "not buying it today",
        "how do I pay?",
        "my friend wants to buy it",
        "la seconda",
        "quella rossa",
        "va bene",
        "sì grazie",
        "perfect, thanks",
        "the red one",
    ],
)
async def test_what_only_sounds_like_buying_calls_nobody(talk: Talk, text: str) -> None:
    await talk.say("cerco una borsa")
    reply = await talk.say(text)
    assert handoff(reply).get("reason") != "purchase", reply.facts["purchase"]
    assert not reply.facts["purchase"]["wants"]
    assert reply.messages


TWO_SHOWN = {
    "events": [
        {"event": "slot", "name": "shown", "value": ["aurora", "siena"]},
        {"event": "slot", "name": "result", "value": {"products": "some"}},
    ],
    "responses": [
        {"custom": {"kind": "products", "intro": None, "values": {}, "items": [], "choices": []}}
    ],
}


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("text", "buys"),
    [("la vorrei rossa", False), ("I'd like it in red", False), ("la prendo rossa", True)],
)
async def test_a_colour_that_is_wished_for_narrows_several_shown(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, text: str, buys: bool
) -> None:
    monkeypatch.setattr("tests.engine.shop.answer", lambda _: TWO_SHOWN)
    await talk.say("cerco una borsa")
    assert (await talk.say(text)).facts["purchase"]["wants"] is buys


@pytest.mark.usefixtures("shop")
async def test_a_purchase_stays_one_while_the_bot_asks_which_product(
    talk: Talk, actions: ActionServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.engine.shop.answer", lambda _: TWO_SHOWN)
    await talk.say("cerco una borsa")
    asked = await talk.say("ok la prendo, pago con paypal")
    assert not handoff(asked)
    assert asked.facts["purchase"]["missing"] == ["product", "address"]
    called = await talk.say("la seconda")
    assert handoff(called)["reason"] == "purchase"
    judged = called.facts["purchase"]
    assert judged["wants"]
    assert judged["details"]["product"] == "siena"
    assert judged["missing"] == ["address"]
    assert actions.calls


@pytest.mark.usefixtures("shop")
async def test_a_tap_is_a_purchase(talk: Talk) -> None:
    reply = await talk.say(choice={"id": "ask:buy:siena", "title": "La prendo"})
    assert handoff(reply)["reason"] == "purchase"
    assert reply.facts["purchase"]["reasons"][0] == "tapped to buy"
    assert reply.facts["purchase"]["score"] > 0.95
