"""Is there a discount: what the shop has written about it, never a promise of our own."""

from bot.actions.answer import Answer, person, say
from bot.actions.asked import Asked
from bot.actions.focus import meant
from bot.actions.shop import Shop


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell the shop's own words on discounts, else leave it to a person."""
    info = await shop.catalog.shop()
    product = await meant(asked, shop)
    if info.texts.get("discount"):
        said = say("shop_text", text={"text": info.texts["discount"]})
    else:
        said = say("discount_none", person(), answer="none")
    return said.noting(asked, "discount", product.id if product else None)
