"""Which product on the screen is meant: "the second one", "quella rossa", "il più economico".

`marks` tell what is true of the products shown: `cheapest`, `best_rated`, `colour:rosso`,
`price:129.00`, each with the ids it is true of, in the order shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

SUPERLATIVES = ("cheapest", "dearest", "best_rated", "most_sold")
THIS, OTHER, ONE = "this", "other", "one"
# What "that one" can be told by: "quella rossa", "the canvas one", "quella da 99 €".
_TOLD_BY = ("category", "colour", "material", "size", "recipient")
_PRICE = "price:"

Marks = Mapping[str, Sequence[str]]


def pointed_at(
    ordinal: object, said: Mapping[str, Any], shown: Sequence[str], focus: str | None, marks: Marks
) -> str | None:
    """Return the id of the product that a pointer means, None where that is open.

    `said` holds the values that stand beside it, one or a list for each entity.
    """
    if ordinal == THIS:
        return focus or (shown[0] if len(shown) == 1 else None)
    if ordinal == OTHER:
        others = [id_ for id_ in shown if id_ != focus]
        return others[0] if len(others) == 1 else None
    if ordinal == ONE:
        return _told_by(said, shown, marks)
    if isinstance(ordinal, str) and ordinal in SUPERLATIVES:
        return next((id_ for id_ in marks.get(ordinal, ()) if id_ in shown), None)
    return _counted(ordinal, shown)


def _counted(ordinal: object, shown: Sequence[str]) -> str | None:
    """Read a place; minus one is the last, and zero is no place."""
    try:
        place = int(str(ordinal))
    except ValueError:
        return None
    index = place - 1 if place > 0 else place
    return shown[index] if place and -len(shown) <= index < len(shown) else None


def _told_by(said: Mapping[str, Any], shown: Sequence[str], marks: Marks) -> str | None:
    """Return the first of those that are as was said; None where nothing was, or none is so."""
    left = list(shown)
    told = False
    for name in _TOLD_BY:
        values = _listed(said.get(name))
        if values:
            told = True
            fitting = {id_ for value in values for id_ in marks.get(f"{name}:{value}", ())}
            left = [id_ for id_ in left if id_ in fitting]
    if price := next(iter(_listed(said.get("about_price"))), None):
        told, left = True, _nearest(price, left, marks)
    return left[0] if told and left else None


def _nearest(price: Any, shown: Sequence[str], marks: Marks) -> list[str]:
    """Order products by how far they are from a price; only a near one can be meant.

    A product has a mark for the price of each version: a gift card costs 25, 50 or 100.
    """
    wanted = _decimal(price)
    if wanted is None:
        return []
    apart: dict[str, Decimal] = {}
    for mark, ids in marks.items():
        known = _decimal(mark[len(_PRICE) :]) if mark.startswith(_PRICE) else None
        if known is not None:
            away = abs(known - wanted)
            apart.update({id_: min(away, apart.get(id_, away)) for id_ in ids})
    near = [id_ for id_ in shown if id_ in apart and apart[id_] <= wanted / 10]
    return sorted(near, key=lambda id_: apart[id_])


def _decimal(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _listed(value: Any) -> list[Any]:
    values = list(value) if isinstance(value, (list, tuple)) else [value]
    return [one for one in values if one not in (None, "")]
