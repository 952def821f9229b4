"""WooCommerce's product CSV: a variable product, and its variations that name it as Parent.

https://github.com/woocommerce/woocommerce/wiki/Product-CSV-Import-Schema
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from catalog.importers.formats.axes import apart, axes, filled, is_material, last_part
from catalog.importers.options import ReadOptions
from catalog.importers.plain import plain_text
from catalog.importers.rows import Source
from catalog.importers.tabular import Row

COLUMNS = {
    "id": "id",
    "names": "name",
    "descriptions": "description",
    "category": "categories",
    "sku": "sku",
    "price": "regular_price",
    "sale_price": "sale_price",
    "sale_from": "date_sale_price_starts",
    "sale_until": "date_sale_price_ends",
    "stock": "stock",
    "available": "in_stock",
    "images": "images",
    "image": "images",
}
# A shop in Italian exports Italian column names.
ITALIAN = {
    "tipo": "type",
    "cod": "sku",
    "nome": "name",
    "pubblicato": "published",
    "breve_descrizione": "short_description",
    "descrizione": "description",
    "data_di_inizio_del_prezzo_in_offerta": "date_sale_price_starts",
    "data_di_fine_del_prezzo_in_offerta": "date_sale_price_ends",
    "magazzino": "stock",
    "prezzo_in_offerta": "sale_price",
    "prezzo_di_listino": "regular_price",
    "categorie": "categories",
    "immagini": "images",
    "genitore": "parent",
    "marchi": "brands",
}
_ITALIAN_ATTRIBUTE = re.compile(r"^(nome|valore)(?:[/_]i)?_dell_?attributo_(\d+)$")
_VARIATION = "variation"
_NO_CATEGORY = "other"
_ATTRIBUTES = 12


def column(name: str) -> str:
    """Return a column under its English name."""
    if match := _ITALIAN_ATTRIBUTE.match(name):
        return f"attribute_{match[2]}_{'name' if match[1] == 'nome' else 'value_s'}"
    return ITALIAN.get(name, name)


def key_of(row: Row) -> str:
    """Return which product a row belongs to: its own, or the one that it names as its parent."""
    if is_variation(row) and (parent := row.get("parent")):
        return parent if parent.startswith("id:") else f"sku:{parent}"
    return f"id:{row.get('id')}" if row.get("id") else f"sku:{row.get('sku')}"


def other_keys(row: Row) -> Iterable[str]:
    """Return the further names by which variations may call this product."""
    if not is_variation(row) and row.get("sku"):
        yield f"sku:{row.get('sku')}"


def is_variation(row: Row) -> bool:
    """Tell whether a row is a variation of another one; types may be listed with commas."""
    return _VARIATION in row.get("type").casefold()


def product(rows: Sequence[Row], options: ReadOptions, headers: Mapping[str, str]) -> Source:
    """Return the product of these rows; variations come under what they are variations of."""
    first = next((row for row in rows if not is_variation(row)), rows[0])
    variations = [row for row in rows if is_variation(row) and row.get("published") != "0"]
    offers = variations or [first]
    pictures = [link for row in (first, *variations) for link in _pictures(row)]
    told = dict(_attributes(first))
    data = {
        "id": first.get("id", "sku"),
        "names": options.texts(first.get("name")),
        "descriptions": options.texts(
            plain_text(first.get("description") or first.get("short_description"))
        ),
        "category": last_part(first.get("categories").split(",", 1)[0]) or _NO_CATEGORY,
        "currency": options.currency,
        "url": options.address(f"/?p={first.get('id')}") if first.get("id") else None,
        "images": options.addresses(pictures),
        "materials": _listed(told, is_material),
        "attributes": filled({"brand": first.get("brands", "brand"), "tags": _tags(first)}),
        "hidden": first.get("published") in ("0", "-1") or _out_of_sight(first),
        "variants": apart([_variant(row, first, options) for row in offers]),
    }
    columns = {ours: headers.get(theirs, theirs) for ours, theirs in COLUMNS.items()}
    return Source(first.line, filled(data), tuple(row.line for row in offers), columns)


def _variant(row: Row, parent: Row, options: ReadOptions) -> dict[str, Any]:
    pictures = options.addresses(_pictures(row)[:1]) if row is not parent else []
    stock = row.get("stock")
    if stock.casefold() == "parent":  # one number for all variations
        stock = parent.get("stock")
    # A simple product that lists three sizes has no one size.
    settled = [(name, value) for name, value in _attributes(row) if "," not in value]
    return filled(
        {
            "sku": row.get("sku") or row.get("id"),
            "image": pictures[0] if pictures else None,
            "price": row.get("regular_price") or row.get("sale_price"),
            "sale_price": row.get("sale_price") if row.get("regular_price") else "",
            "sale_from": row.get("date_sale_price_starts"),
            "sale_until": row.get("date_sale_price_ends"),
            "stock": stock,
            "available": {"backorder": "0"}.get(row.get("in_stock"), row.get("in_stock")),
            **axes(settled, guess=row is not parent),
        }
    )


def _attributes(row: Row) -> list[tuple[str, str]]:
    found = []
    for n in range(1, _ATTRIBUTES):
        name = row.get(f"attribute_{n}_name")
        value = row.get(f"attribute_{n}_value_s", f"attribute_{n}_values")
        if name and value:
            found.append((name, value))
    return found


def _listed(told: Mapping[str, str], wanted: Any) -> list[str]:
    return [
        part.strip()
        for name, values in told.items()
        if wanted(name)
        for part in values.split(",")
        if part.strip()
    ]


def _pictures(row: Row) -> list[str]:
    return [link.strip() for link in row.get("images").split(",") if link.strip()]


def _tags(row: Row) -> list[str]:
    return [tag.strip() for tag in row.get("tags", "tag").split(",") if tag.strip()]


def _out_of_sight(row: Row) -> bool:
    return row.get("visibility_in_catalog", "visibility_in_catalogue").casefold() == "hidden"
