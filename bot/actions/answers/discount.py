"""Is there a discount: what the shop has written about it, never a promise of our own."""

import re

from bot.actions.answer import Answer, person, say
from bot.actions.answers import details, relative
from bot.actions.answers.by_the_way import asked_by_the_way
from bot.actions.asked import Asked
from bot.actions.focus import meant
from bot.actions.shop import Shop

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
    return said.noting(asked, "discount", product.id if product else None)
