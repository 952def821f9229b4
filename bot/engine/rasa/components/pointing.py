"""Words that point at a product on the screen: "il secondo", "the last one", "questa"."""

import re
from typing import Iterator, Text

from components.spans import Span

_PLACES = {
    1: r"prim[oai]|first|1st|1[°ªº]",
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
    r"|year|order|purchase|name|minut|moment|utilizz|us[oa]\b|use\b|piogg|lavagg|wash|pian|floor"
    r"|class|rat[ae]|du[eo]\b|tre\b|quattro\b|two\b|three\b|four\b|[2-9]\b))"
)
_PLACE_WORDS = "|".join(f"(?P<p{place % 12}>{words})" for place, words in _PLACES.items())
_ORDINALS = re.compile(rf"{_ARTICLE}(?:{_PLACE_WORDS}){_NOT_TIME}(?!\w)(?:\s+one\b)?")
_LAST = "p11"  # -1, in a form that can name a group
_FINAL_ONE = re.compile(r"\b(?P<word>first|second|third|fourth|fifth|last)\s+one\b")
_WORD_PLACE = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_NUMBERED = re.compile(
    r"\b(?:il|la|the|al|alla|del|della)?\s*(?:numero|number|nr|n)\b\s*[.:°]?\s*(?P<n>10|[1-9])(?![\d\w,.-]*\d)"
)
_FIRST_FEW = re.compile(
    r"\b(?:i|le|the)\s+(?:primi|prime|first)\s+(?P<n>due|tre|quattro|two|three|four|[2-4])\b"
)
_FEW = {"due": 2, "two": 2, "tre": 3, "three": 3, "quattro": 4, "four": 4}
_CHEAPEST = re.compile(
    r"(?<!\bdi )\b(?:piu\s+economic[oaie]|meno\s+car[oaie]|meno\s+costos[oaie]|che\s+costa\s+meno"
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
    yield from _first_few(text)
    for match in _ORDINALS.finditer(text):
        place = -1 if match.lastgroup == _LAST else int((match.lastgroup or "p0")[1:])
        yield Span("ordinal", place, match.start(), match.end())
    for match in _FINAL_ONE.finditer(text):
        yield Span("ordinal", _WORD_PLACE[match["word"]], match.start(), match.end())
    for match in _NUMBERED.finditer(text):
        yield Span("ordinal", int(match["n"]), match.start(), match.end())
    for value, pattern in (("cheapest", _CHEAPEST), ("dearest", _DEAREST), ("this", _THIS)):
        for match in pattern.finditer(text):
            yield Span("ordinal", value, match.start(), match.end())


def _first_few(text: Text) -> Iterator[Span]:
    """Read "le prime due" as the first and the second, side by side in the same letters."""
    for match in _FIRST_FEW.finditer(text):
        count = _FEW.get(match["n"]) or int(match["n"])
        for place in range(1, count + 1):
            yield Span("ordinal", place, match.start() + place - 1, match.start() + place)
