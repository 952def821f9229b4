"""Whether an answer states a fact of the catalog: today's price, what is in stock, a delivery."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.cli.facts import Item
from bot.cli.reading import prices_in, words
from channels.testing import Shown

# From here on the exact number of pieces is worth telling, and is told.
FEW_LEFT = 3
_NOT_THERE = re.compile(
    r"non c'è|non c’è|non ce l|non si fa|non è disponibile|non disponibil|non ci sono|esaurit"
    r"|out of stock|sold out|not available|n't come|not come|don't have|do not have"
)
_THERE = re.compile(
    r"c'è|c’è|ci sono|disponibil|ultim[ioae]|in stock|we have|available|last|certainly|yes"
)
_LAST = re.compile(r"ultim[oa]\b|last one")


def states_price(
    answer: Sequence[Shown], item: Item | None, *, colour: str | None, size: str | None
) -> str | None:
    """Return what is wrong with the price that an answer states of a product, None if nothing."""
    said = _about(answer, item)
    if item is None or not said:
        return f"{item.name if item else 'the product'!r} is not mentioned"
    wanted = {piece.price for piece in item.pieces(colour=colour, size=size)}
    stated = {Decimal(str(price)) for price in prices_in(said)}
    return None if min(wanted) in stated else f"price {min(wanted)} is not in {said[:200]!r}"


def states_stock(
    answer: Sequence[Shown], item: Item | None, *, colour: str | None, size: str | None
) -> str | None:
    """Return what is wrong with what an answer says is in stock, None if nothing."""
    said = _about(answer, item).casefold()
    if item is None or not said:
        return f"{item.name if item else 'the product'!r} is not mentioned"
    pieces = item.pieces(colour=colour, size=size)
    left = sum(piece.stock for piece in pieces)
    denied = bool(_NOT_THERE.search(said))
    if denied != (left == 0) or (left and not _THERE.search(said)):
        return f"{left} pieces in stock, and the answer is {said[:200]!r}"
    if len(pieces) == 1 and 0 < left <= FEW_LEFT and not _counts(said, left):
        return f"{left} pieces are left, which {said[:200]!r} does not tell"
    return None


def states_delivery(said: str, shop: dict[str, Any], city: str) -> str | None:
    """Return what is wrong with the time and cost of a delivery, None if nothing."""
    zone = _zone(shop, city)
    least, most = zone["hours_min"], zone["hours_max"]
    spans = {f"{least}-{most}", f"{least // 24}-{most // 24}", f"{least} "}
    if not any(span in said for span in spans):
        return f"none of {sorted(spans)} in {said[:200]!r}"
    cost = Decimal(zone["cost"])
    free = zone["free_from"] and re.search(r"gratuit|gratis|free", said.casefold())
    if not free and cost not in {Decimal(str(price)) for price in prices_in(said)}:
        return f"the cost {cost} is not in {said[:200]!r}"
    return None


def _about(answer: Sequence[Shown], item: Item | None) -> str:
    """Return what is said of a product: whole cards, and the lines of a text that name it."""
    said = []
    for shown in answer if item else ():
        parts = [words(shown)] if shown.image else shown.text.splitlines()
        said += [part for part in parts if item and item.is_named_in(part)]
    return "\n".join(said)


def _counts(said: str, left: int) -> bool:
    return bool(re.search(rf"\b{left}\b", said)) or (left == 1 and bool(_LAST.search(said)))


def _zone(shop: dict[str, Any], city: str) -> dict[str, Any]:
    zones: list[dict[str, Any]] = shop["delivery"]["zones"]
    for zone in zones:
        if city.casefold() in {name.casefold() for name in (*zone["cities"], *zone["countries"])}:
            return zone
    return next(zone for zone in zones if zone["id"] == shop["delivery"]["default_zone"])
