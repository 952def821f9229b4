"""Reading a number the way people write it: "circa 70 euro", "1.200,50", "settanta"."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_DIGITS = re.compile(r"(?<![\w.,])\d[\d.,' \u00a0]*")
_RANGE = re.compile(r"\b(tra|fra|da|dai|between|from)\b|\d\s*[-–]\s*\d")
_SCALE = re.compile(r"\s*(k|mila)\b")
_SMALL = {
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici "
    "quattordici quindici sedici diciassette diciotto diciannove",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen",
}
_TENS = {
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
# Far more often an article, "you are", or "the red one"; a number only where nothing else is said.
_DOUBTFUL = frozenset(("uno", "sei", "one"))
_UNITS_IT = ("uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove")


def read_number(text: str, language: str) -> tuple[int | str, str] | None:
    """Return the number in a sentence and the words around it, or None.

    Of two numbers in a range ("tra 50 e 100") the larger counts: it is the limit.
    A number with decimals comes back as a string, so that no cent is lost.
    """
    lowered = text.lower()
    found = [_from_digits(match, lowered, language) for match in _DIGITS.finditer(lowered)]
    rest = _DIGITS.sub(" ", lowered)
    if not found:
        found, rest = _from_words(lowered, language)
    if not found:
        return None
    number = max(found) if len(found) > 1 and _RANGE.search(lowered) else found[0]
    return plain(number), rest


def as_number(value: object) -> object:
    """Return "150.00" as 150; what is not a number (a choice called "any") stays as it is."""
    if not isinstance(value, str):
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return plain(number) if number.is_finite() else value


def plain(number: Decimal) -> int | str:
    """Return an int where that loses nothing, the decimal's digits otherwise."""
    return int(number) if number == number.to_integral_value() else format(number.normalize(), "f")


def to_decimal(digits: str, language: str) -> Decimal:
    """Read "1.200,50" or "1,200.50"; where both are possible the language decides."""
    kept = re.sub(r"[^\d.,]", "", digits).strip(".,")
    decimal_mark = _decimal_mark(kept, language)
    if decimal_mark:
        whole, _, fraction = kept.rpartition(decimal_mark)
        return Decimal(re.sub(r"\D", "", whole) + "." + fraction)
    return Decimal(re.sub(r"\D", "", kept) or "0")


def _decimal_mark(digits: str, language: str) -> str | None:
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return None
    last = marks[-1]
    if len(set(marks)) > 1:
        return str(last)
    if len(marks) > 1:
        return None
    after = len(digits) - digits.rindex(last) - 1
    thousands = "," if language == "en" else "."
    return None if after == 3 and last == thousands else str(last)


def _from_digits(match: re.Match[str], text: str, language: str) -> Decimal:
    number = to_decimal(match.group(), language)
    return number * 1000 if _SCALE.match(text, match.end()) else number


def _from_words(text: str, language: str) -> tuple[list[Decimal], str]:
    words = re.findall(r"[^\W\d_]+", text)
    alone = len(words) == 1
    if language == "en":
        found, rest = _from_english(words, alone=alone)
    else:
        values = _italian_words()
        known = [word for word in words if word in values and (alone or word not in _DOUBTFUL)]
        found = [values[word] for word in known[:1]]
        rest = [word for word in words if word not in known[:1]]
    return [Decimal(number) for number in found], " ".join(rest)


def _from_english(words: list[str], *, alone: bool) -> tuple[list[int], list[str]]:
    """Add up "two thousand five hundred and ten"."""
    values = _english_words()
    total, current, seen = 0, 0, False
    rest: list[str] = []
    for word in words:
        if word == "thousand":
            total, current, seen = total + max(current, 1) * 1000, 0, True
        elif word == "hundred":
            current, seen = max(current, 1) * 100, True
        elif word in values and (alone or seen or word not in _DOUBTFUL):
            current, seen = current + values[word], True
        elif word not in ("a", "and") or not seen:
            rest.append(word)
    return ([total + current] if seen else []), rest


@lru_cache(maxsize=1)
def _english_words() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_SMALL["en"].split())}
    words.update({word: 20 + 10 * place for place, word in enumerate(_TENS["en"].split())})
    return words


@lru_cache(maxsize=1)
def _italian_words() -> dict[str, int]:
    """Italian writes a number as one word: trentacinque, duecentocinquanta, millecinquecento."""
    below = {word: value for value, word in enumerate(_SMALL["it"].split())}
    for place, ten in enumerate(_TENS["it"].split()):
        base = 20 + 10 * place
        below[ten] = base
        for value, unit in enumerate(_UNITS_IT, start=1):
            stem = ten[:-1] if unit in ("uno", "otto") else ten
            below[stem + unit] = base + value
    below.update({ten[:-1] + "ina": 20 + 10 * n for n, ten in enumerate(_TENS["it"].split())})
    below.update({"decina": 10, "centinaio": 100})
    hundreds = {"cento": 100}
    hundreds.update({f"{unit}cento": 100 * n for n, unit in enumerate(_UNITS_IT[1:], start=2)})
    words = {**below, **hundreds}
    for name, value in hundreds.items():
        words.update({name + small: value + n for small, n in below.items() if n})
    thousands = {"mille": 1000, "duemila": 2000, "tremila": 3000}
    for name, value in thousands.items():
        words.update({name + h: value + n for h, n in hundreds.items()})
    words.update(thousands)
    return words
