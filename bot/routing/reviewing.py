"""Keeps what a customer said of a product, in the transaction of the turn in which they agreed."""

import logging
from datetime import UTC, datetime

from sqlalchemy import Connection

import catalog
from bot import desk
from bot.conversations import Conversation
from bot.rendering import ReviewGiven
from bot.routing.writing import first_name

log = logging.getLogger(__name__)
NOBODY = {"it": "Un cliente", "en": "A customer"}


def keep(conn: Connection, conversation: Conversation, given: ReviewGiven) -> None:
    """Write a review down; it waits until somebody approves it.

    It counts as a verified purchase only if a person has closed a sale of this product in this
    conversation: that somebody says they bought it is no proof.
    """
    review = catalog.GivenReview(
        product=given.product,
        conversation=conversation.id,
        author=first_name((conversation.name or "").strip())[:120]
        or NOBODY.get(given.language, NOBODY["en"]),
        rating=given.stars,
        text=given.text[:4000],
        language=given.language,
        verified=desk.sold(conn, conversation.id, given.product),
    )
    try:
        catalog.collect_review(conn, review, at=datetime.now(UTC))
    except catalog.UnknownProductError:
        log.warning("review of a product that is gone", extra={"conversation": conversation.id})
