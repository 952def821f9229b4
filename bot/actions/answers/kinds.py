"""Kinds of things said together or anew: "a green wallet and a candle", "no, rather a notebook"."""

import re
from typing import Any

from bot.actions.answer import Answer
from bot.actions.answers.finding import MOST_SHOWN, SHOWN, find
from bot.actions.answers.presenting import intro_of, present
from bot.actions.asked import Asked, Entity
from bot.actions.core import PRICES
from bot.actions.holding import kinds_wanted
from bot.actions.shop import Shop
from bot.actions.wishes import PEOPLE, spoken
from catalog import Found

KIND = "category"
FEW = 2  # of each kind, where several are looked for at once
_AND = re.compile(r"[,;.+&]|\b(?:e|ed|o|oppure|più|and|or|plus)\b", re.IGNORECASE)
_OR = re.compile(r"\b(?:o|oppure|or|vs|tra|fra|between)\b", re.IGNORECASE)
VARIANTS = frozenset(("colour", "size", "material"))
_OF_ONE = ("colour", "size", "material", "recipient")


def both(asked: Asked) -> bool:
    """Tell whether several kinds are wanted at once: "a red wallet and black gloves"."""
    found = [kind for kind in kinds_wanted(asked) if kind.end is not None]
    either = len(found) > 1 and _OR.search(asked.text[found[0].start : found[-1].end])
    return len({e.value for e in found}) > 1 and not either


async def of_each(asked: Asked, shop: Shop) -> Answer | None:
    """Show what fits each kind with its own wishes, or the kind without the wishes of before.

    None where no kind was named, or not all that was named is there.
    """
    if asked.args or not asked.heard(KIND) or asked.heard("compared"):
        return None
    wishes = _wishes(asked)
    if not wishes or (len(wishes) == 1 and not VARIANTS & asked.filters.keys()):
        return None
    limit = SHOWN if len(wishes) == 1 else FEW
    found = [await find(filters, shop, limit=limit) for filters in wishes]
    if not all(one.exact and one.products for one in found):
        return None
    products = {product.id: product for one in found for product in one.products}
    few = tuple(products.values())[:MOST_SHOWN]
    together = Found(products=few, total=sum(one.total for one in found))
    kept = wishes[0] if len(wishes) == 1 else {KIND: [filters[KIND] for filters in wishes]}
    return present(together, kept, shop, offset=0, intro=intro_of(together, kept))


def _wishes(asked: Asked) -> list[dict[str, Any]]:
    """Return the wishes for each kind; a colour belongs to the kind that stands nearest."""
    kinds = [kind for kind in kinds_wanted(asked) if kind.end is not None]
    lasting = {k: v for k, v in asked.filters.items() if k in (*PRICES, *PEOPLE, "without")}
    said_now = {k: v for k, v in spoken(asked).items() if k not in (*_OF_ONE, KIND, "quantity")}
    values = {str(kind.value) for kind in kinds}
    common = {**lasting, **said_now} if len(values) == 1 else said_now
    found: dict[str, dict[str, Any]] = {}
    for kind in kinds:
        said = asked.text[kind.start : kind.end]
        wish = {**common, KIND: str(kind.value), "words": said, "thing": said}
        found.setdefault(str(kind.value), wish)
    for entity in asked.entities:
        if entity.entity in _OF_ONE and entity.end is not None and kinds:
            nearest = min(kinds, key=lambda kind: _apart(kind, entity, asked.text))
            found[str(nearest.value)][entity.entity] = str(entity.value)
    return list(found.values())


def _apart(one: Entity, other: Entity, text: str) -> int:
    """Count the letters between two stretches of a text; past an "and" another thing begins."""
    starts, ends = (one.start or 0, other.start or 0), (one.end or 0, other.end or 0)
    first, last = min(ends), max(starts)
    return max(last - first, 0) + (len(text) if _AND.search(text[first:last]) else 0)
