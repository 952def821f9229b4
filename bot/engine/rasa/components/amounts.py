"""Prices and quantities as customers write them: "sotto i 50 euro", "from 30 to 60", "x2"."""

import re
from decimal import Decimal
from typing import Dict, Iterator, List, Optional, Text

from components.spans import Span

_SMALL = {
    "due": 2, "two": 2, "tre": 3, "three": 3, "quattro": 4, "four": 4, "cinque": 5, "five": 5,
    "sei": 6, "six": 6, "sette": 7, "seven": 7, "otto": 8, "eight": 8, "nove": 9, "nine": 9,
    "dieci": 10, "ten": 10, "dodici": 12, "twelve": 12, "a couple": 2,
    "una decina": 10, "una dozzina": 12, "a dozen": 12,
}  # fmt: skip
_ROUND = {
    "dieci": 10, "quindici": 15, "venti": 20, "venticinque": 25, "trenta": 30, "quaranta": 40,
    "cinquanta": 50, "sessanta": 60, "settanta": 70, "ottanta": 80, "novanta": 90, "cento": 100,
    "centocinquanta": 150, "duecento": 200, "trecento": 300, "cinquecento": 500, "ten": 10,
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "a hundred": 100,
    "one hundred": 100, "two hundred": 200, "three hundred": 300,
}  # fmt: skip


def _any(words: List[Text]) -> Text:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


_NUMBER = rf"(?<!\d)\d{{1,7}}(?:[.,' ]\d{{3}})*(?:[.,]\d{{1,2}})?|\b(?:{_any(list(_ROUND))})\b"
_MONEY = r"€|euro?s?\b|eur\b|\$|dollar[is]?\b|£"
# What follows a number that is no price: "entro 3 giorni", "più di 2 pezzi", "fino a 18 anni".
_NO_PRICE = (
    r"(?!\s*(?:giorn|or[ae]\b|settiman|mes[ei]|ann[oi]|minut|pezz|person|cm\b|mm\b|kg\b|litr|%"
    r"|day|hour|week|month|year|minute|piece|people|item|guest|inch|am\b|pm\b|[./:]\d|\d))"
)
_OF = r"(?:\s+(?:i|gli|le|la|di|a|ai|of|the|un|circa|about|around|intorno|sui))*"
_MOST = (
    r"sotto|meno\s+di|non\s+(?:piu|oltre)\s+(?:di)?|non\s+superi(?:ore)?|massimo|max|fino\s+a[id]?"
    r"|al\s+massimo|budget|spendere|spenderei|spendo|entro|inferiore|sui|intorno|circa"
    r"|under|below|less\s+than|up\s+to|no\s+more\s+than|not\s+more\s+than|at\s+most|maximum"
    r"|cheaper\s+than|within|around|about|spend"
)
_LEAST = (
    r"sopra|piu\s+di|oltre|almeno|minimo|min|a\s+partire\s+da|superiore|dai"
    r"|over|above|more\s+than|at\s+least|minimum|starting\s+(?:at|from)"
)
# These also say when or where, so they need a currency beside the number.
_NEEDS_MONEY = re.compile(r"entro|within|circa|about|around|intorno|sui|dai|oltre|over|min")


def _price(name: Text) -> Text:
    return rf"(?:(?:{_MONEY})\s*)?(?P<{name}>{_NUMBER}){_NO_PRICE}\s*(?P<{name}_money>{_MONEY})?"


_RANGE = re.compile(
    rf"\b(?:tra|fra|between|from|dai?)\b{_OF}\s*{_price('low')}\s*(?:(?:ed?|and|to|ai?)\b|[-–])"
    rf"{_OF}\s*{_price('high')}"
)
_SHORT_RANGE = re.compile(
    rf"(?<![\w/.])(?P<low>\d{{1,7}})\s*[-–/]\s*(?P<high>\d{{1,7}})\s*(?P<high_money>{_MONEY})"
)
_MAX = re.compile(rf"\b(?P<word>{_MOST})\b{_OF}\s*[:=]?\s*{_price('n')}")
_MIN = re.compile(rf"\b(?P<word>{_LEAST})\b{_OF}\s*{_price('n')}")
_MAX_AFTER = re.compile(
    rf"{_price('n')}\s*(?:(?:al\s+)?massimo|max|at\s+(?:the\s+)?most|tops?|or\s+less|o\s+meno)\b"
)
_MIN_AFTER = re.compile(rf"{_price('n')}\s*(?:in\s+su|and\s+up|or\s+more|o\s+piu|minimo)\b")
_BARE = re.compile(
    rf"(?:(?:€|\$|£)\s*(?P<front>\d[\d.,]{{0,12}})|(?P<n>{_NUMBER})\s*(?:{_MONEY})(?!\w))"
)

_COUNT = rf"(?P<n>\d{{1,3}}|\b(?:{_any(list(_SMALL))})\b)"
# "I ordered 3 days ago", "have 24 hour shipping", "take 10%"
_NO_PIECES = r"(?!\s*(?:hour|day|week|month|year|minute|am\b|pm\b|ore\b|giorn|€|eur|%|\d))"
_QUANTITIES = [
    re.compile(
        rf"{_COUNT}\s*(?:di\s+|of\s+)?(?:pezz[io]|pz|paia|confezion[ie]|copie|unita|pieces?|pcs"
        r"|items?|units?|pairs?|copies|of\s+(?:them|these|those))\b"
    ),
    re.compile(
        rf"\b(?:ne\s+(?:\w+\s+)?(?:prendo|voglio|vorrei|ordino|compro|prenderei|servono|prendere"
        rf"|ordinare|comprare)|me\s+ne\s+servono|mi\s+servono|ce\s+ne\s+sono)\s+{_COUNT}"
    ),
    re.compile(rf"\b(?:take|want|need|order|buy|get|have)\s+(?:me\s+)?{_COUNT}{_NO_PIECES}"),
    re.compile(r"(?<!\w)(?P<n>\d{1,3})\s?x\b|\bx\s?(?P<m>\d{1,3})(?!\w)"),
]


def prices(text: Text) -> Iterator[Span]:
    """Find limits of price in a folded text, the surest forms first."""
    for pattern in (_RANGE, _SHORT_RANGE):
        for match in pattern.finditer(text):
            low, high = _amount(match["low"]), _amount(match["high"])
            if low is not None and high is not None and _is_range(pattern, match, low, high):
                start, end = match.span("low")
                yield Span("min_price", _canonical(min(low, high)), start, end)
                yield Span("max_price", _canonical(max(low, high)), end, match.end())
    for entity, pattern in (
        ("max_price", _MAX),
        ("min_price", _MIN),
        ("max_price", _MAX_AFTER),
        ("min_price", _MIN_AFTER),
    ):
        yield from _limits(text, entity, pattern)
    for match in _BARE.finditer(text):
        amount = _amount(match["front"] or match["n"])
        if amount:
            yield Span("max_price", _canonical(amount), match.start(), match.end())


def quantities(text: Text) -> Iterator[Span]:
    """Find how many pieces are wanted."""
    for pattern in _QUANTITIES:
        for match in pattern.finditer(text):
            said = match["n"] or match.groupdict().get("m") or ""
            number = int(said) if said.isdigit() else _SMALL[" ".join(said.split())]
            if 0 < number < 1000:
                yield Span("quantity", number, match.start(), match.end())


def _limits(text: Text, entity: Text, pattern: "re.Pattern[Text]") -> Iterator[Span]:
    for match in pattern.finditer(text):
        word = match.groupdict().get("word") or ""
        money = match["n_money"] or re.search(r"[€$£]", match.group())
        amount = _amount(match["n"])
        if amount and (money or not _NEEDS_MONEY.fullmatch(word.split()[0] if word else "")):
            yield Span(entity, _canonical(amount), match.start(), match.end())


def _is_range(
    pattern: "re.Pattern[Text]", match: "re.Match[Text]", low: Decimal, high: Decimal
) -> bool:
    """Tell a range of prices from opening hours and days ("dalle 9 alle 18", "tra 2 e 3")."""
    if pattern is _SHORT_RANGE:
        return True
    found: Dict[Text, Optional[Text]] = match.groupdict()
    return bool(found["low_money"] or found["high_money"]) or max(low, high) >= 20


def _amount(said: Optional[Text]) -> Optional[Decimal]:
    """Read "1.200", "150,00", "1,200.50" or "cinquanta"."""
    if not said:
        return None
    words = " ".join(said.split())
    if words in _ROUND:
        return Decimal(_ROUND[words])
    digits = re.sub(r"[^\d.,]", "", said).strip(".,")
    cents = re.fullmatch(r"(.*)[.,](\d{1,2})", digits)
    whole, fraction = (cents[1], cents[2]) if cents else (digits, "")
    plain = re.sub(r"\D", "", whole)
    return Decimal(f"{plain}.{fraction or 0}") if plain else None


def _canonical(amount: Decimal) -> Text:
    whole = amount.to_integral_value()
    return str(whole) if amount == whole else f"{amount:.2f}"
