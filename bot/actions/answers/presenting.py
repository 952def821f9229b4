"""Shows what was found as cards, and says honestly how near it comes."""

import re
from typing import Any

from bot.actions.answer import Answer, person, show, tap
from bot.actions.answers.finding import asked_variants
from bot.actions.asked import as_price
from bot.actions.shop import Shop, cash
from bot.actions.wishes import is_vague
from catalog import Found, Product

# "Un regalo per mio marito", told at length, names no thing that a shop could be without.
_PRESENT = re.compile(r"\bregal|\bpensier|\bide[ae]\b|\bgift|\bpresent|\bideas?\b", re.IGNORECASE)


def intro_of(found: Found, filters: dict[str, Any]) -> str:
    """Return the text that stands before the products."""
    if not found.exact:
        return _near(found, filters)
    return "search_found" if len(found.products) > 1 else "search_found_one"


def _near(found: Found, filters: dict[str, Any]) -> str:
    """Say honestly what we do not have before showing what comes near."""
    if not found.total:
        return "search_loved"  # nothing comes near: what customers like most stands in
    missed = [name for name in found.missed if name != "colour" or not _in_colour(found, filters)]
    first = missed[0] if missed else "words"
    if first == "price":
        return "search_near_price" if filters.get("max_price") else "search_near_other_price"
    told = str(filters.get("words") or "")
    vague = is_vague(told) or _PRESENT.search(told)
    if first == "words" and (filters.get("category") or vague):
        return "search_near_words"  # we sell bags, only not such a one
    known = ("colour", "size", "material", "recipient", "occasion")
    return f"search_near_{first}" if first in known else "search_not_sold"


def _in_colour(found: Found, filters: dict[str, Any]) -> bool:
    """Tell whether the nearest has the colour all the same, and something else is missing."""
    colours = filters.get("colour") or ()
    first = found.products[0]
    return any(
        first.matching(colour=c) for c in ([colours] if isinstance(colours, str) else colours)
    )


def present(
    found: Found, filters: dict[str, Any], shop: Shop, *, offset: int, intro: str
) -> Answer:
    """Show what was found as cards, and remember how it was found."""
    alone = len(found.products) == 1
    items = [
        shop.item(
            product, *card_choices(product, alone=alone), variants=asked_variants(product, filters)
        )
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


def card_choices(product: Product, *, alone: bool) -> tuple[Any, ...]:
    """Return what can be tapped below a product; there is room for more where it stands alone."""
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
