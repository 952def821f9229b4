"""What do several things cost together: "both pairs, how much in all?", "e cinque pezzi?"."""

import re
from decimal import Decimal
from typing import Any

from bot.actions.answer import Answer, buy, ref, say, tap
from bot.actions.asked import Asked
from bot.actions.focus import named, talked_about
from bot.actions.shop import Shop, cash
from catalog import Product

_IN_ALL = re.compile(
    r"\bin tutto\b|\btotale\b|\btutt[eio] insieme\b|\bcomplessiv\w+|\btotal\b|\baltogether\b"
    r"|\ball together\b|\bin all\b|\ball in\b|\bcome to\b|\badd(?:s)? up\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\btutt[ei] e due\b|\bentramb[ei]\b|\bboth\b|\bthe two\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"\bplus\b|\band\b|\btogether\b|\bwith\b|\bpi[uù]\b|\be\b|\binsieme\b|\banche\b|\bcon\b",
    re.IGNORECASE,
)
_MOST = 99


async def answer(asked: Asked, shop: Shop) -> Answer | None:
    """Add up what was named, for so many pieces as were said; None where no sum is asked for."""
    in_all = bool(_IN_ALL.search(asked.text))
    if not in_all and not asked.value("quantity"):
        return None
    products = await _all_meant(asked, shop)
    count = _count(asked, products)
    if not in_all and len(products) > 1:
        return None  # "how much are the two wallets?" asks for each
    prices = [shop.price(product) for product in products]
    fixed = [price for price in prices if price and price.low.amount == price.high.amount]
    if len(fixed) < len(products) or len(products) * count < 2:
        return None
    total = sum((price.low.amount for price in fixed), Decimal(0)) * count
    items: list[Any] = [
        ref("price_total_item", count=count, product=product.name(shop.language))
        for product in products
    ]
    last = products[-1].id
    choices = buy(last), tap("ask_delivery", last, text="choice_delivery")
    said = say(
        "price_total",
        *choices,
        total=cash(total, fixed[0].low.currency),
        items={"list": items},
    )
    return said.noting(asked, "price", last)


async def _all_meant(asked: Asked, shop: Shop) -> list[Product]:
    """Return what the sum is of: named, of a kind talked about, and what is in view beside it."""
    found = await named(asked, shop)
    for kind in asked.heard("category"):
        known = await talked_about(asked, shop, str(kind))
        found += [known] if known else []
    in_view = await shop.catalog.get([asked.focus]) if asked.focus else []
    if not found or _BESIDE.search(asked.text):
        found = [*in_view, *found]
    if not found:
        found = await shop.catalog.get(asked.shown)
    return list({product.id: product for product in found}.values())


def _count(asked: Asked, products: list[Product]) -> int:
    said = asked.value("quantity")
    if said and said.isdecimal():
        return min(max(int(said), 1), _MOST)
    return 2 if len(products) == 1 and _BOTH.search(asked.text) else 1
