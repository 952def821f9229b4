"""Finds what a shop needs to know in a message: which product, which limits, who and where."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Dict, FrozenSet, Iterator, List, Optional, Text

from components.amending import ASIDE, ages, amended, marks, names, without_marks
from components.amounts import prices
from components.birthdays import birthdays
from components.colour_names import as_names
from components.contacts import contacts
from components.counts import counted, quantities
from components.deadlines import deadlines
from components.lookups import PRODUCT, Words, find
from components.numerals import in_digits
from components.own_things import wanted
from components.persons import persons
from components.places import places
from components.pointing import pointers, priced
from components.refusals import refusals, vegan
from components.sizes import sizes
from components.spans import Span, fold, without_overlaps

# Between these and a product's short name nothing else is meant: "la Luna", "borsa Luna".
_LEADS_IT = (
    "il lo la l le un una del della dello dell al alla all nella con e o quella questa quello"
    " questo modello linea versione"
)
_LEADS_EN = "the and or than a an that this model"
# Where somebody is: "sull'Etna", "in riva all'Arno", "near the Arno".
_UP_THERE = re.compile(
    r"(?:\bsull'|\blungo l'|\bin riva all'|\bin vacanza all'|\bon mount"
    r"|\b(?:up|down|near|along) (?:on )?the )"
    r"\s*$"
)

# "Mi parli di Siena?", "tell me more about the Dante": nobody asks a shop for towns and poets.
_TOLD_OF = re.compile(
    r"\b(?:parl\w+|raccont\w+|dirmi|dimmi|dice|tell me|know|hear)"
    r"(?: (?:qualcosa|meglio|un po'?|di piu|something|more|a bit|anything))*"
    r" (?:di|del|della|dello|sul|sulla|about|of) (?:the |la |il )?$"
)


@dataclass(frozen=True)
class Hearing:
    """What is known when entities are looked for."""

    words: Words
    ordinary: FrozenSet[Text] = frozenset()  # words of the language, which are no typos
    language: Optional[Text] = None  # where the message leaves no doubt
    about_products: bool = True  # False where the message is about something else
    today: date = field(default_factory=date.today)
    written: Text = ""  # the message with its capitals, where it is as long as without


def entities(text: Text, hearing: Hearing) -> List[Dict[Text, Any]]:
    """Return the entities of a message, in the order in which they stand there."""
    folded = fold(text)
    taken_back = marks(folded)
    plain = without_marks(folded, taken_back)
    digits = in_digits(plain, hearing.language)
    same = len(text) == len(plain)
    hearing = replace(hearing, written=text if same else plain)
    found = [digits.whole(span) for span in _everything(plain, digits.text, hearing)]
    spans = amended(digits.text, without_overlaps(found), taken_back)
    if len(folded) == len(text):
        spans = without_overlaps([*names(text, spans), *spans])
    return [span.as_entity() for span in _unique(spans)]


def _everything(text: Text, digits: Text, hearing: Hearing) -> Iterator[Span]:
    """Find the surest first: what is written in one way only wins over what may be many things."""
    named = list(find(text, hearing.words, hearing.ordinary, hearing.language))
    named = list(as_names(text, hearing.written, named, hearing.words, hearing.language))
    terms = list(_told_apart(text, [span for span in named if span.entity != PRODUCT]))
    terms = list(wanted(text, terms))
    cities = list(places(text, hearing.words.short_names, hearing.words.places))
    yield from contacts(text)
    yield from birthdays(digits, hearing.words)
    yield from deadlines(digits, hearing.today)
    yield from vegan(text, hearing.words)
    yield from refusals(text, terms)
    yield from priced(digits)
    yield from prices(digits)
    for span in named:
        if span.entity == PRODUCT and _is_meant(span, text, hearing, cities):
            yield span
    yield from sizes(digits, named)
    yield from terms
    yield from persons(text, terms, hearing.words)
    yield from cities
    yield from pointers(text, terms)
    yield from quantities(digits)
    yield from ages(digits)
    yield from counted(digits, named)


def _told_apart(text: Text, terms: List[Span]) -> Iterator[Span]:
    """Leave out an occasion that only describes: a travel bag, an anniversary of the wedding."""
    occasions = [span for span in terms if span.entity == "occasion"]
    for span in terms:
        before = text[: span.start]
        beside = [o for o in occasions if o.end < span.start or o.start > span.end]
        describes = before.endswith(" da ") or any(
            text[o.end : span.start].strip() == "di" or text[span.end : o.start] == " "
            for o in beside
        )
        if span.entity != "occasion" or not describes:
            yield span


def _is_meant(product: Span, text: Text, hearing: Hearing, cities: List[Span]) -> bool:
    """Tell a product from a city of that name, and from an ordinary word.

    "Spedite a Siena?" names a place. "È arrivata rotta" is a complaint and not about a bag called
    Rotta: where the message is about something else, a short name needs a word that leads to it.
    """
    if _TOLD_OF.search(text[: product.start]):
        return True
    if any(city.start == product.start and city.end >= product.end for city in cities):
        return False
    if _is_a_place(product, text, hearing):
        return False
    if hearing.about_products or text[product.start : product.end] not in hearing.words.short_names:
        return True
    before = re.findall(r"\w+", text[: product.start])[-1:]
    after = re.findall(r"\w+", text[product.end :])[:1]
    led = bool(before) and before[0] in {*_LEADS_IT.split(), *_LEADS_EN.split()}
    beside = [hearing.words.meanings((word,), hearing.language) for word in before + after]
    return led or any(entity == "category" for found in beside for entity, _ in found)


def _is_a_place(product: Span, text: Text, hearing: Hearing) -> bool:
    """Tell "gloves for a morning up on the Etna" from the rucksack of that name."""
    if text[product.start : product.end] not in hearing.words.short_names:
        return False
    rest = text[: product.start] + text[product.end :]
    kinds = find(rest, hearing.words, hearing.ordinary, hearing.language)
    return bool(_UP_THERE.search(text[: product.start])) and any(
        span.entity == "category" for span in kinds
    )


def _unique(spans: List[Span]) -> Iterator[Span]:
    seen = set()
    for span in spans:
        if span.entity == ASIDE or (span.entity, span.value) not in seen:
            seen.add((span.entity, span.value))
            yield span
