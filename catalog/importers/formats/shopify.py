"""Shopify's product CSV: variants and further pictures are rows under the same handle.

https://help.shopify.com/en/manual/products/import-export/using-csv
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from catalog.importers.formats.axes import apart, axes, filled, is_material, last_part
from catalog.importers.money import read_price
from catalog.importers.options import ReadOptions
from catalog.importers.plain import plain_text
from catalog.importers.rows import Source
from catalog.importers.tabular import Row

# Our field -> the columns of the older and of the newer template.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("handle", "url_handle"),
    "names": ("title",),
    "descriptions": ("body_html", "description"),
    "category": ("type", "product_category"),
    "images": ("image_src", "product_image_url"),
    "sku": ("variant_sku", "sku"),
    "price": ("variant_price", "price"),
    "sale_price": ("variant_compare_at_price", "compare_at_price"),
    "stock": ("variant_inventory_qty", "inventory_quantity"),
    "image": ("variant_image", "variant_image_url"),
}
_POLICY = ("variant_inventory_policy", "continue_selling_when_out_of_stock")
_PUBLISHED = ("published", "published_on_online_store")
_NO_CATEGORY = "other"


def group_of(row: Row) -> str:
    """Return which product a row belongs to."""
    return row.get(*COLUMNS["id"]) or f"\0{row.line}"


def product(rows: Sequence[Row], options: ReadOptions, headers: Mapping[str, str]) -> Source:
    """Return the product of these rows; those without a price only bring pictures."""
    first = rows[0]
    names = [first.get(f"option{n}_name") for n in (1, 2, 3)]
    offers = [row for row in rows if row.get(*COLUMNS["price"])] or [first]
    variants = [_variant(row, names, options) for row in offers]
    handle = first.get(*COLUMNS["id"])
    path = first.get("type") or first.get("product_category")
    data = {
        "id": handle,
        "names": options.texts(first.get("title")),
        "descriptions": options.texts(plain_text(first.get(*COLUMNS["descriptions"]))),
        "category": last_part(path) or _NO_CATEGORY,
        "currency": options.currency,
        "url": options.address(f"/products/{handle}"),
        "images": options.addresses([row.get(*COLUMNS["images"]) for row in rows]),
        "materials": _materials(names, offers),
        "attributes": filled({"brand": first.get("vendor"), "tags": _tags(first)}),
        "hidden": _is_hidden(first),
        "variants": apart(variants),
    }
    columns = {
        ours: next((headers[name] for name in theirs if name in headers), theirs[0])
        for ours, theirs in COLUMNS.items()
    }
    return Source(first.line, filled(data), tuple(row.line for row in offers), columns)


def offer(price: str, before: str) -> dict[str, str]:
    """Return price and sale price: Shopify keeps the higher, earlier price beside today's."""
    try:
        if before and read_price(before)[0] > read_price(price)[0]:
            return {"price": before, "sale_price": price}
    except ValueError:
        pass  # the price itself is reported with its place; a wrong earlier one is no use
    return {"price": price}


def stocked(quantity: str, *, tracked: bool, oversold: bool) -> dict[str, Any]:
    """Return stock, or that there is some where Shopify does not count or sells on."""
    if not tracked or not quantity:
        return {"available": True}
    try:
        left = Decimal(quantity)
    except ArithmeticError:
        return {"stock": quantity}  # reported with its place
    return {"available": True} if oversold and left <= 0 else {"stock": quantity}


def _variant(row: Row, names: Sequence[str], options: ReadOptions) -> dict[str, Any]:
    values = [row.get(f"option{n}_value") for n in (1, 2, 3)]
    sku = row.get(*COLUMNS["sku"])
    # A file without the column of the tracker tells by the quantity whether it counts.
    tracked = row.get("variant_inventory_tracker", "inventory_tracker") or row.get(
        *COLUMNS["stock"]
    )
    oversold = row.get(*_POLICY).casefold() in ("continue", "true", "yes")
    given = {
        "sku": sku or "-".join(v for v in (group_of(row), *values) if v)[:80],
        "image": options.address(row.get(*COLUMNS["image"])),
        **offer(row.get(*COLUMNS["price"]), row.get(*COLUMNS["sale_price"])),
        **stocked(row.get(*COLUMNS["stock"]), tracked=bool(tracked), oversold=oversold),
        **axes(zip(names, values, strict=True)),
    }
    return filled(given)


def _materials(names: Sequence[str], rows: Sequence[Row]) -> list[str]:
    found = [
        row.get(f"option{n}_value")
        for n, name in enumerate(names, start=1)
        if is_material(name)
        for row in rows
    ]
    return list(dict.fromkeys(value for value in found if value))


def _tags(row: Row) -> list[str]:
    return [tag.strip() for tag in row.get("tags").split(",") if tag.strip()]


def _is_hidden(row: Row) -> bool:
    draft = row.get("status").casefold() in ("draft", "archived", "unlisted")
    return draft or row.get(*_PUBLISHED).casefold() == "false"
