"""From what a customer wishes to products: the bot's answer and the catalog page look here."""

import re
from collections.abc import Sequence
from typing import Any

from bot.actions.carrying import ABOARD
from bot.actions.concepts import content_words, mentions
from bot.actions.core import PRICES
from bot.actions.pointing import best_rated, lowest_price, most_sold
from bot.actions.shop import Shop
from bot.actions.wishes import FILTERS, IN_WORDS, price_limits
from bot.rendering import Missed
from catalog import Found, Product, ProductQuery, Variant
from dialogues.executor import SUPERLATIVES

SHOWN = 3
_NUMBER = re.compile(r"\d")
_SMALL = 3  # letters
MOST_SHOWN = 10
MOST_ORDERED = 100  # products looked at for "the cheapest belt"
PEOPLE = ("recipient", "occasion")


async def find(filters: dict[str, Any], shop: Shop, *, offset: int = 0, limit: int) -> Found:
    """Search; the `core` of the wishes names the thing, where a message tells a story around it."""
    if holding := await _holding(filters, shop, offset=offset, limit=limit):
        return holding
    filters = {name: value for name, value in filters.items() if name != "having"}
    found = await page_of(filters, shop, offset=offset, limit=limit)
    if found.named and found.missed == ("occasion",):
        found = found.model_copy(update={"exact": True})  # a jewellery box for travel is one
    if not found.exact and filters.get("core"):
        found = await _as_told(found, filters, shop, offset=offset, limit=limit)
    if not found.exact and filters.get("without") and not _is_of_the_kind(found, filters):
        # Nothing of the kind is without it: the kind itself comes nearest.
        kind = {name: value for name, value in filters.items() if name != "words"}
        kind["without"] = [r for r in filters["without"] if r["kind"] != "material"]
        near = await page_of(kind, shop, offset=0, limit=MOST_ORDERED)
        kept = [product for product in near.products if not _is_mainly(product, filters["without"])]
        if kept:  # a canvas one with leather straps, but none of leather
            few = tuple(kept[offset : offset + limit])
            told = {"products": few, "total": len(kept), "exact": False, "missed": ("material",)}
            found = near.model_copy(update=told)
    if not found.exact and filters.keys() & set(PEOPLE):
        found = await _of_the_kind(found, filters, shop, offset=offset, limit=limit)
    if found.exact and len(found.products) == 1 and limit > 1 and not offset:
        found = await _filled_up(found, filters, shop)
    return found


async def _holding(filters: dict[str, Any], shop: Shop, *, offset: int, limit: int) -> Found | None:
    """Return what holds, or has in it, what was told; None where nothing does.

    What is of another kind, or holds it in another measure, is no more than the nearest.
    """
    having = str(filters.get("having") or "")
    kind = ("category", *IN_WORDS)
    of_any_kind = {name: value for name, value in filters.items() if name not in kind}
    # What is taken aboard goes before the kind, too: a weekender for a bag.
    measured = bool(_NUMBER.search(having)) or having in ABOARD.values()
    for told, any_kind in _attempts(having, shop.language, measured=measured):
        wishes = of_any_kind if any_kind else filters
        if any_kind and not filters.get("category"):
            continue
        page = await page_of({**wishes, "having": told}, shop, offset=offset, limit=limit)
        part = told not in (having, _bare(having)) and page.missed
        if not page.total or "category" in page.missed or part:
            continue
        if page.missed == ("occasion",):
            return page.model_copy(update={"exact": True})
        less = bool(_NUMBER.search(having)) and not _NUMBER.search(told)
        other = any_kind and (not measured or await _is_narrow(filters, shop))
        if not (less or other) or page.missed:
            return page
        return page.model_copy(update={"exact": False, "missed": ("words",)})
    return None


def _attempts(having: str, language: str, *, measured: bool) -> list[tuple[str, bool]]:
    """Return what to look for, and whether in what is of any kind, one after the other.

    A measure weighs more than the kind: what takes a laptop of 15 inches goes before bags for one
    of 13. The words are told all, without the measure, and one by one, the thing itself first.
    """
    if not having:
        return []
    bare = _bare(having)
    one_by_one = bare.split() if language == "it" else bare.split()[::-1]
    of_kind = [(told, False) for told in dict.fromkeys((having, bare, *one_by_one)) if told]
    place = 1 if measured else len(of_kind)
    return [*of_kind[:place], (having, True), *of_kind[place:]]


async def _is_narrow(filters: dict[str, Any], shop: Shop) -> bool:
    """Tell whether a name was said that not all of a kind have: a tote, and not any bag."""
    thing = ProductQuery(thing=str(filters.get("thing") or ""), language=shop.language, limit=1)
    return (await shop.catalog.search(thing)).named


def _bare(having: str) -> str:
    words = (word for word in having.split() if not _NUMBER.search(word) and len(word) > _SMALL)
    return " ".join(words)


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


def _is_mainly(product: Product, refusals: list[dict[str, str]]) -> bool:
    """Tell whether a product is first of all made of what is refused."""
    refused = {refusal["value"] for refusal in refusals if refusal["kind"] == "material"}
    return bool(refused & set(product.listed("materials")[:1]))


def _is_of_the_kind(found: Found, filters: dict[str, Any]) -> bool:
    """Tell whether nothing but the kind that was named is there; also where none was."""
    kinds = filters.get("category") or ()
    kinds = (kinds,) if isinstance(kinds, str) else kinds
    return not kinds or (
        bool(found.products) and all(product.category in kinds for product in found.products)
    )


async def _of_the_kind(
    found: Found, filters: dict[str, Any], shop: Shop, *, offset: int, limit: int
) -> Found:
    """Keep to the kind, price and material named rather than to the person or the occasion.

    What is made for others comes near to nothing: no women's gloves for a dad, however warm.
    """
    open_to_all = {k: v for k, v in filters.items() if k not in PEOPLE}
    near = await page_of(open_to_all, shop, offset=offset, limit=limit)
    if near.exact:
        missed = "occasion" if filters.get("occasion") else "recipient"
        near = near.model_copy(update={"exact": False, "missed": (missed,)})
    elif not _is_of_the_kind(near, filters) or _is_of_the_kind(found, filters):
        near = found
    fitting = await shop.catalog.not_for_others(near.products, _people(filters))
    if fitting or not filters.get("category"):
        few = fitting or near.products
        return near if few == near.products else near.model_copy(update={"products": few})
    told = {k: v for k, v in filters.items() if k not in ("core", "occasion")}
    theirs = await _as_told(found, told, shop, offset=offset, limit=limit)
    if theirs is found:
        return near
    return theirs.model_copy(update={"exact": False, "missed": ("words",)})


def _people(filters: dict[str, Any]) -> tuple[str, ...]:
    asked_for = _ids(filters.get("recipient")) or ()
    return (asked_for,) if isinstance(asked_for, str) else tuple(asked_for)


async def _as_told(
    found: Found, filters: dict[str, Any], shop: Shop, *, offset: int, limit: int
) -> Found:
    """Take what the thing alone finds, in the order that the whole story gives it."""
    alone = {**filters, "words": filters.get("core")}
    exact = await page_of(alone, shop, offset=0, limit=MOST_ORDERED)
    if not exact.exact:
        return found
    told = await page_of(filters, shop, offset=0, limit=MOST_ORDERED)
    ids = [product.id for product in exact.products]
    first = [product for product in told.products if product.id in ids]
    rest = [product for product in exact.products if product not in first]
    return exact.model_copy(update={"products": tuple([*first, *rest][offset : offset + limit])})


async def _filled_up(found: Found, filters: dict[str, Any], shop: Shop) -> Found:
    """Put others of the kind beside the only thing made for a person or an occasion."""
    if not filters.get("category") or not filters.keys() & set(PEOPLE):
        return found
    open_to_all = {k: v for k, v in filters.items() if k not in PEOPLE}
    there = [product.id for product in found.products]
    more = await besides(there, open_to_all, shop)
    if not more.exact:  # the words told of the person, too: "a nice bag for our anniversary"
        more = await besides(
            there, {k: v for k, v in open_to_all.items() if k not in ("words", "core")}, shop
        )
    if not more.exact:
        return found
    fitting = await shop.catalog.not_for_others(more.products, _people(filters))
    products = (*found.products, *fitting)[:SHOWN]
    total = found.total + more.total - (len(more.products) - len(fitting))
    return found.model_copy(update={"products": products, "total": total})


async def besides(
    seen: Sequence[str], filters: dict[str, Any], shop: Shop, *, limit: int = SHOWN
) -> Found:
    """Search past what has been seen."""
    query = query_of(filters, shop, offset=0, limit=limit)
    return await shop.catalog.search(query.model_copy(update={"exclude": tuple(seen)}))


async def page_of(filters: dict[str, Any], shop: Shop, *, offset: int, limit: int) -> Found:
    """Search, and order by price or stars where "the cheapest" of a kind was asked for."""
    order = filters.get("order")
    if order not in SUPERLATIVES:
        return await shop.catalog.search(query_of(filters, shop, offset=offset, limit=limit))
    found = await shop.catalog.search(query_of(filters, shop, offset=0, limit=MOST_ORDERED))
    fitting = await _so_called(found.products, filters, shop)
    products = _ordered(fitting, str(order), shop)[offset : offset + limit]
    return found.model_copy(update={"products": tuple(products)})


async def _so_called(
    products: Sequence[Product], filters: dict[str, Any], shop: Shop
) -> Sequence[Product]:
    """Keep those called as was said, where a kind goes by several names and one of them was said.

    "The cheapest candle" is no sachet, though both are "Scents and candles".
    """
    ids = _ids(filters.get("category")) or ()
    kinds = [
        await shop.catalog.name_of("category", id_, shop.language)
        for id_ in ((ids,) if isinstance(ids, str) else ids)
    ]
    said = content_words(str(filters.get("core") or filters.get("words") or ""))
    several = " ".join(kind for kind in kinds if len(content_words(kind)) > 1)
    own = [word for word in said if mentions(several, [word])]
    return [p for p in products if mentions(p.name(shop.language), own)] or products


def _ordered(products: Sequence[Product], order: str, shop: Shop) -> list[Product]:
    if order == "best_rated":
        return best_rated(products)
    if order == "most_sold":
        return most_sold(products)
    known = [(price, p) for p in products if (price := lowest_price(p, shop)) is not None]
    return [p for _, p in sorted(known, key=lambda pair: pair[0], reverse=order == "dearest")]


def query_of(filters: dict[str, Any], shop: Shop, *, offset: int, limit: int) -> ProductQuery:
    """Put the wishes into a query of the catalog."""
    given = {name: _ids(filters.get(name)) for name in (*FILTERS, "words", "thing", "having")}
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


def asked_variants(product: Product, filters: dict[str, Any]) -> list[Variant] | None:
    """Return the variants in a colour and size asked for, and in none refused, if there are any."""
    colours, sizes = (filters.get(name) or [None] for name in ("colour", "size"))
    matching = [
        variant
        for colour in (colours if isinstance(colours, list) else [colours])
        for size in (sizes if isinstance(sizes, list) else [sizes])
        for variant in product.matching(colour=colour, size=size)
    ]
    # Who wants no black is shown the brown one, its picture and what it costs.
    refused = [r["value"] for r in filters.get("without") or () if r["kind"] == "colour"]
    wanted = [v for v in matching if not any(v.is_colour(colour) for colour in refused)]
    # Who can spend 60 is offered the gift cards of 25 and 50.
    limits = price_limits(filters)
    low, high = limits.get("min_price"), limits.get("max_price")
    wanted = [
        v for v in wanted if (low is None or v.price >= low) and (high is None or v.price <= high)
    ]
    matching = list({variant.sku: variant for variant in wanted}.values())
    return matching if matching and len(matching) < len(product.variants) else None
