"""Something like this one, or like this one but cheaper, in red, below 100 euro."""

import re
from typing import Any

from bot.actions.answer import Answer, browse, person, say, show, tap
from bot.actions.asked import Asked
from bot.actions.focus import meant
from bot.actions.shop import Shop
from catalog import Found, Product, ProductQuery

SHOWN = 3
NARROWING = ("colour", "size", "material", "recipient", "occasion")

_LIKE = re.compile(
    r"\bsimil[ei]\b|\bdel genere\b|\bassomigli\w*|\b(?:sul|del)lo stesso (?:stile|genere|tipo)\b"
    r"|\b(?:una?|qualcos\w*|altr[aei]) (?:come|tipo) quest\w+"
    r"|\bsimilar\b|\b(?:something|anything|one|others?) like (?:this|that|it|the)\b"
    r"|\b(?:same|that|this) (?:kind|sort|style)\b",
    re.IGNORECASE,
)
# "Come il Marco", "like the Luna".
_LIKE_IT = re.compile(r"\bcome (?:il|la|lo|le|i|gli|l['’])|\blike (?:the|your)\b", re.IGNORECASE)
_CHEAPER = re.compile(
    r"\bmeno (?:car|costos)[oaie]|\b(?:più|piu) economic\w+|\bcost(?:i|a|ino|ano) (?:di )?meno\b"
    r"|\bcheaper\b|\bless expensive\b|\bmore affordable\b|\bcosts? less\b|\bfor less\b",
    re.IGNORECASE,
)


async def asked_for(asked: Asked, shop: Shop) -> Product | None:
    """Return the product that the customer wants something like, None for any other wish."""
    like = _LIKE.search(asked.text) or (asked.heard("product") and _LIKE_IT.search(asked.text))
    if set(asked.args) - {"more"} or not like:
        return None
    if asked.focus and not asked.heard("product") and asked.heard("ordinal") == ["cheapest"]:
        # "Like this but cheaper" means the one in view, not the cheapest of those shown.
        return next(iter(await shop.catalog.get([asked.focus])), None)
    return await meant(asked, shop)


async def answer(product: Product, asked: Asked, shop: Shop) -> Answer:
    """Show what is like the product, and say so when a wish had to be given up."""
    cheaper = _CHEAPER.search(asked.text) is not None
    found = await find(product, asked, shop, limit=SHOWN)
    name = product.name(shop.language)
    if not found.products:
        return say("similar_none", browse(), person(), answer="none", product=name)
    items = [shop.item(one, *_choices(one)) for one in found.products]
    compare = tap("compare_products", text="choice_compare")
    shown = show(items, _intro(found, cheaper=cheaper), compare, browse(), product=name)
    result = {**shown.slots["result"], "exact": found.exact}
    # "Others?" goes on with the rest of that kind.
    filters: dict[str, Any] = {"category": product.category, "exact": found.exact}
    if cheaper and (price := shop.price(product)):
        filters["max_price"] = str(price.low.amount)
    return Answer(shown.replies, {**shown.slots, "filters": filters, "result": result})


async def find(product: Product, asked: Asked, shop: Shop, *, limit: int) -> Found:
    """Look for what is like the product and as the customer wishes."""
    cheaper = _CHEAPER.search(asked.text) is not None
    return await shop.catalog.similar(product.id, _query(asked, shop, limit), cheaper=cheaper)


def _query(asked: Asked, shop: Shop, limit: int) -> ProductQuery:
    given: dict[str, Any] = {name: asked.value(name) for name in NARROWING}
    given |= {name: asked.price(name) for name in ("min_price", "max_price")}
    chosen = {name: value for name, value in given.items() if value is not None}
    return ProductQuery(language=shop.language, limit=limit, **chosen)


def _intro(found: Found, *, cheaper: bool) -> str:
    if found.exact:
        return "similar_cheaper" if cheaper else "similar_found"
    return "similar_near_price" if "price" in found.missed else "similar_near"


def _choices(product: Product) -> tuple[Any, ...]:
    details = tap("ask_details", product.id, text="choice_details")
    return details, tap("buy", product.id, text="choice_buy")
