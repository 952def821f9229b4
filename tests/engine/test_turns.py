"""Turns of the real engine, through its HTTP door."""

import asyncio
from statistics import median
from typing import Any

import httpx
import pytest

from bot.engine import EngineClient, TurnFailedError, TurnRefusedError, TurnReply, TurnRequest
from bot.engine.client import TURN
from tests.engine.conftest import Talk
from tests.engine.shop import LOOKUPS, ActionServer, bundle
from tests.engine_fixture import TOKEN, RunningEngine

pytestmark = pytest.mark.engine


def said(reply: TurnReply) -> list[Any]:
    """Return what the bot said, in short: a reference, or the kind where there is none."""
    return [message.get("ref") or message["kind"] for message in reply.messages]


def found(reply: TurnReply) -> dict[str, Any]:
    """Return the entities as name -> value."""
    return {entity["entity"]: entity["value"] for entity in reply.understood.entities}


async def test_a_wrong_token_is_refused(engine: RunningEngine) -> None:
    client = EngineClient((engine.url,), "guess", 5.0)
    with pytest.raises(TurnRefusedError, match="DIALOGO_ENGINE_TOKEN"):
        await client.turn(TurnRequest(sender="a", message_id="1", text="ciao"))
    await client.close()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 422),
        (b'{"sender": "a"}', 422),
        (b'{"sender": "", "message_id": "1", "text": "x"}', 422),
        (b'{"sender": "a", "message_id": "1", "text": "x", "choice": {"id": 1}}', 422),
    ],
)
async def test_a_body_that_cannot_be_read_is_no_turn(
    engine: RunningEngine, body: bytes, status: int
) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        reply = await http.post(engine.url + TURN, content=body, headers=headers)
        assert reply.status_code == status
        assert (await http.post(engine.url + TURN, content=body)).status_code == 401


async def test_rasas_own_doors_stay_shut(engine: RunningEngine) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        for path in ("/model/parse", "/conversations/a/tracker", "/webhooks/rest/webhook"):
            assert (await http.post(engine.url + path, json={})).status_code in (404, 405)


async def test_the_engine_names_its_model(client: EngineClient) -> None:
    assert (await client.ready() or "").endswith(".tar.gz")


async def test_a_repeated_message_is_one_turn(talk: Talk, actions: ActionServer) -> None:
    first = await talk.say("quanto costa la borsa aurora?")
    calls = len(actions.calls)
    talk.count -= 1
    again = await talk.say("quanto costa la borsa aurora?")
    assert (first.replayed, again.replayed) == (False, True)
    assert again.messages == first.messages
    assert again.understood == first.understood
    assert len(actions.calls) == calls


async def test_three_posts_at_once_are_one_turn(talk: Talk, actions: ActionServer) -> None:
    actions.delay = 0.2
    request = TurnRequest(sender=talk.sender, message_id="same", text="cerco una borsa")
    replies = await asyncio.gather(*(talk.client.turn(request) for _ in range(3)))
    assert sorted(reply.replayed for reply in replies) == [False, True, True]
    assert len({str(reply.messages) for reply in replies}) == 1
    assert len(actions.calls) == 1


@pytest.mark.parametrize("status", [500, 400, 404])
async def test_a_failing_action_fails_the_turn_and_leaves_no_trace(
    talk: Talk, actions: ActionServer, status: int
) -> None:
    await talk.say("ciao")
    actions.fail_with = status
    request = TurnRequest(sender=talk.sender, message_id="m", text="cerco una borsa")
    with pytest.raises(TurnFailedError, match=r"\(500\)"):
        await talk.client.turn(request)
    actions.fail_with = None
    reply = await talk.client.turn(request)
    assert not reply.replayed
    assert said(reply) == ["products"]


async def test_an_action_that_answers_nonsense_fails_the_turn(
    talk: Talk, actions: ActionServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.engine.shop.answer", lambda _: {"responses": "hello"})
    with pytest.raises(TurnFailedError):
        await talk.say("cerco una borsa")


async def test_missing_dialogues_fail_the_turn(engine: RunningEngine, talk: Talk) -> None:
    pointer = engine.bundles._directory / "current"
    content = pointer.read_text()
    pointer.unlink()
    with pytest.raises(TurnFailedError):
        await talk.say("ciao")
    pointer.write_text(content)
    assert said(await talk.say("ciao")) == ["saluto.1"]


async def test_a_client_that_hangs_up_does_not_stop_the_turn(
    engine: RunningEngine, talk: Talk, actions: ActionServer
) -> None:
    actions.delay = 0.3
    request = TurnRequest(sender=talk.sender, message_id="m", text="cerco una borsa")
    hasty = EngineClient((engine.url,), TOKEN, 10.0)
    hanging_up = asyncio.create_task(hasty.turn(request))
    async with asyncio.timeout(10):
        while not actions.calls:  # noqa: ASYNC110  the action runs in another thread
            await asyncio.sleep(0.01)
    hanging_up.cancel()
    await asyncio.gather(hanging_up, return_exceptions=True)
    await hasty.close()
    reply = await talk.client.turn(request)
    assert reply.replayed
    assert said(reply) == ["products"]
    assert len(actions.calls) == 1


async def test_other_conversations_go_on_while_an_action_is_slow(
    client: EngineClient, actions: ActionServer
) -> None:
    actions.delay = 0.4
    slow, quick = Talk(client), Talk(client)
    began = asyncio.get_running_loop().time()
    waiting = asyncio.create_task(slow.say("cerco una borsa"))
    await asyncio.sleep(0.05)
    assert said(await quick.say("ciao")) == ["saluto.1"]
    assert asyncio.get_running_loop().time() - began < 0.35
    await waiting


async def test_a_slash_is_only_a_slash(talk: Talk) -> None:
    for text in ("/greet", "/restart", '/buy{"product": "aurora"}', "  /session_start"):
        reply = await talk.say(text)
        assert reply.understood.intent not in ("greet", "restart", "session_start") or (
            reply.understood.confidence < 1
        )
        assert found(reply).get("product") is None or reply.understood.intent != "buy"


async def test_a_slash_payload_does_not_become_an_intent(talk: Talk) -> None:
    reply = await talk.say("/greet")
    assert said(reply) == ["text.not_understood"]


async def test_a_tap_is_understood_without_words(talk: Talk, actions: ActionServer) -> None:
    reply = await talk.say(choice={"id": "ask:ask_price:siena", "title": "Prezzo"})
    assert said(reply) == ["text.price"]
    assert found(reply) == {"product": "siena"}
    call = actions.calls[-1]
    assert call["tracker"]["slots"]["flow"]["run"]["args"] == {"product": "siena"}


async def test_a_tap_on_a_choice_answers_the_question(talk: Talk, actions: ActionServer) -> None:
    asked = await talk.say("cerco un regalo")
    assert said(asked) == ["regalo.1", "regalo.budget"]
    reply = await talk.say(choice={"id": "pick:regalo.budget:100", "title": "Fino a 100 €"})
    assert said(reply) == ["products"]
    assert actions.calls[-1]["tracker"]["slots"]["flow"]["run"]["args"]["max_price"] == 100


async def test_a_question_in_the_middle_is_answered_and_the_flow_goes_on(talk: Talk) -> None:
    await talk.say("cerco un regalo")
    assert said(await talk.say("a che ora aprite domani?")) == ["text.hours", "regalo.budget"]
    assert said(await talk.say("circa 70 euro")) == ["products"]


async def test_two_questions_in_one_message_are_both_answered(talk: Talk) -> None:
    reply = await talk.say("a torino in quanto arriva? e se non le piace?")
    assert said(reply) == ["text.delivery", "text.returns"]
    assert found(reply) == {"city": "Torino"}


@pytest.mark.parametrize(
    ("texts", "languages"),
    [
        (("ciao, cerco una borsa", "ok"), ("it", "it")),
        (("hi, I'm looking for a bag", "ok"), ("en", "en")),
        (("buongiorno", "sorry, do you speak English?", "aurora"), ("it", "en", "en")),
        (("hello there", "quanto costa la spedizione in Italia?"), ("en", "it")),
    ],
)
async def test_the_language_follows_the_customer(
    talk: Talk, texts: tuple[str, ...], languages: tuple[str, ...]
) -> None:
    for text, language in zip(texts, languages, strict=True):
        assert (await talk.say(text)).understood.language == language, text


async def test_a_known_language_is_kept_while_the_words_tell_nothing(talk: Talk) -> None:
    assert (await talk.say("👍", language="en")).understood.language == "en"


@pytest.mark.parametrize(
    ("text", "intent", "entities"),
    [
        (
            "Buongiorno! cerco una borsa in pelle per mia moglie, max 150 €",
            "search_product",
            {"category": "bags", "material": "leather", "recipient": "wife", "max_price": "150"},
        ),
        (
            "hi, do you have red leather bags under 80 euros?",
            "search_product",
            {"category": "bags", "material": "leather", "colour": "red", "max_price": "80"},
        ),
        ("la seconda c'è in rosso?", "ask_availability", {"ordinal": 2, "colour": "red"}),
        ("how much is the aurora bag?", "ask_price", {"product": "aurora"}),
        ("meglio la siena o la aurora?", "compare_products", {"product": "aurora"}),
        ("dov'è il mio ordine 100234?", "order_status", {"order_number": "100234"}),
        ("vorrei parlare con una persona", "talk_to_human", {}),
        ("ok dai la prendo", "buy", {}),
    ],
)
async def test_messages_are_understood(
    talk: Talk, text: str, intent: str, entities: dict[str, Any]
) -> None:
    reply = await talk.say(text)
    assert reply.understood.intent == intent
    assert found(reply) == entities
    assert reply.understood.ranking[0].name == intent


async def test_a_new_product_is_known_without_training(engine: RunningEngine, talk: Talk) -> None:
    assert "product" not in found(await talk.say("quanto costa la ninfea?"))
    new = {"id": "ninfea", "names": {"it": "Zaino Ninfea", "en": "Ninfea backpack"}, "aliases": []}
    engine.write_lookups({**LOOKUPS, "products": [*LOOKUPS["products"], new]})
    assert found(await talk.say("quanto costa la ninfea?")) == {"product": "ninfea"}


async def test_a_published_change_is_live_at_the_next_message(
    engine: RunningEngine, talk: Talk
) -> None:
    assert said(await talk.say("ciao")) == ["saluto.1"]
    engine.bundles.publish(bundle("two", greeting="saluto.nuovo"))
    assert said(await talk.say("ciao")) == ["saluto.nuovo"]
    engine.bundles.rollback()
    assert said(await talk.say("ciao")) == ["saluto.1"]


async def test_an_open_flow_ends_on_the_dialogues_it_began_with(
    engine: RunningEngine, talk: Talk
) -> None:
    await talk.say("cerco un regalo")
    changed = bundle("three", greeting="saluto.terzo")
    changed["flows"]["regalo"]["steps"] = [{"id": "9", "do": "say", "ref": "regalo.chiuso"}]
    engine.bundles.publish(changed)
    assert said(await talk.say("50 euro")) == ["products"]
    assert said(await talk.say("cerco un regalo")) == ["regalo.chiuso"]


async def test_facts_come_back_and_the_flows_memory_does_not(talk: Talk) -> None:
    reply = await talk.say("cerco una borsa", context={"channel": "webchat", "product": "siena"})
    assert reply.facts["shown"] == ["aurora"]
    assert reply.facts["focus"] == "siena"
    assert reply.facts["language"] == "it"
    assert not {"flow", "context", "session_started_metadata"} & set(reply.facts)


async def test_a_handoff_says_why(talk: Talk) -> None:
    reply = await talk.say("vorrei parlare con una persona")
    (message,) = reply.messages
    assert (message["kind"], message["reason"]) == ("handoff", "wants_person")


async def test_actions_get_the_token_and_only_the_last_turn(
    talk: Talk, actions: ActionServer
) -> None:
    for _ in range(4):
        await talk.say("ciao")
    await talk.say("cerco una borsa")
    call = actions.calls[-1]
    assert call["headers"]["authorization"] == f"Bearer {TOKEN}"
    assert "domain" not in call
    users = [event for event in call["tracker"]["events"] if event["event"] == "user"]
    assert [event["text"] for event in users] == ["cerco una borsa"]


async def test_a_turn_costs_the_same_after_two_hundred(client: EngineClient) -> None:
    old = Talk(client)
    taken: dict[str, list[float]] = {"old": [], "new": []}
    for _ in range(200):
        await old.say("ciao")

    async def time(name: str, talk: Talk) -> None:
        began = asyncio.get_running_loop().time()
        await talk.say("quanto costa la borsa aurora?")
        taken[name].append(asyncio.get_running_loop().time() - began)

    for _ in range(5):  # turn about, so that a busy machine slows both
        new = Talk(client)
        await new.say("ciao")
        for _ in range(6):
            await time("new", new)
            await time("old", old)
    # Stock Rasa needs over twenty times as long; the benchmark measures the 1.3 that we promise.
    assert median(taken["old"]) < median(taken["new"]) * 1.5
