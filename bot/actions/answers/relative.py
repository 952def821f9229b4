"""More of this and less of that: "qualcosa di più grande?", "anything cheaper?"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.actions.answer import Answer, browse, person, say
from bot.actions.answers import search
from bot.actions.asked import Asked
from bot.actions.features import grams, volume
from bot.actions.focus import meant
from bot.actions.shop import Shop
from catalog import Found, Product, ProductQuery

# Enough to choose from in any category of a shop of some hundred products.
LOOKED_AT = 40
# "La più economica" is one of those shown; "più economiche" are others.
_THE_MOST = re.compile(r"\b(?:il|la|lo|i|le|gli|quell[oaie]|qual) (?:è )?(?:pi[uù]|meno)\b")


@dataclass(frozen=True, slots=True)
class Wish:
    """A comparison with what is on the table: its name, its words, and what it measures."""

    name: str
    words: re.Pattern[str]
    measure: Callable[[Product, Shop], float | None]
    more: bool


def _price(product: Product, shop: Shop) -> float | None:
    price = shop.price(product)
    return float(price.low.amount) if price else None


def _size(product: Product, shop: Shop) -> float | None:
    return volume(product)


def _weight(product: Product, shop: Shop) -> float | None:
    return grams(product)


_WISHES = (
    Wish(
        "cheaper",
        re.compile(
            r"pi[uù] economic|meno car[oaie]|cost[aio](?:no)? (?:di )?meno|troppo car[oaie]"
            r"|cheaper|less expensive|too expensive|too pricey|bit pricey|too dear"
        ),
        _price,
        more=False,
    ),
    Wish(
        "bigger",
        re.compile(
            r"pi[uù] grand|pi[uù] capien|troppo piccol|pi[uù] spazios"
            r"|bigger|larger|roomier|too small"
        ),
        _size,
        more=True,
    ),
    Wish(
        "smaller",
        re.compile(r"pi[uù] piccol|troppo grand|meno ingombrant|smaller|too (?:big|large|bulky)"),
        _size,
        more=False,
    ),
    Wish(
        "lighter",
        re.compile(r"pi[uù] legger|troppo pesant|lighter|too heavy|less heavy"),
        _weight,
        more=False,
    ),
    Wish(
        "similar",
        re.compile(
            r"\bsimil[ei]\b|del genere|\bsimilar\b|(?:something|anything) like (?:this|that|it)"
        ),
        lambda product, shop: None,
        more=True,
    ),
)  # fmt: skip


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Compare with what is on the table, or search where nothing is compared."""
    if _THE_MOST.search(asked.text.casefold()):
        return await search.answer(asked, shop)
    wishes = [wish for wish in _WISHES if wish.words.search(asked.text.casefold())]
    base = await _base(asked, shop) if wishes and not asked.args else None
    if base is None:
        return await search.answer(asked, shop)
    category = asked.value("category") or base.category
    found = await shop.catalog.search(
        ProductQuery(language=shop.language, category=category, limit=LOOKED_AT)
    )
    fitting = [p for p in found.products if p.category == category and p.id not in asked.shown]
    for wish in wishes:
        fitting = _fitting(wish, base, fitting, shop)
    return _answered(wishes[0], base, fitting, category, shop)


async def _base(asked: Asked, shop: Shop) -> Product | None:
    """Return what is compared with: the one in view, else the first of those shown."""
    product = await meant(asked, shop)
    if product or not asked.shown:
        return product
    shown = await shop.catalog.get(asked.shown[:1])
    return shown[0] if shown else None


def _fitting(wish: Wish, base: Product, products: Sequence[Product], shop: Shop) -> list[Product]:
    """Keep what is more, or less, than the base; the nearest to it first."""
    limit = wish.measure(base, shop)
    if limit is None:
        return list(products)
    measured = [(measure, p) for p in products if (measure := wish.measure(p, shop)) is not None]
    kept = [(abs(m - limit), p) for m, p in measured if (m > limit if wish.more else m < limit)]
    return [product for _, product in sorted(kept, key=lambda pair: pair[0])]


def _answered(
    wish: Wish, base: Product, fitting: Sequence[Product], category: str, shop: Shop
) -> Answer:
    if not fitting:
        name = base.name(shop.language)
        return say("relative_none", browse(), person(), answer="none", product=name)
    few = tuple(fitting[: search.SHOWN])
    found = Found(products=few, total=len(few))
    filters = {"category": category}
    return search.present(found, filters, shop, offset=0, intro=f"relative_{wish.name}")
