"""Act, ask "did you mean A or B?", or say that it was not understood: on the real engine."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest

from bot.engine import Bundle, EngineClient, TurnReply
from bot.engine.training import ROOT
from bot.rendering import Audience, render
from channels import registry
from channels.kit import Text
from dialogues.compiler import compile_flows
from tests.engine.conftest import Talk
from tests.engine_fixture import RunningEngine

pytestmark = pytest.mark.engine

ASKED_BACK = ("text.did_you_mean", "text.did_you_mean_one")
# Two subjects side by side. Which pairs are in doubt changes with the example phrases; that some
# are does not.
SUBJECTS = {
    "it": "pagamento sconto reso consegna orari garanzia taglie colori cura regalo prezzo spedire",
    "en": "pay discount return delivery hours warranty sizes colours care gift price sending",
}
IN_DOUBT = {
    language: [" ".join(pair) for pair in permutations(subjects.split(), 2)]
    for language, subjects in SUBJECTS.items()
}
FIRST = {"it": "buongiorno, vorrei vedere delle borse", "en": "good morning, may I see some bags"}
NONSENSE = "kdjfh sdkfj wqpxz"


@pytest.fixture(scope="module")
def flows() -> Bundle:
    compiled = compile_flows(ROOT / "dialogues" / "flows", languages=("it", "en"))
    assert compiled.bundle is not None
    return compiled.bundle


@pytest.fixture
def shop(engine: RunningEngine, flows: Bundle) -> Iterator[Bundle]:
    """The demo shop's dialogues, in force for one test."""
    engine.bundles.publish(flows)
    yield flows
    engine.bundles.rollback()


def ref(reply: TurnReply) -> Any:
    return reply.messages[0].get("ref")


async def doubtful(client: EngineClient, language: str) -> tuple[Talk, str, TurnReply]:
    """Say things until the bot asks back; each in a talk of its own."""
    for text in IN_DOUBT[language]:
        talk = Talk(client)
        await talk.say(FIRST[language])
        reply = await talk.say(text)
        if ref(reply) in ASKED_BACK:
            return talk, text, reply
    pytest.fail(f"Nothing was asked back in {language}; write scraps that say less")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("quanto costa la spedizione?", "ask_delivery"),
        ("do you ship abroad?", "ask_delivery"),
        ("come funziona il reso?", "ask_returns"),
        ("what is your return policy?", "ask_returns"),
    ],
)
async def test_what_is_clear_is_answered(shop: Bundle, talk: Talk, text: str, intent: str) -> None:
    reply = await talk.say(text)
    assert (reply.understood.intent, reply.understood.unsure) == (intent, ())
    assert ref(reply) not in (*ASKED_BACK, "text.not_understood")


@pytest.mark.parametrize("language", ["it", "en"])
async def test_doubt_is_asked_back_and_a_tap_resolves_it(
    shop: Bundle, client: EngineClient, language: str
) -> None:
    talk, _, asked = await doubtful(client, language)
    choice = asked.messages[0]["choices"][0]
    intent = choice["id"].split(":")[1]
    assert asked.understood.intent is None
    assert intent in asked.understood.unsure
    answered = await talk.say(choice={"id": choice["id"], "title": choice["title"]})
    assert answered.understood.intent == intent
    assert ref(answered) not in (*ASKED_BACK, "text.not_understood")


@pytest.mark.parametrize("language", ["it", "en"])
async def test_a_typed_number_resolves_the_doubt_as_a_tap_does(
    shop: Bundle, client: EngineClient, language: str
) -> None:
    tapping, text, asked = await doubtful(client, language)
    typing = Talk(client)
    await typing.say(FIRST[language])
    await typing.say(text)
    choice = asked.messages[0]["choices"][0]
    tapped = await tapping.say(choice={"id": choice["id"], "title": choice["title"]})
    typed = await typing.say("1")
    assert [m["kind"] for m in typed.messages] == [m["kind"] for m in tapped.messages]
    assert [m.get("ref") for m in typed.messages] == [m.get("ref") for m in tapped.messages]


@pytest.mark.parametrize("language", ["it", "en"])
async def test_the_question_names_both_in_the_customers_language(
    shop: Bundle, client: EngineClient, language: str
) -> None:
    _, _, asked = await doubtful(client, language)
    capabilities = registry.load("whatsapp").capabilities
    shown = render(asked.messages, shop, Audience(asked.understood.language or "", capabilities))
    (message,) = shown.messages
    assert asked.understood.language == language
    assert isinstance(message, Text)
    titles = [shop["flows"][shop["starts"][i]]["title"][language] for i in asked.understood.unsure]
    assert all(title in message.text for title in titles)
    assert {choice.title for choice in message.choices} >= {
        {"it": "Qualcos'altro", "en": "Something else"}[language]
    }
    assert shown.problems == []
    assert not shown.unanswered


@pytest.mark.parametrize("language", ["it", "en"])
async def test_what_means_nothing_is_said_to_be_not_understood(
    shop: Bundle, talk: Talk, language: str
) -> None:
    await talk.say(FIRST[language])
    reply = await talk.say(NONSENSE)
    assert (reply.understood.intent, reply.understood.unsure) == (None, ())
    assert ref(reply) == "text.not_understood"
    assert reply.understood.language == language


@pytest.mark.parametrize(
    ("first", "second", "language"),
    [(FIRST["it"], "do you ship to London?", "it"), (FIRST["en"], "spedite a Roma?", "en")],
)
async def test_a_talk_keeps_its_language_until_another_is_clearly_spoken(
    talk: Talk, first: str, second: str, language: str
) -> None:
    await talk.say(first)
    for short in ("ok", "paypal", "no", "👍", "100", "tote bag", "aurora", "email", "ok ok", "top"):
        assert (await talk.say(short)).understood.language == language, short
    assert (await talk.say(second)).understood.language != language


@pytest.mark.parametrize(("text", "language"), [("ciao", "it"), ("hello", "en")])
async def test_one_clear_word_begins_a_talk_whatever_the_profile_says(
    talk: Talk, text: str, language: str
) -> None:
    other = {"it": "en", "en": "it"}[language]
    assert (await talk.say(text, language=other)).understood.language == language
