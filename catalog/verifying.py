"""Checking a product against a wish, variant by variant: red *and* 42 *and* in stock, in one."""

from decimal import Decimal

from catalog.products import Product, ProductQuery, Variant
from catalog.search.wish import Wish

_CENT = Decimal("0.01")


def fits(product: Product, wish: Wish) -> bool:
    """Tell whether one variant of the product fulfils everything."""
    return any(_fits(variant, wish) for variant in product.variants)


def _fits(variant: Variant, wish: Wish) -> bool:
    colours = wish.filters.get("colour", ())
    refused = wish.refused.get("colour", ())
    conditions = (
        not colours or any(variant.is_colour(colour) for colour in colours),
        not any(variant.is_colour(colour) for colour in refused),
        wish.size is None or variant.is_size(wish.size),
        not wish.in_stock or variant.stock > 0,
        wish.max_price is None or variant.price <= wish.max_price,
        wish.min_price is None or variant.price >= wish.min_price,
    )
    return all(conditions)


def price_distance(product: Product, wish: Wish) -> Decimal:
    """Return how far the product is from the price that was asked for."""
    return min((_distance(variant.price, wish) for variant in product.variants), default=Decimal(0))


def _distance(price: Decimal, wish: Wish) -> Decimal:
    if wish.max_price is not None and price > wish.max_price:
        return price - wish.max_price
    if wish.min_price is not None and price < wish.min_price:
        return wish.min_price - price
    return Decimal(0)


def below(query: ProductQuery, product: Product) -> ProductQuery:
    """Return a query for what costs less than a product."""
    price = min((variant.price for variant in product.variants), default=_CENT) - _CENT
    limit = price if query.max_price is None else min(price, query.max_price)
    return query.model_copy(update={"max_price": limit})
