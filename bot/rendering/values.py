"""Typed values of a reply in the words of a language: money, dates, lists, durations."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

_SENTENCE = 6  # words, from which what begins with a capital letter is no name
_REMEMBERED = 4096  # a shop shows the same few hundred prices and ratings again and again

# British English: "a, b and c" and 31 January, as European shops write.
LOCALES = {"en": "en_GB"}


@cache
def locale_of(language: str) -> Locale:
    """Return babel's locale of one of our languages."""
    return Locale.parse(LOCALES.get(language, language))


@lru_cache(maxsize=_REMEMBERED)
def money(amount: Decimal, currency: str, language: str) -> str:
    """Return a price as shops write it: no cents where there are none, plain spaces."""
    locale = locale_of(language)
    pattern = str(locale.currency_formats["standard"].pattern)
    whole = amount == amount.to_integral_value()
    text: str = format_currency(
        amount,
        currency,
        locale=locale,
        format=pattern.replace(".00", "") if whole else pattern,
        currency_digits=not whole,
    )
    # A no-break space would make a typed "139 €" unlike the title it repeats.
    return text.replace("\xa0", " ").replace("\u202f", " ")


@lru_cache(maxsize=_REMEMBERED)
def number(value: Decimal | float, language: str) -> str:
    """Return a number with the language's decimal mark."""
    return str(format_decimal(value, locale=locale_of(language))).replace("\xa0", " ")


@lru_cache(maxsize=_REMEMBERED)
def rating(value: float, language: str) -> str:
    """Return a rating out of five with one decimal: 4,8 or 4.8."""
    return str(format_decimal(value, format="0.0", locale=locale_of(language)))


def written(value: Any, language: str) -> str | None:
    """Return a value of a reply as text, or None when there is nothing to show.

    Typed values are small objects: `{"money": {"amount", "currency"}}`, `{"list": [...]}`,
    `{"date": "2026-01-31"}`, `{"time": "09:30"}`, `{"minutes": 3}`, `{"rating": 4.8}`,
    `{"day": 0}` (0 is Monday), `{"stars": {"rating", "count"}}`, `{"text": {"it": "..."}}`, and
    lists joined otherwise: `{"any_of": [...]}`, `{"lines": [...]}`, `{"dots": [...]}`.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | Decimal):
        return number(value, language)
    if isinstance(value, list | tuple):
        return _list(value, language)
    if isinstance(value, Mapping):
        return _typed(value, language)
    return str(value)


def _list(
    items: Sequence[Any], language: str, style: Literal["standard", "or"] = "standard"
) -> str | None:
    shown = [text for item in items if (text := written(item, language))]
    if any(map(_is_sentence, shown[1:])):  # "a closed clasp and Leather outside, wool inside"
        return " · ".join(shown)
    return str(format_list(shown, style=style, locale=locale_of(language))) if shown else None


def _is_sentence(text: str) -> bool:
    return text[0].isupper() and len(text.split()) >= _SENTENCE


def _typed(value: Mapping[str, Any], language: str) -> str | None:
    kind, content = next(iter(value.items()), ("", None))
    format_value = _TYPES.get(kind)
    if format_value is None or content is None:
        return None
    try:
        return format_value(content, language)
    except (ValueError, TypeError, KeyError, LookupError, InvalidOperation):
        return None  # a value we cannot read is a missing value: the text is filled without it


def _joined(items: Sequence[Any], language: str, between: str) -> str | None:
    return between.join(text for item in items if (text := written(item, language))) or None


def _in_language(texts: Mapping[str, Any], language: str) -> str | None:
    return written(texts.get(language) or next(iter(texts.values()), None), language)


_TYPES = {
    "money": lambda v, language: money(
        Decimal(str(v["amount"])), str(v.get("currency", "EUR")), language
    ),
    "list": lambda v, language: _list(list(v), language),
    "any_of": lambda v, language: _list(list(v), language, "or"),
    "lines": lambda v, language: _joined(v, language, "\n"),
    "dots": lambda v, language: _joined(v, language, " · "),
    "stars": lambda v, language: f"★ {rating(float(v['rating']), language)} ({int(v['count'])})",
    "date": lambda v, language: str(
        format_date(date.fromisoformat(str(v)[:10]), "long", locale=locale_of(language))
    ),
    "time": lambda v, language: str(
        format_time(time.fromisoformat(str(v)), "HH:mm", locale=locale_of(language))
    ),
    "day": lambda v, language: str(get_day_names("wide", locale=locale_of(language))[int(v)]),
    "minutes": lambda v, language: str(
        format_unit(int(v), "minute", locale=locale_of(language))
    ).replace("\xa0", " "),
    "rating": lambda v, language: rating(float(v), language),
    "text": _in_language,
}
