"""A question that may mean any of the products shown is answered for each of them.

"Quanto costa?" said under three cards deserves three prices, not "which one do you mean?".
"""

import re
from collections.abc import Sequence
from typing import Any

from bot.actions.answer import Answer, ref, say, tap
from bot.actions.answers.versions import Version, wanted_version
from bot.actions.asked import Asked
from bot.actions.concepts import counts
from bot.actions.features import Relevant, relevant, told
from bot.actions.shop import Shop, in_stock, priced
from catalog import Product

# "Quante ne restano? e quanto viene?"
_PRICE = re.compile(
    r"\bcost|prezz|\bpric|\bquanto (?:vien|vengono|fa\b|fanno)|\bhow much\b", re.IGNORECASE
)
_COLOURS = re.compile(r"\bcolor[ei]\b|\bcolou?rs?\b")


async def of_each(
    asked: Asked, shop: Shop, topic: str, products: Sequence[Product]
) -> Answer | None:
    """Answer a question for each of some products; None where it can be asked of one only."""
    if topic == "price" and counts(asked.text) and not _PRICE.search(asked.text):
        topic = "details"  # "how many cards in each?"
    if topic == "price":
        lines = [_price(product, shop) for product in products]
    elif topic == "availability":
        lines = [await _availability(asked, shop, product) for product in products]
    elif topic == "reviews" and any(product.reviews_count for product in products):
        lines = [_stars(product, shop) for product in products]
    elif topic == "details":
        rows = [relevant(asked.text, product, shop.language) for product in products]
        if not any(row.found for row in rows):
            return None
        lines = [await _detail(row, shop, p) for row, p in zip(rows, products, strict=True)]
    else:
        return None
    choices = [tap(f"ask_{topic}", p.id, title=p.name(shop.language)) for p in products]
    said = say("each", *choices, lines={"lines": lines})
    return said.noting(asked, topic, colour=asked.value("colour"), size=asked.value("size"))


def _price(product: Product, shop: Shop) -> dict[str, Any]:
    price = shop.price(product)
    facts = priced(price) if price else ref("card_price_unknown")
    return ref("each_line", product=product.name(shop.language), facts=facts)


def _stars(product: Product, shop: Shop) -> dict[str, Any]:
    voted = product.rating is not None and product.reviews_count
    stars = {"stars": {"rating": product.rating, "count": product.reviews_count}}
    facts = stars if voted else ref("card_no_reviews")
    return ref("each_line", product=product.name(shop.language), facts=facts)


async def _availability(asked: Asked, shop: Shop, product: Product) -> dict[str, Any]:
    version = await wanted_version(asked, shop, product)
    name = product.name(shop.language)
    if not version.said:
        colours = _colours(product, shop)
        facts = {"list": colours} if colours and _COLOURS.search(asked.text.casefold()) else None
        return ref("each_line", product=name, facts=facts or _stock(shop.stock(product)))
    if not version.variants:
        return ref("each_never", product=name, version=version.words)
    return ref("each_version", product=name, version=version.words, facts=_left(version, shop))


async def _detail(row: Relevant, shop: Shop, product: Product) -> dict[str, Any]:
    facts: list[Any] = await told(row, product, shop)
    line = {"dots": facts} if facts else ref("card_unknown")
    return ref("each_line", product=product.name(shop.language), facts=line)


def _colours(product: Product, shop: Shop) -> list[str]:
    there = [v.colour_name(shop.language) for v in product.variants if v.stock > 0]
    return list(dict.fromkeys(name for name in there if name))


def _left(version: Version, shop: Shop) -> dict[str, Any]:
    now, freshness = shop.now, shop.catalog.freshness
    fresh = all(variant.stock_is_fresh(now, freshness) for variant in version.variants)
    return _stock(sum(variant.stock for variant in version.variants) if fresh else None)


def _stock(pieces: int | None) -> dict[str, Any]:
    return ref("card_stock_unknown") if pieces is None else in_stock(pieces)
