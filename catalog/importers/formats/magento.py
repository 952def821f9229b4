"""Magento's (Adobe Commerce's) product CSV: simple products, gathered by configurable ones.

https://experienceleague.adobe.com/en/docs/commerce-admin/systems/data-transfer/data-attributes-product
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from catalog.importers.formats.axes import axes, filled, is_material, last_part
from catalog.importers.options import ReadOptions
from catalog.importers.plain import plain_text
from catalog.importers.rows import Source
from catalog.importers.tabular import Row

COLUMNS = {
    "id": "sku",
    "names": "name",
    "descriptions": "description",
    "category": "categories",
    "sku": "sku",
    "price": "price",
    "sale_price": "special_price",
    "sale_from": "special_price_from_date",
    "sale_until": "special_price_to_date",
    "stock": "qty",
    "available": "is_in_stock",
    "images": "base_image",
    "image": "base_image",
}
_ROOTS = {"default category", "root catalog"}
_PAIR = re.compile(r",(?=\w+=)")
_LANGUAGES = {"italian": "it", "italiano": "it", "english": "en", "inglese": "en"}
_NO_CATEGORY = "other"


def key_of(row: Row) -> str:
    """Return the article code; which product it belongs to its configurable product says."""
    return row.get("sku") or f"\0{row.line}"


def other_keys(row: Row) -> Iterable[str]:
    """Return the codes of the simple products that this configurable one gathers."""
    for variation in row.get("configurable_variations").split("|"):
        if sku := _pairs(variation).get("sku"):
            yield sku


def product(rows: Sequence[Row], options: ReadOptions, headers: Mapping[str, str]) -> Source:
    """Return the product of these rows; rows of a store view bring its language's texts."""
    base = [row for row in rows if not row.get("store_view_code")] or list(rows)
    first = next((row for row in base if row.get("configurable_variations")), base[0])
    offers = [row for row in base if row is not first and row.get("product_online") != "2"]
    simple = offers or [first]
    names, descriptions = _texts(first, rows, options)
    extra = _extra(first)
    data = {
        "id": first.get("sku"),
        "names": names,
        "descriptions": descriptions,
        "category": _category(first),
        "currency": options.currency,
        "url": options.address(f"{first.get('url_key')}.html") if first.get("url_key") else None,
        "images": options.addresses([link for row in (first, *offers) for link in _pictures(row)]),
        "materials": [
            part for name, text in extra.items() if is_material(name) for part in text.split("|")
        ],
        "attributes": filled({"brand": extra.get("brand") or extra.get("manufacturer")}),
        "hidden": first.get("product_online") == "2" or _out_of_sight(first),
        "variants": [_variant(row, first, options) for row in simple],
    }
    columns = {ours: headers.get(theirs, theirs) for ours, theirs in COLUMNS.items()}
    return Source(first.line, filled(data), tuple(row.line for row in simple), columns)


def _texts(
    first: Row, rows: Sequence[Row], options: ReadOptions
) -> tuple[dict[str, str], dict[str, str]]:
    names = options.texts(first.get("name"))
    descriptions = options.texts(_description(first))
    for row in rows:
        language = _language(row.get("store_view_code"))
        if language and row.get("sku") == first.get("sku"):
            names |= filled({language: row.get("name")})
            descriptions |= filled({language: _description(row)})
    return names, descriptions


def _language(store_view: str) -> str | None:
    plain = store_view.casefold()
    if len(plain) == 2 or plain[2:3] in ("_", "-"):
        return plain[:2] or None
    return _LANGUAGES.get(plain)


def _description(row: Row) -> str:
    return plain_text(row.get("description") or row.get("short_description"))


def _variant(row: Row, parent: Row, options: ReadOptions) -> dict[str, Any]:
    pictures = options.addresses(_pictures(row)[:1])
    chosen = _variation(parent, row.get("sku"))
    return filled(
        {
            "sku": row.get("sku"),
            "image": pictures[0] if pictures else None,
            "price": row.get("price") or parent.get("price"),
            "sale_price": row.get("special_price"),
            "sale_from": row.get("special_price_from_date"),
            "sale_until": row.get("special_price_to_date"),
            **_stock(row),
            **(axes(chosen.items()) if chosen else axes(_extra(row).items(), guess=False)),
        }
    )


def _stock(row: Row) -> dict[str, str]:
    if row.get("is_in_stock") == "0":
        return {"stock": "0"}
    if row.get("manage_stock") == "0" or not row.get("qty"):
        return {"available": row.get("is_in_stock")}
    return {"stock": row.get("qty")}


def _variation(parent: Row, sku: str) -> dict[str, str]:
    for variation in parent.get("configurable_variations").split("|"):
        pairs = _pairs(variation)
        if pairs.pop("sku", None) == sku:
            return pairs
    return {}


def _extra(row: Row) -> dict[str, str]:
    listed = _pairs(row.get("additional_attributes"))
    plain = {name: row.get(name) for name in ("color", "size", "material", "manufacturer", "brand")}
    return {**listed, **filled(plain)}


def _pairs(text: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in _PAIR.split(text))
    return {name.strip().casefold(): value.strip() for name, equal, value in pairs if equal}


def _category(row: Row) -> str:
    for path in row.get("categories").split(","):
        found = last_part(path)
        if found and found.casefold() not in _ROOTS:
            return found
    return _NO_CATEGORY


def _pictures(row: Row) -> list[str]:
    links = [row.get("base_image"), *row.get("additional_images").split(",")]
    return [_media(link.strip()) for link in links if link.strip() and link != "no_selection"]


def _media(link: str) -> str:
    """Magento writes pictures relative to its media folder: /m/b/mb01-blue-0.jpg."""
    return f"/media/catalog/product/{link.lstrip('/')}" if "://" not in link else link


def _out_of_sight(row: Row) -> bool:
    return row.get("visibility").casefold() == "not visible individually"
