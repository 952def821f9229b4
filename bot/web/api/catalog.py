"""Searching the catalog; the facts about the shop, and its words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from sqlalchemy import Connection

import catalog
from bot.context import read_body, services_of
from bot.errors import BadRequestError, NotFoundError
from bot.web.api.shapes import Answer, Problem

router = APIRouter(prefix="/catalog", tags=["catalog"])
_MOST_BYTES = 1024 * 1024  # of the facts about a shop; the demo's have 20 kB


class VariantOut(Answer):
    """What can be bought: one colour and size."""

    sku: str
    colour: str | None
    size: str | None
    price: Decimal = Field(description="Today's: of the sale while one is on.")
    regular_price: Decimal | None = Field(description="Outside the sale, while one is on.")
    sale_until: datetime | None
    currency: str
    price_at: datetime
    stock: int
    counted: bool = Field(description="False: there is some, the source does not say how much.")
    stock_at: datetime


class ProductOut(Answer):
    """A product; `price` and `stock` are null when too old to be quoted to a customer."""

    id: str
    name: str
    description: str
    category: str
    price: Decimal | None = Field(None, examples=["139.00"])
    price_to: Decimal | None = Field(None, description="The highest, where variants differ.")
    currency: str | None = None
    stock: int | None = None
    counted: bool = Field(True, description="False: there is some, nobody knows how much.")
    rating: float | None = None
    reviews: int = 0
    image: str | None = None
    url: str | None = None
    exact: bool = Field(description="False: nothing fitted, this is among the nearest.")
    variants: list[VariantOut]

    @classmethod
    def of(
        cls, product: catalog.Product, language: str, *, exact: bool, freshness: timedelta
    ) -> "ProductOut":
        """Show a product in a language."""
        at = datetime.now(UTC)
        prices = product.price_range(at, freshness)
        spread = prices is not None and prices.high.amount != prices.low.amount
        return cls(
            id=product.id,
            name=product.name(language),
            description=product.description(language),
            category=product.category,
            price=prices.low.amount if prices else None,
            price_to=prices.high.amount if prices and spread else None,
            currency=prices.low.currency if prices else None,
            stock=product.stock(at, freshness),
            counted=product.is_counted(),
            rating=product.rating,
            reviews=product.reviews_count,
            image=product.image(),
            url=product.url,
            exact=exact,
            variants=[_variant(variant) for variant in product.variants],
        )


@router.get("/search", summary="Search products")
async def search(  # noqa: PLR0913 - one argument for each filter
    request: Request,
    q: Annotated[str, Query(max_length=400, examples=["borsa in pelle"])] = "",
    language: Annotated[str | None, Query(pattern="^[a-z]{2}$")] = None,
    max_price: Annotated[Decimal | None, Query(ge=0)] = None,
    min_price: Annotated[Decimal | None, Query(ge=0)] = None,
    category: Annotated[str | None, Query(max_length=80)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> list[ProductOut]:
    """Return what fits best, as the bot would find it."""
    services = services_of(request)
    query = catalog.ProductQuery(
        words=q,
        language=language,
        max_price=max_price,
        min_price=min_price,
        category=category,
        limit=limit,
    )
    found = await services.catalog.search(query)
    shown = language or services.settings.languages[0]
    freshness = timedelta(hours=services.settings.freshness_hours)
    return [
        ProductOut.of(product, shown, exact=found.exact, freshness=freshness)
        for product in found.products
    ]


@router.get("/shop", summary="Read the facts about the shop")
async def shop(request: Request) -> catalog.ShopInfo:
    """Return address, hours, delivery, returns and payment, as the bot tells them."""
    try:
        return await services_of(request).catalog.shop()
    except catalog.ShopMissingError as error:
        raise NotFoundError(str(error)) from error


@router.put("/shop", summary="Write the facts about the shop", responses={400: {"model": Problem}})
async def put_shop(
    request: Request,
    dry_run: Annotated[bool, Query(description="Only look for mistakes.")] = False,
) -> catalog.ShopInfo:
    """Put a `shop.yaml`, sent as the body, in place of the facts there were; all or nothing.

    A mistake is told with its line. Categories that size guides name have to be there.
    """
    body = await read_body(request, _MOST_BYTES, BadRequestError)

    def put(conn: Connection) -> catalog.ShopInfo:
        known = catalog.category_ids(conn)
        info = catalog.parse_shop(body.decode(), "shop.yaml", datetime.now(UTC), known)
        if not dry_run:
            catalog.put_shop(conn, info)
        return info

    return await _write(request, put, "shop.yaml")


@router.get("/words", summary="Read the words of the shop")
async def words(request: Request) -> catalog.ShopWords:
    """Return how customers call its categories, colours, materials, people and occasions."""
    return await services_of(request).database.read(catalog.stored_words)


@router.put("/words", summary="Write the words of the shop", responses={400: {"model": Problem}})
async def put_words(
    request: Request,
    dry_run: Annotated[bool, Query(description="Only look for mistakes.")] = False,
) -> catalog.ShopWords:
    """Put a `words.yaml`, sent as the body, in place of the words there were; all or nothing."""
    body = await read_body(request, _MOST_BYTES, BadRequestError)

    def put(conn: Connection) -> catalog.ShopWords:
        read = catalog.parse_words(body.decode(), "words.yaml")
        if not dry_run:
            catalog.replace_terms(conn, read.terms())
        return read

    return await _write(request, put, "words.yaml")


async def _write[T](request: Request, put: Callable[[Connection], T], name: str) -> T:
    """Write a file's content; its mistakes are the caller's."""
    services = services_of(request)
    try:
        done = await services.database.write(put)
    except UnicodeDecodeError as error:
        raise BadRequestError(f"{name} is not UTF-8; save it as UTF-8.") from error
    except catalog.ShopFileError as error:
        raise BadRequestError(str(error)) from error
    await services.intake.tell()
    return done


def _variant(variant: catalog.Variant) -> VariantOut:
    return VariantOut(**{name: getattr(variant, name) for name in VariantOut.model_fields})
