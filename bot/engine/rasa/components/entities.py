"""Finds what a shop needs to know in a message: which product, which limits, who and where."""

import re
from typing import Any, Dict, FrozenSet, Iterator, List, Text

from components.amounts import prices, quantities
from components.contacts import contacts
from components.lookups import Words, find
from components.places import places
from components.pointing import pointers
from components.spans import Span, fold, without_overlaps

_SIZE_WORD = r"(?:taglia|misura|size|numero|tg|num)"
_SIZES = re.compile(
    rf"\b(?:in\s+)?{_SIZE_WORD}\s*[.:]?\s*(?:una\s+|un\s+|la\s+|a\s+|the\s+)?"
    r"(?P<said>xxs|xs|xxl|xxxl|xl|s|m|l|\d{2,3}(?:[.,]5)?|piccol[ao]|medi[ao]|grande|small|medium"
    r"|large|unica)\b"
    r"|\b(?P<alone>xxs|xs|xl|xxl|xxxl|small|medium|large)\b"
    r"|\b(?P<letter>[sml])\s+size\b"
)
_SIZE_NAMES = {
    "piccola": "S", "piccolo": "S", "small": "S", "media": "M", "medio": "M", "medium": "M",
    "grande": "L", "large": "L",
}  # fmt: skip


def entities(text: Text, words: Words, ordinary: FrozenSet[Text]) -> List[Dict[Text, Any]]:
    """Return the entities of a message, in the order in which they stand there."""
    folded = fold(text)
    found = list(_everything(folded, words, ordinary))
    return [span.as_entity() for span in _unique(without_overlaps(found))]


def _everything(text: Text, words: Words, ordinary: FrozenSet[Text]) -> Iterator[Span]:
    """Find the surest first: what is written in one way only wins over what may be many things."""
    yield from contacts(text)
    yield from prices(text)
    named = list(find(text, words, ordinary))
    products = [span for span in named if span.entity == "product"]
    cities = list(places(text, words.products))
    yield from (span for span in products if not _only_a_city(span, cities))
    yield from sizes(text)
    yield from (span for span in named if span.entity != "product")
    yield from cities
    yield from pointers(text)
    yield from quantities(text)


def sizes(text: Text) -> Iterator[Span]:
    """Find sizes: "taglia M", "size 42", "XL"."""
    for match in _SIZES.finditer(text):
        said = match["said"] or match["alone"] or match["letter"]
        size = _SIZE_NAMES.get(said, said.upper().replace(",", "."))
        yield Span("size", size, match.start(), match.end())


def _only_a_city(product: Span, cities: List[Span]) -> bool:
    """Tell "spedite a Siena?" from "la Siena": a place that was introduced as a place."""
    return any(city.start == product.start and city.end >= product.end for city in cities)


def _unique(spans: List[Span]) -> Iterator[Span]:
    seen = set()
    for span in spans:
        if (span.entity, span.value) not in seen:
            seen.add((span.entity, span.value))
            yield span
