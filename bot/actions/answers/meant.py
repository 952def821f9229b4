"""Takes note of the product that the words describe, and says nothing: "prendo la shopper"."""

from bot.actions.answer import Answer
from bot.actions.asked import Asked
from bot.actions.focus import meant, wanted_before
from bot.actions.shop import Shop


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Put the one product in view that can only be meant; an open question stays open."""
    product = await meant(asked, shop) or await wanted_before(asked, shop)
    slots = {"focus": product.id} if product else {}
    return Answer((), {**slots, "result": {"answer": "given" if product else "none"}})
