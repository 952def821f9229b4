"""What do others say: the rating with its count and real quotations, or honestly none yet."""

import re
from typing import Any

from bot.actions.answer import Answer, buy, ref, say, tap
from bot.actions.asked import Asked
from bot.actions.shop import Shop
from catalog import Product, Review

MOST_QUOTED = 2
# Who asks what is wrong with it hears the voice that liked it least.
_CRITICAL = re.compile(
    r"\blament|\bnegativ|\bcritic|\bpeggior|\bdifett|\bscontent|\bdelus|\bcomplain|\bbad\b|\bworst"
    r"|\blowest|\bdislike|\bdownside|\bunhappy|\bdisappoint|\bbrutt[ae]\b",
    re.IGNORECASE,
)


async def about(asked: Asked, shop: Shop, product: Product) -> Answer:
    """Quote real reviews with their count."""
    name = product.name(shop.language)
    details = tap("ask_details", product.id, text="choice_details")
    if not product.reviews_count or product.rating is None:
        nothing = say("reviews_none", details, answer="none", product=name)
        return nothing.noting(asked, "reviews", product.id)
    if _CRITICAL.search(asked.text) and (told := _least(product, shop)):
        return told.noting(asked, "reviews", product.id)
    lines = [quoted(review, shop.language) for review in _chosen(product, shop.language)]
    count = product.reviews_count
    text = "reviews_one" if count == 1 else "reviews_some"
    text = text if lines else "reviews_unquoted"
    said = say(
        f"{text}_from" if product.review_sources else text,
        buy(product.id),
        details,
        product=name,
        rating={"rating": product.rating},
        count=count,
        quotes={"lines": lines},
        source={"list": [source or ref("reviews_here") for source in product.review_sources]},
    )
    return said.noting(asked, "reviews", product.id)


def _least(product: Product, shop: Shop) -> Answer | None:
    """Quote the voice that liked it least, the newest of several; None where there are not two."""
    spoken = [review for review in product.reviews if review.texts.get(shop.language)]
    if len(spoken) < MOST_QUOTED or product.rating is None:
        return None
    least = max(spoken, key=lambda review: (-review.rating, review.at))
    return say(
        "reviews_critical",
        buy(product.id),
        tap("ask_details", product.id, text="choice_details"),
        product=product.name(shop.language),
        rating={"rating": product.rating},
        count=product.reviews_count,
        stars=least.rating,
        quotes={"lines": [quoted(least, shop.language)]},
    )


def _chosen(product: Product, language: str) -> list[Review]:
    """Take the best voice and the newest other one, whatever that says."""
    best = product.quote(language)
    spoken = [review for review in product.reviews if review.texts.get(language)]
    others = sorted((r for r in spoken if r != best), key=lambda r: (r.verified, r.at))
    return [*([best] if best else []), *reversed(others)][:MOST_QUOTED]


def quoted(review: Review, language: str) -> dict[str, Any]:
    """Return a voice as a value of a text, with its author and where it was written."""
    if review.source:
        source = review.source
        return ref("quote_source", text=review.texts[language], author=review.author, source=source)
    name = "quote_verified" if review.verified else "quote"
    return ref(name, text=review.texts[language], author=review.author)
