"""Telling a thing from what belongs to it: a laptop lock is no laptop.

A marketer lists the accessories of a language (lines that begin with `+`). In English they follow
the word they belong to ("laptop lock"), in Italian they come first ("lucchetto per portatile");
what follows "for" or "with" is never the thing itself.
"""

import re
from collections.abc import Iterator, Sequence

from catalog.search.language import Language
from catalog.text import fold

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]+")
_FOR = frozenset({"for", "f", "per", "fits", "compatible", "compatibile", "compatibili"})
_WITH = frozenset({"with", "w", "con", "incl", "including", "incluso", "inclusa"})
_SMALL = frozenset({"il", "la", "lo", "i", "gli", "le", "l", "the", "a", "an", "di", "da", "of"})
_INSIDE = frozenset("-'’/")
_REACH = 3  # words between an accessory and what it belongs to
_LIST = 6  # words after "for"


def belongs_to(name: str, languages: Sequence[Language]) -> set[str]:
    """Return "language stem" for each word of a name that says what this is for, not what it is."""
    found: set[str] = set()
    for segment in _segments(name):
        owners = {word for language in languages for word in _owners(segment, language)}
        found.update(
            f"{spoken.code} {spoken.stems.of(word)}" for spoken in languages for word in owners
        )
    return found


def _segments(name: str) -> Iterator[list[str]]:
    """Return the words between marks; a hyphen or slash inside a word parts nothing."""
    segment: list[str] = []
    for found in _TOKEN.findall(fold(name)):
        if found[0].isalnum() or found in _INSIDE:
            segment += [found] if found[0].isalnum() else []
        else:
            yield segment
            segment = []
    yield segment


def _owners(segment: Sequence[str], language: Language) -> Iterator[str]:
    step = 1 if language.code == "it" else -1
    for place, word in enumerate(segment):
        if word in _FOR or word in _WITH:
            yield from segment[place + 1 : place + 1 + _LIST]
        elif language.stems.of(word) in language.accessories:
            yield from _modified(segment, place, step)


def _modified(segment: Sequence[str], place: int, step: int) -> Iterator[str]:
    reached = 0
    place += step
    while 0 <= place < len(segment) and reached < _REACH:
        word = segment[place]
        if word in _FOR or word in _WITH:
            return
        if word not in _SMALL:
            reached += 1
            yield word
        place += step
