"""Whom a thing is for: "andrebbe bene per mia mamma?", "is it ok for a man?"."""

from bot.actions.answer import Answer, buy, say, tap
from bot.actions.asked import Asked
from bot.actions.features import relevant
from bot.actions.shop import Shop
from catalog import Product
from dialogues import executor


async def answer(asked: Asked, shop: Shop, product: Product) -> Answer | None:
    """Tell whether a thing is one for somebody, None where that is not asked or not written."""
    listed = product.listed("recipients")
    wanted = [str(id_) for id_ in asked.heard("recipient")]
    if asked.tapped or not (listed and wanted and executor.asks_if_it_fits(asked.text)):
        return None
    if relevant(asked.text, product, shop.language).features:
        return None  # "mio marito è allergico al nichel, va bene?"
    fitting = [id_ for id_ in wanted if id_ in listed]
    whom = [
        await shop.catalog.name_of("recipient", id_, shop.language) for id_ in fitting or listed
    ]
    choices = (
        buy(product.id),
        tap("ask_details", product.id, text="choice_details"),
        tap("ask_delivery", product.id, text="choice_delivery"),
    )
    text = "fits_them" if fitting else "fits_others"
    said = say(text, *choices, product=product.name(shop.language), whom={"list": whom})
    return said.noting(asked, "details", product.id)
