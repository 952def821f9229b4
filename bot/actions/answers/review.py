"""Hands over what a customer says of a product: stars, a line, and the consent to show it."""

from decimal import Decimal

from bot.actions.answer import Answer, browse, say
from bot.actions.asked import Asked, as_price
from bot.actions.shop import Shop
from bot.rendering import ReviewGiven

MOST_STARS = 5


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Thank for a review that the turn shall keep; it changes nothing itself."""
    given = asked.remembered
    about = given.get("reviewed") or asked.args.get("product") or asked.focus
    found = await shop.catalog.get([str(about or "")])
    stars = as_price(given.get("stars")) or Decimal(0)
    agreed = given.get("consent") == "yes"
    if not (found and agreed and 1 <= stars <= MOST_STARS):
        return say("review_lost", browse(), answer="none")
    product = found[0]
    thanks = say("review_thanks", product=product.name(shop.language))
    kept = ReviewGiven(
        kind="review",
        product=product.id,
        stars=int(stars),
        text=str(given.get("opinion") or ""),
        language=shop.language,
    )
    answered = Answer((*thanks.replies, kept), thanks.slots)
    return answered.noting(asked, "review", product.id)
