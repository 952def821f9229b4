"""What the shop sells, as rows: products, variants, reviews, words and the shop's own facts."""

from decimal import Decimal
from typing import Any, override

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Dialect,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

# JSON text on SQLite, JSONB on PostgreSQL.
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

_CENT = Decimal("0.01")


class Amount(TypeDecorator[Decimal]):
    """An exact amount of money with two decimals.

    SQLite has no decimal numbers and would keep a float; there it is a count of cents.
    """

    impl = Numeric(12, 2)
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = BigInteger() if dialect.name == "sqlite" else Numeric(12, 2)
        return dialect.type_descriptor(kind)

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        exact = value.quantize(_CENT)
        return int(exact * 100) if dialect.name == "sqlite" else exact

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        return Decimal(value).scaleb(-2) if dialect.name == "sqlite" else Decimal(value)


class Table(DeclarativeBase):
    """Base of the catalog's own tables; they share no keys with other rooms."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        dict[str, Any]: Json,
        dict[str, str]: Json,
        list[str]: Json,
        list[Any]: Json,
        Decimal: Amount,
    }


class ProductRow(Table):
    """What a customer asks for: "Siena crossbody bag"; texts are language -> text."""

    __tablename__ = "catalog_product"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    category: Mapped[str] = mapped_column(String(80), index=True)
    names: Mapped[dict[str, str]]
    descriptions: Mapped[dict[str, str]]
    care: Mapped[dict[str, str] | None]
    attributes: Mapped[dict[str, Any]]
    url: Mapped[str | None] = mapped_column(Text)
    images: Mapped[list[str]]
    rating_total: Mapped[int] = mapped_column(Integer, default=0)  # sum of published stars
    rating_count: Mapped[int] = mapped_column(Integer, default=0)
    hidden: Mapped[bool] = mapped_column(default=False)  # vanished from the source, kept for talks
    version: Mapped[int] = mapped_column(BigInteger, index=True)  # of the catalog, last change
    source: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))
    # The catalog's version when an import last contained it, changed or not.
    seen: Mapped[int] = mapped_column(BigInteger, default=0, server_default=text("0"))
    fingerprint: Mapped[str] = mapped_column(String(32), default="", server_default=text("''"))


class VariantRow(Table):
    """What goes in the box: the same bag, in burgundy, with its price and stock and their dates."""

    __tablename__ = "catalog_variant"

    # Not the SKU alone: feeds repeat one in several products more often than one would think.
    product_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    sku: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    colour: Mapped[str | None] = mapped_column(String(80))
    size: Mapped[str | None] = mapped_column(String(40))
    image: Mapped[str | None] = mapped_column(Text)
    price: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(3))
    price_at: Mapped[int] = mapped_column(BigInteger)  # milliseconds since 1970
    stock: Mapped[int] = mapped_column(Integer, default=0)
    stock_at: Mapped[int] = mapped_column(BigInteger)
    # False: the source only says that there is some, and `stock` is a stand-in for "enough".
    counted: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    sale_price: Mapped[Decimal | None]
    sale_from: Mapped[int | None] = mapped_column(BigInteger)
    sale_until: Mapped[int | None] = mapped_column(BigInteger)
    sale_turns_at: Mapped[int | None] = mapped_column(BigInteger, index=True)  # begins or ends

    __table_args__ = (
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("stock >= 0", name="stock_not_negative"),
    )


class ReviewRow(Table):
    """What a customer wrote about a product, in the language they wrote it."""

    __tablename__ = "catalog_review"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    product_id: Mapped[str] = mapped_column(String(80))
    author: Mapped[str] = mapped_column(String(120))
    rating: Mapped[int] = mapped_column(Integer)
    titles: Mapped[dict[str, str]]
    texts: Mapped[dict[str, str]]
    verified: Mapped[bool] = mapped_column(default=False)  # bought it here
    at: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(10))  # approved | pending | rejected
    # Where it was written; empty means in our own shop or chat.
    source: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    conversation: Mapped[str | None] = mapped_column(String(32))  # it was given in
    received_at: Mapped[int] = mapped_column(BigInteger, default=0, server_default=text("0"))
    moderated_by: Mapped[str | None] = mapped_column(String(80))
    moderated_at: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_stars"),
        Index("ix_catalog_review_newest", "product_id", "status", "at"),
        Index("ix_catalog_review_waiting", "status", "received_at"),
    )


class TermRow(Table):
    """A word of the shop: a category, colour, material, recipient or occasion, as people say it."""

    __tablename__ = "catalog_term"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    data: Mapped[dict[str, Any]]  # names, words, kinds (narrower words), wider (id of a family)


class ShopRow(Table):
    """The one row of facts about the shop: delivery, returns, hours, address, texts."""

    __tablename__ = "catalog_shop"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    data: Mapped[dict[str, Any]]
    updated_at: Mapped[int] = mapped_column(BigInteger)


class ImportRow(Table):
    """What one import did, or is doing: the report that people read afterwards."""

    __tablename__ = "catalog_import"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    source: Mapped[str] = mapped_column(String(40))  # empty: a file that somebody gave
    name: Mapped[str] = mapped_column(Text)  # of the file, or its address
    format: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10))  # running | done | same | failed
    started_at: Mapped[int] = mapped_column(BigInteger)
    finished_at: Mapped[int | None] = mapped_column(BigInteger)
    read: Mapped[int] = mapped_column(BigInteger)  # bytes so far
    size: Mapped[int] = mapped_column(BigInteger)  # bytes, 0 when nobody knows
    counts: Mapped[dict[str, Any]]
    problems: Mapped[list[Any]]  # the first thousand
    problem_count: Mapped[int] = mapped_column(Integer)
    note: Mapped[str | None] = mapped_column(Text)  # why it failed, or what was not done

    __table_args__ = (Index("ix_catalog_import_source", "source", "started_at"),)


class SourceRow(Table):
    """A feed, folder or shop that is read again and again."""

    __tablename__ = "catalog_source"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # url | folder | shopify | woocommerce
    address: Mapped[str] = mapped_column(Text)
    every: Mapped[int] = mapped_column(Integer)  # seconds
    options: Mapped[dict[str, Any]]
    state: Mapped[dict[str, Any]]  # ETag, dates, files: what tells whether something is new
    next_at: Mapped[int] = mapped_column(BigInteger)
    claimed_until: Mapped[int] = mapped_column(BigInteger)  # a process reads it until then
    last_import: Mapped[str | None] = mapped_column(String(32))
    failures: Mapped[int] = mapped_column(Integer)  # in a row


class MissRow(Table):
    """What customers searched for and did not find; `near`: something like it was shown."""

    __tablename__ = "catalog_miss"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    language: Mapped[str] = mapped_column(String(5))
    words: Mapped[str] = mapped_column(Text)
    wishes: Mapped[dict[str, Any]]
    missed: Mapped[list[str]]
    near: Mapped[bool]
    count: Mapped[int] = mapped_column(Integer)
    first_at: Mapped[int] = mapped_column(BigInteger)
    last_at: Mapped[int] = mapped_column(BigInteger, index=True)
    example: Mapped[str] = mapped_column(Text)


class VersionRow(Table):
    """The one counter that every write raises; search indexes follow it."""

    __tablename__ = "catalog_version"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger)
    origin: Mapped[str] = mapped_column(String(32))  # tells two databases apart
