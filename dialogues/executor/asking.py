"""Whether a message asks something: with a mark, or by the word that a question begins with."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"\?|^\W*(?:(?:e|ed|ma|ok|ah|mm+|and|but|so|hm+|oh|hey|hi|ciao)\W+){0,2}(?:è|e'|ha|hanno|ci|c['’]"
    r"|si|sono|va|vanno|quant\w*|qual\w*|come|che|cosa|dove|quando|perch[eé]|posso|puo|può|is|are"
    r"|has|have|does|do|did|can|could|will|would|what|which|how|where|when|why|whats)\b",
    re.IGNORECASE,
)
# Who names a search asks of no product: "do you have anything waterproof?".
_SEEKS = re.compile(
    r"\b(?:cerc\w*|vorre\w*|qualcos\w*|altr[oiae]|avet\w*|avrest\w*|vend\w*|mostra\w*|fammi|vedere"
    r"|something|anything|others?|any|do you (?:have|sell)|(?:have|you) got|show|looking|find)\b",
    re.IGNORECASE,
)
# "E orologi?", "what about hats?": a kind of thing that the shop has no word for.
_AND_THIS = re.compile(
    r"^(?:\w{1,4}\W+){0,2}(?:(?:ed?|e invece|and)\s+(?:[^\W\d_]{4,}\s*){1,3}\?+"
    r"|(?:what about|how about)\s+(?:[^\W\d_]{4,}\s*){1,3}\?*)\s*$",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Tell whether a message is a question: "has it got a chain", "e come si lava?"."""
    return bool(_ASKS.search(text))


def seeks(text: str) -> bool:
    """Tell whether a message wants to be shown something: "do you have anything waterproof?"."""
    return bool(_SEEKS.search(text))


def names_a_kind(text: str) -> bool:
    """Tell whether a message only names another kind of thing: "ah. e orologi?"."""
    return bool(_AND_THIS.search(text))
