"""Searching the catalog, and importing products."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

import catalog
from bot.errors import BadRequestError, NotFoundError
from bot.web.api.shapes import Answer, Problem
from bot.web.context import services_of

router = APIRouter(prefix="/catalog", tags=["catalog"])

MAX_FILE = 50 * 1024 * 1024


class VariantOut(Answer):
    """What can be bought: one colour and size."""

    sku: str
    colour: str | None
    size: str | None
    price: Decimal
    currency: str
    price_at: datetime
    stock: int
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
            rating=product.rating,
            reviews=product.reviews_count,
            image=product.image(),
            url=product.url,
            exact=exact,
            variants=[_variant(variant) for variant in product.variants],
        )


class ImportedOut(Answer):
    """What an import did; rows with mistakes were left out and everything else is in."""

    products: int
    variants: int
    hidden: int = Field(description="Products no longer in the file (with complete=true).")
    errors: list[dict[str, Any]] = Field(
        examples=[[{"line": 7, "column": "price", "reason": '"gratis" is not a price'}]]
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


@router.post(
    "/import",
    summary="Import products",
    responses={400: {"model": Problem}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "text/csv": {"example": "id,name,price,stock\nsiena,Borsa Siena,139.00,3\n"},
                "application/jsonl": {
                    "example": '{"id": "siena", "name": "Siena", "price": "139"}'
                },
            },
        }
    },
)
async def import_products(
    request: Request,
    complete: Annotated[
        bool, Query(description="The file holds all products: hide those that are not in it.")
    ] = False,
) -> ImportedOut:
    """Read a product file from the body; its format is found out from its content."""
    services = services_of(request)
    data = await _body(request)
    rows = await run_in_threadpool(lambda: list(catalog.read_products(data)))
    at = datetime.now(UTC)
    done = await services.database.write(
        lambda conn: catalog.import_products(conn, rows, at=at, complete=complete), long=True
    )
    await services.catalog.refresh()
    return ImportedOut(
        products=done.products,
        variants=done.variants,
        hidden=done.hidden,
        errors=[asdict(error) for error in done.errors],
    )


async def _body(request: Request) -> bytes:
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > MAX_FILE:
            raise BadRequestError(f"The file is larger than {MAX_FILE // 1024 // 1024} MB.")
    if not data.strip():
        raise BadRequestError("The body is empty: send the file itself, for example with curl -T.")
    return bytes(data)


def _variant(variant: catalog.Variant) -> VariantOut:
    names = ("sku", "colour", "size", "price", "currency", "price_at", "stock", "stock_at")
    return VariantOut(**{name: getattr(variant, name) for name in names})
