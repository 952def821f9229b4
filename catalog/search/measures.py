"""Measures made comparable: "15,6 pollici", '15.6"' and "15.6 inch" become one token.

Lengths become millimetres (inches stay inches: screens and disks are sold by them), weights grams,
volumes millilitres, storage gigabytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_INCH = r"pollic[ei]|inch(?:es)?|[\"″”]|''|′′"
_UNITS: dict[str, tuple[str, Decimal | int]] = {
    "mm": ("mm", 1),
    "cm": ("mm", 10),
    "m": ("mm", 1000),
    "mt": ("mm", 1000),
    "metri": ("mm", 1000),
    "metro": ("mm", 1000),
    "metre": ("mm", 1000),
    "metres": ("mm", 1000),
    "meter": ("mm", 1000),
    "meters": ("mm", 1000),
    "mg": ("g", Decimal("0.001")),
    "g": ("g", 1),
    "gr": ("g", 1),
    "grammi": ("g", 1),
    "grams": ("g", 1),
    "kg": ("g", 1000),
    "kili": ("g", 1000),
    "chili": ("g", 1000),
    "ml": ("ml", 1),
    "cl": ("ml", 10),
    "l": ("ml", 1000),
    "lt": ("ml", 1000),
    "litro": ("ml", 1000),
    "litri": ("ml", 1000),
    "litre": ("ml", 1000),
    "litres": ("ml", 1000),
    "liter": ("ml", 1000),
    "liters": ("ml", 1000),
    "mb": ("gb", Decimal("0.001")),
    "gb": ("gb", 1),
    "tb": ("gb", 1000),
    "w": ("w", 1),
    "watt": ("w", 1),
    "kw": ("w", 1000),
    "v": ("v", 1),
    "volt": ("v", 1),
    "mah": ("mah", 1),
    "mp": ("mp", 1),
    "megapixel": ("mp", 1),
    "megapixels": ("mp", 1),
    "hz": ("hz", 1),
    "ghz": ("hz", 1_000_000_000),
    "mhz": ("hz", 1_000_000),
}
_NUMBER = r"\d{1,6}(?:[.,]\d{1,3})?"
_NAMES = "|".join(sorted((re.escape(name) for name in _UNITS), key=len, reverse=True))
_MEASURE = re.compile(
    rf"(?<![\w.,])({_NUMBER}(?:\s?[x×]\s?{_NUMBER}){{0,2}})"
    rf"(?:\s?-?\s?({_NAMES})(?![\w])|\s?-?\s?({_INCH})(?!\w)|(in)\b)",
    re.IGNORECASE,
)
_NETWORKS = frozenset({"2", "3", "4", "5"})


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure in a text: where it stands, as written, and as it is compared."""

    start: int
    end: int
    written: str
    token: str


def measures(text: str) -> Iterator[Measure]:
    """Return the measures in a text, in order.

    "3G" and "4G" are networks and no weights.
    """
    for match in _MEASURE.finditer(text):
        number, unit = match[1], match[2]
        if unit and unit.casefold() == "g" and number in _NETWORKS and match[0][-2:-1] != " ":
            continue
        yield Measure(match.start(), match.end(), match[0], _token(number, unit))


def _token(number: str, unit: str | None) -> str:
    base, factor = _UNITS[unit.casefold()] if unit else ("in", 1)
    parts = re.split(r"\s?[x×]\s?", number.casefold())
    told = "x".join(_plain(Decimal(part.replace(",", ".")) * factor) for part in parts)
    return f"{told} {base}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
