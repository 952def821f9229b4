"""Moments and spans of time as feeds write them; a date without a zone is UTC."""

import re
from datetime import UTC, datetime, time, timedelta

_DAY = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m/%d/%y", "%d/%m/%y")
_MOMENT = re.compile(
    r"^(?P<day>\d{4}-\d{2}-\d{2})[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?P<second>:\d{2}(\.\d+)?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|)$"
)

Span = tuple[datetime | None, datetime | None]


def read_moment(text: str, *, end: bool = False) -> datetime:
    """Read "2026-11-27T13:00+0100", "2026-11-27" or "27/11/2026"; ValueError otherwise.

    A day alone is its first moment, with `end` the first moment after it.
    """
    text = text.strip()
    if match := _MOMENT.match(text):
        hour, second = match["hour"].zfill(2), match["second"] or ""
        read = datetime.fromisoformat(f"{match['day']}T{hour}:{match['minute']}{second}")
        zone = match["zone"]
        # Meta writes the end of a day as "0:00-23:59", which is no offset that exists.
        if zone in ("", "Z", "-23:59"):
            return (read + timedelta(days=1) if zone == "-23:59" and end else read).replace(
                tzinfo=UTC
            )
        return datetime.fromisoformat(f"{read.isoformat()}{zone}").astimezone(UTC)
    for form in _DAY:
        try:
            day = datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
        first = datetime.combine(day, time(), tzinfo=UTC)
        return first + timedelta(days=1) if end else first
    raise ValueError(f'"{text}" is not a date; write it like 2026-11-27T13:00+0100')


def read_span(text: str) -> Span:
    """Read "start/end" as merchant feeds write when a sale price holds; ValueError otherwise."""
    start, slash, until = text.partition("/")
    if not slash or text.count("/") > 1:
        raise ValueError(
            f'"{text}" is not a span of time; write start and end with a slash between them, '
            "like 2026-11-27T00:00+0100/2026-11-30T23:59+0100"
        )
    return read_moment(start), read_moment(until, end=True)
