"""Writing the catalog: plain functions of a connection; who calls them owns the transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import Connection, delete, func, insert, select, update

from catalog.importers.rows import Incoming, IncomingReview, IncomingVariant, RowError, Source
from catalog.shop import ShopInfo
from catalog.tables import ProductRow, ReviewRow, ShopRow, TermRow, VariantRow, VersionRow
from catalog.terms import Term

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; rows with mistakes are listed and everything else is in."""

    products: int = 0
    variants: int = 0
    hidden: int = 0
    errors: tuple[RowError, ...] = ()


@dataclass(slots=True)
class _Batch:
    products: list[dict[str, Any]] = field(default_factory=list)
    variants: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)


def milliseconds(at: datetime) -> int:
    """Return a moment as the columns keep it."""
    return int(at.timestamp() * 1000)


def raise_version(conn: Connection) -> int:
    """Count a change; the row stays locked, so versions follow the order of the commits."""
    raised = update(VersionRow).values(version=VersionRow.version + 1)
    if conn.execute(raised).rowcount == 0:
        conn.execute(insert(VersionRow).values(id=1, version=1, origin=uuid4().hex))
    return int(conn.execute(select(VersionRow.version)).scalar_one())


def import_products(
    conn: Connection, rows: Sequence[Source | RowError], *, at: datetime, complete: bool = False
) -> Imported:
    """Write products by their ids: known ones are replaced, rows with mistakes are reported.

    `complete` says that the rows are all there is: products that are not among them are hidden.
    Prices and stock without a date of their own count as read `at` that moment.
    """
    version = raise_version(conn)
    errors: list[RowError] = []
    batch, seen, variants = _Batch(), dict[str, int](), 0
    for row in rows:
        product = _check(row, seen, errors)
        if product is None:
            continue
        _add(batch, product, at, version)
        if len(batch.products) >= _BATCH:
            variants += len(batch.variants)
            _flush(conn, batch)
            batch = _Batch()
    variants += len(batch.variants)
    _flush(conn, batch)
    hidden = _hide_others(conn, version) if complete else 0
    return Imported(len(seen), variants, hidden, tuple(errors))


def _check(row: Source | RowError, seen: dict[str, int], errors: list[RowError]) -> Incoming | None:
    if isinstance(row, RowError):
        errors.append(row)
        return None
    try:
        product = Incoming.model_validate(row.data)
    except ValidationError as error:
        errors.extend(_explain(row.line, error))
        return None
    if product.id in seen:
        first = seen[product.id]
        errors.append(RowError(row.line, "id", f"{product.id!r} was already on line {first}"))
        return None
    if (sku := _twice(product)) is not None:
        errors.append(RowError(row.line, "sku", f"{sku!r} is there twice in one product"))
        return None
    seen[product.id] = row.line
    return product


def _twice(product: Incoming) -> str | None:
    skus = [_sku(product, variant) for variant in product.variants]
    return next((sku for sku in skus if skus.count(sku) > 1), None)


def _sku(product: Incoming, variant: IncomingVariant) -> str:
    told = "-".join(part for part in (product.id, variant.colour, variant.size) if part)
    return variant.sku or (told if len(told) <= 80 else sha256(told.encode()).hexdigest())


def _explain(line: int, error: ValidationError) -> list[RowError]:
    found = []
    for detail in error.errors(include_url=False):
        place = ".".join(str(part) for part in detail["loc"])
        reason = detail["msg"].removeprefix("Value error, ")
        if not place and ": " in reason:
            place, _, reason = reason.partition(": ")
        found.append(RowError(line, place, reason))
    return found


def _add(batch: _Batch, product: Incoming, at: datetime, version: int) -> None:
    batch.products.append(
        {
            "id": product.id,
            "category": product.category,
            "names": product.names,
            "descriptions": product.descriptions,
            "care": product.care,
            "attributes": _attributes(product),
            "url": product.url,
            "images": product.images,
            "rating_total": 0,  # counted when the reviews are in
            "rating_count": 0,
            "hidden": False,
            "version": version,
        }
    )
    offers = product.variants or [IncomingVariant()]
    batch.variants += [_variant(product, v, n, at) for n, v in enumerate(offers)]
    batch.reviews += [_review(product.id, review) for review in product.reviews]


def _attributes(product: Incoming) -> dict[str, Any]:
    lists = {
        "materials": product.materials,
        "recipients": product.recipients,
        "occasions": product.occasions,
        "aliases": product.aliases,
        "keywords": product.keywords,
    }
    return {**product.attributes, **{name: value for name, value in lists.items() if value}}


def _variant(
    product: Incoming, variant: IncomingVariant, position: int, at: datetime
) -> dict[str, Any]:
    price = variant.price if variant.price is not None else product.price
    stock = variant.stock if variant.stock is not None else product.stock
    return {
        "sku": _sku(product, variant),
        "product_id": product.id,
        "position": position,
        "colour": variant.colour,
        "size": variant.size,
        "image": variant.image,
        "price": price,
        "currency": variant.currency or product.currency or "EUR",
        "price_at": milliseconds(variant.price_at or product.price_at or at),
        "stock": stock or 0,
        "stock_at": milliseconds(variant.stock_at or product.stock_at or at),
    }


def _review(product_id: str, review: IncomingReview) -> dict[str, Any]:
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
    }


def _flush(conn: Connection, batch: _Batch) -> None:
    if not batch.products:
        return
    ids = [product["id"] for product in batch.products]
    conn.execute(delete(VariantRow).where(VariantRow.product_id.in_(ids)))
    conn.execute(delete(ProductRow).where(ProductRow.id.in_(ids)))
    conn.execute(insert(ProductRow), batch.products)
    conn.execute(insert(VariantRow), batch.variants)
    if batch.reviews:
        review_ids = [review["id"] for review in batch.reviews]
        conn.execute(delete(ReviewRow).where(ReviewRow.id.in_(review_ids)))
        conn.execute(insert(ReviewRow), batch.reviews)
    _count_ratings(conn, ids)


def _count_ratings(conn: Connection, ids: Sequence[str]) -> None:
    counted = conn.execute(
        select(ReviewRow.product_id, func.sum(ReviewRow.rating), func.count())
        .where(ReviewRow.product_id.in_(ids), ReviewRow.status == "published")
        .group_by(ReviewRow.product_id)
    )
    for id_, total, count in counted.all():
        conn.execute(
            update(ProductRow)
            .where(ProductRow.id == id_)
            .values(rating_total=int(total), rating_count=count)
        )


def _hide_others(conn: Connection, version: int) -> int:
    # What an import touched carries its version; nothing else can have it.
    others = ProductRow.version < version, ProductRow.hidden.is_(False)
    return conn.execute(
        update(ProductRow).where(*others).values(hidden=True, version=version)
    ).rowcount


def put_terms(conn: Connection, terms: Iterable[Term]) -> None:
    """Write the shop's words; those of the same kind and id are replaced."""
    raise_version(conn)
    for position, term in enumerate(terms):
        known = TermRow.kind == term.kind, TermRow.id == term.id
        conn.execute(delete(TermRow).where(*known))
        data = term.model_dump(mode="json", exclude={"kind", "id"})
        row = {"kind": term.kind, "id": term.id, "position": position, "data": data}
        conn.execute(insert(TermRow), row)


def put_shop(conn: Connection, shop: ShopInfo) -> None:
    """Write the facts about the shop in place of the ones that were there."""
    raise_version(conn)
    conn.execute(delete(ShopRow))
    data = shop.model_dump(mode="json", exclude={"updated_at"})
    row = {"id": 1, "data": data, "updated_at": milliseconds(shop.updated_at)}
    conn.execute(insert(ShopRow), row)


def set_stock(conn: Connection, product_id: str, sku: str, *, stock: int, at: datetime) -> bool:
    """Write how many pieces there are now; False when nobody knows that variant."""
    return _set(conn, product_id, sku, {"stock": stock, "stock_at": milliseconds(at)})


def set_price(conn: Connection, product_id: str, sku: str, *, price: Decimal, at: datetime) -> bool:
    """Write what a variant costs now; False when nobody knows that variant."""
    return _set(conn, product_id, sku, {"price": price, "price_at": milliseconds(at)})


def _set(conn: Connection, product_id: str, sku: str, values: dict[str, Any]) -> bool:
    known = VariantRow.product_id == product_id, VariantRow.sku == sku
    if conn.execute(update(VariantRow).where(*known).values(**values)).rowcount == 0:
        return False
    version = raise_version(conn)
    conn.execute(update(ProductRow).where(ProductRow.id == product_id).values(version=version))
    return True
