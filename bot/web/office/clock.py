"""Moments, spans and money as an agent reads them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import NumberFormatError, format_currency, format_decimal, parse_decimal

from bot.db import now


@dataclass(frozen=True, slots=True)
class Locale:
    """How one agent reads: language and time zone, and the desk's words in that language."""

    language: str
    zone: ZoneInfo
    words: dict[str, Any]

    @property
    def tag(self) -> str:
        """Return the locale for numbers and dates."""
        return "it_IT" if self.language == "it" else "en_GB"

    def local(self, at: int) -> datetime:
        """Return a column's milliseconds as local time."""
        return datetime.fromtimestamp(at / 1000, UTC).astimezone(self.zone)

    def time(self, at: int) -> str:
        """Return the hour and minute."""
        return self.local(at).strftime("%H:%M")

    def day(self, at: int) -> str:
        """Return the day as the heading of a transcript: today, yesterday, a date."""
        return self._day(self.local(at).date(), self.local(now()).date())

    def when(self, at: int) -> str:
        """Return a moment as short as it can be: an hour today, else a date."""
        moment, today = self.local(at), self.local(now())
        if moment.date() == today.date():
            return moment.strftime("%H:%M")
        pattern = "d MMM" if moment.year == today.year else "d MMM y"
        return format_date(moment.date(), pattern, locale=self.tag)

    def span(self, milliseconds: int) -> str:
        """Return a span in at most two units."""
        minutes = max(0, milliseconds) // 60_000
        days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
        if days:
            unit = "g" if self.language == "it" else "d"
            return f"{days} {unit} {hours} h" if hours else f"{days} {unit}"
        return f"{hours} h {rest:02d} min" if hours else f"{rest} min"

    def decimal(self, number: float) -> str:
        """Return a number with one decimal."""
        return str(format_decimal(number, "0.0", locale=self.tag))

    def money(self, amount: str | Decimal | None, currency: str | None) -> str:
        """Return a price, without decimals when there are none to show; empty if there is none."""
        if amount is None:
            return ""
        try:
            value = Decimal(amount)
        except InvalidOperation:
            return str(amount)
        pattern = "¤ #,##0.00" if self.language == "en" else "#,##0.00\xa0¤"
        if value == value.to_integral_value():
            pattern = pattern.replace(".00", "")
        shown = format_currency(
            value,
            currency or "EUR",
            pattern.replace("¤ ", "¤"),
            locale=self.tag,
            currency_digits=False,
        )
        return str(shown)

    def amount(self, text: str) -> Decimal | None:
        """Read an amount as people of this language type it; ValueError if it is none."""
        plain = text.replace("€", "").replace("EUR", "").strip()
        if not plain:
            return None
        exact = _looks_exact(plain)
        try:
            value = Decimal(plain) if exact else parse_decimal(plain, locale=self.tag)
        except NumberFormatError as error:
            raise ValueError(f"{text!r} is not an amount") from error
        if value < 0 or value >= Decimal(10) ** 10:
            raise ValueError(f"{text!r} is not an amount")
        return value.quantize(Decimal("0.01"))

    def _day(self, day: date, today: date) -> str:
        if day == today:
            return str(self.words["today"])
        if (today - day).days == 1:
            return str(self.words["yesterday"])
        return format_date(day, "EEEE d MMMM", locale=self.tag).capitalize()


def _looks_exact(text: str) -> bool:
    """Say whether this is 139 or 139.50: a point before two digits is no thousands mark."""
    head, point, tail = text.partition(".")
    return head.isdigit() and (not point or (tail.isdigit() and len(tail) <= 2))
