"""One product as a source describes it, and what is said about one that cannot be read."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, override

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

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


Moment = Annotated[datetime, AfterValidator(_aware)]
Words = Annotated[list[str], BeforeValidator(_words)]


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that was left out: where it is and what to correct, in plain words."""

    line: int
    column: str
    reason: str

    @override
    def __str__(self) -> str:
        where = f", column {self.column}" if self.column else ""
        return f"line {self.line}{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Source:
    """One product as read from a file, not checked yet; `line` is where it begins."""

    line: int
    data: Mapping[str, Any]


class IncomingReview(Shape):
    """A customer's review; without an id its product, author and text tell it apart."""

    id: Id | None = None
    author: str = Field(min_length=1, max_length=120)
    rating: int = Field(ge=1, le=5)
    titles: Texts = Field(default_factory=dict)
    texts: Texts = Field(default_factory=dict)
    verified: bool = False
    at: Moment
    status: str = Field("published", pattern="^(published|pending|rejected)$")


class Offer(Shape):
    """The part of a variant that a product may also say once for all of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    price: Price | None = None
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
    price_at: Moment | None = None
    stock: int | None = Field(None, ge=0, le=2_000_000_000)
    stock_at: Moment | None = None

    @field_validator("price", mode="before")
    @classmethod
    def _read_price(cls, value: object) -> object:
        return read_price(value)[0] if isinstance(value, str) else value

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
