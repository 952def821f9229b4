"""Products that are meant by a word of their name alone: "ah, i sacchetti!", "il diffusore"."""

import re
from collections.abc import Sequence

from bot.actions.asked import Asked
from bot.actions.beside import kinds_said, told_of
from bot.actions.concepts import mentions
from bot.actions.reference import called, full_names, only_words
from bot.actions.shop import Shop
from catalog import Product, ProductQuery
from dialogues import executor

_MOST = 5
_INSIDE = re.compile(r"\b(?:inside|dentro|all['’]interno|intern[ao])\b", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:il|lo|la|the|quel|quell[ao]|l['’])\s*$", re.IGNORECASE)


async def only_one_so_called(asked: Asked, shop: Shop) -> Product | None:
    """Return what the shop has one of, by that word alone: "ah, i sacchetti! quanto costano?".

    What is in view or shown is called so first.
    """
    known = [(e.start or 0, e.end or 0) for e in asked.entities]
    words = only_words(asked.text, known)
    if not words:
        return None
    seen = await shop.catalog.get([*asked.seen, *([asked.focus] if asked.focus else [])])
    in_view = next((product for product in seen if product.id == asked.focus), None)
    # "Il telefono ci sta?", "the little pouch inside, is it fixed?", asked of the bag in view.
    holds = executor.holds(asked.text) or bool(_INSIDE.search(asked.text))
    if in_view and executor.asks(asked.text) and (holds or told_of(asked.text, in_view, shop)):
        return None  # "how long will the scent last?", asked of the diffuser in view
    for word in words:
        if any(mentions(product.name(shop.language), [word]) for product in seen):
            return None
        if one := await only_one_with(word, [word], shop, among=_MOST):
            return one
    return None


async def only_one_of_that_word(asked: Asked, shop: Shop) -> Product | None:
    """Return what alone is called so in the shop: "il diffusore quanto dura?"."""
    kinds = [e for e in asked.entities if e.entity == "category" and e.start is not None]
    if len(kinds) != 1 or not _DEFINITE.search(asked.text[: kinds[0].start]):
        return None
    words = kinds_said(asked)
    shown = await shop.catalog.get(asked.shown)
    if len(words) != 1 or any(mentions(product.name(shop.language), words) for product in shown):
        return None
    return await only_one_with(words[0], words, shop, among=_MOST)


async def only_one_with(
    words: str, in_name: Sequence[str], shop: Shop, *, among: int
) -> Product | None:
    """Return the one of the first products found for some words whose name has one of them."""
    query = ProductQuery(words=words, language=shop.language, limit=among)
    found = (await shop.catalog.search(query)).products
    so_called = [p for p in found if mentions(p.name(shop.language), in_name)]
    return so_called[0] if len(so_called) == 1 else None


async def called_in_full(asked: Asked, shop: Shop) -> Product | None:
    """Return the one product of the shop whose name has both words that stand after an article."""
    for words in full_names(asked.text):
        query = ProductQuery(words=words, language=shop.language, limit=_MOST)
        found = (await shop.catalog.search(query)).products
        if one := called(asked.text, found, shop.language, least=2):
            return one
    return None
