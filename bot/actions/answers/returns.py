"""Can I send it back: how long, at whose cost, when the money returns."""

from bot.actions.answer import Answer, buy, say, tap
from bot.actions.answers import initials
from bot.actions.asked import Asked
from bot.actions.focus import meant
from bot.actions.shop import Shop


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell the conditions of returning something."""
    info = await shop.catalog.shop()
    returns = info.returns
    product = await meant(asked, shop)
    choices = [buy(product.id)] if product else []
    special = info.texts.get("returns_personalised")
    if special and initials.is_asked(asked.text):
        said = say("shop_text", *choices, text={"text": special})
        return said.noting(asked, "returns", product.id if product else None)
    choices.append(tap("ask_delivery", text="choice_delivery"))
    said = say(
        "returns_free" if returns.free else "returns_paid",
        *choices,
        days=returns.days,
        refund_days=returns.refund_days,
    )
    return said.noting(asked, "returns", product.id if product else None)
