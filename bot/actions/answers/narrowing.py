"""Fewer of what was looked for: "ne avete rosse?", "qualcosa di elegante"."""

import re

from bot.actions.answer import Answer
from bot.actions.answers.search import VARIANT_ONLY, within
from bot.actions.asked import Asked
from bot.actions.shop import Shop
from bot.actions.wishes import is_vague, left_over, refined, search_words, spoken
from catalog import Product

# "E rosse quali ci sono?" asks for more than the one in view.
_WHICH = re.compile(
    r"\bquali\b|\bwhich (?:ones|do you)\b|\bany\b.*\bones\b|\baltr[ei]\b(?!\s+(?:color|tagli"
    r"|misur))",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\bne (?:avete|hai|fate)\b|\bce ne sono\b|\bwhat\b.*\bdo you have\b", re.IGNORECASE
)
_STILL = re.compile(r"\bancora\b|\bstill\b|\bleft\b|\brimast|\brestan", re.IGNORECASE)


async def in_a_version(asked: Asked, shop: Shop, product: Product | None) -> Answer | None:
    """Show what is there of the kind in a colour or size that none in view stands for.

    "Ne avete anche rosse?", said of three shown, wants the red ones of all, and so does "e rosse
    quali ci sono?", said of the one in view. None where nothing of the kind was looked for, or
    where there is none like that.
    """
    said = {name: value for name, value in spoken(asked).items() if name in VARIANT_ONLY}
    several = len(asked.shown) > 1 and product is None
    if not said or not asked.filters.get("category") or not (several or _is_of_several(asked)):
        return None
    filters = {n: v for n, v in refined(asked.filters, said).items() if n not in ("words", "core")}
    shown = await within(filters, shop)
    exact = bool(shown.slots["result"].get("exact"))
    return shown if exact and len(shown.slots.get("shown") or ()) > 1 else None


async def of_several(asked: Asked, shop: Shop) -> Answer | None:
    """Show those in a version where more than the one in view are asked for, else None."""
    if not _is_of_several(asked) or (len(asked.shown) > 1 and not asked.focus):
        return None
    return await in_a_version(asked, shop, None)


def _is_of_several(asked: Asked) -> bool:
    """Tell whether more than the one in view are asked for.

    "Rossa ne avete ancora?" and "e rosso ce ne sono?", said of what was just spoken of, are not.
    """
    last = asked.noted[-1].get("product") if asked.noted else None
    of_it = asked.focus and (_STILL.search(asked.text) or last == asked.focus)
    return bool(_WHICH.search(asked.text) or (_SEVERAL.search(asked.text) and not of_it))


async def vaguely(asked: Asked, shop: Shop) -> Answer | None:
    """Look within the kind that was looked for, where "qualcosa di elegante" names no other."""
    vague = is_vague(asked.text) and not asked.args and left_over(asked)
    if not vague or asked.heard("category") or not asked.filters.get("category"):
        return None
    wishes = {**refined(asked.filters, spoken(asked)), "words": search_words(asked)}
    return await within(wishes, shop)
