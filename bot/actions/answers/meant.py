"""Takes note of the product that somebody wants to buy, and says so where it is sold out."""

from bot.actions.answer import Answer
from bot.actions.answers import availability
from bot.actions.asked import Asked
from bot.actions.by_word import only_one_with
from bot.actions.concepts import content_words
from bot.actions.core import core_words
from bot.actions.focus import by_its_words, meant, wanted_before
from bot.actions.shop import Shop
from catalog import Product


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Put the one product in view that can only be meant; an open question stays open.

    The result is `gone` where there is none left of what is wanted; that has been said then.
    """
    product = (
        await by_its_words(asked, shop)
        or await _in_view_or_before(asked, shop)
        or await wanted_before(asked, shop)
        or await _only_one_named(asked, shop)
    )
    if product is None:
        return Answer((), {"result": {"answer": "none"}})
    if gone := await availability.gone(asked, shop, product):
        return Answer(gone.replies, {**gone.slots, "result": {"answer": "gone"}})
    return Answer((), {"focus": product.id, "result": {"answer": "given"}})


async def _in_view_or_before(asked: Asked, shop: Shop) -> Product | None:
    """Return what is meant, or the last one talked about that comes in the colour and size said.

    "I'll buy the yellow one" means the case of before where a search since brought nothing yellow.
    """
    product = await meant(asked, shop)
    if asked.heard("product") or (product and _comes_in(product, asked)):
        return product
    if not (asked.heard("colour") or asked.heard("size") or asked.value("category")):
        return product
    before = await shop.catalog.get(asked.spoken_lately)
    return next((one for one in before if _comes_in(one, asked)), product)


def _comes_in(product: Product, asked: Asked) -> bool:
    """Tell whether a product is of the kind and comes in a version that were said."""
    category = asked.value("category")
    if category and category != product.category:
        return False
    colours, sizes = asked.heard("colour") or [None], asked.heard("size") or [None]
    return any(product.matching(colour=c, size=s) for c in colours for s in sizes)


async def _only_one_named(asked: Asked, shop: Shop) -> Product | None:
    """Return the one product of the shop called as what is wanted: "4 of the bookmarks"."""
    words = core_words(asked)
    return await only_one_with(words, content_words(words), shop, among=9) if words else None
