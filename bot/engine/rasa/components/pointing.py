"""Words that point at a product on the screen: "il secondo", "the last one", "quella rossa".

The value is the place as shown (-1 is the last), or `this`, `other`, `one` (the one that is like
that: its colour or material stands beside it), `cheapest`, `dearest`, `best_rated`, `most_sold`.
"""

import re
from typing import Iterator, List, Text

from components.amounts import price_at
from components.comparing import comparisons
from components.spans import Span

_PLACES = {
    1: r"prim[oai]|first|1st|1[°ªº]|former",
    2: r"second[oaie]?|2nd|2[°ªº]",
    3: r"terz[oaie]|third|3rd|3[°ªº]",
    4: r"quart[oaie]|fourth|4th|4[°ªº]",
    5: r"quint[oaie]|fifth|5th|5[°ªº]",
    6: r"sest[oaie]|sixth|6th|6[°ªº]",
    7: r"settim[oaie]|seventh|7th|7[°ªº]",
    8: r"ottav[oaie]|eighth|8th|8[°ªº]",
    9: r"non[oa]|ninth|9th|9[°ªº]",
    10: r"decim[oaie]|tenth|10th|10[°ªº]",
    -1: r"ultim[oaie]|last|latter",
}
_ARTICLE = (
    r"(?:\b(?:il|lo|la|le|i|gli|al|allo|alla|del|dello|della|dei|delle|nel|nella|col|quell[oaie]?"
    r"|quest[oaie]?|e|the|that|this|and)\s+|\b(?:l|dell|all|quell|quest)')"
)
# "la prima volta", "the last time", "prima di": time and order, no product.
_NOT_TIME = (
    r"(?!\s+(?:volt|di\b(?!\s+(?:che|qual|quest|quell))|d'|giorn|ann[oi]|mes[ei]|settiman|acquist|ordin|time|day|week|month"
    r"|year|order|purchase|name|minut|moment|utilizz|us[oa]\b|use\b|piogg|lavagg|wash|pian|floor"
    r"|class|rat[ae]|du[eo]\b|tre\b|quattro\b|two\b|three\b|four\b|[2-9]\b|genn|febb|marz|april"
    r"|magg|giugn|lugl|agost|settem|ottob|novem|dicem|of\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep"
    r"|oct|nov|dec)))"
)
_PLACE_WORDS = "|".join(f"(?P<p{place % 12}>{words})" for place, words in _PLACES.items())
_ORDINALS = re.compile(rf"{_ARTICLE}(?:{_PLACE_WORDS}){_NOT_TIME}(?!\w)(?:\s+one\b)?")
_LAST = "p11"  # -1, in a form that can name a group
_FINAL_ONE = re.compile(r"\b(?P<word>first|second|third|fourth|fifth|last)\s+one\b")
_WORD_PLACE = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_NUMBERED = re.compile(
    r"\b(?:il|la|the|al|alla|del|della)?\s*(?:numero|number|nr|no|n)\b\s*[.:°]?\s*"
    r"(?P<n>10|[1-9])(?![\d\w,.-]*\d)(?!\s*(?:e\s+mezz|½|,5|[a-z]*\s*(?:pezz|paia|pairs?\b|pieces?\b)))"
)
_SPOKEN = {
    "uno": 1, "una": 1, "one": 1, "due": 2, "two": 2, "tre": 3, "three": 3, "quattro": 4, "four": 4,
    "cinque": 5, "five": 5,
}  # fmt: skip
_NUMBER_SAID = re.compile(rf"\b(?:numero|number)\s+(?P<n>{'|'.join(_SPOKEN)})\b")
# A whole message: "la 2", "ok la uno".
_ONLY_NUMBER = re.compile(
    rf"(?:ok\s+|va\s+bene\s+|allora\s+|e\s+)?(?:il|la|the)\s+(?P<n>[1-9]|{'|'.join(_SPOKEN)})\s*[.!?]*"
)
_FIRST_FEW = re.compile(
    r"(?:\b(?:i|le|the)\s+)?\b(?:primi|prime|first)\s+(?P<n>due|tre|quattro|two|three|four|[2-4])\b"
    r"(?!\s+(?:giorn|mes[ei]|ann[oi]|day|week|month|year))"
)
_FEW = {"due": 2, "two": 2, "tre": 3, "three": 3, "quattro": 4, "four": 4}
_OTHER = re.compile(
    r"(?:\b(?:(?:ne|de|a|da|su|co)l)?l'|\bquell'|\bquest'|\bl\s|\b(?:quello|quella)\s+)altr[oa]\b"
    r"(?!\s+(?:giorn|volt|ser[ae]|settiman|mes[ei]|ann[oi]|ieri|colore|taglia|misura|modello))"
    r"|\bthe\s+other\s+one\b|\b(?:the|that)\s+other(?=\s*(?:$|[?!.,])|\s+(?:is|has|does|do|have|fit|hold|come"
    r"|cost|weigh)s?\b)"
)
_BY_THE_WAY = re.compile(r"\b(?:tra|fra|than)\s+$")
_THIS = re.compile(
    r"\b(?:quest[oa]|quell[oa](?!\s+(?:che|piu|meno|in|con|di|da)\b)"
    r"|(?:this|that)(?:\s+(?:one|bag|wallet|belt|product|item|model|backpack|scarf))"
    r"|(?:have|like|about|take|want|buy|does|of|in)\s+(?P<thing>this|that)(?!\s+\w+\s+(?:one|ones)\b)"
    r"|this(?=\s*[?!.,]|$)|(?<!make\s)it(?=\s*[?]))"
    r"\b(?!\s+(?:settiman|ser[ae]|mattin|mes[ei]|ann[oi]|volt|pomerigg|week|month|year|time|shop|store"
    r"|is\s+my|number|morning|evening|afternoon|weekend|address))"
)
# "quella rossa", "quello in pelle", "the red one", "prendo la nera".
_ONE_BEFORE = re.compile(
    r"\b(?:quell[oa]|(?:prendo|scelgo|preferisco|voglio|vorrei|meglio)\s+(?:il|la|lo)"
    r"|mi\s+piace\s+la)"
    r"\s+(?:in\s+|di\s+|con\s+(?:il\s+|la\s+)?|color\s+|colore\s+)?$"
)
_ONE_AFTER = re.compile(r"\s+ones?\b")
_THE_ONE = re.compile(r"\b(?:the|that|a|as)\s+(?:\w+\s+){0,2}$")
_THAT_ONE = re.compile(r"\b(?:the|that)\s+(?:\w+\s+){0,2}$")
_ONE_IN = re.compile(r"\bthe\s+one\s+(?:in|made\s+of|with)\s+$")
_PRICED = re.compile(
    r"\b(?:quell[oaie]\s+(?:da|a)|un[oa]\s+da|(?:the|that)\s+one\s+(?:at|for)|one\s+(?:for|of))\s+"
)
_PRICED_ONE = re.compile(r"\b(?:the|that)\s+(?=[€$£]?\s*\d)")
_INCHES = re.compile(r"\s*1[1-7]\s*")
_LIKE_THAT = ("colour", "material")


def pointers(text: Text, named: List[Span]) -> Iterator[Span]:
    """Find what points at a product as last shown; `named` are colours, materials and the like."""
    yield from _first_few(text)
    for match in _ORDINALS.finditer(text):
        place = -1 if match.lastgroup == _LAST else int((match.lastgroup or "p0")[1:])
        yield Span("ordinal", place, match.start(), match.end())
    for match in _FINAL_ONE.finditer(text):
        yield Span("ordinal", _WORD_PLACE[match["word"]], match.start(), match.end())
    for match in _NUMBERED.finditer(text):
        yield Span("ordinal", int(match["n"]), match.start(), match.end())
    whole = _ONLY_NUMBER.fullmatch(text.strip())
    for match in (*_NUMBER_SAID.finditer(text), *([whole] if whole else [])):
        place = _SPOKEN.get(match["n"]) or int(match["n"])
        yield Span("ordinal", place, match.start("n"), match.end("n"))
    yield from comparisons(text)
    for match in _OTHER.finditer(text):
        if not _BY_THE_WAY.search(text[: match.start()]):
            yield Span("ordinal", "other", match.start(), match.end())
    yield from _those_like(text, named)
    for match in _THIS.finditer(text):
        start = match.start("thing") if match["thing"] else match.start()
        yield Span("ordinal", "this", start, match.end())


def priced(text: Text) -> Iterator[Span]:
    """Find "quella da 99 €" and "the 99 euro one": a product by its price, side by side."""
    for pattern in (_PRICED, _PRICED_ONE):
        for match in pattern.finditer(text):
            price = price_at(text, match.end())
            if price and _INCHES.fullmatch(text, match.end(), price[1]):
                continue  # "quella da 15", of what holds a laptop
            if price and (pattern is _PRICED or _ONE_AFTER.match(text, price[1])):
                yield Span("ordinal", "one", match.start(), match.end())
                yield Span("about_price", price[0], match.end(), price[1])


def _those_like(text: Text, named: List[Span]) -> Iterator[Span]:
    """Point at the one of that colour or material; the words of the colour stay its own."""
    for span in named:
        if span.entity not in _LIKE_THAT:
            continue
        before = text[: span.start]
        led = _ONE_BEFORE.search(before) or _ONE_IN.search(before)
        if not led and _ONE_AFTER.match(text, span.end):
            led = _THAT_ONE.search(before)
        if led:
            yield Span("ordinal", "one", led.start(), max(led.start() + 1, led.end()))


def _first_few(text: Text) -> Iterator[Span]:
    """Read "le prime due" as the first and the second, side by side in the same letters."""
    for match in _FIRST_FEW.finditer(text):
        count = _FEW.get(match["n"]) or int(match["n"])
        for place in range(1, count + 1):
            yield Span("ordinal", place, match.start() + place - 1, match.start() + place)
