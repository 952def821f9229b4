"""A Shopify shop, through its REST Admin API.

https://shopify.dev/docs/api/admin-rest/latest/resources/product
https://shopify.dev/docs/api/admin-rest/usage/pagination
https://shopify.dev/docs/api/admin-rest/usage/rate-limits
"""

from collections.abc import Mapping
from typing import Any

from catalog.connectors.errors import FetchError
from catalog.connectors.pacing import Shop
from catalog.connectors.spool import Spool
from catalog.importers.formats import shopify
from catalog.importers.formats.axes import apart, axes, filled, is_material, last_part
from catalog.importers.options import ReadOptions
from catalog.importers.plain import plain_text

VERSION = "2025-07"
_PAGE = 250  # the largest that Shopify allows


async def read_products(
    shop: Shop, spool: Spool, options: ReadOptions, *, since: str | None
) -> str | None:
    """Write every product, or those changed `since` that moment, and return the newest change."""
    facts = (await shop.get(f"/admin/api/{VERSION}/shop.json")).json().get("shop", {})
    told = ReadOptions(
        language=options.language or str(facts.get("primary_locale", ""))[:2],
        currency=facts.get("currency") or options.currency,
        base_url=options.base_url or f"https://{facts.get('domain', '')}",
    )
    newest = since or ""
    params: dict[str, Any] | None = {"limit": _PAGE}
    if since:
        params = {"limit": _PAGE, "updated_at_min": since}
    path: str | None = f"/admin/api/{VERSION}/products.json"
    while path:
        answer = await shop.get(path, params)
        for product in _products(answer.json()):
            newest = max(newest, str(product.get("updated_at") or ""))
            spool.add(product_of(product, told))
        # The address of the next page carries everything; further parameters are refused.
        path, params = answer.links.get("next", {}).get("url"), None
    return newest or None


def _products(body: Any) -> list[dict[str, Any]]:
    products = body.get("products") if isinstance(body, dict) else None
    if not isinstance(products, list):
        raise FetchError(
            "the shop's answer has no products: is this the address of a Shopify shop?"
        )
    return products


def product_of(product: Mapping[str, Any], options: ReadOptions) -> dict[str, Any]:
    """Return a product of the API in the fields of our own JSON Lines."""
    names = [str(option.get("name", "")) for option in product.get("options") or ()]
    pictures = {image.get("id"): image.get("src") for image in product.get("images") or ()}
    variants = [_variant(v, names, pictures) for v in product.get("variants") or ()]
    handle = product.get("handle") or str(product.get("id", ""))
    data = {
        "id": handle,
        "names": options.texts(product.get("title") or ""),
        "descriptions": options.texts(plain_text(product.get("body_html") or "")),
        "category": last_part(product.get("product_type") or "") or "other",
        "currency": options.currency,
        "url": options.address(f"/products/{handle}"),
        "images": [src for src in pictures.values() if src],
        "materials": _materials(product),
        "attributes": filled({"brand": product.get("vendor")}),
        "hidden": product.get("status", "active") != "active" or not product.get("published_at"),
        "variants": apart(variants),
    }
    return filled(data)


def _variant(
    variant: Mapping[str, Any], names: list[str], pictures: Mapping[Any, Any]
) -> dict[str, Any]:
    values = [str(variant.get(f"option{n}") or "") for n in (1, 2, 3)]
    quantity = variant.get("inventory_quantity")
    given = {
        "sku": variant.get("sku") or str(variant.get("id", "")),
        "image": pictures.get(variant.get("image_id")),
        **shopify.offer(str(variant.get("price") or ""), variant.get("compare_at_price") or ""),
        **shopify.stocked(
            "" if quantity is None else str(quantity),
            tracked=bool(variant.get("inventory_management")),
            oversold=variant.get("inventory_policy") == "continue",
        ),
        **axes(zip(names, values, strict=False)),
    }
    return filled(given)


def _materials(product: Mapping[str, Any]) -> list[str]:
    return [
        str(value)
        for option in product.get("options") or ()
        if is_material(str(option.get("name", "")))
        for value in option.get("values") or ()
    ]
