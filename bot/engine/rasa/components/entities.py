"""Finds what a shop needs to know in a message: which product, which limits, who and where."""

import re
from dataclasses import dataclass
from typing import Any, Dict, FrozenSet, Iterator, List, Optional, Text

from components.amounts import prices, quantities
from components.contacts import contacts
from components.lookups import PRODUCT, Words, find
from components.places import places
from components.pointing import pointers
from components.spans import Span, fold, without_overlaps

_SIZE_WORD = r"(?:taglia|misura|size|numero|tg|num)"
_SIZES = re.compile(
    rf"\b(?:in\s+)?{_SIZE_WORD}\b\s*[.:]?\s*(?:una\s+|un\s+|la\s+|a\s+|the\s+)?"
    r"(?P<said>xxs|xs|xxl|xxxl|xl|s|m|l|\d{2,3}(?:[.,]5)?|piccol[ao]|medi[ao]|grande|small|medium"
    r"|large|unica)\b"
    r"|\b(?P<alone>xxs|xs|xl|xxl|xxxl)\b"
    # "a large suitcase" is no size; "in a large" and "the large one" are.
    r"|\bin\s+(?:a\s+)?(?P<inside>small|medium|large)\b(?!\s+\w)"
    r"|\bthe\s+(?P<one>small|medium|large)\s+one\b"
)
_SIZE_NAMES = {
    "piccola": "S", "piccolo": "S", "small": "S", "media": "M", "medio": "M", "medium": "M",
    "grande": "L", "large": "L",
}  # fmt: skip


# Between these and a product's short name nothing else is meant: "la Luna", "borsa Luna".
_LEADS_IT = (
    "il lo la l le un una del della dello dell al alla all nella con e o quella questa quello"
    " questo modello linea versione"
)
_LEADS_EN = "the and or than a an that this model"


@dataclass(frozen=True)
class Hearing:
    """What is known when entities are looked for."""

    words: Words
    ordinary: FrozenSet[Text] = frozenset()  # words of the language, which are no typos
    language: Optional[Text] = None  # where the message leaves no doubt
    about_products: bool = True  # False where the message is about something else


def entities(text: Text, hearing: Hearing) -> List[Dict[Text, Any]]:
    """Return the entities of a message, in the order in which they stand there."""
    found = list(_everything(fold(text), hearing))
    return [span.as_entity() for span in _unique(without_overlaps(found))]


def _everything(text: Text, hearing: Hearing) -> Iterator[Span]:
    """Find the surest first: what is written in one way only wins over what may be many things."""
    yield from contacts(text)
    yield from prices(text)
    named = list(find(text, hearing.words, hearing.ordinary, hearing.language))
    cities = list(places(text, frozenset(hearing.words.short_names)))
    for span in named:
        if span.entity == PRODUCT and _is_meant(span, text, hearing, cities):
            yield span
    yield from sizes(text)
    yield from (span for span in named if span.entity != PRODUCT)
    yield from cities
    yield from pointers(text)
    yield from quantities(text)


def sizes(text: Text) -> Iterator[Span]:
    """Find sizes: "taglia M", "size 42", "XL"."""
    for match in _SIZES.finditer(text):
        said = next(filter(None, match.groups()))
        size = _SIZE_NAMES.get(said, said.upper().replace(",", "."))
        yield Span("size", size, match.start(), match.end())


def _is_meant(product: Span, text: Text, hearing: Hearing, cities: List[Span]) -> bool:
    """Tell a product from a city of that name, and from an ordinary word.

    "Spedite a Siena?" names a place. "È arrivata rotta" is a complaint and not about a bag called
    Rotta: where the message is about something else, a short name needs a word that leads to it.
    """
    if any(city.start == product.start and city.end >= product.end for city in cities):
        return False
    if hearing.about_products or text[product.start : product.end] not in hearing.words.short_names:
        return True
    before = re.findall(r"\w+", text[: product.start])[-1:]
    after = re.findall(r"\w+", text[product.end :])[:1]
    led = bool(before) and before[0] in {*_LEADS_IT.split(), *_LEADS_EN.split()}
    beside = [hearing.words.meanings((word,), hearing.language) for word in before + after]
    return led or any(entity == "category" for found in beside for entity, _ in found)


def _unique(spans: List[Span]) -> Iterator[Span]:
    seen = set()
    for span in spans:
        if (span.entity, span.value) not in seen:
            seen.add((span.entity, span.value))
            yield span
