"""When is the shop open: now, today, in the week."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.actions.answer import Answer, ref, say, tap
from bot.actions.asked import Asked
from bot.actions.shop import Shop
from catalog import ShopInfo
from dialogues.executor.almanac import MONTHS, spoken
from dialogues.executor.answers import plain_day
from dialogues.executor.dates import days

_WORD = re.compile(r"\w+")
_TODAY = frozenset(("oggi", "stasera", "stamattina", "today", "tonight"))
_TOMORROW = frozenset(("domani", "tomorrow"))
# The seven days as customers type them, without accents, Monday first.
_DAYS = tuple(
    frozenset(row.split())
    for row in (
        "lunedi lun monday mondays mon",
        "martedi mar tuesday tuesdays tue tues",
        "mercoledi mer wednesday wednesdays wed",
        "giovedi gio thursday thursdays thu thurs",
        "venerdi ven friday fridays fri",
        "sabato sabati sab saturday saturdays sat",
        "domenica domeniche dom sunday sundays sun",
    )
)
# "Are you closed any days in December?", "in quali festivi siete chiusi?"
_CLOSED = re.compile(r"\b(?:clos(?:e|ed|ing)|shut|chiu[ds]\w+|chiusur\w+|open|apert[oiae])\b")
_HOLIDAYS = re.compile(
    r"\b(?:holidays?|festiv\w+|ferie|vacanz\w+|any days?)\b"
    r"|\bchiu\w+.*\bgiorn[oi]|\bgiorn[oi]\b.*\bchiu"
)
_MONTH = re.compile(rf"\b(?:in|a|ad|di|of|during)\s+(?P<name>{'|'.join(spoken(MONTHS))})\b")
_A_YEAR = 365  # days
Spans = tuple[tuple[str, str], ...]


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell whether it is open now, then the whole week."""
    info = await shop.catalog.shop()
    where = tap("ask_location", text="choice_location")
    today = shop.now.astimezone(ZoneInfo(info.timezone)).date()
    if named := _named_date(asked, today):
        said = say("hours_of_date", where, **_on_date(info, named, shop))
        return said.noting(asked, "hours")
    if closed := _closed_days(asked, info, today, shop):
        return say("hours_closed_days", where, days={"list": closed}).noting(asked, "hours")
    day = asked_day(asked.text, today) or _given(asked)
    if day:
        text = "hours_today" if day == today else "hours_of_day"
        said = say(text, where, now=_now(info, shop.now), **_on(info, day))
        return said.noting(asked, "hours")
    said = say("hours", where, now=_now(info, shop.now), week={"lines": _week(info)})
    return said.noting(asked, "hours")


def _named_date(asked: Asked, today: date) -> date | None:
    """Return the date or the holiday that was named: "il 24 giugno", "l'8 dicembre", "Natale"."""
    mentioned = days(plain_day(asked.text), today)
    named = (one.day for one in mentioned if one.kind in ("date", "day", "holiday"))
    return next(named, None)


def _closed_days(asked: Asked, info: ShopInfo, today: date, shop: Shop) -> list[dict[str, Any]]:
    """Return the days of the year, or of a month, on which the shop is closed, where asked for."""
    said = plain_day(asked.text)
    month = _MONTH.search(said)
    if not _CLOSED.search(said) or not (month or _HOLIDAYS.search(said)):
        return []
    ahead = [today + timedelta(days=n) for n in range(_A_YEAR)]
    within = spoken(MONTHS)[month["name"]] if month else None
    return [
        ref("hours_closed_day", day={"date": day.isoformat()}, holiday=_holiday(one.names, shop))
        for day in ahead
        for one in info.closed
        if one.falls_on(day) and within in (None, day.month)
    ]


def _given(asked: Asked) -> date | None:
    """Return the date that the engine heard."""
    try:
        return date.fromisoformat(str(asked.value("needed_by")))
    except ValueError:
        return None


def asked_day(text: str, today: date) -> date | None:
    """Return the day that a question names: "e sabato?", "are you open tomorrow?"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = set(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))
    if words & (_TODAY | _TOMORROW):
        return today + timedelta(days=0 if words & _TODAY else 1)
    for weekday, names in enumerate(_DAYS):
        if words & names:
            return today + timedelta(days=(weekday - today.weekday()) % 7)
    return None


def _on(info: ShopInfo, day: date) -> dict[str, Any]:
    spans = [
        ref(
            "hours_times",
            opens={"time": o.opens.isoformat()},
            closes={"time": o.closes.isoformat()},
        )
        for o in sorted(info.openings(day), key=lambda o: o.opens)
    ]
    hours = {"list": spans} if spans else ref("hours_none")
    return {"day": {"day": day.weekday()}, "hours": hours}


def _on_date(info: ShopInfo, day: date, shop: Shop) -> dict[str, Any]:
    """Tell the hours of a date, and why it is closed on a holiday."""
    closed = next((one for one in info.closed if one.falls_on(day)), None)
    hours = _on(info, day)["hours"]
    if closed and closed.names:
        hours = ref("hours_holiday", holiday=_holiday(closed.names, shop))
    return {"day": {"date": day.isoformat()}, "hours": hours}


def _holiday(names: Mapping[str, str], shop: Shop) -> str:
    return names.get(shop.language) or next(iter(names.values()), "–")


def _now(info: ShopInfo, at: datetime) -> dict[str, Any]:
    local = at.astimezone(ZoneInfo(info.timezone))
    if info.is_open(at):
        moment = local.time().replace(tzinfo=None)
        today = info.openings(local.date())
        closes = next(o.closes for o in today if o.opens <= moment < o.closes)
        return ref("hours_open", closes={"time": closes.isoformat()})
    opening = info.next_opening(at)
    if opening is None:
        return ref("hours_closed")
    day = _day(local.date(), opening.date())
    return ref("hours_closed_until", day=day, opens={"time": opening.time().isoformat()})


def _day(today: date, opening: date) -> dict[str, Any]:
    ahead = (opening - today).days
    if ahead == 0:
        return ref("day_today")
    if ahead == 1:
        return ref("day_tomorrow")
    return {"day": opening.weekday()} if ahead < 7 else {"date": opening.isoformat()}


def _week(info: ShopInfo) -> list[dict[str, Any]]:
    """Return one line for each run of days with the same hours."""
    runs: list[tuple[int, int, Spans]] = []
    for day in range(7):
        spans = tuple(
            (o.opens.isoformat(), o.closes.isoformat())
            for o in sorted(info.hours, key=lambda o: o.opens)
            if o.day == day
        )
        if runs and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], day, spans)
        else:
            runs.append((day, day, spans))
    return [_line(first, last, spans) for first, last, spans in runs]


def _line(first: int, last: int, spans: Spans) -> dict[str, Any]:
    days: dict[str, Any] = {"day": first}
    if last != first:
        days = ref("hours_days", first={"day": first}, last={"day": last})
    if not spans:
        return ref("hours_line_closed", days=days)
    written = [ref("hours_times", opens={"time": o}, closes={"time": c}) for o, c in spans]
    return ref("hours_line", days=days, spans={"list": written})
