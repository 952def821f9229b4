"""The catalog's vocabulary: products as the rest of the system sees them, and what to ask for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """A value that never changes and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Money(Shape):
    """An exact amount in a currency."""

    amount: Decimal
    currency: str


class PriceRange(Shape):
    """The prices that may be quoted today; `low` and `high` are equal where there is one."""

    low: Money
    high: Money


class Review(Shape):
    """What a customer wrote, in the language they wrote it."""

    author: str
    rating: int = Field(ge=1, le=5)
    source: str = Field("", description="Where it was written; empty means in our own shop.")
    titles: dict[str, str] = Field(default_factory=dict)
    texts: dict[str, str] = Field(default_factory=dict)
    verified: bool = False
    at: datetime


class Variant(Shape):
    """What can be bought: one colour and size, with price and stock and when they were read."""

    sku: str
    colour: str | None = None
    colour_names: dict[str, str] = Field(default_factory=dict)
    family: str | None = Field(None, description="The wider colour: bordeaux is a red.")
    size: str | None = None
    image: str | None = None
    price: Decimal = Field(description="Today's: of the sale while one is on.")
    regular_price: Decimal | None = Field(None, description="What it costs outside the sale.")
    sale_until: datetime | None = None
    currency: str
    price_at: datetime
    stock: int
    counted: bool = Field(True, description="False: there is some, nobody knows how much.")
    stock_at: datetime

    def colour_name(self, language: str) -> str | None:
        """Return the colour as a customer of this language says it."""
        return said(self.colour_names, language) or self.colour

    def is_colour(self, colour: str) -> bool:
        """Tell whether this is that colour, or a shade of it."""
        return colour in (self.colour, self.family)

    def is_size(self, size: str) -> bool:
        """Tell whether this is that size, however it was typed."""
        return self.size is not None and plain_size(self.size) == plain_size(size)

    def price_is_fresh(self, now: datetime, freshness: timedelta) -> bool:
        """Tell whether the price may still be quoted."""
        return now - self.price_at <= freshness

    def stock_is_fresh(self, now: datetime, freshness: timedelta) -> bool:
        """Tell whether the stock figure may still be quoted."""
        return now - self.stock_at <= freshness


class Availability(Shape):
    """How many pieces there are of one colour, by size; `None` when the figure is too old."""

    colour: str | None
    colour_names: dict[str, str]
    stock: int | None
    sizes: dict[str, int | None]


class Product(Shape):
    """Everything that may be said about one product."""

    id: str
    names: dict[str, str]
    descriptions: dict[str, str] = Field(default_factory=dict)
    category: str
    category_names: dict[str, str] = Field(default_factory=dict)
    attributes: dict[str, Any] = Field(default_factory=dict)
    care: dict[str, str] | None = None
    url: str | None = None
    images: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    rating: float | None = None
    reviews_count: int = 0
    reviews: tuple[Review, ...] = ()
    review_sources: tuple[str, ...] = Field(
        (), description="Where they come from when some are not ours; empty means our own shop."
    )

    def name(self, language: str) -> str:
        """Return the name in this language, or in the one there is."""
        return said(self.names, language) or self.id

    def description(self, language: str) -> str:
        """Return the description in this language, or in the one there is."""
        return said(self.descriptions, language) or ""

    def listed(self, attribute: str) -> tuple[str, ...]:
        """Return the ids of a listed attribute: materials, recipients or occasions."""
        value = self.attributes.get(attribute, ())
        return tuple(value) if isinstance(value, (list, tuple)) else ()

    def image(self, colour: str | None = None) -> str | None:
        """Return the picture of this colour, else the first one."""
        for variant in self.matching(colour=colour) if colour else ():
            if variant.image:
                return variant.image
        return self.images[0] if self.images else None

    def matching(self, *, colour: str | None = None, size: str | None = None) -> list[Variant]:
        """Return the variants of a colour (or a shade of it) and size; exact colour first."""
        found = [
            variant
            for variant in self.variants
            if (colour is None or variant.is_colour(colour))
            and (size is None or variant.is_size(size))
        ]
        return sorted(found, key=lambda variant: colour is not None and variant.colour != colour)

    def colours(self) -> list[str]:
        """Return the colour ids in the shop's order."""
        return list(dict.fromkeys(v.colour for v in self.variants if v.colour))

    def sizes(self) -> list[str]:
        """Return the sizes in the shop's order."""
        return list(dict.fromkeys(v.size for v in self.variants if v.size))

    def price_range(
        self, now: datetime, freshness: timedelta, variants: Sequence[Variant] | None = None
    ) -> PriceRange | None:
        """Return the prices fresh enough to quote, or None: then somebody has to look."""
        chosen = self.variants if variants is None else variants
        fresh = [v for v in chosen if v.price_is_fresh(now, freshness)]
        if not fresh:
            return None
        low = min(fresh, key=lambda variant: variant.price)
        high = max(fresh, key=lambda variant: variant.price)
        return PriceRange(
            low=Money(amount=low.price, currency=low.currency),
            high=Money(amount=high.price, currency=high.currency),
        )

    def stock(
        self, now: datetime, freshness: timedelta, variants: Sequence[Variant] | None = None
    ) -> int | None:
        """Return the pieces in stock, or None when one of the figures is too old to quote."""
        chosen = self.variants if variants is None else variants
        if not chosen or not all(v.stock_is_fresh(now, freshness) for v in chosen):
            return None
        return sum(variant.stock for variant in chosen)

    def is_counted(self, variants: Sequence[Variant] | None = None) -> bool:
        """Tell whether the stock is a number of pieces, and not only "there is some"."""
        chosen = self.variants if variants is None else variants
        return all(variant.counted or not variant.stock for variant in chosen)

    def availability(self, now: datetime, freshness: timedelta) -> list[Availability]:
        """Return what there is, colour by colour and size by size."""
        return [
            Availability(
                colour=colour,
                colour_names=group[0].colour_names,
                stock=self.stock(now, freshness, group),
                sizes={v.size: self.stock(now, freshness, [v]) for v in group if v.size},
            )
            for colour, group in self._by_colour().items()
        ]

    def _by_colour(self) -> dict[str | None, list[Variant]]:
        groups: dict[str | None, list[Variant]] = {}
        for variant in self.variants:
            groups.setdefault(variant.colour, []).append(variant)
        return groups

    def quote(self, language: str) -> Review | None:
        """Return the review worth quoting: in this language, verified, good and not endless."""
        spoken = [r for r in self.reviews if language in r.texts and r.rating >= 4]
        return max(
            spoken,
            key=lambda r: (r.verified, len(r.texts[language]) <= 140, r.rating, r.at),
            default=None,
        )


class Without(Shape):
    """Something the customer does not want: a colour or material by its id, or a plain word."""

    kind: Literal["colour", "material", "word"]
    value: str = Field(min_length=1, max_length=80)


# One id, or several of which any will do: red or burgundy.
Ids = str | tuple[str, ...] | None


class ProductQuery(BaseModel):
    """What the customer told us so far; every field narrows the answer."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    words: str = Field("", max_length=400)
    language: str | None = None
    category: Ids = None
    colour: Ids = None
    size: str | None = None
    material: Ids = None
    recipient: Ids = None
    occasion: Ids = None
    without: tuple[Without, ...] = ()
    min_price: Decimal | None = Field(None, ge=0)
    max_price: Decimal | None = Field(None, ge=0)
    in_stock: bool = False
    exclude: tuple[str, ...] = ()
    thing: str = Field("", max_length=200, description="The words that name the kind of thing.")
    having: str = Field("", max_length=200, description="What its texts must tell: what is in it.")
    offset: int = Field(0, ge=0)
    limit: int = Field(5, ge=1, le=100)
    fill: bool = Field(False, description="Fill the page with the nearest after what fits exactly.")


class Found(Shape):
    """The answer of a search; `exact` is False when these are only the nearest we have.

    `missed` names what had to be given up to find something: "words", "colour", "max_price", ...
    `named` tells that all of them are called as the query's `thing` says.
    """

    products: tuple[Product, ...] = ()
    exact: bool = True
    total: int = 0
    missed: tuple[str, ...] = ()
    named: bool = False


def said(texts: dict[str, str], language: str) -> str | None:
    """Return the text in this language, else in any other, else None."""
    return texts.get(language) or next((text for text in texts.values() if text), None)


def plain_size(size: str) -> str:
    """Return a size as it is compared: "7 ½", "7,5" and "7.5" are one size."""
    return size.casefold().replace("½", ".5").replace(",", ".").replace(" ", "")
