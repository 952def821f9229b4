"""What do you have: products by words, filters, budget, person and occasion; more of the same."""

from typing import Any

from bot.actions.answer import Answer, browse, person, say, show, tap
from bot.actions.answers import availability
from bot.actions.asked import Asked, as_price
from bot.actions.focus import meant
from bot.actions.shop import Shop, cash
from catalog import Found, Product, ProductQuery

SHOWN = 3
MOST_SHOWN = 10
FILTERS = ("category", "colour", "size", "material", "recipient", "occasion")
PEOPLE = ("recipient", "occasion")
PRICES = ("min_price", "max_price")
# Said alone, these narrow what is on the table: "in leather", "below 100".
NARROWING = frozenset({"colour", "size", "material", "min_price", "max_price"})
VARIANT_ONLY = frozenset({"colour", "size"})
SHORT = 10  # words; a longer message is a search of its own


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Answer a search, or go on with the last one."""
    if str(asked.args.get("more", "")).lower() in ("true", "yes", "1") and asked.filters:
        return await _more(asked, shop)
    heard = {entity.entity for entity in asked.entities}
    product = await meant(asked, shop) if heard and heard <= VARIANT_ONLY else None
    if product and _is_narrowing(asked, heard):
        return await availability.about(asked, shop, product)  # "e in rosso?", said of one product
    filters = _filters(asked, keep=_is_narrowing(asked, heard))
    return await _show(filters, shop, offset=0, limit=_limit(asked))


async def in_category(category: str, shop: Shop) -> Answer:
    """Show the best of one category."""
    return await _show({"category": category}, shop, offset=0, limit=SHOWN)


def _is_narrowing(asked: Asked, heard: set[str]) -> bool:
    if asked.args:
        return False  # a flow has asked for exactly what it wants
    return bool(heard) and heard <= NARROWING and len(asked.text.split()) <= SHORT


def _filters(asked: Asked, *, keep: bool) -> dict[str, Any]:
    """Return what to look for, in a form that the engine can remember."""
    filters = dict(asked.filters) if keep else {}
    for name in (*FILTERS, *PRICES):
        if value := asked.value(name):
            filters[name] = value
    words = asked.args.get("search")
    if words is None and not keep and not asked.args:
        words = asked.text
    if words:
        filters["words"] = str(words)[:400]
    return filters


def _limit(asked: Asked) -> int:
    given = str(asked.args.get("limit", ""))
    return min(max(int(given), 1), MOST_SHOWN) if given.isdecimal() else SHOWN


async def _more(asked: Asked, shop: Shop) -> Answer:
    filters = dict(asked.filters)
    offset = int(filters.get("next", 0))
    query = _query(filters, shop, offset=offset, limit=_limit(asked))
    found = await shop.catalog.search(query)
    if not found.products or (not found.exact and asked.filters.get("exact", True)):
        return await _wider(asked, shop) or say("search_no_more", browse(), person(), answer="none")
    return present(found, filters, shop, offset=offset, intro="search_more")


async def _wider(asked: Asked, shop: Shop) -> Answer | None:
    """Look once more without the person and the occasion, past what has been shown."""
    filters = {k: v for k, v in asked.filters.items() if k not in (*PEOPLE, "next", "exact")}
    if len(filters) == len(asked.filters) - len({"next", "exact"} & asked.filters.keys()):
        return None
    seen = tuple(dict.fromkeys([*asked.shown, *(str(n.get("product")) for n in asked.noted)]))
    query = _query(filters, shop, offset=0, limit=_limit(asked))
    found = await shop.catalog.search(query.model_copy(update={"exclude": seen}))
    if not found.products or not found.exact:
        return None
    return present(found, filters, shop, offset=0, intro="search_wider")


async def _filled_up(found: Found, filters: dict[str, Any], shop: Shop) -> Found:
    """Put others of the kind beside the only thing made for a person or an occasion."""
    open_to_all = {k: v for k, v in filters.items() if k not in PEOPLE}
    if len(open_to_all) == len(filters) or not filters.get("category"):
        return found
    query = _query(open_to_all, shop, offset=0, limit=SHOWN)
    seen = tuple(product.id for product in found.products)
    more = await shop.catalog.search(query.model_copy(update={"exclude": seen}))
    if not more.exact:
        return found
    products = (*found.products, *more.products)[:SHOWN]
    return found.model_copy(update={"products": products, "total": found.total + more.total})


async def _show(filters: dict[str, Any], shop: Shop, *, offset: int, limit: int) -> Answer:
    found = await shop.catalog.search(_query(filters, shop, offset=offset, limit=limit))
    if found.exact and len(found.products) == 1:
        found = await _filled_up(found, filters, shop)
    if not found.products:
        nothing = say("search_none", browse(), person(), answer="none")
        result = {"products": "none", "exact": False}
        return Answer(nothing.replies, {**nothing.slots, "filters": filters, "result": result})
    intro = "search_found" if len(found.products) > 1 else "search_found_one"
    if not found.exact:
        intro = _near(found, filters)
    return present(found, filters, shop, offset=offset, intro=intro)


def _query(filters: dict[str, Any], shop: Shop, *, offset: int, limit: int) -> ProductQuery:
    given = {name: filters.get(name) for name in (*FILTERS, "words")}
    prices = {name: as_price(filters.get(name)) for name in PRICES}
    chosen = {name: value for name, value in {**given, **prices}.items() if value is not None}
    return ProductQuery(language=shop.language, offset=offset, limit=limit, **chosen)


def _near(found: Found, filters: dict[str, Any]) -> str:
    """Say honestly what we do not have before showing what comes near."""
    if not found.total:
        return "search_loved"  # nothing comes near: what customers like most stands in
    first = found.missed[0] if found.missed else "words"
    if first == "price":
        return "search_near_price" if filters.get("max_price") else "search_near_other_price"
    if first == "words" and filters.get("category"):
        return "search_near_words"  # we sell bags, only not such a one
    known = ("colour", "size", "material", "recipient", "occasion")
    return f"search_near_{first}" if first in known else "search_not_sold"


def present(
    found: Found, filters: dict[str, Any], shop: Shop, *, offset: int, intro: str
) -> Answer:
    """Show what was found as cards, and remember how it was found."""
    alone = len(found.products) == 1
    items = [
        shop.item(product, *_card_choices(product, alone=alone), variants=_asked(product, filters))
        for product in found.products
    ]
    further = () if alone else _further(found, offset, to_check=any(not i.price for i in items))
    values: dict[str, Any] = {"count": len(items), "total": found.total}
    if limit := as_price(filters.get("max_price")):
        values["max_price"] = cash(limit)
    shown = show(items, intro, *further, **values)
    kept = {**filters, "next": offset + len(items), "exact": found.exact}
    result = {**shown.slots["result"], "exact": found.exact}
    return Answer(shown.replies, {**shown.slots, "filters": kept, "result": result})


def _asked(product: Product, filters: dict[str, Any]) -> list[Any] | None:
    """Return the variants in the colour and size asked for, where there are any."""
    matching = product.matching(colour=filters.get("colour"), size=filters.get("size"))
    return matching if matching and len(matching) < len(product.variants) else None


def _card_choices(product: Product, *, alone: bool) -> tuple[Any, ...]:
    details = tap("ask_details", product.id, text="choice_details")
    wanted = tap("buy", product.id, text="choice_buy")
    if not alone:
        return details, wanted
    if len(product.colours()) > 1:
        return wanted, details, tap("ask_availability", product.id, text="choice_colours")
    return wanted, details, tap("ask_delivery", product.id, text="choice_delivery")


def _further(found: Found, offset: int, *, to_check: bool) -> tuple[Any, ...]:
    compare = tap("compare_products", text="choice_compare")
    # Prices that somebody has to look up first are a person's business.
    last = person() if to_check else tap("ask_delivery", text="choice_delivery")
    if found.total > offset + len(found.products):
        return compare, tap("show_more", text="choice_more"), last
    return compare, last
