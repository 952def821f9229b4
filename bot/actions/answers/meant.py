"""Takes note of the product that somebody wants to buy, and says so where it is sold out."""

from bot.actions.answer import Answer
from bot.actions.answers import availability
from bot.actions.asked import Asked
from bot.actions.concepts import content_words, mentions
from bot.actions.focus import by_its_words, meant, wanted_before
from bot.actions.shop import Shop
from bot.actions.wishes import core_words
from catalog import Product, ProductQuery


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
    if not words:
        return None
    found = await shop.catalog.search(ProductQuery(words=words, language=shop.language, limit=9))
    named = [p for p in found.products if mentions(p.name(shop.language), content_words(words))]
    return named[0] if len(named) == 1 else None
