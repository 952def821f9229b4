"""Reading the catalog's tables. Only this module and `writing` query them."""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.products import Product, Review, Variant
from catalog.shop import ShopInfo
from catalog.tables import ProductRow, ReviewRow, ShopRow, TermRow, VariantRow, VersionRow
from catalog.terms import Term, Terms

# A product answer quotes one review and a page shows a handful; thousands stay in the table.
REVIEWS_SHOWN = 20
_CHUNK = 500  # SQLite's default limit of bound values is far above, PostgreSQL plans stay small


@dataclass(frozen=True, slots=True)
class Version:
    """Which state of which database was read."""

    origin: str
    number: int


def moment(milliseconds: int) -> datetime:
    """Return a column's time as a datetime in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def is_empty(conn: Connection) -> bool:
    """Tell whether there is no product at all, not even a hidden one."""
    return conn.execute(select(ProductRow.id).limit(1)).first() is None


def category_ids(conn: Connection) -> set[str]:
    """Return the ids of all categories that words or products name."""
    named = conn.scalars(select(TermRow.id).where(TermRow.kind == "category"))
    return {*named, *conn.scalars(select(ProductRow.category).distinct())}


async def version(session: AsyncSession) -> Version:
    """Return the catalog's version; an untouched catalog is at 0."""
    row = (await session.execute(select(VersionRow.origin, VersionRow.version))).first()
    return Version(row.origin, row.version) if row else Version("", 0)


async def changed_ids(session: AsyncSession, since: int) -> list[str]:
    """Return the ids of products changed after a version, hidden ones included."""
    rows = await session.scalars(
        select(ProductRow.id).where(ProductRow.version > since).order_by(ProductRow.id)
    )
    return list(rows)


async def terms(session: AsyncSession) -> Terms:
    """Return the shop's words, by kind and in the shop's order."""
    rows = await session.execute(
        select(TermRow.kind, TermRow.id, TermRow.data).order_by(
            TermRow.kind, TermRow.position, TermRow.id
        )
    )
    return Terms(Term(kind=kind, id=id_, **data) for kind, id_, data in rows)


async def shop(session: AsyncSession) -> ShopInfo | None:
    """Return the facts about the shop, None before they were loaded."""
    row = (await session.execute(select(ShopRow.data, ShopRow.updated_at))).first()
    if row is None:
        return None
    return ShopInfo.model_validate({**row.data, "updated_at": moment(row.updated_at)})


async def names(session: AsyncSession) -> list[tuple[str, dict[str, str], list[str]]]:
    """Return id, names and aliases of everything on sale."""
    rows = await session.execute(
        select(ProductRow.id, ProductRow.names, ProductRow.attributes)
        .where(ProductRow.hidden.is_(False))
        .order_by(ProductRow.id)
    )
    return [(id_, texts, list(more.get("aliases", ()))) for id_, texts, more in rows]


async def products(session: AsyncSession, ids: Sequence[str], words: Terms) -> list[Product]:
    """Return the products with these ids that are on sale, in the order of the ids."""
    found: dict[str, Product] = {}
    for start in range(0, len(ids), _CHUNK):
        for product in await _load(session, ids[start : start + _CHUNK], words):
            found[product.id] = product
    return [found[id_] for id_ in ids if id_ in found]


async def _load(session: AsyncSession, ids: Sequence[str], words: Terms) -> list[Product]:
    rows = await session.execute(
        select(ProductRow.__table__).where(ProductRow.id.in_(ids), ProductRow.hidden.is_(False))
    )
    wanted = list(rows.mappings())
    variants = await _variants(session, ids, words)
    rated = [row["id"] for row in wanted if row["rating_count"]]
    reviews = await _reviews(session, rated)
    sources = await _review_sources(session, rated)
    return [
        _product(row, variants[row["id"]], reviews[row["id"]], words).model_copy(
            update={"review_sources": sources.get(row["id"], ())}
        )
        for row in wanted
    ]


async def _variants(
    session: AsyncSession, ids: Sequence[str], words: Terms
) -> defaultdict[str, list[Variant]]:
    rows = await session.execute(
        select(VariantRow.__table__)
        .where(VariantRow.product_id.in_(ids))
        .order_by(VariantRow.product_id, VariantRow.position)
    )
    grouped: defaultdict[str, list[Variant]] = defaultdict(list)
    for row in rows.mappings():
        grouped[row["product_id"]].append(_variant(row, words))
    return grouped


async def _reviews(session: AsyncSession, ids: Sequence[str]) -> defaultdict[str, list[Review]]:
    grouped: defaultdict[str, list[Review]] = defaultdict(list)
    if not ids:
        return grouped
    age = func.row_number().over(
        partition_by=ReviewRow.product_id, order_by=(ReviewRow.at.desc(), ReviewRow.id)
    )
    newest = (
        select(ReviewRow.__table__, age.label("age"))
        .where(ReviewRow.product_id.in_(ids), ReviewRow.status == "approved")
        .subquery()
    )
    rows = await session.execute(
        select(newest).where(newest.c.age <= REVIEWS_SHOWN).order_by(newest.c.age)
    )
    for row in rows.mappings():
        grouped[row["product_id"]].append(_review(row))
    return grouped


async def _review_sources(session: AsyncSession, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return where the approved reviews come from, for products that have some from elsewhere."""
    if not ids:
        return {}
    rows = await session.execute(
        select(ReviewRow.product_id, ReviewRow.source, func.count())
        .where(ReviewRow.product_id.in_(ids), ReviewRow.status == "approved")
        .group_by(ReviewRow.product_id, ReviewRow.source)
        .order_by(ReviewRow.product_id, func.count().desc(), ReviewRow.source)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for product_id, source, _ in rows:
        found[product_id].append(source)
    return {id_: tuple(sources) for id_, sources in found.items() if any(sources)}


def _product(
    row: Any, variants: Iterable[Variant], reviews: Iterable[Review], words: Terms
) -> Product:
    count = row["rating_count"]
    category = words.get("category", row["category"])
    return Product(
        id=row["id"],
        names=row["names"],
        descriptions=row["descriptions"],
        category=row["category"],
        category_names=category.names if category else {},
        attributes=row["attributes"],
        care=row["care"],
        url=row["url"],
        images=tuple(row["images"]),
        variants=tuple(variants),
        rating=round(row["rating_total"] / count, 2) if count else None,
        reviews_count=count,
        reviews=tuple(reviews),
    )


def _variant(row: Any, words: Terms) -> Variant:
    colour = words.get("colour", row["colour"])
    on_sale = is_on_sale(row, time.time() * 1000)
    return Variant(
        sku=row["sku"],
        colour=row["colour"],
        colour_names=colour.names if colour else {},
        family=colour.wider if colour else None,
        size=row["size"],
        image=row["image"],
        price=row["sale_price"] if on_sale else row["price"],
        regular_price=row["price"] if on_sale else None,
        sale_until=moment(row["sale_until"]) if on_sale and row["sale_until"] else None,
        currency=row["currency"],
        price_at=moment(row["price_at"]),
        stock=row["stock"],
        counted=row["counted"],
        stock_at=moment(row["stock_at"]),
    )


def is_on_sale(row: Any, now: float) -> bool:
    """Tell whether a variant's sale price holds at this moment (milliseconds since 1970)."""
    if row["sale_price"] is None:
        return False
    begun = row["sale_from"] is None or row["sale_from"] <= now
    return begun and (row["sale_until"] is None or now < row["sale_until"])


def _review(row: Any) -> Review:
    return Review(
        author=row["author"],
        source=row["source"],
        rating=row["rating"],
        titles=row["titles"],
        texts=row["texts"],
        verified=row["verified"],
        at=moment(row["at"]),
    )
