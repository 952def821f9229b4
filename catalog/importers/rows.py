"""One product as a source describes it, and what is said about one that cannot be read."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, override

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from catalog.importers.dates import Span, read_moment, read_span
from catalog.importers.money import read_price
from catalog.products import Shape

Texts = dict[str, str]
# Two decimals are kept; a source that says 9.999 is not silently rounded.
Price = Annotated[Decimal, Field(ge=0, lt=10_000_000_000, max_digits=12, decimal_places=2)]
Id = Annotated[str, Field(min_length=1, max_length=80)]


def _aware(value: datetime | None) -> datetime | None:
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def _words(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _moment(value: object) -> object:
    return read_moment(value) if isinstance(value, str) else value


def _moment_after(value: object) -> object:
    return read_moment(value, end=True) if isinstance(value, str) else value


def _pieces(value: object) -> object:
    """Read "3", "3.0" and "3,0000" as pieces; shops that sell below zero have none left."""
    if not isinstance(value, str):
        return value
    try:
        number = Decimal(value.strip().replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(f'"{value}" is not a number of pieces') from error
    if not number.is_finite():
        raise ValueError(f'"{value}" is not a number of pieces')
    return max(int(number), 0)


_THERE = {"in stock", "instock", "limited availability", "available", "disponibile", "yes", "si"}
_GONE = {"out of stock", "outofstock", "sold out", "soldout", "unavailable", "esaurito", "no"}
_LATER = {"preorder", "pre order", "backorder", "on backorder", "onbackorder"}
_ORDERED = {"available for order", "discontinued", "pending", "mark as sold", "non disponibile"}
_ANSWERS = {
    **dict.fromkeys((*_THERE, "1", "true"), True),
    **dict.fromkeys((*_GONE, *_LATER, *_ORDERED, "0", "false"), False),
}


def _available(value: object) -> object:
    if not isinstance(value, str):
        return value
    plain = value.strip().rsplit("/", 1)[-1].casefold().replace("_", " ").replace("-", " ")
    if plain not in _ANSWERS:
        raise ValueError(f'"{value}" is not an availability; write in_stock or out_of_stock')
    return _ANSWERS[plain]


Moment = Annotated[datetime, BeforeValidator(_moment), AfterValidator(_aware)]
MomentAfter = Annotated[datetime, BeforeValidator(_moment_after), AfterValidator(_aware)]
Words = Annotated[list[str], BeforeValidator(_words)]
Pieces = Annotated[int, BeforeValidator(_pieces), Field(ge=0, le=2_000_000_000)]
Available = Annotated[bool, BeforeValidator(_available)]


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that was left out: where it is and what to correct, in plain words.

    `fatal` says that what follows in the file could not be read.
    """

    line: int
    column: str
    reason: str
    fatal: bool = False

    @override
    def __str__(self) -> str:
        where = f", column {self.column}" if self.column else ""
        return f"line {self.line}{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Source:
    """One product as read from a file, not checked yet; `line` is where it begins.

    `lines` are the places of its variants, `columns` tells how the file calls a field.
    """

    line: int
    data: Mapping[str, Any]
    lines: tuple[int, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


class IncomingReview(Shape):
    """A customer's review; without an id its product, author and text tell it apart."""

    id: Id | None = None
    author: str = Field(min_length=1, max_length=120)
    rating: int = Field(ge=1, le=5)
    titles: Texts = Field(default_factory=dict)
    texts: Texts = Field(default_factory=dict)
    verified: bool = False
    at: Moment
    source: str = Field("", max_length=80)
    status: str = Field("approved", pattern="^(approved|pending|rejected)$")

    @field_validator("status", mode="before")
    @classmethod
    def _published_is_approved(cls, value: object) -> object:
        return "approved" if value == "published" else value


class Offer(Shape):
    """The part of a variant that a product may also say once for all of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    price: Price | None = None
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
    price_at: Moment | None = None
    sale_price: Price | None = None
    sale_dates: Span | None = Field(None, description='When it holds: "start/end".')
    sale_from: Moment | None = None
    sale_until: MomentAfter | None = None
    stock: Pieces | None = None
    available: Available | None = Field(None, description="Where a source counts no pieces.")
    stock_at: Moment | None = None

    @field_validator("price", "sale_price", mode="before")
    @classmethod
    def _read_price(cls, value: object) -> object:
        return read_price(value)[0] if isinstance(value, str) else value

    @field_validator("sale_dates", mode="before")
    @classmethod
    def _read_span(cls, value: object) -> object:
        return read_span(value) if isinstance(value, str) else value

    def sale(self) -> tuple[Decimal | None, datetime | None, datetime | None]:
        """Return the sale price with the moments between which it holds."""
        start, until = self.sale_dates or (self.sale_from, self.sale_until)
        return self.sale_price, start, until

    @model_validator(mode="before")
    @classmethod
    def _read_currency(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or not isinstance(price := data.get("price"), str):
            return data
        with suppress(ValueError):  # reported with its place by the field itself
            _, currency = read_price(price)
            return {**data, "currency": data.get("currency") or currency}
        return data


class IncomingVariant(Offer):
    """What can be bought: a colour and a size with its own number."""

    sku: Id | None = None
    colour: str | None = Field(None, max_length=80)
    size: str | None = Field(None, max_length=40)
    image: str | None = None


class Incoming(Offer):
    """One product with its variants, as JSON Lines writes it; other formats become this."""

    id: Id
    names: Texts = Field(min_length=1)
    descriptions: Texts = Field(default_factory=dict)
    category: str = Field(min_length=1, max_length=80)
    aliases: Words = Field(default_factory=list)
    materials: Words = Field(default_factory=list)
    recipients: Words = Field(default_factory=list)
    occasions: Words = Field(default_factory=list)
    keywords: dict[str, Words] = Field(default_factory=dict)
    attributes: dict[str, Any] = Field(default_factory=dict)
    care: Texts | None = None
    url: str | None = None
    images: Words = Field(default_factory=list)
    hidden: bool = Field(False, description="Known, but not on sale: a draft, or archived.")
    variants: list[IncomingVariant] = Field(default_factory=list)
    reviews: list[IncomingReview] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _one_language(cls, data: Any) -> Any:
        # A shop with one language writes name and description; they serve all languages.
        if not isinstance(data, Mapping):
            return data
        row = dict(data)
        for one, many in (("name", "names"), ("description", "descriptions")):
            if isinstance(text := row.pop(one, None), str) and text.strip():
                row.setdefault(many, {"": text.strip()})
        return row

    @model_validator(mode="after")
    def _every_variant_has_a_price(self) -> "Incoming":
        priced = [variant.price is not None for variant in self.variants]
        if self.price is None and not (priced and all(priced)):
            raise ValueError("price: give the product or each of its variants a price")
        return self
