"""What somebody can spend: nothing far above it comes near, however near it comes else."""

from typing import Any

from bot.actions.answers.finding import PEOPLE, page_of
from bot.actions.core import PRICES
from bot.actions.pointing import lowest_price
from bot.actions.shop import Shop
from bot.actions.wishes import price_limits
from catalog import Found

_FAR_ABOVE = 4  # times what somebody can spend: nothing of that kind comes near
_LASTING = (*PRICES, *PEOPLE, "without")


async def within_reach(found: Found, filters: dict[str, Any], shop: Shop, *, limit: int) -> Found:
    """Keep to a limit in money: the cheapest of a kind, or what else there is for that much.

    Who can spend 30 is shown nothing for 349, however near it comes else.
    """
    most = price_limits(filters).get("max_price")
    prices = [p for one in found.products if (p := lowest_price(one, shop)) is not None]
    if not most or not prices or min(prices) <= most:
        return found
    if filters.get("category") and "price" in found.missed:
        open_ = {name: value for name, value in filters.items() if name not in PRICES}
        near = await page_of({**open_, "order": "cheapest"}, shop, offset=0, limit=limit)
        found = near.model_copy(update={"exact": False, "missed": found.missed})
        prices = [p for one in found.products if (p := lowest_price(one, shop)) is not None]
    if not prices or min(prices) <= most * (_FAR_ABOVE if filters.get("category") else 1):
        return found
    instead = {name: value for name, value in filters.items() if name in _LASTING}
    other = await page_of(instead, shop, offset=0, limit=limit)
    return other.model_copy(update={"exact": False, "missed": ("price",)}) if other.exact else found
