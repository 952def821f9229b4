"""What the engine makes of messages that say one thing and seem to say another."""

import pytest

from bot.engine import TurnReply
from tests.engine.conftest import Talk

pytestmark = pytest.mark.engine


async def say(talk: Talk, *texts: str) -> TurnReply:
    for text in texts[:-1]:
        await talk.say(text)
    return await talk.say(texts[-1])


def done(reply: TurnReply) -> set[str]:
    return {str(message.get("ref") or message.get("reason")) for message in reply.messages}


async def test_a_later_answer_is_taken_though_it_begins_with_no(talk: Talk) -> None:
    reply = await say(talk, "i need a present for my mother in law", "no idea... 80ish?")
    assert (reply.facts["filters"] or {})["max_price"] == "80"
    assert reply.facts["shown"]


@pytest.mark.parametrize(
    "text",
    ["ok u decide for me lol, black or tan", "scegli tu per me, nera o cuoio"],
)
async def test_who_leaves_the_choice_refuses_nothing(talk: Talk, text: str) -> None:
    reply = await say(talk, "tell me about the fiesole", text)
    assert reply.facts["focus"] == "fiesole"
    assert not any(ref.startswith("no.") for ref in done(reply))


@pytest.mark.parametrize(
    "text",
    [
        "do u have the fiesole in navy",
        "have u got the fiesole in black",
        "does the fiesole come in tan",
        "ce l'hai la fiesole in nero",
        "la fiesole la fate anche blu",
    ],
)
async def test_whether_the_shop_has_it_is_no_purchase(talk: Talk, text: str) -> None:
    assert "purchase" not in done(await talk.say(text))


@pytest.mark.parametrize(
    "text",
    [
        "me la fate a 200 tondi?",
        "could you do it for 200?",
        "un prezzino da amico?",
        "si può scendere un pochino col prezzo?",
        "any wiggle room on that price?",
    ],
)
async def test_bargaining_is_answered_with_what_there_is(talk: Talk, text: str) -> None:
    reply = await say(talk, "quanto costa la cartella dante", text)
    told = str(reply.messages)
    assert "10%" in told
    assert "purchase" not in done(reply)


@pytest.mark.parametrize(
    "text",
    ["ci devo ragionare, è una bella spesa", "alright gonna sleep on it", "devo fare due conti"],
)
async def test_who_thinks_it_over_is_left_in_peace(talk: Talk, text: str) -> None:
    reply = await say(talk, "quanto costa la cartella dante", text)
    assert any(ref.startswith("no.") for ref in done(reply)), done(reply)
