"""Products as the page shows them: in lists, and with their variants."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.web.office.bubbles import safe_url
from bot.web.office.catalog.place import Place
from bot.web.office.side import stock_words
from catalog import Money, Product, Variant


def card(
    product: Product, place: Place, variants: Sequence[Variant] | None = None
) -> dict[str, Any]:
    """Return a product in a list, of all its variants or of some, as the bot's cards do."""
    at, freshness = datetime.now(UTC), place.services.catalog.freshness
    prices = product.price_range(at, freshness, variants)
    price = ""
    if prices:
        price = _money(prices.low, place)
        if prices.high.amount != prices.low.amount:
            price = f"{price} – {_money(prices.high, place)}"
    stock, kind = stock_words(
        product.stock(at, freshness, variants),
        place.words,
        counted=product.is_counted(variants),
    )
    return {
        "id": product.id,
        "name": product.name(place.language),
        "category": place.name(product.category_names, product.category),
        "image": safe_url(product.image(variants[0].colour if variants else None)),
        "price": price or place.words["no_price"],
        "stock": stock,
        "stock_class": kind,
        "rating": rating(product, place),
    }


def rating(product: Product, place: Place) -> str:
    """Return stars and how many gave them, nothing where nobody has."""
    if product.rating is None:
        return ""
    return f"★ {place.locale.decimal(product.rating)} ({product.reviews_count})"


def variant_row(variant: Variant, place: Place) -> dict[str, Any]:
    """Return what can be bought, with the age of its price and its stock."""
    at, freshness = datetime.now(UTC), place.services.catalog.freshness
    stock, kind = stock_words(variant.stock, place.words, counted=variant.counted)
    was = variant.regular_price
    return {
        "sku": variant.sku,
        "colour": variant.colour_name(place.language) or "",
        "size": variant.size or "",
        "price": place.locale.money(variant.price, variant.currency),
        "was": place.locale.money(was, variant.currency) if was and was != variant.price else "",
        "until": _day(variant.sale_until, place),
        "price_age": age(variant.price_at, at, place),
        "price_old": not variant.price_is_fresh(at, freshness),
        "stock": stock,
        "stock_class": kind,
        "stock_age": age(variant.stock_at, at, place),
        "stock_old": not variant.stock_is_fresh(at, freshness),
    }


def age(then: datetime, at: datetime, place: Place) -> str:
    """Return how long ago something was read."""
    gone = at - then
    if gone < timedelta(minutes=1):
        return str(place.words["just_now"])
    return str(place.words["ago"]).format(span=place.locale.span(int(gone.total_seconds() * 1000)))


def _money(money: Money, place: Place) -> str:
    return place.locale.money(money.amount, money.currency)


def _day(moment: datetime | None, place: Place) -> str:
    if moment is None:
        return ""
    when = place.locale.when(int(moment.timestamp() * 1000))
    return str(place.words["sale_until"]).format(when=when)
