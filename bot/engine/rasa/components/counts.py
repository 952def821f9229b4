"""How many pieces are wanted: "due paia", "ne prendo 3", "2 leather wallets", "x2"."""

import re
from typing import Iterator, List, Text

from components.spans import Span

_MOST = 1000  # pieces
_COUNT = r"(?<![\w.,/-])(?P<n>\d{1,3})(?![.,]\d)"
# "I ordered 3 days ago", "have 24 hour shipping", "take 10%"
_NO_PIECES = (
    r"(?!\s*(?:hour|day|week|month|year|minute|am\b|pm\b|ore\b|or[ae]\b|giorn|settiman|mes[ei]\b"
    r"|ann[oi]\b|rat[ae]\b|or\b|o\b|instal|€|eur|\$|£|%|\d|[.,:/]\d|-\d))"
)
_QUANTITIES = (
    re.compile(
        rf"{_COUNT}\s*(?:di\s+|of\s+)?(?:pezz[io]|pz|paia|confezion[ie]|copie|unita|pieces?|pcs"
        r"|items?|units?|pairs?|copies|of\s+(?:them|these|those)|di\s+(?:quest|quell)[aeio])\b"
    ),
    re.compile(
        r"\b(?:ne\s+(?:\w+\s+)?(?:prendo|voglio|vorrei|ordino|compro|prenderei|prendiamo|servono"
        r"|servirebbero|prendere|ordinare|comprare)|me\s+ne\s+(?:servono|servirebbero|dai|metti)"
        rf"|mi\s+servono|ce\s+ne\s+sono|fammene|dammene|mettimene|(?:compra|prende|ordina|acquista)rne"
        rf"|dammi|mandami|mettimi)\s+{_COUNT}{_NO_PIECES}"
    ),
    # Higher numbers may be a size: "ne avete 42?".
    re.compile(
        r"\b(?:ne\s+(?:avete|avreste|hai)|(?:do\s+you\s+have|have\s+you\s+got)(?=\s+\d+\s+(?:of|in)\b))"
        rf"\s+(?:almeno\s+|ancora\s+)?(?<![\w.,/-])(?P<n>[1-9]|[12]\d|3[0-3])(?![\d.,/]){_NO_PIECES}"
    ),
    re.compile(
        r"\b(?:take|want|need|order|buy|get|have|like|give|send)\s+(?:me\s+|about\s+)?"
        rf"{_COUNT}{_NO_PIECES}"
    ),
    re.compile(
        r"(?<![\w.,])(?P<n>\d{1,3})(?:x\b(?!\s*\d)|\sx(?=\s*(?:$|[,.!?])))|\bx\s?(?P<m>\d{1,3})(?!\w)"
    ),
)
_A_COUPLE = re.compile(
    r"\b(?:ne\s+(?:\w+\s+)?(?:prendo|voglio|vorrei|prenderei|ordino|compro)|me\s+ne\s+servono)"
    r"\s+un\s+paio\b(?!\s+di\s+(?:giorn|or[ae]))"
    r"|\b(?:a\s+)?couple\s+of\s+(?:them|these|those)\b|\bun\s+paio\s+di\s+(?:quest|quell)[aeio]\b"
)
_DOZEN = re.compile(r"\b(?:(?P<half>mezza|half\s+a)\s+|una\s+|a\s+)(?:dozzina|dozen)\b")
# Between a number and what it counts: "2 identical bags", "3 belle agende".
_BETWEEN = re.compile(
    r"\s+(?:(?:di|of|of\s+the|of\s+your|delle|dei|identical|uguali|identic[ih]e?|bell[ei]|small|big"
    r"|nice|different|divers[ei]|piccol[ei]|grandi|pair|paia|pairs|tipi|types)\s+)*"
)
# "le due borse", "between the two bags": those that were shown, not how many are wanted.
_THOSE = re.compile(
    r"(?:\b(?:le|i|gli|queste|questi|quelle|quelli|the|these|those|solo|only|a|an|un|una|tra|fra|between|all|delle|dei)\s+)$"
)
_A_NUMBER = re.compile(rf"{_COUNT}(?=\s){_NO_PIECES}")
_ANY_WORD = re.compile(r"\s*[^\W\d_]{4,}(?=\s)")  # "three matching key rings"
_COUNTED = ("category", "product")
_BESIDE = ("colour", "material", "recipient")


def quantities(text: Text) -> Iterator[Span]:
    """Find how many pieces are wanted in a folded text with digits."""
    for pattern in _QUANTITIES:
        for match in pattern.finditer(text):
            number = int(match["n"] or match.groupdict().get("m") or 0)
            if 0 < number < _MOST:
                yield Span("quantity", number, match.start(), match.end())
    for match in _A_COUPLE.finditer(text):
        yield Span("quantity", 2, match.start(), match.end())


def counted(text: Text, named: List[Span]) -> Iterator[Span]:
    """Find numbers that stand before what they count: "2 portachiavi", "5 scented candles"."""
    for match in (*_A_NUMBER.finditer(text), *_DOZEN.finditer(text)):
        number = _number(match)
        shown = _THOSE.search(text[: match.start()])
        if 0 < number < _MOST and not shown and _counts_something(text, match.end(), named):
            yield Span("quantity", number, match.start(), match.end())


def _number(match: "re.Match[Text]") -> int:
    if match.re is _DOZEN:
        return 6 if match["half"] else 12
    return int(match["n"])


def _counts_something(text: Text, at: int, named: List[Span]) -> bool:
    """Tell whether a thing follows, past its colour and material and words like "identical"."""
    skipped = False
    for _ in range(4):
        between = _BETWEEN.match(text, at)
        if not between:
            return False
        following = [span for span in named if span.start == between.end()]
        if any(span.entity in _COUNTED for span in following):
            return True
        beside = [span for span in following if span.entity in _BESIDE]
        word = _ANY_WORD.match(text, between.end())
        if not beside and (skipped or not word):
            return False
        skipped = skipped or not beside
        at = beside[0].end if beside else word.end()
    return False
