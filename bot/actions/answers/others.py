"""Others of a kind: "altri portafogli?", "can I see other clutches?"."""

import re
from typing import Any

from bot.actions.answers.finding import besides
from bot.actions.asked import Asked, Entity
from bot.actions.shop import Shop
from bot.actions.wishes import IN_WORDS
from catalog import Found

_BEFORE = re.compile(
    r"\b(?:altr[oaie]|un['’]altra|other|another|different|more)\s+(?:[\w-]+\s+)?$", re.I
)
_AFTER = re.compile(r"^\s+(?:[\w-]+\s+)?(?:divers[oaie]|different[ei]|in pi[uù])\b", re.I)


def wants_others(asked: Asked) -> bool:
    """Tell whether others of a kind are wanted than those that were shown."""
    kinds = [entity for entity in asked.entities if entity.entity == "category"]
    return bool(asked.shown) and any(_is_other(asked.text, kind) for kind in kinds)


async def others(asked: Asked, filters: dict[str, Any], shop: Shop, *, limit: int) -> Found | None:
    """Return what fits the wishes and was not shown yet; None where everything was."""
    named = {k: v for k, v in filters.items() if k not in ("words", "core")}
    for wishes in (filters, named, {k: v for k, v in named.items() if k not in IN_WORDS}):
        found = await besides(asked.seen, wishes, shop, limit=limit)
        if found.exact and found.products:
            return found
    return None


def _is_other(text: str, kind: Entity) -> bool:
    if kind.start is None or kind.end is None:
        return False
    return bool(_BEFORE.search(text[: kind.start]) or _AFTER.search(text[kind.end :]))
