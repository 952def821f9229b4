"""Who is answered first: a call's reason gives it a head start in the queue, and no more.

A head start, not a rank: whoever has waited longer than it comes first all the same, so that
nobody waits for ever behind those who want to buy.
"""

from typing import Literal

Priority = Literal["high", "normal", "low"]

MINUTE = 60_000
HEAD_START: dict[Priority, int] = {"high": 10 * MINUTE, "normal": 5 * MINUTE, "low": 0}
_HIGH = frozenset(("purchase", "purchase_intent", "buy", "order", "high_value", "complaint"))
_LOW = frozenset(("advises_against", "not_understood", "contact_left", "other"))


def priority(reason: str) -> Priority:
    """Return how soon a call of this reason should be answered.

    Buying and broken things cannot wait; somebody who only warns others off asks for nothing.
    """
    if reason in _HIGH:
        return "high"
    return "low" if reason in _LOW else "normal"


def turn(reason: str, created_at: int) -> int:
    """Return the moment that a call is ordered by in the queue, in milliseconds."""
    return created_at - HEAD_START[priority(reason)]
