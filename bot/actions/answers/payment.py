"""How can I pay."""

from typing import Any

from bot.actions.answer import Answer, buy, say, tap
from bot.actions.asked import Asked
from bot.actions.focus import meant
from bot.actions.shop import Shop


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Name every way to pay, and who takes instalments."""
    ways = (await shop.catalog.shop()).payment
    product = await meant(asked, shop)
    choices = [buy(product.id)] if product else []
    choices.append(tap("ask_delivery", text="choice_delivery"))
    said = say("payment", *choices, ways={"list": [{"text": way.names} for way in ways]})
    parted = next((way for way in ways if way.instalments), None)
    if parted:
        parts: dict[str, Any] = {"count": parted.instalments, "way": {"text": parted.names}}
        said = said.and_then(say("payment_instalments", **parts))
    return said.noting(asked, "payment", product.id if product else None)
