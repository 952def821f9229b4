"""The brief on the right."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.db import now
from bot.desk import Brief, BriefProduct, Entry, OrderLine, window_end
from bot.web.office.bubbles import safe_url
from bot.web.office.clock import Locale
from bot.web.office.evidence import evidence_line
from bot.web.office.terms import (
    FILTERS,
    LANGUAGES,
    MISSING,
    OUTCOMES,
    TOPICS,
    channel_title,
    named,
)

_FEW = 5
_PRICES = ("max_price", "min_price")
_HIDDEN_FILTERS = ("offset", "limit", "more", "exclude", "in_stock", "language")


def brief_view(
    brief: Brief, entry: Entry, locale: Locale, *, window_hours: int | None
) -> dict[str, Any]:
    """Return what the brief's template needs."""
    language = locale.language
    return {
        "next": said(brief.next_step, language) if entry.handoff.state != "closed" else "",
        "facts": _facts(brief, entry, locale, window_hours=window_hours),
        "wants": [
            (named(FILTERS, name, language), _want(name, value, locale))
            for name, value in brief.wants.items()
            if name not in _HIDDEN_FILTERS
        ],
        "order": [_order_line(line, locale) for line in brief.order],
        "order_total": _total(brief.order, locale),
        "products": [_product(product, locale) for product in brief.products],
        "asked": list(dict.fromkeys(named(TOPICS, a.topic, language) for a in brief.asked)),
        "sure": round(brief.purchase.score * 100) if brief.purchase else None,
        "missing": [
            named(MISSING, name, language)
            for name in (brief.purchase.missing if brief.purchase else ())
        ],
        "evidence": [evidence_line(str(line), language) for line in entry.handoff.evidence],
        "previous": _previous(brief.previous, locale),
    }


def said(texts: Mapping[str, str], language: str) -> str:
    """Return the text in the agent's language, else in any other."""
    return texts.get(language) or next(iter(texts.values()), "")


def _facts(
    brief: Brief, entry: Entry, locale: Locale, *, window_hours: int | None
) -> list[tuple[str, str, str]]:
    """Return the short lines on top: title, value, class."""
    row, call, words = entry.conversation, entry.handoff, locale.words
    window, kind = _window(row.last_in_at, window_hours, locale)
    reach = _reach(row.channel, row.recipient)
    lines = [
        (words["fact_channel"], channel_title(row.channel), ""),
        (words["fact_reach"], reach, ""),
        (words["fact_language"], named(LANGUAGES, row.language, locale.language), ""),
        (words["fact_window"], window if call.state != "closed" else "", kind),
        (words["fact_source"], _source(row.attribution), ""),
        (words["fact_contact"], call.contact or "", "strong"),
        (words["fact_outcome"], _outcome(entry, locale), "strong"),
        (words["fact_note"], call.note or "", ""),
    ]
    return [line for line in lines if line[1]]


def _reach(channel: str, recipient: Mapping[str, str]) -> str:
    """Return the phone number where there is one; the ids of the platforms help nobody."""
    number = next((v for v in recipient.values() if v.isdigit() and 8 < len(v) < 16), "")
    return f"+{number}" if number and channel in ("whatsapp", "viber") else ""


def _window(last_in_at: int | None, hours: int | None, locale: Locale) -> tuple[str, str]:
    until = window_end(last_in_at, hours)
    if until is None:
        return str(locale.words["no_limit"]), ""
    left = until - now()
    if left <= 0:
        return str(locale.words["window_over"]), "warn"
    text = str(locale.words["window_left"]).format(left=locale.span(left))
    return text, "warn" if left < 3 * 3_600_000 else "good"


def _source(attribution: Mapping[str, Any] | None) -> str:
    if not attribution:
        return ""
    parts = [attribution.get("headline") or attribution.get("ref") or attribution.get("source_id")]
    source = str(attribution.get("source") or "")
    return " · ".join(str(part) for part in [*parts, source] if part)


def _outcome(entry: Entry, locale: Locale) -> str:
    call = entry.handoff
    title = named(OUTCOMES, call.outcome, locale.language)
    amount = locale.money(call.amount, call.currency)
    return f"{title} · {amount}" if amount else title


def _want(name: str, value: str, locale: Locale) -> str:
    return locale.money(value, "EUR") if name in _PRICES else value.replace("_", " ")


def _order_line(line: OrderLine, locale: Locale) -> dict[str, Any]:
    return {
        "quantity": line.quantity,
        "name": said(line.names, locale.language) or line.product,
        "price": locale.money(line.price, line.currency),
    }


def _total(lines: tuple[OrderLine, ...], locale: Locale) -> str:
    """Add the lines up, unless a price is missing or the currencies differ."""
    try:
        amounts = [Decimal(line.price or "x") * line.quantity for line in lines]
    except InvalidOperation:
        return ""
    currencies = {line.currency or "EUR" for line in lines}
    if not amounts or len(currencies) != 1:
        return ""
    return locale.money(sum(amounts, Decimal(0)), currencies.pop())


def _product(product: BriefProduct, locale: Locale) -> dict[str, Any]:
    words = locale.words
    price = locale.money(product.price, product.currency)
    if product.price_to:
        price = f"{price} – {locale.money(product.price_to, product.currency)}"
    stock, kind = stock_words(product.stock, words, counted=product.counted)
    return {
        "name": said(product.names, locale.language) or product.id,
        "variant": said(product.variant or {}, locale.language),
        "price": price or words["no_price"],
        "stock": stock,
        "stock_class": kind,
        "image": safe_url(product.image),
        "url": safe_url(product.url),
        "in_view": product.in_view,
    }


def stock_words(
    stock: int | None, words: Mapping[str, Any], *, counted: bool = True
) -> tuple[str, str]:
    """Return how much there is in words, and the class that colours them."""
    if stock and not counted:
        return words["uncounted"], "enough"
    if stock is None:
        return words["no_stock"], "unknown"
    if stock == 0:
        return words["sold_out"], "none"
    if stock == 1:
        return words["last_piece"], "few"
    if stock <= _FEW:
        return words["last_pieces"].format(count=stock), "few"
    return words["pieces"].format(count=stock), "enough"


def _previous(outcome: Mapping[str, Any] | None, locale: Locale) -> str:
    if not outcome:
        return ""
    title = named(OUTCOMES, str(outcome.get("outcome") or ""), locale.language)
    amount = locale.money(outcome.get("amount"), outcome.get("currency"))
    at = outcome.get("at")
    when = locale.when(at) if isinstance(at, int) else ""
    parts = [title, amount, when, outcome.get("agent"), outcome.get("note")]
    return " · ".join(str(part) for part in parts if part)
