"""What if it breaks: how long the warranty lasts."""

from bot.actions.answer import Answer, say, tap
from bot.actions.asked import Asked
from bot.actions.focus import meant
from bot.actions.shop import Shop


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell the shop's own words on the warranty, else its months."""
    info = await shop.catalog.shop()
    product = await meant(asked, shop)
    returns = tap("ask_returns", text="choice_returns")
    if own := info.texts.get("warranty"):
        said = say("shop_text", returns, text={"text": own})
    else:
        said = say("warranty", returns, months=info.warranty_months)
    return said.noting(asked, "warranty", product.id if product else None)
