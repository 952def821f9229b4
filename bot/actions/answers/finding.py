"""From what a customer wishes to products: the bot's answer and the catalog page look here."""

from collections.abc import Sequence
from typing import Any

from bot.actions.pointing import best_rated, lowest_price, most_sold
from bot.actions.shop import Shop
from bot.actions.wishes import FILTERS, PRICES, price_limits
from bot.rendering import Missed
from catalog import Found, Product, ProductQuery
from dialogues.executor import SUPERLATIVES

SHOWN = 3
MOST_ORDERED = 100  # products looked at for "the cheapest belt"
PEOPLE = ("recipient", "occasion")


async def find(filters: dict[str, Any], shop: Shop, *, offset: int = 0, limit: int) -> Found:
    """Search; what was found alone gets company of its kind where the wish allows it."""
    found = await page_of(filters, shop, offset=offset, limit=limit)
    if found.exact and len(found.products) == 1 and limit > 1:
        return await _filled_up(found, filters, shop)
    return found


async def missed(found: Found, filters: dict[str, Any], shop: Shop) -> Missed:
    """Say what was searched for and not found."""
    read = await shop.catalog.understand(query_of(filters, shop, offset=0, limit=1))
    said = {k: filters[k] for k in (*FILTERS, *PRICES, "without") if filters.get(k)}
    wishes = {**{kind: _one(ids) for kind, ids in read.filters.items()}, **said}
    if read.size:
        wishes.setdefault("size", read.size)
    return Missed(words=read.words, wishes=wishes, missed=found.missed, near=bool(found.total))


def _one(ids: Sequence[str]) -> str | list[str]:
    return ids[0] if len(ids) == 1 else list(ids)


async def page_of(filters: dict[str, Any], shop: Shop, *, offset: int, limit: int) -> Found:
    """Search, and order by price or stars where "the cheapest" of a kind was asked for."""
    order = filters.get("order")
    if order not in SUPERLATIVES:
        return await shop.catalog.search(query_of(filters, shop, offset=offset, limit=limit))
    found = await shop.catalog.search(query_of(filters, shop, offset=0, limit=MOST_ORDERED))
    products = _ordered(found.products, str(order), shop)[offset : offset + limit]
    return found.model_copy(update={"products": tuple(products)})


def _ordered(products: Sequence[Product], order: str, shop: Shop) -> list[Product]:
    if order == "best_rated":
        return best_rated(products)
    if order == "most_sold":
        return most_sold(products)
    known = [(price, p) for p in products if (price := lowest_price(p, shop)) is not None]
    return [p for _, p in sorted(known, key=lambda pair: pair[0], reverse=order == "dearest")]


def query_of(filters: dict[str, Any], shop: Shop, *, offset: int, limit: int) -> ProductQuery:
    """Return the question that the catalog is asked."""
    given = {name: _ids(filters.get(name)) for name in (*FILTERS, "words")}
    size = given.pop("size")
    given["size"] = size[0] if isinstance(size, tuple) else size
    chosen: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    chosen |= price_limits(filters)
    return ProductQuery(
        language=shop.language,
        offset=offset,
        limit=limit,
        without=filters.get("without") or (),
        in_stock=bool(filters.get("needed_by")),  # what is sold out arrives on no day
        **chosen,
    )


def _ids(value: Any) -> Any:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else value


async def _filled_up(found: Found, filters: dict[str, Any], shop: Shop) -> Found:
    """Put others of the kind beside the only thing made for a person or an occasion."""
    open_to_all = {k: v for k, v in filters.items() if k not in PEOPLE}
    if len(open_to_all) == len(filters) or not filters.get("category"):
        return found
    query = query_of(open_to_all, shop, offset=0, limit=SHOWN)
    seen = tuple(product.id for product in found.products)
    more = await shop.catalog.search(query.model_copy(update={"exclude": seen}))
    if not more.exact:
        return found
    products = (*found.products, *more.products)[:SHOWN]
    return found.model_copy(update={"products": products, "total": found.total + more.total})
