"""Sizes of clothes, shoes, gloves and belts: "taglia M", "porto il 38", "43 o 44", "7 e mezzo"."""

import re
from typing import Iterator, Optional, Sequence, Text

from components.spans import Span

_AND_A_HALF = r"(?:\s*(?:e\s+mezz[oa]|and\s+a\s+half|½)|[.,]5)"
_HALF = rf"{_AND_A_HALF}?"
_LETTERS = r"xxs|xs|xxl|xxxl|xl|s|m|l"
_NAMES = {
    "piccola": "S", "piccolo": "S", "small": "S", "media": "M", "medio": "M", "medium": "M",
    "grande": "L", "large": "L", "unica": "UNICA", "extra large": "XL", "extra-large": "XL",
    "extralarge": "XL", "x-large": "XL", "extra small": "XS", "extra-small": "XS", "xlarge": "XL",
}  # fmt: skip
_NO_SIZE = (
    r"(?![\w%]|\s*(?:€|eur|dollar|cm\b|mm\b|giorn|or[ae]\b|ann[oi]\b|minut|min\b|mes[ei]\b|settiman"
    r"|pezz|pz\b|pai[oa]\b|person|rat[ae]\b|day|hour|year|week|month|piece|pcs|pair|people|times?\b"
    r"|pm\b|am\b)|[.,:/]\d)"
)
_WORD = r"(?:taglia|taglie|misura|misure|size|sizes|sz|tg|mis)"
_NUMBER_WORD = r"(?:numero|number|num|nr|n°|no\.|n\.|n)"
_THE = r"(?:\s*[.:]|\s+(?:una|un|la|il|a|the|di|da|del|is|e)\b)*"
_NAMED = "|".join(sorted(_NAMES, key=len, reverse=True))
_SAID = rf"(?P<said>\d{{1,3}}{_HALF}|(?:{_LETTERS}|{_NAMED})\b(?!'))"
_TWO_DIGITS = rf"(?P<said>\d{{2,3}}{_HALF}|\d{_AND_A_HALF})"
_FIRST = (
    re.compile(rf"\b(?:in\s+)?{_WORD}\b{_THE}\s*{_SAID}{_NO_SIZE}"),
    re.compile(rf"(?<!\w){_NUMBER_WORD}{_THE}\s*{_TWO_DIGITS}{_NO_SIZE}"),
    # "porto il 38", "calzo 40", "I wear a 9", "my feet are a 42"
    re.compile(
        r"\b(?:porto|porta|calzo|calza|vesto|veste|indosso|metto|wears?|feet\s+are|foot\s+is|i'?m|i\s+am|takes?\s+an?)"
        rf"(?:\s+(?:il|la|un|una|di\s+solito|usually|normally|an?|the))*\s+{_SAID}{_NO_SIZE}"
    ),
    # "He's a 95", "lei è una 42": an age has no article in English, and its years in Italian.
    re.compile(
        rf"\b(?:s?he)(?:'?s|\s+is)\s+(?:about\s+|usually\s+)?an?\s+(?P<said>\d{{2,3}}){_NO_SIZE}"
    ),
    re.compile(rf"\b(?:lui|lei)\s+e\s+(?:un|una)\s+(?P<said>\d{{2,3}}){_NO_SIZE}"),
    # "ho il 42 di piede", "c'è la 39?", "is there a 39?", "una 39", "in 43"; days end at 31
    re.compile(
        r"\b(?:il|lo|la|un|una|a|the|in)\s+"
        rf"(?P<said>(?:3[3-9]|4\d|5[0-4]){_HALF}){_NO_SIZE}"
    ),
    re.compile(
        rf"\b(?:c'?e|avete|anche|e|ho|have|got)\s+(?:la|il|a|the)\s+(?P<said>\d{{2,3}}){_NO_SIZE}"
    ),
    re.compile(r"\b(?:una?|a)\s+(?P<said>\d{2,3})(?=\s+(?:e|o|and|or)\s+(?:una?|a)\s+\d{2,3}\b)"),
    re.compile(r"\b(?P<said>xxs|xs|xl|xxl|xxxl)\b"),
    # "Extra large gloves" are a size; an "extra large bag" is no more than big.
    re.compile(
        r"\b(?P<said>extra[- ]?large|extra[- ]small|x-?large)\b"
        r"(?!\s+(?:\w+\s+)?(?:bag|tote|suitcase|borsa))"
    ),
    re.compile(
        r"(?<!alle )(?<!\ble )(?<!\bat )(?<![\w.,])(?P<said>\d{1,2}(?:\s*½|\s+e\s+mezz[oa]))"
    ),
    # "a large suitcase" is no size; "in a large" and "the large one" are.
    re.compile(
        r"\bin\s+(?:a\s+|size\s+)?(?P<said>small|medium|large)\b"
        r"(?!\s+(?!(?:then|please|pls|plz|thanks|thx|and|or|for|if|too)\b)\w)"
    ),
    # "And a medium?", "one red medium then please"
    re.compile(
        r"\b(?:an?|one|two|the)\s+(?:(?!bit|little|too|very|rather|nice|extra)\w+\s+)?(?P<said>small|medium|large)"
        r"(?=\s*(?:$|[?.!,]|(?:then|please|pls|plz)\b))"
    ),
    re.compile(r"\b(?:una|la|in)\s+(?P<said>media)(?=\s*(?:$|[?.!,]))"),
    re.compile(r"\bthe\s+(?P<said>small|medium|large)\s+one\b"),
    re.compile(r"\b(?:la|una|in)\s+(?P<said>[sml])\b(?!')"),
)
_FURTHER = re.compile(
    r"\s*(?:,|/|-|\b(?:o|oppure|e|or|and)\b)\s*(?:(?:la|il|una|un|a|the|size|taglia|numero|in)\s+)*"
    rf"(?P<said>\d{{1,3}}{_HALF}|(?:{_LETTERS})\b(?!')){_NO_SIZE}"
)
# "Scarpe nere 42": a number right behind the thing; numbers that are no shoe size are prices.
_BESIDE = re.compile(rf"\s+(?P<said>(?:3[4-9]|4[0-8]){_HALF}){_NO_SIZE}")
# "Cintura 110 o 115": two sizes, as no two prices are so near to each other.
_PAIR = re.compile(rf"\s+(?P<said>\d{{2,3}})(?=\s*(?:o|or|/)\s*(?P<other>\d{{2,3}})\b{_NO_SIZE})")
_APART = 10
# Every size has a digit or begins with one of these: most messages have neither.
_BEGINS = re.compile(
    rf"\d|\b(?:{_LETTERS}|x|extra|{'|'.join(name for name in _NAMES if name.isalpha())})\b"
)
_THINGS = ("category", "colour", "material", "recipient", "product")
_LARGEST = 130  # centimetres of a belt


def sizes(text: Text, named: Sequence[Span] = ()) -> Iterator[Span]:
    """Find sizes in a folded text with digits, and those that follow one: "43 o 44"."""
    if not _BEGINS.search(text):
        return
    for pattern in _FIRST:
        for match in pattern.finditer(text):
            yield from _with_further(match, text)
    for span in named:
        pair = _PAIR.match(text, span.end) if span.entity == "category" else None
        if pair and abs(int(pair["said"]) - int(pair["other"])) <= _APART:
            yield from _with_further(pair, text)
    things = any(span.entity == "category" for span in named)
    for span in named if things else ():
        beside = _BESIDE.match(text, span.end) if span.entity in _THINGS else None
        if beside:
            yield from _with_further(beside, text)


def _with_further(match: "re.Match[Text]", text: Text) -> Iterator[Span]:
    found, further = _span(match), _FURTHER.match(text, match.end())
    if found is None:
        return
    yield found
    while further and (next_ := _span(further)):
        yield next_
        further = _FURTHER.match(text, further.end())


def _span(match: "re.Match[Text]") -> Optional[Span]:
    said = match["said"]
    size = _NAMES.get(said) or re.sub(r"\s*(?:e\s+mezz[oa]|and\s+a\s+half|½)", ".5", said)
    size = size.upper().replace(",", ".")
    if size[0].isdigit() and not 0 < float(size) <= _LARGEST:
        return None
    return Span("size", size, match.start(), match.end())
