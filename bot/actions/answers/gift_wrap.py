"""Do you wrap presents."""

from bot.actions.answer import Answer, buy, say, tap
from bot.actions.asked import Asked
from bot.actions.focus import meant
from bot.actions.shop import Shop, cash


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell the shop's own words on gift wrapping, else what it costs."""
    info = await shop.catalog.shop()
    product = await meant(asked, shop)
    choice = buy(product.id) if product else tap("recommend_gift", text="choice_gift")
    if own := info.texts.get("gift_wrap"):
        said = say("shop_text", choice, text={"text": own})
    elif info.gift_wrap.cost:
        cost = cash(info.gift_wrap.cost, info.gift_wrap.currency)
        said = say("gift_wrap_paid", choice, cost=cost)
    else:
        said = say("gift_wrap_free", choice)
    return said.noting(asked, "gift_wrap", product.id if product else None)
