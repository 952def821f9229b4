"""The days that have names: months, days of the week, holidays, and "tomorrow"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

Yearly = Callable[[int], date]

MONTHS = (
    ("gennaio", "january"),
    ("febbraio", "february"),
    ("marzo", "march"),
    ("aprile", "april"),
    ("maggio", "may"),
    ("giugno", "june"),
    ("luglio", "july"),
    ("agosto", "august"),
    ("settembre", "september", "sept"),
    ("ottobre", "october"),
    ("novembre", "november"),
    ("dicembre", "december"),
)
WEEKDAYS = (
    ("lunedi", "monday"),
    ("martedi", "tuesday"),
    ("mercoledi", "wednesday"),
    ("giovedi", "thursday"),
    ("venerdi", "friday"),
    ("sabato", "saturday"),
    ("domenica", "sunday"),
)
RELATIVE = {
    "oggi": 0, "stasera": 0, "today": 0, "tonight": 0, "domani": 1, "tomorrow": 1, "tmrw": 1,
    "dopodomani": 2, "dopo domani": 2, "day after tomorrow": 2, "the day after tomorrow": 2,
}  # fmt: skip


def spoken(names: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """Return every name with its place, counted from one."""
    return {name: place for place, group in enumerate(names, start=1) for name in group}


def last_of_month(day: date) -> date:
    """Return the last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches, by the algorithm of Meeus, Jones, Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (8 * b + 13) // 25 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _on(month: int, day: int) -> Yearly:
    return lambda year: date(year, month, day)


def _sunday(month: int, place: int) -> Yearly:
    def day(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=6 - first.weekday() + 7 * (place - 1))

    return day


# How each is written, in lower case and without accents, and when it is.
HOLIDAYS: tuple[tuple[str, Yearly], ...] = (
    (r"(?:la\s+)?vigilia(?:\s+di\s+natale)?|(?:christmas|xmas)\s+eve", _on(12, 24)),
    (r"(?:natale|christmas|xmas|x-mas)(?:\s+day)?", _on(12, 25)),
    (r"santa\s+lucia", _on(12, 13)),
    (r"ultimo\s+dell'anno|(?:new\s+year'?s?|ny)\s+eve", _on(12, 31)),
    (r"capodanno|(?:the\s+)?new\s+year'?s?(?:\s+day)?", _on(1, 1)),
    (r"(?:la\s+|l')?(?:befana|epifania)|epiphany", _on(1, 6)),
    (r"(?:san|s\.)\s*valentino|valentine'?s?(?:\s+day)?", _on(2, 14)),
    (r"(?:la\s+)?festa\s+della\s+donna", _on(3, 8)),
    (r"(?:la\s+)?festa\s+del\s+papa", _on(3, 19)),
    (r"(?:la\s+)?festa\s+della\s+mamma|mother'?s\s+day", _sunday(5, 2)),
    (r"father'?s\s+day", _sunday(6, 3)),
    (r"pasqua|easter", easter),
    (r"ferragosto", _on(8, 15)),
    (r"halloween", _on(10, 31)),
)
