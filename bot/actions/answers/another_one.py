"""Answers about another of the kind on the table: "the cashmere one how much"."""

import re
from collections.abc import Sequence

from bot.actions.another import told_apart
from bot.actions.answer import Answer
from bot.actions.answers import availability, details, price, search
from bot.actions.answers.finding import SHOWN
from bot.actions.answers.presenting import intro_of
from bot.actions.asked import Asked
from bot.actions.each import of_each
from bot.actions.focus import Action
from bot.actions.shop import Shop
from catalog import Found, Product

_PRICE = re.compile(
    r"\bcost[aio]|prezz|\bquanto (?:viene|vengono|fa\b|sta\b)|\bpric[ey]"
    r"|\bhow much\b(?! (?:does|do) \w+ weigh)",
    re.IGNORECASE,
)
# "Is there a vegan one?", "una alla lavanda invece?": it is not on the table and wants to be seen.
_IS_THERE = re.compile(
    r"\b(?:is|are) there\b|\bc['’]\s?[eè]|\bce\s+n['’]|\b(?:avete|fate)\b|\bhave (?:you|u)\b"
    r"|\bdo (?:you|u) (?:have|do|sell|make)\b|\bgot\b|\binvece\b|\binstead\b|\bthen\W*$"
    r"|^(?:\W*\w+\W+){0,2}(?:un[oa]|a|an)\b|\bshow\b|\bmostra|\bveder",
    re.IGNORECASE,
)


def or_another(topic: str, action: Action) -> Action:
    """Answer about what alone is as was said, where that is not what is in view; else act."""

    async def answer(asked: Asked, shop: Shop) -> Answer:
        others = await told_apart(asked, shop)
        return await _told(others, topic, asked, shop) if others else await action(asked, shop)

    return answer


async def _told(others: Sequence[Product], topic: str, asked: Asked, shop: Shop) -> Answer:
    alone = others[0] if len(others) == 1 else None
    if topic == "price" or _PRICE.search(asked.text):
        if alone:
            return await price.about(asked, shop, alone)
        if prices := await of_each(asked, shop, "price", others[:SHOWN]):
            seen = [product.id for product in others[:SHOWN]]
            return Answer(prices.replies, {**prices.slots, "shown": seen, "focus": None})
    if alone and (topic == "availability" or asked.heard("colour") or asked.heard("size")):
        return await availability.about(asked, shop, alone)
    if alone and topic == "details" and not _IS_THERE.search(asked.text):
        return await details.about(asked, shop, alone)
    few = Found(products=tuple(others[:SHOWN]), total=len(others))
    filters = {"category": others[0].category}
    shown = search.present(few, filters, shop, offset=0, intro=intro_of(few, filters))
    return shown.noting(asked, "search", alone.id) if alone else shown
