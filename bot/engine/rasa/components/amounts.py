"""Prices as customers write them: "sotto i 50 euro", "from 30 to 60", "sui 70"."""

import re
from decimal import Decimal
from typing import Iterator, Optional, Text, Tuple

from price_parser import parse_price

from components.spans import Span

_ABOUT_SO_MANY = {
    "decina": 10, "dozzina": 12, "quindicina": 15, "ventina": 20, "trentina": 30, "quarantina": 40,
    "cinquantina": 50, "sessantina": 60, "settantina": 70, "ottantina": 80, "novantina": 90,
    "centinaio": 100, "migliaio": 1000,
}  # fmt: skip
_NUMBER = r"(?<![\w.,])\d{1,7}(?:[.,']\d{3})*(?:[.,]\d{1,2}(?!\d))?(?=\W|$|e|ish)"
_MONEY = r"(?:€|eur(?:o|i|os)?\b|e\b(?=\s*$)|\$|dollar[is]?\b|£|pounds?\b|quid\b|bucks\b)"
# What follows a number that is no price: "entro 3 giorni", "più di 2 pezzi", "fino a 18 anni".
_NO_PRICE = (
    r"(?!\s*(?:giorn|gg\b|or[ae]\b|settiman|mes[ei]\b|ann[oi]\b|anniv|minut|pezz|pz\b|pai[oa]\b"
    r"|person|cm\b|mm\b|ml\b|kg\b|gr\b|litr|pollic|x(?=\s*(?:$|\d|[,.!?]))|rat[ae]\b|volt[ae]\b|tagli|numer|%|day|hour|week"
    r"|month|year|minute|piece|pcs\b|pairs?\b|people|item|guest|inch|instal|times?\b|am\b|pm\b"
    r"|[./:]\d|\d|(?:di\s+)?(?:genn|febb|marz|april|magg|giugn|lugl|agost|settem|ottob|novem"
    r"|dicem|janu|febr|march|june|july|augu|sept|octo|dece)))"
)
_OF = (
    r"(?:\s+(?:i|gli|le|la|lo|l|un|una|di|a|ai|of|the|a\s+total\s+of|just|solo|be|is|e|sia|sono|per"
    r"|spendo|spendere|spenderei|spend|spending|budget))*"
)
_MOST = (
    r"(?:non|nn|don'?t|do\s+not|can'?t|cannot|won'?t|wouldn'?t|shouldn'?t|not|prefer\s+not)\s+"
    r"(?:(?:want(?:ing)?|wish|like|care|mean|plan(?:ning)?|look(?:ing)?|hop(?:e|ing)|prepared|able|going"
    r"|vorrei|vorremmo|voglio|vogliamo|posso|possiamo|intendo|avrei\s+intenzione|me\s+la\s+sento)\s+)?"
    r"(?:(?:to|di)\s+)?(?:(?:go|pay|spend|andare|spendere|spenderei|pagare)\s+)?(?:superare|(?:over|above|beyond|oltre|more\s+than|piu\s+di))"
    r"|(?:senza|without)\s+(?:(?:dover\s+)?(?:spendere|andare|superare|spending|going|paying)\s*)"
    r"(?:(?:di\s+)?(?:piu\s+di|oltre|sopra|more\s+than|over|above)\s*)?(?:i\s+)?"
    r"|(?:non|not?|mai|nothing|niente|nulla|none)\s+(?:piu|oltre|sopra|over|above|more|exceeding)(?:\s+(?:di|than|ai?))?"
    r"|non\s+superi(?:ore)?|(?:al\s+)?(?:massimo|max(?:imum)?)|fino\s+a[id]?|sotto(?:\s+a[i]?)?"
    # "Arriviamo a 80", "they raised it to 30", "can stretch to 60": the budget moves.
    r"|(?:arriv(?:o|are|iamo|ano)|sal(?:go|iamo|ire|ito)|alz(?:o|iamo|are|ato))\s+(?:fino\s+)?a[id]?"
    r"|(?:(?:go|going|stretch|push|rais(?:e|ed)|up|upped)\s+(?:it\s+|the\s+budget\s+)?(?:up\s+)?to)"
    r"|meno\s+di|budget|spendere|spenderei|spendo|spending|spend|entro|inferiore\s+a[i]?"
    r"|under|below|less\s+than|up\s+to|at\s+(?:the\s+)?most|cheaper\s+than|within"
)
_LEAST = (
    r"sopra(?:\s+a[i]?)?|piu\s+di|oltre|almeno|minimo|min|a\s+partire\s+da[i]?|superiore\s+a[i]?"
    r"|over|above|more\s+than|at\s+least|minimum|starting\s+(?:at|from)"
)
_ABOUT = (
    r"circa|su[ilg]i?|sulle|(?:intorno|attorno|vicino)\s+a[ilg]?[li]?|verso\s+i|piu\s+o\s+meno|tipo"
    r"|(?:somewhere\s+)?around|about|approx(?:imately)?\.?|roughly|more\s+or\s+less|~|ca\.?"
)
# These also say when or where, so they need a currency beside the number.
_NEEDS_MONEY = re.compile(r"entro|within|over|min|oltre|sopra|above|tipo|ca|vicino|verso")
_ARTICLE = re.compile(r"\b(?:i|gli)\s+\d")
_LEAST_ALONE = 15  # "around 9" is an hour sooner than a price
_LEAST_RANGE = 20


def _price(name: Text, unless: Text = _NO_PRICE) -> Text:
    front, back = rf"(?P<{name}_front>{_MONEY}\s*)?", rf"\s*(?P<{name}_back>{_MONEY})?"
    return rf"{front}(?P<{name}>{_NUMBER}){unless}{back}"


_AND = r"(?:(?:ed?|and|to|ai?|agli|o|or)\b|[-–/])"
_RANGE = re.compile(
    rf"\b(?:tra|fra|between|from|dai?|dagli)\b{_OF}\s*{_price('low', '')}\s*{_AND}"
    rf"{_OF}\s*{_price('high')}"
)
_BOTH_ENDS = re.compile(
    rf"\bmin(?:im[oa]|imum)?\.?{_OF}\s*{_price('low', '')}\s*(?:,|e|and|-)?\s*"
    rf"(?:max(?:imum)?|massim[oa])\.?{_OF}\s*{_price('high')}"
)
_BUDGET = re.compile(
    r"\b(?:budget|spesa|prezzo|spendere|spend(?:ing)?|price(?:\s+range)?)(?:\s+[a-z]+){0,2}\s*:?\s*"
    rf"{_price('low', '')}\s*{_AND}\s*{_price('high')}"
)
_SHORT_RANGE = re.compile(rf"(?<![\w/.]){_price('low', '')}\s*{_AND}\s*{_price('high')}")
_LIMITS: Tuple[Tuple[Text, "re.Pattern[Text]"], ...] = (
    (  # before the others: "around 120 max" is a limit
        "max_price",
        re.compile(
            rf"{_price('n')}\s*(?:di\s+)?(?:(?:di\s+)?budget\s+)?(?:(?:al\s+)?massimo|(?:al\s+)?max"
            r"|at\s+(?:the\s+)?(?:very\s+)?most|tops?|or\s+less|or\s+under|o\s+meno)\b"
        ),
    ),
    (
        "about_price",
        re.compile(
            rf"(?:(?<!\w)(?:budget|spendere|spend)\s+)?(?<!\w)(?P<word>{_ABOUT}){_OF}\s*{_price('n')}"
        ),
    ),
    (
        "about_price",
        re.compile(
            rf"{_price('n')}\s*(?P<word>circa|piu\s+o\s+meno|o\s+giu\s+di\s+li|or\s+so|(?:each\s+)?or\s+so"
            r"|more\s+or\s+less|ish|-ish|l'uno\s+circa)(?!\w)"
        ),
    ),
    (
        "about_price",
        re.compile(rf"(?<!\w)(?P<word>like|say|diciamo){_OF}\s*{_price('n')}(?=\W*$)"),
    ),
    (
        "max_price",
        re.compile(rf"(?<!\w)(?P<word>{_MOST})(?:\s+{_MOST})?\b{_OF}\s*[:=]?\s*{_price('n')}"),
    ),
    ("min_price", re.compile(rf"\b(?P<word>{_LEAST})\b{_OF}\s*{_price('n')}")),
    (
        "min_price",
        re.compile(
            rf"{_price('n')}\s*(?:(?:in\s+su|and\s+(?:up|above|over)|or\s+(?:more|over|above)|o\s+piu"
            r"|minimo|upwards?|plus)\b|\+)"
        ),
    ),
)
_SO_MANY = re.compile(
    rf"\b(?:un(?:a|')?\s*)?(?P<word>{'|'.join(_ABOUT_SO_MANY)})\b(?:\s+di|\s+d')?\s*{_MONEY}"
)
_DIGIT = re.compile(r"\d")
_BARE = re.compile(rf"(?P<front>{_MONEY}\s*)?(?P<n>{_NUMBER}){_NO_PRICE}(?P<back>\s*{_MONEY})?")
# "ho pagato 50 euro" tells what was, "costa 50 euro?" asks what is: neither is a wish.
_NO_WISH = re.compile(r"(?:pagat[oa]|spes[oi]|cost[ao]|costava|paid|spent|costs?|costed)\s*$")


def prices(text: Text) -> Iterator[Span]:
    """Find limits of price in a folded text with digits, the surest forms first."""
    has_digits = bool(_DIGIT.search(text))
    if has_digits:
        yield from _ranges(text)
    for match in _SO_MANY.finditer(text):
        amount = str(_ABOUT_SO_MANY[match["word"]])
        yield Span("about_price", amount, match.start(), match.end())
    if has_digits:  # every other form has one, and most messages have none
        yield from _of_one_number(text)


def _of_one_number(text: Text) -> Iterator[Span]:
    for entity, pattern in _LIMITS:
        for match in pattern.finditer(text):
            amount = _amount(match["n"])
            if amount and _is_price(match, amount, text):
                yield Span(entity, _canonical(amount), match.start(), match.end())
    for match in _BARE.finditer(text):
        amount = _amount(match["n"])
        money = match["front"] or match["back"]
        if amount and money and not _NO_WISH.search(text[: match.start()]):
            yield Span("max_price", _canonical(amount), match.start(), match.end())


def price_at(text: Text, start: int) -> Optional[Tuple[Text, int]]:
    """Return the price that is written here and where it ends: "da 99 €" names one thing."""
    match = _BARE.match(text, start)
    amount = _amount(match["n"]) if match else None
    return (_canonical(amount), match.end()) if match and amount else None


def _ranges(text: Text) -> Iterator[Span]:
    for pattern in (_BOTH_ENDS, _RANGE, _BUDGET, _SHORT_RANGE):
        for match in pattern.finditer(text):
            low, high = _amount(match["low"]), _amount(match["high"])
            if low is None or high is None or not _is_range(pattern, match, max(low, high)):
                continue
            middle = match.end("low")
            yield Span("min_price", _canonical(min(low, high)), match.start(), middle)
            yield Span("max_price", _canonical(max(low, high)), middle, match.end())


def _is_range(pattern: "re.Pattern[Text]", match: "re.Match[Text]", high: Decimal) -> bool:
    """Tell a range of prices from opening hours and days ("dalle 9 alle 18", "tra 2 e 3")."""
    groups = ("low_front", "low_back", "high_front", "high_back")
    return any(match[group] for group in groups) or (
        pattern is not _SHORT_RANGE and high >= _LEAST_RANGE
    )


def _is_price(match: "re.Match[Text]", amount: Decimal, text: Text) -> bool:
    if match["n_front"] or match["n_back"]:
        return True
    word = (match.groupdict().get("word") or "").split()
    if _ARTICLE.search(match.group()):
        return amount >= _LEAST_ALONE
    return amount >= _LEAST_ALONE and not (word and _NEEDS_MONEY.fullmatch(word[0]))


def _amount(said: Text) -> Optional[Decimal]:
    """Read "1.200", "150,00", "1,200.50"."""
    amount = parse_price(said.replace("'", "")).amount
    return amount if amount else None


def _canonical(amount: Decimal) -> Text:
    whole = amount.to_integral_value()
    return str(whole) if amount == whole else f"{amount:.2f}"
