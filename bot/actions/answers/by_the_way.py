"""Asked by the way: "too long for my bag. and the Nina?", "would it go in there?"."""

import re

from bot.actions.asked import Asked
from bot.actions.focus import meant
from bot.actions.shop import Shop
from catalog import Product
from dialogues import executor

# "Would her necklaces go in there?" asks of the thing in view.
_IN_THERE = re.compile(
    r"\b(?:go|goes|fit|fits|stay|hang)\w* (?:in|inside|into) (?:there|it|this|that)\b"
    r"|\bci (?:st(?:a|anno|arebbero)|entr(?:a|ano|erebbero)|va|vanno)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;!?…,]+")


async def asked_by_the_way(asked: Asked, shop: Shop) -> Product | None:
    """Return the product that a message comes to after a remark, or that something goes into."""
    if asked.focus and _IN_THERE.search(asked.text) and not asked.heard("category"):
        return await meant(asked, shop)
    return await _named_at_last(asked, shop)


async def _named_at_last(asked: Asked, shop: Shop) -> Product | None:
    """Return what is named by itself after a remark: "too long for my bag. and the Nina?"."""
    names = [e for e in asked.entities if e.entity == "product" and e.end is not None]
    if len(names) != 1 or (asked.heard("ordinal") and asked.shown):
        return None
    start, end = names[0].start or 0, names[0].end or 0
    before, after = _CLAUSE.split(asked.text[:start]), _CLAUSE.split(asked.text[end:])
    alone = not executor.left_over(f"{before[-1]} {after[0]}", ())
    if len(before) < 2 or not alone or "".join(after[1:]).strip():
        return None
    found = await shop.catalog.get([str(names[0].value)])
    return found[0] if found else None
