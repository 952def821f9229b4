"""A search that is none: "l'album quanto costa?" means the one album among those shown."""

import re

from rapidfuzz import fuzz

from bot.actions.answer import Answer
from bot.actions.answers import availability, details, price
from bot.actions.asked import Asked
from bot.actions.focus import named
from bot.actions.shop import Shop
from catalog import Product

_ALIKE = 85.0
_SHORTEST = 4
# What stands behind a definite article: "the key ring", "l'album", "quella pochette".
_DEFINITE = re.compile(
    r"\b(?:the|il|lo|la|i|gli|le|quel|quell[ao]|that)\s+(?P<a>[^\W\d_]{4,})(?:\s+(?P<b>[^\W\d_]{4,}))?"
    r"|\b(?:l|quell)['’]\s?(?P<c>[^\W\d_]{4,})",
    re.IGNORECASE,
)
_NEW_SEARCH = re.compile(
    r"\b(?:cerc|vorre|qualcosa|avete|avreste|altr|mostra|fammi|looking|something|anything|any\b"
    r"|do you (?:have|sell)|got|show|other)",
    re.IGNORECASE,
)
_PRICE = re.compile(r"\bcost|prezz|quant[oi]\b|price|how much", re.IGNORECASE)
_VERSIONS = frozenset(("colour", "size"))
_COLOUR = re.compile(r"\bcolor|\bcolour|disponib|available|in stock|\bc'è\b", re.IGNORECASE)


async def of_one_shown(asked: Asked, shop: Shop) -> Answer | None:
    """Answer about the one product that the words can only mean, None where they search."""
    heard = {entity.entity for entity in asked.entities}
    product = await _meant(asked, shop, heard)
    if product is None:
        return None
    if heard & _VERSIONS or _COLOUR.search(asked.text):
        return await availability.about(asked, shop, product)
    if _PRICE.search(asked.text):
        return await price.about(asked, shop, product)
    return await details.about(asked, shop, product)


async def _meant(asked: Asked, shop: Shop, heard: set[str]) -> Product | None:
    """Return a product named with its version, described as one shown, or in view in a version."""
    said = await named(asked, shop)
    if said:
        return said[0] if len(said) == 1 and heard & _VERSIONS else None
    if _NEW_SEARCH.search(asked.text):
        return None
    described = await _behind_an_article(asked, shop)
    if described:
        return described
    in_view = await shop.catalog.get([asked.focus]) if asked.focus else []
    only_a_version = bool(heard) and heard <= _VERSIONS
    return in_view[0] if in_view and only_a_version else None


async def _behind_an_article(asked: Asked, shop: Shop) -> Product | None:
    words = [word for match in _DEFINITE.finditer(asked.text) for word in match.groups() if word]
    shown = await shop.catalog.get(asked.shown) if words else []
    fitting = [p for p in shown if any(_in_name(word, p, shop.language) for word in words)]
    return fitting[0] if len(fitting) == 1 and len(shown) > 1 else None


def _in_name(word: str, product: Product, language: str) -> bool:
    names = product.name(language).casefold().split()
    return any(fuzz.ratio(word.casefold(), name) >= _ALIKE for name in names)
