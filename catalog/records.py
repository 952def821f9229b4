"""A checked product as the rows that are kept, and a mark that tells whether it has changed."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b, sha256
from typing import Any

from catalog.importers import Incoming, IncomingReview, IncomingVariant, sku_of
from catalog.vocabulary import Vocabulary

# A source that only says "in stock" has more than the few that are counted out to a customer.
ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Record:
    """The rows of one product."""

    product: dict[str, Any]
    variants: list[dict[str, Any]]
    reviews: list[dict[str, Any]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The product's id."""
        return str(self.product["id"])

    @property
    def fingerprint(self) -> str:
        """A mark of everything but the moments at which prices and stock were read."""
        return str(self.product["fingerprint"])


def milliseconds(at: datetime) -> int:
    """Return a moment as the columns keep it."""
    return int(at.timestamp() * 1000)


def record_of(product: Incoming, at: datetime, words: Vocabulary) -> Record:
    """Return the rows; prices and stock without a date of their own count as read `at`."""
    row = {
        "id": product.id,
        "category": words.id_of("category", product.category),
        "names": product.names,
        "descriptions": product.descriptions,
        "care": product.care,
        "attributes": _attributes(product, words),
        "url": product.url,
        "images": product.images,
        "rating_total": 0,  # counted when the reviews are in
        "rating_count": 0,
        "hidden": product.hidden,
    }
    offers = product.variants or [IncomingVariant()]
    variants = [_variant(product, v, n, at, words) for n, v in enumerate(offers)]
    reviews = [review_row(product.id, review, at) for review in product.reviews]
    row["fingerprint"] = _fingerprint(row, variants, reviews)
    return Record(row, variants, reviews)


def review_row(product_id: str, review: IncomingReview, at: datetime) -> dict[str, Any]:
    """Return the row of a review; without an id it is known by product, author and text."""
    told = "\0".join((product_id, review.author, *review.texts.values()))
    return {
        "id": review.id or sha256(told.encode()).hexdigest()[:32],
        "product_id": product_id,
        "author": review.author,
        "rating": review.rating,
        "titles": review.titles,
        "texts": review.texts,
        "verified": review.verified,
        "at": milliseconds(review.at),
        "status": review.status,
        "source": review.source,
        "conversation": None,
        "received_at": milliseconds(at),
        "moderated_by": None,
        "moderated_at": None,
    }


def _attributes(product: Incoming, words: Vocabulary) -> dict[str, Any]:
    lists = {
        "materials": words.ids_of("material", product.materials),
        "recipients": words.ids_of("recipient", product.recipients),
        "occasions": words.ids_of("occasion", product.occasions),
        "aliases": product.aliases,
        "keywords": product.keywords,
    }
    return {**product.attributes, **{name: value for name, value in lists.items() if value}}


def _variant(
    product: Incoming, variant: IncomingVariant, position: int, at: datetime, words: Vocabulary
) -> dict[str, Any]:
    stock, counted = _stock(product, variant)
    colour = variant.colour
    return {
        "sku": sku_of(product, variant),
        "product_id": product.id,
        "position": position,
        "colour": words.id_of("colour", colour) if colour else None,
        "size": variant.size,
        "image": variant.image,
        "price": variant.price if variant.price is not None else product.price,
        "currency": variant.currency or product.currency or "EUR",
        "price_at": milliseconds(variant.price_at or product.price_at or at),
        "stock": stock,
        "counted": counted,
        "stock_at": milliseconds(variant.stock_at or product.stock_at or at),
        **_sale(product, variant, at),
    }


def _stock(product: Incoming, variant: IncomingVariant) -> tuple[int, bool]:
    stock = variant.stock if variant.stock is not None else product.stock
    there = variant.available if variant.available is not None else product.available
    if stock is not None:
        return (0 if there is False else stock), True
    if there is None:
        return 0, True
    return (ENOUGH if there else 0), False


def _sale(product: Incoming, variant: IncomingVariant, at: datetime) -> dict[str, Any]:
    price, start, until = variant.sale() if variant.sale_price is not None else product.sale()
    regular = variant.price if variant.price is not None else product.price
    over = until is not None and until <= at
    if price is None or regular is None or price >= regular or over:
        return dict.fromkeys(("sale_price", "sale_from", "sale_until", "sale_turns_at"))
    ends = milliseconds(until) if until else None
    begins = milliseconds(start) if start else None
    waits = begins is not None and begins > milliseconds(at)
    return {
        "sale_price": price,
        "sale_from": begins,
        "sale_until": ends,
        "sale_turns_at": begins if waits else ends,
    }


def _fingerprint(
    row: dict[str, Any], variants: list[dict[str, Any]], reviews: list[dict[str, Any]]
) -> str:
    passing = {"price_at", "stock_at", "received_at", "sale_turns_at"}
    listed = [
        [[name, part[name]] for name in sorted(part) if name not in passing]
        for part in (row, *variants, *reviews)
    ]
    told = json.dumps(listed, default=str, ensure_ascii=False, sort_keys=True)
    return blake2b(told.encode(), digest_size=16).hexdigest()
