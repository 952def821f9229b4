"""What is one's own and only the place of a thing: "something to keep in my bag" wants no bag."""

import re
from typing import Iterator, List, Text

from components.spans import Span

_MINE = r"(?:my|our|his|her|their|mi[ao]|miei|mie|su[ao]|suoi|sue|nostr[aoie])"
_IN_MINE = re.compile(
    r"\b(?:in|into|inside|nell?[aeo]?|nei|dentro(?:\s+all?[ao]?)?)\s+(?:(?:la|il|le|i|lo|gli)\s+)?"
    rf"{_MINE}\s+(?:\w+\s+)?$"
)
# "I miei occhiali" are no parents.
_MY_THINGS = re.compile(r"i miei\s+(?!genitor|nonn|suocer|vecch|che\b|hanno|sono|fanno|compi|per\b|con\b)\w{4,}")
# "In borsa", "in valigia": without an article it is where things are; "in silver bags" is not.
_WHERE = re.compile(r"\b(?:in|dentro)\s+$")
_PLACES = frozenset(("borsa", "valigia", "borsetta"))
# "A jewellery box for the suitcase": what comes first is wanted.
_FOR_IT = re.compile(rf"\b(?:per|x|for)\s+(?:(?:the|la|il|le|i|lo|gli)\s+)?(?:{_MINE}\s+)?$")
_BARE = re.compile(r"\b(?:per|x|for)\s+$")


def wanted(text: Text, terms: List[Span]) -> Iterator[Span]:
    """Return the terms without the kinds of things that are only a place for what is wanted."""
    kinds = [span for span in terms if span.entity == "category"]
    for span in terms:
        if span.entity == "recipient" and _MY_THINGS.match(text[span.start :]):
            continue
        if span.entity == "category" and _is_place(text, span, kinds):
            continue
        yield span


def _is_place(text: Text, span: Span, kinds: List[Span]) -> bool:
    before = text[: span.start]
    said = text[span.start : span.end]
    if _IN_MINE.search(before) or (said in _PLACES and _WHERE.search(before)):
        return True
    thing = [kind for kind in kinds if kind.end <= span.start]
    same_clause = thing and not re.search(r"[.;!?]", text[thing[-1].end : span.start])
    return bool(same_clause and _FOR_IT.search(before) and not _BARE.search(before))
