"""CSV: one variant a row; neighbouring rows with the same id are one product.

Columns (only id, name and price are needed): id, name, name_it, name_en, description,
description_it, description_en, category, price, currency, price_at, stock, stock_at, sku, colour,
size, material, recipient, occasion, image, url. Several values in one cell are separated by "|".
"""

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from catalog.importers.rows import RowError, Source

_SAME = {
    "title": "name",
    "nome": "name",
    "titolo": "name",
    "descrizione": "description",
    "categoria": "category",
    "prezzo": "price",
    "valuta": "currency",
    "giacenza": "stock",
    "disponibilita": "stock",
    "quantity": "stock",
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
_VARIANT = ("sku", "colour", "size", "price", "currency", "price_at", "stock", "stock_at")
_LISTS = {"material": "materials", "recipient": "recipients", "occasion": "occasions"}
_TEXTS = ("name", "description")

_Row = tuple[int, dict[str, str]]


def read_table(data: bytes) -> Iterator[Source | RowError]:
    """Read products from a CSV file; separator and encoding are found out."""
    text = _decode(data)
    reader = csv.reader(io.StringIO(text), delimiter=_separator(text))
    header = [_column(name) for name in next(reader, [])]
    if missing := [name for name in ("id", "price") if name not in header]:
        yield RowError(1, missing[0], f"the first line must name a column {missing[0]!r}")
        return
    for _, group in groupby(_rows(reader, header), key=_product_id):
        rows = list(group)
        if isinstance(rows[0], RowError):
            yield from (row for row in rows if isinstance(row, RowError))
        else:
            yield _source([row for row in rows if not isinstance(row, RowError)])


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what Excel writes in Western Europe


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t|", key=first.count)


def _column(name: str) -> str:
    plain = name.strip().casefold().replace(" ", "_").replace("à", "a")
    return _SAME.get(plain, plain)


def _rows(reader: Any, header: list[str]) -> Iterator[_Row | RowError]:
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            yield RowError(
                reader.line_num,
                "",
                f"{len(cells)} cells but {len(header)} columns; put quotes around a text that "
                "contains the separator",
            )
            continue
        named = zip(header, cells, strict=False)
        yield reader.line_num, {name: cell.strip() for name, cell in named if cell.strip()}


def _product_id(row: "_Row | RowError") -> str:
    return f"\0{row.line}" if isinstance(row, RowError) else row[1].get("id", f"\0{row[0]}")


def _source(rows: list[_Row]) -> Source:
    line, first = rows[0]
    product: dict[str, Any] = {key: first[key] for key in ("id", "url") if key in first}
    product["category"] = first.get("category", "")
    for name in _TEXTS:
        product.update(_texts(name, first))
    for column, field in _LISTS.items():
        if column in first:
            product[field] = _several(first[column])
    images = dict.fromkeys(image for _, row in rows for image in _several(row.get("image", "")))
    product["images"] = list(images)
    product["variants"] = [_variant(row) for _, row in rows]
    return Source(line, product)


def _texts(name: str, row: Mapping[str, str]) -> dict[str, Any]:
    texts = {
        column.removeprefix(f"{name}_"): value
        for column, value in row.items()
        if column.startswith(f"{name}_")
    }
    if texts:
        return {f"{name}s": texts}
    return {name: row[name]} if name in row else {}


def _several(cell: str) -> list[str]:
    return [value.strip() for value in cell.split("|") if value.strip()]


def _variant(row: Mapping[str, str]) -> dict[str, str]:
    variant = {column: row[column] for column in _VARIANT if column in row}
    if images := _several(row.get("image", "")):
        variant["image"] = images[0]
    return variant
