"""Reading a day the way people write it: "domani", "venerdì", "12/5", "2026-12-05"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dialogues.executor.almanac import (
    HOLIDAYS,
    MONTHS,
    RELATIVE,
    WEEKDAYS,
    last_of_month,
    spoken,
)

_MONTH = spoken(MONTHS)
_WEEKDAY = spoken(WEEKDAYS)
_SHORT_MONTH = {name[:3]: number for name, number in _MONTH.items()}
_NUMBERS = {
    "un": 1, "una": 1, "uno": 1, "a": 1, "one": 1, "due": 2, "two": 2, "tre": 3, "three": 3,
    "quattro": 4, "four": 4, "cinque": 5, "five": 5, "sei": 6, "six": 6, "sette": 7, "seven": 7,
    "dieci": 10, "ten": 10, "un paio di": 2, "a couple of": 2, "couple of": 2,
}  # fmt: skip


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_MONTHS_SAID = frozenset((*_MONTH, *_SHORT_MONTH))
_MONTH_WORD = _any([*_MONTH, *_SHORT_MONTH])
_NEXT = r"(?:next|this|this coming|questo|questa|prossim[oa])\s+"
# "Sabato 12 dicembre" is one day, said twice.
_WEEKDAY_BEFORE = rf"(?:\b(?:{_any(_WEEKDAY)}),?\s+(?:il\s+|the\s+)?)?"
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_SLASHED = re.compile(
    rf"{_WEEKDAY_BEFORE}"
    r"(?<![\d/.,])(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?(?![\d/]|[.,]\d)"
)
_NAMED = re.compile(
    rf"{_WEEKDAY_BEFORE}\b(?P<before>\d{{1,2}}|primo|first)\s*(?:st|nd|rd|th|°|º)?\s+(?:of\s+|di\s+)?"
    rf"(?P<month>{_MONTH_WORD})\b"
    rf"|{_WEEKDAY_BEFORE}\b(?P<named>{_MONTH_WORD})\s+(?:the\s+)?(?P<after>\d{{1,2}})(?:st|nd|rd|th)?\b(?![/.:]\d)"
)
_DAYS = re.compile(rf"\b(?:{_NEXT})?(?P<weekday>{_any(_WEEKDAY)})\b(?:\s+(?:prossim[oa]|next))?")
_RELATIVE = re.compile(rf"\b(?:{_any(RELATIVE)})\b")
_AHEAD = re.compile(
    rf"\b(?:tra|fra|in|entro|within)\s+(?:i\s+|le\s+|the\s+next\s+)?"
    rf"(?P<count>\d{{1,3}}|{_any(_NUMBERS)})(?:\s*[-/]\s*(?P<to>\d{{1,3}}))?\s*(?:prossim[ie]\s+)?"
    r"(?P<unit>giorn[oi]|days?|settiman[ae]|weeks?|mes[ei]|months?|or[ae]|hours?|hrs?|gg|h)\b"
)
_PERIOD = re.compile(
    r"\b(?:(?P<month>(?:la\s+)?fine\s+(?:del\s+)?mese|(?:the\s+)?end\s+of\s+(?:the|this)\s+month)"
    r"|(?P<year>(?:la\s+)?fine\s+(?:dell')?\s*anno|(?:the\s+)?end\s+of\s+(?:the|this)\s+year)"
    r"|(?P<weekend>(?:(?:il|questo|the|this)\s+)?(?:fine\s+settimana|week-?\s?end))"
    r"|(?P<next>(?:(?:la|il)\s+)?(?:prossima\s+settimana|settimana\s+prossima|next\s+week))"
    r"|(?P<week>(?:questa\s+settimana|(?:la\s+)?fine\s+della\s+settimana|this\s+week"
    r"|(?:the\s+)?end\s+of\s+(?:the|this)\s+week)))\b"
)
_HOLIDAY = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<h{place}>{words})" for place, (words, _) in enumerate(HOLIDAYS))
    + r")\b"
)
_OF_MONTH = re.compile(
    r"\b(?:il|del|the)\s+(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?\b(?!\s*(?:[/.:,]\s?\d|€|eur|%|\w))"
)


_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Mention:
    """A day and where in the text it stands; a holiday may also be only the occasion."""

    day: date
    start: int
    end: int
    kind: str

    def said(self, text: str) -> str:
        """Return the words of the text that mention it."""
        return text[self.start : self.end]


def read_date(text: str, today: date) -> date | None:
    """Return the day that is meant, the next one where the year is not said.

    Day before month, as the shop's customers write it; month first only where nothing else fits.
    `text` is in lower case and without accents.
    """
    return next((mention.day for mention in days(text, today)), None)


def days(text: str, today: date) -> list[Mention]:
    """Return every day that a text mentions, the surest forms first, none of them twice."""
    found: list[Mention] = []
    for mention in _all(text, today):
        if not any(mention.start < other.end and other.start < mention.end for other in found):
            found.append(mention)
    return found


def _all(text: str, today: date) -> Iterator[Mention]:
    has_digits = bool(_DIGIT.search(text))
    has_month = not _MONTHS_SAID.isdisjoint(_WORD.findall(text))
    # What no form can be found without is looked for once: most messages mention no day.
    said = {"digits": has_digits, "month": has_month, "": True}
    for kind, pattern, read, needs in _FORMS:
        if not said[needs]:
            continue
        for match in pattern.finditer(text):
            day = read(match, today)
            if day:
                yield Mention(day, match.start(), match.end(), kind)


def _iso(match: re.Match[str], today: date) -> date | None:
    return _day(*(int(part) for part in match.groups()))


def _slashed(match: re.Match[str], today: date) -> date | None:
    first, second = int(match[1]), int(match[2])
    if match[3]:
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return _day(year, second, first) or _day(year, first, second)
    return _next(today, second, first) or _next(today, first, second)


def _named(match: re.Match[str], today: date) -> date | None:
    name = match["month"] or match["named"]
    month = _MONTH.get(name) or _SHORT_MONTH[name]
    said = match["before"] or match["after"]
    return _next(today, month, int(said) if said.isdigit() else 1)


def _ahead(match: re.Match[str], today: date) -> date | None:
    said = match["to"] or match["count"]
    count = int(said) if said.isdigit() else _NUMBERS[said]
    unit = match["unit"]
    if unit.startswith(("o", "h")):
        return today + timedelta(days=-(-count // 24))
    if unit.startswith("m"):
        return today + timedelta(days=30 * count)
    return today + timedelta(days=count * (7 if unit.startswith(("s", "w")) else 1))


def _weekday(match: re.Match[str], today: date) -> date:
    ahead = (_WEEKDAY[match["weekday"]] - 1 - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def _relative(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=RELATIVE[match.group()])


def _period(match: re.Match[str], today: date) -> date:
    """Return the last day of a period, which is when it is over."""
    name = str(match.lastgroup)
    sunday = today + timedelta(days=6 - today.weekday())
    if name == "month":
        return last_of_month(today)
    if name == "year":
        return date(today.year, 12, 31)
    return {"weekend": sunday - timedelta(days=1), "week": sunday}.get(
        name, sunday + timedelta(days=7)
    )


def _holiday(match: re.Match[str], today: date) -> date:
    yearly = HOLIDAYS[int(str(match.lastgroup)[1:])][1]
    this_year = yearly(today.year)
    return this_year if this_year >= today else yearly(today.year + 1)


def _of_month(match: re.Match[str], today: date) -> date | None:
    day = int(match["day"])
    for ahead in range(3):
        month = today.month - 1 + ahead
        found = _day(today.year + month // 12, month % 12 + 1, day)
        if found and found >= today:
            return found
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


# The surest forms first; a day that two of them claim belongs to the first.
_Read = Callable[["re.Match[str]", date], "date | None"]
_FORMS: tuple[tuple[str, re.Pattern[str], _Read, str], ...] = (
    ("date", _ISO, _iso, "digits"),
    ("date", _SLASHED, _slashed, "digits"),
    ("date", _NAMED, _named, "month"),
    ("ahead", _AHEAD, _ahead, ""),
    ("period", _PERIOD, _period, ""),
    ("weekday", _DAYS, _weekday, ""),
    ("relative", _RELATIVE, _relative, ""),
    ("holiday", _HOLIDAY, _holiday, ""),
    ("day", _OF_MONTH, _of_month, "digits"),
)
