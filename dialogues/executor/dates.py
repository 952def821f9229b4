"""Reading a day the way people write it: "domani", "venerdì", "12/5", "2026-12-05"."""

from __future__ import annotations

import re
from datetime import date, timedelta

_RELATIVE = {
    "oggi": 0,
    "stasera": 0,
    "today": 0,
    "tonight": 0,
    "dopodomani": 2,
    "domani": 1,
    "tomorrow": 1,
}
_WEEKDAYS = (
    ("lunedi", "monday"),
    ("martedi", "tuesday"),
    ("mercoledi", "wednesday"),
    ("giovedi", "thursday"),
    ("venerdi", "friday"),
    ("sabato", "saturday"),
    ("domenica", "sunday"),
)
_MONTHS = (
    ("gennaio", "january"),
    ("febbraio", "february"),
    ("marzo", "march"),
    ("aprile", "april"),
    ("maggio", "may"),
    ("giugno", "june"),
    ("luglio", "july"),
    ("agosto", "august"),
    ("settembre", "september"),
    ("ottobre", "october"),
    ("novembre", "november"),
    ("dicembre", "december"),
)
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\b")
_NAMED = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+|di\s+)?)?([a-z]{3,9})\b(?:\s+(\d{1,2})\b)?"
)


def read_date(text: str, today: date) -> date | None:
    """Return the day that is meant, the next one where the year is not said.

    Day before month, as the shop's customers write it; month first only where nothing else fits.
    `text` is in lower case and without accents.
    """
    return _iso(text) or _slashed(text, today) or _named(text, today) or _relative(text, today)


def _iso(text: str) -> date | None:
    match = _ISO.search(text)
    return _day(*(int(part) for part in match.groups())) if match else None


def _slashed(text: str, today: date) -> date | None:
    match = _SLASHED.search(text)
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    if match[3]:
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return _day(year, second, first) or _day(year, first, second)
    return _next(today, second, first) or _next(today, first, second)


def _named(text: str, today: date) -> date | None:
    for match in _NAMED.finditer(text):
        number = match[1] or match[3]
        for month, names in enumerate(_MONTHS, start=1):
            if number and any(match[2] == name or match[2] == name[:3] for name in names):
                return _next(today, month, int(number))
    return None


def _relative(text: str, today: date) -> date | None:
    words = re.findall(r"[a-z]+", text)
    for word in words:
        if word in _RELATIVE:
            return today + timedelta(days=_RELATIVE[word])
        for weekday, names in enumerate(_WEEKDAYS):
            if word in names:
                ahead = (weekday - today.weekday()) % 7
                return today + timedelta(days=ahead or 7)
    return None


def _next(today: date, month: int, day: int) -> date | None:
    this_year = _day(today.year, month, day)
    if this_year and this_year < today:
        return _day(today.year + 1, month, day)
    return this_year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
