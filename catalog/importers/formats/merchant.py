"""Google Merchant and Meta catalogs: one offer a row, `item_group_id` makes them one product.

https://support.google.com/merchants/answer/7052112
https://developers.facebook.com/docs/marketing-api/catalog/reference
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from catalog.importers.formats.axes import filled, last_part
from catalog.importers.options import ReadOptions
from catalog.importers.plain import plain_text
from catalog.importers.rows import Source
from catalog.importers.tabular import Row

# Our field -> how the feed calls it.
COLUMNS = {
    "sku": "id",
    "names": "title",
    "descriptions": "description",
    "url": "link",
    "images": "image_link",
    "image": "image_link",
    "colour": "color",
    "sale_dates": "sale_price_effective_date",
    "available": "availability",
    "category": "product_type",
    "materials": "material",
}
_STOCK = ("quantity_to_sell_on_facebook", "inventory", "quantity", "sell_on_google_quantity")
_ADDITIONAL = re.compile(r"[\s,;|]+(?=https?://)")
_EXTRA = ("brand", "gtin", "mpn", "condition", "gender", "age_group", "pattern")
_NO_CATEGORY = "other"


def group_of(row: Row) -> str:
    """Return which product a row belongs to."""
    return row.get("item_group_id", "id") or f"\0{row.line}"


def product(rows: Sequence[Row], options: ReadOptions, headers: Mapping[str, str]) -> Source:
    """Return the product that these offers are variants of."""
    first = rows[0]
    data = {
        "id": first.get("item_group_id", "id"),
        "names": options.texts(_shared_title(rows)),
        "descriptions": options.texts(plain_text(first.get("description"))),
        "category": _category(first),
        "currency": options.currency,
        "url": options.address(first.get("link")),
        "images": options.addresses([link for row in rows for link in _pictures(row)]),
        "materials": [part.strip() for part in first.get("material").split("/") if part.strip()],
        "attributes": _attributes(first),
        "hidden": all(_is_hidden(row) for row in rows),
        "variants": [_variant(row, options) for row in rows],
    }
    columns = {ours: headers.get(theirs, theirs) for ours, theirs in COLUMNS.items()}
    stock = next((name for name in _STOCK if name in headers), "quantity")
    lines = tuple(row.line for row in rows)
    return Source(first.line, filled(data), lines, {**columns, "stock": headers.get(stock, stock)})


def _variant(row: Row, options: ReadOptions) -> dict[str, Any]:
    pictures = options.addresses(_pictures(row)[:1])
    return filled(
        {
            "sku": row.get("id"),
            "colour": row.get("color"),
            "size": row.get("size"),
            "image": pictures[0] if pictures else None,
            "price": row.get("price"),
            "sale_price": row.get("sale_price"),
            "sale_dates": row.get("sale_price_effective_date"),
            "stock": row.get(*_STOCK),
            "available": row.get("availability"),
        }
    )


def _pictures(row: Row) -> list[str]:
    more = _ADDITIONAL.split(row.get("additional_image_link"))
    return [link for link in (row.get("image_link", "image[0].url"), *more) if link]


def _category(row: Row) -> str:
    for column in ("product_type", "google_product_category", "fb_product_category"):
        path = row.get(column).split(",", 1)[0] if column == "product_type" else row.get(column)
        # Google's categories may be given as numbers of its own taxonomy, which say nothing here.
        if (found := last_part(path)) and not found.isdigit():
            return found
    return _NO_CATEGORY


def _attributes(row: Row) -> dict[str, str]:
    found = {name: row.get(name) for name in _EXTRA}
    later = row.get("availability").casefold().replace("_", " ")
    if later in ("preorder", "backorder", "available for order"):
        found["availability"] = later
    return filled(found)


def _is_hidden(row: Row) -> bool:
    unwanted = ("hidden", "staging", "archived")
    return row.get("visibility") in unwanted or row.get("status") in unwanted


def _shared_title(rows: Sequence[Row]) -> str:
    """Return the words that all titles begin with: "Polo shirt, green, S" and ", M" share most."""
    titles = list(dict.fromkeys(title for row in rows if (title := row.get("title"))))
    if len(titles) < 2:
        return titles[0] if titles else ""
    shared = []
    for words in zip(*(title.split() for title in titles), strict=False):
        if len(set(words)) > 1:
            break
        shared.append(words[0])
    return " ".join(shared).rstrip(" ,;:-–|/(") or titles[0]
