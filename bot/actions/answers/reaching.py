"""What somebody can spend: nothing far above it comes near, however near it comes else."""

from decimal import Decimal
from typing import Any

from bot.actions.answers.finding import PEOPLE, page_of
from bot.actions.core import PRICES
from bot.actions.pointing import lowest_price
from bot.actions.shop import Shop
from bot.actions.wishes import price_limits
from catalog import Found

_FAR_ABOVE = 4  # times what somebody can spend: nothing of that kind comes near
_LASTING = (*PRICES, *PEOPLE, "without")


def _cheapest(found: Found, shop: Shop) -> Decimal | None:
    prices = (lowest_price(product, shop) for product in found.products)
    return min((price for price in prices if price is not None), default=None)


async def within_reach(found: Found, filters: dict[str, Any], shop: Shop, *, limit: int) -> Found:
    """Keep to a limit in money: the cheapest of a kind, or what else there is for that much.

    Who can spend 30 is shown nothing for 349, however near it comes else.
    """
    most, least = price_limits(filters).get("max_price"), _cheapest(found, shop)
    if not most or least is None or least <= most:
        return found
    if filters.get("category") and "price" in found.missed:
        open_ = {name: value for name, value in filters.items() if name not in PRICES}
        near = await page_of({**open_, "order": "cheapest"}, shop, offset=0, limit=limit)
        found = near.model_copy(update={"exact": False, "missed": found.missed})
        least = _cheapest(found, shop)
    if least is None or least <= most * (_FAR_ABOVE if filters.get("category") else 1):
        return found
    instead = {name: value for name, value in filters.items() if name in _LASTING}
    other = await page_of(instead, shop, offset=0, limit=limit)
    return other.model_copy(update={"exact": False, "missed": ("price",)}) if other.exact else found
