"""Questions that go on about a service, told by the line of the shop's texts that answers them.

"Working days?", said of a refund, and "who comes and gets it?", said of a return, name no service:
what was just told of does. `follow_ups.yaml` has the words; some of them need nothing before.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from bot.actions.answer import Answer, buy, person, say
from bot.actions.asked import Asked
from bot.actions.concepts import sentences
from bot.actions.focus import Action, meant
from bot.actions.shop import Shop
from bot.actions.vocabulary import listed, pattern, plain

FILE = Path(__file__).with_name("follow_ups.yaml")
# Whoever names one of these asks something of its own, whatever was told before.
_OF_ITS_OWN = ("product", "city", "category")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One thing that is asked further: after which topics, in which words, and what tells it."""

    name: str
    after: tuple[str, ...]
    asked: re.Pattern[str]
    never: re.Pattern[str] | None
    text: str
    line: re.Pattern[str] | None
    beside: str  # with a product in view told only beside the answer to this topic
    always: bool  # told even where the action itself is of that topic


@lru_cache(maxsize=1)
def follow_ups() -> tuple[FollowUp, ...]:
    """Return what the file knows, in its order: the first that fits is told."""
    read: Mapping[str, Mapping[str, str]] = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    return tuple(
        FollowUp(
            name=name,
            after=tuple(listed(entry.get("after", ""))),
            asked=pattern(listed(entry["asked"])),
            never=pattern(listed(entry["not"])) if "not" in entry else None,
            text=entry["text"],
            line=pattern(listed(entry["line"])) if "line" in entry else None,
            beside=entry.get("beside", ""),
            always=bool(entry.get("always")),
        )
        for name, entry in read.items()
    )


def or_further(topic: str, action: Action) -> Action:
    """Tell the line that goes on about the service just told of, else answer as the action does.

    What the action itself tells of is left to it, where the words need nothing before.
    """

    async def answer(asked: Asked, shop: Shop) -> Answer:
        known = None if asked.tapped else _going_on(asked, topic)
        told = await _told(known, asked, shop) if known else None
        if told and known and known.beside and asked.focus:
            return (await action(asked, shop)).and_then(told)
        return told or await action(asked, shop)

    return answer


def _going_on(asked: Asked, topic: str) -> FollowUp | None:
    last = str(asked.noted[-1].get("topic")) if asked.noted else ""
    of_its_own = any(asked.heard(name) for name in _OF_ITS_OWN)
    if topic == "availability" and (asked.heard("colour") or asked.heard("size")):
        return None  # "is the red one still there, and can I pay in instalments?": told apart
    said = plain(asked.text)
    # "Spedite a Trieste? E si può a rate?": the place is answered, the rates are asked beside it.
    sent_there = topic == "delivery" and bool(asked.heard("city"))
    for one in follow_ups():
        apart = one.beside and asked.focus and one.beside != topic
        goes_on = last in one.after and not of_its_own and not apart
        aside = sent_there and one.text == "payment"
        alone = one.always or (_topic(one) != topic and not aside)
        fits = goes_on if one.after else alone
        if fits and one.asked.search(said) and not (one.never and one.never.search(said)):
            return one
    return None


async def _told(known: FollowUp, asked: Asked, shop: Shop) -> Answer | None:
    text = (await shop.catalog.shop()).texts.get(known.text, {}).get(shop.language, "")
    if not text:
        return None
    about = [s for s in sentences(text) if known.line and known.line.search(plain(s))]
    product = await meant(asked, shop)
    choice = buy(product.id) if product else person()
    lines = {shop.language: " ".join(about) or text}
    said = say("shop_text", choice, text={"text": lines})
    return said.noting(asked, _topic(known), product.id if product else None)


def _topic(known: FollowUp) -> str:
    """Return what a text is about, as it is noted: returns with initials are returns."""
    return "about_shop" if known.text == "about" else known.text.split("_", maxsplit=1)[0]
