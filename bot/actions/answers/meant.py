"""Takes note of the product that somebody wants to buy, and says so where it is sold out."""

from bot.actions.answer import Answer
from bot.actions.answers import availability
from bot.actions.asked import Asked
from bot.actions.concepts import content_words
from bot.actions.focus import by_its_words, meant, only_one_with, wanted_before
from bot.actions.shop import Shop
from bot.actions.wishes import core_words
from catalog import Product


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Put the one product in view that can only be meant; an open question stays open.

    The result is `gone` where there is none left of what is wanted; that has been said then.
    """
    product = (
        await by_its_words(asked, shop)
        or await meant(asked, shop)
        or await wanted_before(asked, shop)
        or await _only_one_named(asked, shop)
    )
    if product is None:
        return Answer((), {"result": {"answer": "none"}})
    if gone := await availability.gone(asked, shop, product):
        return Answer(gone.replies, {**gone.slots, "result": {"answer": "gone"}})
    return Answer((), {"focus": product.id, "result": {"answer": "given"}})


async def _only_one_named(asked: Asked, shop: Shop) -> Product | None:
    """Return the one product of the shop called as what is wanted: "4 of the bookmarks"."""
    words = core_words(asked)
    return await only_one_with(words, content_words(words), shop, among=9) if words else None
