"""Words that point at a product on the screen: "il secondo", "the last one", "questa"."""

import re
from typing import Iterator, Text

from components.spans import Span

_PLACES = {
    1: r"prim[oaie]|first|1st|1[°ªº]",
    2: r"second[oaie]?|2nd|2[°ªº]",
    3: r"terz[oaie]|third|3rd|3[°ªº]",
    4: r"quart[oaie]|fourth|4th|4[°ªº]",
    5: r"quint[oaie]|fifth|5th|5[°ªº]",
    6: r"sest[oaie]|sixth|6th|6[°ªº]",
    7: r"settim[oaie]|seventh|7th|7[°ªº]",
    8: r"ottav[oaie]|eighth|8th|8[°ªº]",
    9: r"non[oa]|ninth|9th|9[°ªº]",
    10: r"decim[oaie]|tenth|10th|10[°ªº]",
    -1: r"ultim[oaie]|last",
}
_ARTICLE = (
    r"(?:\b(?:il|lo|la|le|i|gli|al|allo|alla|del|dello|della|dei|delle|nel|nella|col|quell[oaie]?"
    r"|quest[oaie]?|the|that|this)\s+|\b(?:l|dell|all|quell|quest)')"
)
# "la prima volta", "the last time", "prima di": time and order, no product.
_NOT_TIME = (
    r"(?!\s+(?:volt|di\b|che\b|d'|giorn|ann[oi]|mes[ei]|settiman|acquist|ordin|time|day|week|month"
    r"|year|order|purchase|name|minut|moment))"
)
_ORDINALS = [
    (place, re.compile(rf"{_ARTICLE}(?:{words}){_NOT_TIME}(?!\w)(?:\s+one\b)?"))
    for place, words in _PLACES.items()
]
_FINAL_ONE = re.compile(r"\b(?P<word>first|second|third|fourth|fifth|last)\s+one\b")
_WORD_PLACE = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_NUMBERED = re.compile(
    r"\b(?:il|la|the|al|alla|del|della)?\s*(?:numero|number|nr|n)\b\s*[.:°]?\s*(?P<n>10|[1-9])(?![\d\w,.-]*\d)"
)
_CHEAPEST = re.compile(
    r"\b(?:piu\s+economic[oaie]|meno\s+car[oaie]|meno\s+costos[oaie]|che\s+costa\s+meno"
    r"|piu\s+convenient[ei]|piu\s+basso\s+prezzo|cheapest(?:\s+one)?|least\s+expensive"
    r"|lowest\s+priced?)\b"
)
_DEAREST = re.compile(
    r"\b(?:quell[oaie]|il|la|the)\s+(?:piu\s+car[oaie]|piu\s+costos[oaie]|che\s+costa\s+di\s+piu"
    r"|most\s+expensive|dearest|priciest)(?:\s+one)?\b"
)
_THIS = re.compile(
    r"\b(?:quest[oae]|quell[oae](?!\s+(?:che|piu|meno|in|con|di)\b)"
    r"|(?:this|that)(?:\s+(?:one|bag|wallet|belt|product|item|model))|this(?=\s*[?!.,]|$)|it(?=\s*[?]))"
    r"\b(?!\s+(?:settiman|ser[ae]|mattin|mes[ei]|ann[oi]|volt|pomerigg|week|month|year|time))"
)


def pointers(text: Text) -> Iterator[Span]:
    """Find what points at a product as last shown; -1 is the last one."""
    for place, pattern in _ORDINALS:
        for match in pattern.finditer(text):
            yield Span("ordinal", place, match.start(), match.end())
    for match in _FINAL_ONE.finditer(text):
        yield Span("ordinal", _WORD_PLACE[match["word"]], match.start(), match.end())
    for match in _NUMBERED.finditer(text):
        yield Span("ordinal", int(match["n"]), match.start(), match.end())
    for value, pattern in (("cheapest", _CHEAPEST), ("dearest", _DEAREST), ("this", _THIS)):
        for match in pattern.finditer(text):
            yield Span("ordinal", value, match.start(), match.end())
