"""Is there a discount: on a product today, and what the shop has written; no promise of our own."""

import re
from typing import Any

from bot.actions.answer import Answer, person, say
from bot.actions.answers import details, relative
from bot.actions.answers.by_the_way import asked_by_the_way
from bot.actions.asked import Asked
from bot.actions.focus import meant
from bot.actions.shop import Shop, cash, priced
from catalog import Product

# "È in sconto?" asks about the price of today, "mi fate uno sconto?" for another one.
_REDUCED = re.compile(
    r"\b(?:in|a) (?:sconto|saldo|promozione|promo|offerta)\b|\bscontat[oaie]\b"
    r"|\bon (?:sale|offer|promotion)\b|\breduced\b|\bdiscounted\b|\bsale price\b",
    re.IGNORECASE,
)
# "Isn't there anything cheaper?" asks for another one, not for a discount.
_ANOTHER = re.compile(
    r"\bqualcos\w*|\bqualcun\w*|\baltr[oaie]\b|\bniente\b|\bnulla\b|\bsomething|\banything|\bothers?\b"
    r"|\banother\b|\bones?\b",
    re.IGNORECASE,
)


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell the shop's own words on discounts, else leave it to a person."""
    if asked.heard("compared") and (asked.focus or asked.shown) and _ANOTHER.search(asked.text):
        return await relative.answer(asked, shop)
    if named := await asked_by_the_way(asked, shop):  # "a bit dear for me. the Dante?"
        return await details.about(asked, shop, named)
    info = await shop.catalog.shop()
    product = await meant(asked, shop)
    if info.texts.get("discount"):
        said = say("shop_text", text={"text": info.texts["discount"]})
    else:
        said = say("discount_none", person(), answer="none")
    if product and _REDUCED.search(asked.text) and (today := _today(product, shop)):
        said = today.and_then(said)
    return said.noting(asked, "discount", product.id if product else None)


def _today(product: Product, shop: Shop) -> Answer | None:
    """Tell whether a product costs less than usual today, None where the price must be checked."""
    # Of several versions on sale the cheapest: its two prices belong together.
    on_sale = [one for one in product.variants if one.regular_price is not None]
    best = min(on_sale, key=lambda variant: variant.price, default=None)
    price = shop.price(product, [best] if best else None)
    if price is None:
        return None
    values: dict[str, Any] = {"product": product.name(shop.language), "price": priced(price)}
    if best is None or best.regular_price is None:
        return say("discount_not_today", **values)
    values["before"] = cash(best.regular_price, best.currency)
    return say("discount_today", **values)
