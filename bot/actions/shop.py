"""The catalog as actions see it: facts that may be quoted now, written as values of a reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.rendering import Money, ProductItem, Quote, ReplyChoice
from catalog import (
    Catalog,
    Need,
    PriceRange,
    Product,
    ShopInfo,
    ShopMissingError,
    SizeGuide,
    Variant,
)

# From here on the exact number of pieces is worth telling.
FEW_LEFT = 3


@dataclass(frozen=True, slots=True)
class Shop:
    """The catalog at one moment, in one language."""

    catalog: Catalog
    now: datetime
    language: str

    async def size_guides(self) -> tuple[SizeGuide, ...]:
        """Return how sizes are found here; nothing where the shop has written nothing."""
        info = await self._info()
        return info.size_guides if info else ()

    async def needs(self) -> tuple[Need, ...]:
        """Return what things must do here, as customers say it."""
        info = await self._info()
        return info.needs if info else ()

    async def names(self) -> tuple[str, ...]:
        """Return what the shop is called, in full and in short."""
        info = await self._info()
        listed = (info.name, *info.aliases) if info else ()
        return tuple(name for name in listed if name.strip())

    async def _info(self) -> ShopInfo | None:
        try:
            return await self.catalog.shop()
        except ShopMissingError:
            return None

    def price(
        self, product: Product, variants: Sequence[Variant] | None = None
    ) -> PriceRange | None:
        """Return the prices that may be quoted, None when somebody has to look first.

        One price that is too old makes the whole range doubtful.
        """
        chosen = product.variants if variants is None else variants
        if not all(v.price_is_fresh(self.now, self.catalog.freshness) for v in chosen):
            return None
        return product.price_range(self.now, self.catalog.freshness, chosen)

    def stock(self, product: Product, variants: Sequence[Variant] | None = None) -> int | None:
        """Return how many pieces there are, None when the figure is too old."""
        return product.stock(self.now, self.catalog.freshness, variants)

    def amounts(self, product: Product) -> list[dict[str, Any]]:
        """Return the prices of a thing whose sizes are its prices, as gift cards have them."""
        known = [(one.size, self.price(product, [one])) for one in product.variants]
        prices = {size: price.low for size, price in known if size and price}
        if len(prices) < len(known) or any(
            str(p.amount.to_integral()) != s for s, p in prices.items()
        ):
            return []
        found = sorted({(price.amount, price.currency) for price in prices.values()})
        return [cash(amount, currency) for amount, currency in found]

    def item(
        self,
        product: Product,
        *choices: ReplyChoice,
        variants: Sequence[Variant] | None = None,
        quote: bool = False,
    ) -> ProductItem:
        """Return a product as a card, of all its variants or of some."""
        price = self.price(product, variants)
        colour = variants[0].colour if variants else None
        return ProductItem(
            id=product.id,
            name=product.name(self.language),
            price=money(price.low) if price else None,
            price_to=money(price.high) if price else None,
            stock=self.stock(product, variants),
            rating=product.rating,
            reviews=product.reviews_count,
            review_sources=product.review_sources,
            image=product.image(colour),
            url=product.url,
            quote=self.quote(product) if quote else None,
            choices=choices,
        )

    def quote(self, product: Product) -> Quote | None:
        """Return what a customer really wrote, None when nobody has."""
        review = product.quote(self.language)
        if review is None:
            return None
        text = review.texts[self.language]
        return Quote(
            text=text, author=review.author, verified=review.verified, source=review.source
        )


def money(amount: Any) -> Money:
    """Return an amount of the catalog as a reply's value."""
    return Money(amount=amount.amount, currency=amount.currency)


def cash(amount: Any, currency: str = "EUR") -> dict[str, Any]:
    """Return an amount as a typed value of a text."""
    return {"money": {"amount": str(amount), "currency": currency}}


def priced(price: PriceRange) -> dict[str, Any]:
    """Return a price or a range of prices as a typed value."""
    low = cash(price.low.amount, price.low.currency)
    if price.low.amount == price.high.amount:
        return low
    high = cash(price.high.amount, price.high.currency)
    return {"ref": "text.card_price_range", "values": {"low": low, "high": high}}


def in_stock(pieces: int) -> dict[str, Any]:
    """Return how much there is in words: plenty, a few, the last one, none."""
    if pieces <= 0:
        return {"ref": "text.stock_none"}
    if pieces == 1:
        return {"ref": "text.stock_last"}
    if pieces <= FEW_LEFT:
        return {"ref": "text.stock_few", "values": {"count": pieces}}
    return {"ref": "text.stock_some"}
