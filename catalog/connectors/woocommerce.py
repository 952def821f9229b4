"""A WooCommerce shop, through its REST API v3.

https://woocommerce.github.io/woocommerce-rest-api-docs/#products
https://woocommerce.github.io/woocommerce-rest-api-docs/#product-variations
https://woocommerce.github.io/woocommerce-rest-api-docs/#pagination
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from catalog.connectors.errors import FetchError
from catalog.connectors.pacing import Shop
from catalog.connectors.spool import Spool
from catalog.importers.formats.axes import apart, axes, filled, is_material
from catalog.importers.options import ReadOptions
from catalog.importers.plain import plain_text

_API = "/wp-json/wc/v3"
_PAGE = 100  # the largest that WooCommerce allows


async def read_products(
    shop: Shop, spool: Spool, options: ReadOptions, *, since: str | None
) -> tuple[str | None, bool]:
    """Write every product, or those changed `since` that moment (GMT).

    Returns the newest change, and whether the pages stood still while they were read: pages are
    counted, so a product that is deleted meanwhile lets another one slip through.
    """
    currency = await _currency(shop) or options.currency
    told = ReadOptions(language=options.language, currency=currency, base_url=options.base_url)
    params: dict[str, Any] = {"orderby": "id", "order": "asc", "status": "any"}
    if since:
        params |= {"modified_after": since, "dates_are_gmt": "true"}
    newest, totals = since or "", set[str]()
    async for product, total in _pages(shop, "/products", params):
        totals.add(total)
        newest = max(newest, str(product.get("date_modified_gmt") or ""))
        variations = await _variations(shop, product)
        spool.add(product_of(product, variations, told))
    return newest or None, len(totals) <= 1


async def _currency(shop: Shop) -> str | None:
    try:
        answer = await shop.get(f"{_API}/settings/general/woocommerce_currency")
    except FetchError:
        return None  # a key that reads products only may not read settings
    value = answer.json().get("value")
    return value if isinstance(value, str) and len(value) == 3 else None


async def _variations(shop: Shop, product: Mapping[str, Any]) -> list[dict[str, Any]]:
    if product.get("type") != "variable" or not product.get("variations"):
        return []
    path = f"/products/{product['id']}/variations"
    params = {"orderby": "id", "order": "asc"}
    return [variation async for variation, _ in _pages(shop, path, params)]


async def _pages(
    shop: Shop, path: str, params: dict[str, Any]
) -> AsyncIterator[tuple[dict[str, Any], str]]:
    """Return each thing of each page, with the total that the page told."""
    page, pages = 1, 1
    while page <= pages:
        answer = await shop.get(f"{_API}{path}", {**params, "per_page": _PAGE, "page": page})
        found = answer.json()
        if not isinstance(found, list):
            raise FetchError("the shop's answer has no products: is WooCommerce's REST API on?")
        pages = int(answer.headers.get("x-wp-totalpages") or page)
        for thing in found:
            yield thing, answer.headers.get("x-wp-total", "")
        page += 1


def product_of(
    product: Mapping[str, Any], variations: list[dict[str, Any]], options: ReadOptions
) -> dict[str, Any]:
    """Return a product of the API in the fields of our own JSON Lines."""
    on_sale = [v for v in variations if v.get("status", "publish") == "publish"]
    offers: Sequence[Mapping[str, Any]] = on_sale or (product,)
    pictures = [image.get("src") for image in product.get("images") or ()]
    pictures += [_picture(variation) for variation in on_sale]
    description = product.get("description") or product.get("short_description") or ""
    hidden = product.get("status", "publish") != "publish"
    data = {
        "id": str(product.get("id", "")),
        "names": options.texts(plain_text(product.get("name") or "")),
        "descriptions": options.texts(plain_text(description)),
        "category": _category(product),
        "currency": options.currency,
        "url": product.get("permalink"),
        "images": list(dict.fromkeys(src for src in pictures if src)),
        "materials": _materials(product),
        "attributes": filled({"brand": _brand(product)}),
        "hidden": hidden or product.get("catalog_visibility") == "hidden",
        "variants": apart([_variant(offer, product) for offer in offers]),
    }
    return filled(data)


def _variant(offer: Mapping[str, Any], product: Mapping[str, Any]) -> dict[str, Any]:
    regular = offer.get("regular_price") or offer.get("price") or product.get("price")
    return filled(
        {
            "sku": offer.get("sku") or str(offer.get("id", "")),
            "image": _picture(offer) if offer is not product else None,
            "price": regular,
            "sale_price": offer.get("sale_price") if offer.get("regular_price") else None,
            "sale_from": offer.get("date_on_sale_from_gmt"),
            "sale_until": offer.get("date_on_sale_to_gmt"),
            **_stock(offer, product),
            **axes(_chosen(offer, product), guess=offer is not product),
        }
    )


def _stock(offer: Mapping[str, Any], product: Mapping[str, Any]) -> dict[str, Any]:
    counting = product if offer.get("manage_stock") == "parent" else offer
    quantity = counting.get("stock_quantity")
    if offer.get("stock_status", "instock") != "instock":
        return {"stock": 0}
    if not counting.get("manage_stock") or quantity is None:
        return {"available": True}
    return {"stock": max(int(quantity), 0)}


def _chosen(offer: Mapping[str, Any], product: Mapping[str, Any]) -> list[tuple[str, str]]:
    attributes = offer.get("attributes") or ()
    if offer is not product:
        return [(str(a.get("name", "")), str(a.get("option") or "")) for a in attributes]
    return [
        (str(a.get("name", "")), str(a["options"][0]))
        for a in attributes
        if len(a.get("options") or ()) == 1
    ]


def _category(product: Mapping[str, Any]) -> str:
    categories = product.get("categories") or ()
    return next((plain_text(c["name"])[:80] for c in categories if c.get("name")), "other")


def _brand(product: Mapping[str, Any]) -> str | None:
    return next((brand.get("name") for brand in product.get("brands") or ()), None)


def _materials(product: Mapping[str, Any]) -> list[str]:
    return [
        str(value)
        for attribute in product.get("attributes") or ()
        if is_material(str(attribute.get("name", "")))
        for value in attribute.get("options") or ()
    ]


def _picture(offer: Mapping[str, Any]) -> str | None:
    image = offer.get("image")
    return image.get("src") if isinstance(image, dict) else None
