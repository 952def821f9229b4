"""A CSV of one's own: one variant a row, rows with the same id are one product.

Columns (only id, name and price are needed): id, name, name_it, name_en, description,
description_it, description_en, category, price, currency, price_at, sale_price, sale_from,
sale_until, stock, stock_at, availability, sku, colour, size, material, recipient, occasion, brand,
image, url. Several values in one cell are separated by "|".
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from catalog.importers.options import ReadOptions
from catalog.importers.rows import Source
from catalog.importers.tabular import Row

_SAME = {
    "product_id": "id",
    "id_prodotto": "id",
    "codice": "id",
    "codice_articolo": "id",
    "code": "id",
    "title": "name",
    "nome_prodotto": "name",
    "product_name": "name",
    "nome": "name",
    "titolo": "name",
    "descrizione": "description",
    "categoria": "category",
    "prezzo": "price",
    "valuta": "currency",
    "prezzo_scontato": "sale_price",
    "giacenza": "stock",
    "quantita": "stock",
    "quantity": "stock",
    "disponibilita": "availability",
    "marca": "brand",
    "marchio": "brand",
    "sale_price_effective_date": "sale_dates",
    "color": "colour",
    "colore": "colour",
    "taglia": "size",
    "materiale": "material",
    "materiali": "material",
    "materials": "material",
    "recipients": "recipient",
    "occasions": "occasion",
    "immagine": "image",
    "images": "image",
    "image_link": "image",
    "link": "url",
}
_VARIANT = (
    "sku",
    "colour",
    "size",
    "price",
    "currency",
    "price_at",
    "sale_price",
    "sale_from",
    "sale_until",
    "sale_dates",
    "stock",
    "stock_at",
)
_LISTS = {"material": "materials", "recipient": "recipients", "occasion": "occasions"}
_TEXTS = ("name", "description")
_FIELDS = {"names": "name", "descriptions": "description", "available": "availability", **_LISTS}
_NO_CATEGORY = "other"
NEEDED = ("id", "price")


def column(name: str) -> str:
    """Return a column under the name that this module knows it by."""
    return _SAME.get(name, name)


def without_id(names: Collection[str]) -> dict[str, str]:
    """Return what else serves as the id in a table that has none: its article codes."""
    return {"sku": "id"} if "id" not in names and "sku" in names else {}


def group_of(row: Row) -> str:
    """Return which product a row belongs to."""
    return row.get("id") or f"\0{row.line}"


def product(rows: Sequence[Row], options: ReadOptions, headers: Mapping[str, str]) -> Source:
    """Return the product of these rows."""
    first = rows[0].cells
    data: dict[str, Any] = {key: first[key] for key in ("id", "url") if key in first}
    data["category"] = first.get("category", _NO_CATEGORY)
    data["currency"] = options.currency
    for name in _TEXTS:
        data.update(_texts(name, first, options))
    for listed, field in _LISTS.items():
        if listed in first:
            data[field] = _several(first[listed])
    if "brand" in first:
        data["attributes"] = {"brand": first["brand"]}
    images = dict.fromkeys(image for row in rows for image in _several(row.get("image")))
    data["images"] = list(images)
    data["variants"] = [_variant(row) for row in rows]
    columns = {field: headers.get(theirs, theirs) for field, theirs in _FIELDS.items()}
    if "availability" not in headers:
        columns["available"] = headers.get("stock", "stock")
    lines = tuple(row.line for row in rows)
    return Source(rows[0].line, data, lines, {**headers, **columns})


def _texts(name: str, row: Mapping[str, str], options: ReadOptions) -> dict[str, Any]:
    texts = {
        column.removeprefix(f"{name}_"): value
        for column, value in row.items()
        if column.startswith(f"{name}_")
    }
    if not texts and name in row:
        texts = options.texts(row[name])
    return {f"{name}s": texts} if texts else {}


def _several(cell: str) -> list[str]:
    return [value.strip() for value in cell.split("|") if value.strip()]


def _variant(row: Row) -> dict[str, Any]:
    variant: dict[str, Any] = {name: row.cells[name] for name in _VARIANT if name in row.cells}
    stock = row.get("stock")
    if stock and stock[0].isalpha() and "availability" not in row.cells:
        variant.pop("stock")
        variant["available"] = stock  # "in stock" in a column that is called stock
    elif available := row.get("availability"):
        variant["available"] = available
    if images := _several(row.get("image")):
        variant["image"] = images[0]
    return variant
