"""Wishes over several messages, with the real engine, the demo shop's dialogues and its actions.

What was searched for is refined by a follow-up, and forgotten when the customer changes the
subject.
"""

from typing import Any

import pytest

from bot.engine import TurnReply
from tests.engine.conftest import Talk

pytestmark = pytest.mark.engine
TODAY = {"today": "2026-11-25"}


async def say(talk: Talk, *texts: str) -> TurnReply:
    for text in texts[:-1]:
        await talk.say(text, context=TODAY)
    return await talk.say(texts[-1], context=TODAY)


HOW_SEARCHED = ("next", "exact", "words", "core", "thing", "having")


def wishes(reply: TurnReply) -> dict[str, Any]:
    kept = dict(reply.facts["filters"] or {})
    return {name: kept[name] for name in kept if name not in HOW_SEARCHED}


BAGS = "cerco una borsa in pelle"
HERS = "looking for a bag for my wife, max 150"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((BAGS, "e sotto i 120?"), {"material": "pelle", "max_price": "120"}),
        ((BAGS, "e sotto i 120?", "tra 80 e 100"), {"min_price": "80", "max_price": "100"}),
        ((BAGS, "tra 80 e 150 euro", "e sui 60?"), {"about_price": "60"}),
        ((BAGS, "in rosso", "in nero invece"), {"colour": "nero"}),
        ((BAGS, "rossa o blu"), {"colour": ["rosso", "blu"]}),
        ((BAGS, "niente nero"), {"without": [{"kind": "colour", "value": "nero"}]}),
        (
            (BAGS, "non nera", "e non in camoscio"),
            {
                "without": [
                    {"kind": "colour", "value": "nero"},
                    {"kind": "material", "value": "camoscio"},
                ]
            },
        ),
        ((BAGS, "in tela invece"), {"material": "tela"}),
        ((BAGS, "è per mia moglie"), {"material": "pelle", "recipient": "lei"}),
        ((BAGS, "mi arriva entro venerdì?"), {"needed_by": "2026-11-27"}),
        ((HERS, "in red or burgundy"), {"max_price": "150"}),
        ((HERS, "not leather"), {"recipient": "lei"}),
        ((HERS, "what about under 100?"), {"max_price": "100"}),
        ((HERS, "how long does delivery take?", "in black"),
         {"max_price": "150", "colour": "nero"}),
    ],
)  # fmt: skip
async def test_a_follow_up_refines(
    talk: Talk, texts: tuple[str, ...], expected: dict[str, Any]
) -> None:
    found = wishes(await say(talk, *texts))
    assert found.pop("category") == "borse"
    assert {name: found.get(name) for name in expected} == expected


async def test_a_wanted_colour_takes_the_place_of_its_refusal(talk: Talk) -> None:
    refused = await say(talk, BAGS, "in rosso", "niente rosso")
    assert "colour" not in wishes(refused)
    wanted = await say(talk, "anzi sì, in rosso")
    assert wishes(wanted)["colour"] == "rosso"
    assert "without" not in wishes(wanted)


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        ((BAGS, "e sotto i 120?", "avete cinture?"), {"category": "cinture"}),
        ((BAGS, "in rosso", "cerco un ombrello nero"), {"colour": "nero"}),
        (("a red bag under 150", "do you have wallets?"), {"category": "portafogli"}),
        ((BAGS, "e sotto i 120?", "ricominciamo", "in rosso"), {"colour": "rosso"}),
    ],
)
async def test_a_new_subject_begins_afresh(
    talk: Talk, texts: tuple[str, ...], kept: dict[str, Any]
) -> None:
    assert wishes(await say(talk, *texts)) == kept


async def test_what_is_refused_is_not_shown(talk: Talk) -> None:
    reply = await say(talk, "cerco uno zaino", "niente pelle")
    cards = [item["id"] for message in reply.messages for item in message.get("items", ())]
    assert cards
    assert "ponte" not in cards  # the leather backpack
    assert "leo" in cards  # of canvas, with leather straps


async def test_references_find_what_was_shown(talk: Talk) -> None:
    shown = (await say(talk, "cerco una borsa in pelle sotto i 150")).facts["shown"]
    assert len(shown) == 3
    prices = await say(talk, "quella più economica")
    cheapest = prices.facts["focus"]
    assert cheapest in shown
    assert (await say(talk, "il primo dei due")).facts["focus"] == shown[0]
    assert (await say(talk, "e l'ultima?")).facts["focus"] == shown[2]
    assert (await say(talk, "qual è la meglio recensita?")).facts["focus"] in shown


async def test_the_cheapest_of_those_shown_can_be_bought(talk: Talk) -> None:
    # Somebody else asks, so that in this talk no single one is in view.
    other = Talk(talk.client)
    cheapest = (await say(other, "do you have backpacks?", "which is the cheapest?")).facts["focus"]
    await say(talk, "do you have backpacks?")
    reply = await say(talk, "I'll take the cheapest one")
    (handoff,) = [message for message in reply.messages if message["kind"] == "handoff"]
    assert handoff["product"] == cheapest


async def test_something_cheaper_is_of_the_same_kind_and_costs_less(talk: Talk) -> None:
    reply = await say(talk, "quanto costa la siena?", "avete qualcosa di meno caro?")
    assert wishes(reply) == {"category": "borse", "max_price": "138.99"}


async def test_how_many_and_until_when_are_kept_for_the_person_who_sells(talk: Talk) -> None:
    reply = await say(talk, "cerco una candela", "ne prendo 3, mi servono entro il 20 dicembre")
    assert reply.facts["filters"]["quantity"] == 3
    assert reply.facts["filters"]["needed_by"] == "2026-12-20"


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("arriva entro il 20 dicembre?", "text.delivery_in_time"),
        ("can it be here by tomorrow?", "text.delivery_too_late"),
    ],
)
async def test_a_deadline_is_answered(talk: Talk, text: str, ref: str) -> None:
    reply = await talk.say(text, context=TODAY)
    assert reply.messages[0]["ref"] == ref
