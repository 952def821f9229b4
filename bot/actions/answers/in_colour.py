"""The only thing that a search has found, and the colour it was looked for in."""

import re

from bot.actions.answer import Answer
from bot.actions.answers import availability
from bot.actions.asked import Asked
from bot.actions.shop import Shop

_WHICH_COLOURS = re.compile(r"\b(?:che|quali?|what|which) colo\w+", re.IGNORECASE)


async def in_its_colour(shown: Answer, asked: Asked, shop: Shop) -> Answer | None:
    """Tell whether the only one found is there as asked: "a wool scarf in mustard?".

    None where several were found, nothing that fits, or where no colour was spoken of.
    """
    exact = (shown.slots.get("result") or {}).get("exact", False)
    ids = [str(id_) for id_ in shown.slots.get("shown") or ()]
    if asked.args or not exact or len(ids) != 1:
        return None
    if not (asked.heard("colour") or _WHICH_COLOURS.search(asked.text)):
        return None
    told = await availability.about(asked, shop, (await shop.catalog.get(ids))[0])
    return Answer(told.replies, {**shown.slots, **told.slots})
