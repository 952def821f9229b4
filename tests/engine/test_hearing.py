"""What the real engine makes of words, taps and languages."""

from typing import Any

import pytest

from bot.engine import TurnReply
from tests.engine.conftest import Talk
from tests.engine.shop import LOOKUPS, ActionServer, said
from tests.engine_fixture import RunningEngine

pytestmark = pytest.mark.engine


def found(reply: TurnReply) -> dict[str, Any]:
    """Return the entities as name -> value."""
    return {entity["entity"]: entity["value"] for entity in reply.understood.entities}


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
