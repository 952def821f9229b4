"""Names of products that are colours, too: "la Viola in rosso", "quante Viola nere avete?"."""

import re
from typing import Iterator, List, Optional, Text

from components.lookups import PRODUCT, Words
from components.spans import Span

# "La viola" and "the Viola" are called so; "quella viola", "in viola", "una viola" are purple.
_CALLED = re.compile(
    r"(?:\b(?:la|il|lo|della|del|dello|alla|al|nella|nel|sulla|sul|the)\s+|\b(?:l|dell|all|nell)')$"
)
_NO_NAME = re.compile(r"\b(?:in|di|color[ei]?|tinta|un[ao]?|quell[oaie]|quest[oaie])\s+$")
_BETWEEN = re.compile(r"\s+(?:in\s+|color\s+|colore\s+)?")


def as_names(
    text: Text, written: Text, named: List[Span], words: Words, language: Optional[Text]
) -> Iterator[Span]:
    """Read a colour as the product called so where it is a name.

    It is one behind an article, beside another colour, written with a capital, or in English,
    where the word is no colour at all. `written` is the text with its capitals.
    """
    for span in named:
        word = text[span.start : span.end]
        id_ = words.names_like_colours.get(word) if span.entity == "colour" else None
        if id_ is None or not _is_name(text, written, span, named, language):
            yield span
        elif not any(n.entity == PRODUCT and n.start <= span.start < n.end for n in named):
            yield Span(PRODUCT, id_, span.start, span.end)


def _is_name(
    text: Text, written: Text, span: Span, named: List[Span], language: Optional[Text]
) -> bool:
    before = text[: span.start]
    if _NO_NAME.search(before):
        return False
    others = [n for n in named if n.entity == "colour" and n.start != span.start]
    beside = any(
        _BETWEEN.fullmatch(text, span.end, n.start) or _BETWEEN.fullmatch(text, n.end, span.start)
        for n in others
    )
    capital = bool(before.strip()) and written[span.start : span.start + 1].isupper()
    return bool(beside or capital or language == "en" or _CALLED.search(before))
