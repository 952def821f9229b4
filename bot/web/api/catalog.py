"""Searching the catalog."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

import catalog
from bot.context import services_of
from bot.errors import NotFoundError
from bot.web.api.shapes import Answer

router = APIRouter(prefix="/catalog", tags=["catalog"])


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


def _variant(variant: catalog.Variant) -> VariantOut:
    return VariantOut(**{name: getattr(variant, name) for name in VariantOut.model_fields})
