"""Ids of choices for platforms that leave little room for them.

The id of a choice says what it is about and may be long. Where a platform takes fewer characters,
an adapter sends `short_id` instead; when it comes back, the gateway looks for the choice it stood
for among those it has shown (`in_full`).
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

_MARK = "~"


def short_id(choice_id: str, limit: int) -> str:
    """Return the id itself where it fits, else a mark and as much of its hash as fits."""
    if len(choice_id) <= limit and not is_short(choice_id):
        return choice_id
    return (_MARK + urlsafe_b64encode(sha256(choice_id.encode()).digest()).decode())[:limit]


def is_short(choice_id: str) -> bool:
    """Tell whether an id stands for a longer one."""
    return choice_id.startswith(_MARK)


def in_full(short: str, shown: Iterable[str]) -> str | None:
    """Return the id that a short one stands for, None if none of those shown is it."""
    return next((full for full in shown if short_id(full, len(short)) == short), None)
