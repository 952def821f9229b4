"""What is true of the products shown, so that "the cheapest" and "quella rossa" find theirs."""

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.actions.asked import Asked
from bot.actions.shop import Shop
from catalog import Product
from dialogues.executor import pointed_at

# "Tra i due quale costa meno?": the two last spoken of, whatever else was shown.
_OF_THE_TWO = re.compile(
    r"\b(?:tra|fra|dei|delle|of|between|out of)\s+"
    r"(?:(?:i|le|the|those|these|quei|quelle|questi|queste)\s+)?"
    r"(?:due|two|2)\b",
    re.IGNORECASE,
)
_POINTED_BY = ("category", "colour", "material", "size", "recipient", "about_price")
Marks = dict[str, list[str]]


async def pointed(asked: Asked, shop: Shop) -> list[Product]:
    """Return the products that the message points at, in its order.

    "Which is the cheapest belt?" said over bags points at none of them.
    """
    ordinals = asked.heard("ordinal")
    on_the_table = _on_the_table(asked)
    shown = await shop.catalog.get(on_the_table) if ordinals else []
    kinds = asked.heard("category")
    meant = [product for product in shown if not kinds or product.category in kinds]
    if not meant:
        return []
    said = {name: asked.heard(name) for name in _POINTED_BY}
    marks = _marks(meant, shop)
    ids = [pointed_at(ordinal, said, on_the_table, asked.focus, marks) for ordinal in ordinals]
    return [product for id_ in ids for product in meant if product.id == id_]


def of_the_two(text: str) -> bool:
    """Tell whether one of two is asked for: "which of the two is cheaper?"."""
    return bool(_OF_THE_TWO.search(text))


def _on_the_table(asked: Asked) -> tuple[str, ...]:
    """Return the products that may be pointed at: those shown, or the two last spoken of."""
    if len(asked.shown) == 2 or not of_the_two(asked.text):
        return asked.shown
    last = asked.spoken_lately[:2]
    return tuple(last[::-1]) if len(last) == 2 else asked.shown


async def marks_of(shown: Sequence[str], shop: Shop, focus: str | None = None) -> Marks:
    """Return what products can be told by: price, rating, colours, sizes, what they are made of.

    Of the product in view, which need not be one of those shown, all but its rank is told.
    """
    marks = _marks(await shop.catalog.get(shown), shop)
    if focus and focus not in shown:
        for product in await shop.catalog.get([focus]):
            for mark in _own(product, shop):
                marks.setdefault(mark, []).append(product.id)
    return marks


def _marks(products: Sequence[Product], shop: Shop) -> Marks:
    marks: Marks = {}
    for product in products:
        for mark in _own(product, shop):
            marks.setdefault(mark, []).append(product.id)
    return {**marks, **_ranked(products, shop)}


def most_sold(products: Sequence[Product]) -> list[Product]:
    """Order by how many people have written about a product: sales are nothing we know."""
    return sorted(products, key=lambda p: (-p.reviews_count, -(p.rating or 0)))


def best_rated(products: Sequence[Product]) -> list[Product]:
    """Order by the stars that customers gave, those with reviews first."""
    return sorted(products, key=lambda p: (-(p.rating or 0), -p.reviews_count))


def lowest_price(product: Product, shop: Shop) -> Decimal | None:
    """Return the least that a product costs, None where its price is too old to be told."""
    price = shop.price(product)
    return price.low.amount if price else None


def _own(product: Product, shop: Shop) -> list[str]:
    price = shop.price(product)
    ranges = [price]
    if price and price.low.amount != price.high.amount:  # "the 50 one" of a gift card
        ranges += [shop.price(product, [variant]) for variant in product.variants]
    prices = [known.low.amount for known in ranges if known]
    families = [variant.family for variant in product.variants if variant.family]
    return list(
        dict.fromkeys(
            [
                f"category:{product.category}",
                *(f"colour:{colour}" for colour in (*product.colours(), *families)),
                *(f"material:{material}" for material in product.listed("materials")),
                *(f"recipient:{recipient}" for recipient in product.listed("recipients")),
                *(f"size:{size}" for size in product.sizes()),
                *(f"price:{price}" for price in prices),
            ]
        )
    )


def _ranked(products: Sequence[Product], shop: Shop) -> Marks:
    known = [(price, p) for p in products if (price := lowest_price(p, shop)) is not None]
    by_price = [p.id for _, p in sorted(known, key=lambda pair: pair[0])]
    rated = [p.id for p in best_rated(products) if p.rating]
    written_of = [p.id for p in most_sold(products) if p.reviews_count]
    ranked = {
        "cheapest": by_price[:1],
        "dearest": by_price[-1:],
        "best_rated": rated[:1],
        "most_sold": written_of[:1],
    }
    return {name: ids for name, ids in ranked.items() if ids}
