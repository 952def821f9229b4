"""What a thing must do, where no kind says it: "which one stops people scanning your cards".

People tell a need in their own words, and the row of a thing tells it in one of the trade: RFID.
Which needs there are, the shop writes: `needs` in its facts.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.actions.vocabulary import listed, pattern, plain
from catalog import Need


def needed(text: str, needs: Iterable[Need]) -> Need | None:
    """Return what a message needs a thing for, None where it tells none of these needs."""
    said = plain(text)
    return next((need for need in needs if _tells(need, said)), None)


def _tells(need: Need, said: str) -> bool:
    if not _pattern(need.said, need.apart).search(said):
        return False
    return not (need.unless and _pattern(((need.unless,),), 0).search(said))


@lru_cache(maxsize=512)
def _pattern(said: tuple[tuple[str, ...], ...], apart: int) -> re.Pattern[str]:
    """Find one of these; of words in a list each follows the one before in the same sentence."""
    between = rf"(?:[^\w.;!?]+\w+){{0,{apart}}}?[^\w.;!?]+"
    ways = (between.join(pattern(listed(words)).pattern for words in way) for way in said)
    return re.compile("|".join(ways))
