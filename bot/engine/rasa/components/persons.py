"""Whom something is for, where only "he" or "she" tells: "a gift for a friend, she loves trips"."""

import re
from typing import Iterator, List, Text

from components.lookups import Words
from components.spans import Span

RECIPIENT = "recipient"
# The word of the catalog that says the same, and how else a customer says it.
_SAID = {
    "her": re.compile(r"\b(?:she(?:'s|s|'d)?|gf|missus)\b"),
    "him": re.compile(r"\b(?:he(?:'s|s|'d)?|his|bf|hubby)\b"),
}


def persons(text: Text, named: List[Span], words: Words) -> Iterator[Span]:
    """Find the first pronoun, where no person is named by what they are to the customer."""
    if any(span.entity == RECIPIENT for span in named):
        return
    for word, pattern in _SAID.items():
        match = pattern.search(text)
        known = [value for entity, value in words.phrases.get((word,), ()) if entity == RECIPIENT]
        if match and known:
            yield Span(RECIPIENT, known[0], match.start(), match.end())
            return
