"""Takes note of the product that somebody wants to buy, and says so where it is sold out."""

from bot.actions.answer import Answer
from bot.actions.answers import availability
from bot.actions.asked import Asked
from bot.actions.focus import by_its_words, meant, wanted_before
from bot.actions.shop import Shop


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Put the one product in view that can only be meant; an open question stays open.

    The result is `gone` where there is none left of what is wanted; that has been said then.
    """
    product = (
        await by_its_words(asked, shop)
        or await meant(asked, shop)
        or await wanted_before(asked, shop)
    )
    if product is None:
        return Answer((), {"result": {"answer": "none"}})
    if gone := await availability.gone(asked, shop, product):
        return Answer(gone.replies, {**gone.slots, "result": {"answer": "gone"}})
    return Answer((), {"focus": product.id, "result": {"answer": "given"}})
