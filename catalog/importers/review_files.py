"""Files of reviews: CSV or JSON Lines, one review a row, each with the id of its product.

Columns: product, rating, text, title, author, date, verified, language, source, id, status; their
Italian names and those that review services export are understood too.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError, field_validator

from catalog.importers.checking import explained
from catalog.importers.opening import Opened
from catalog.importers.plain import plain_text
from catalog.importers.rows import Id, IncomingReview, RowError, Source
from catalog.importers.tabular import Row, Sheet

_NAMES = {
    "product": "product_id prodotto product_handle handle id_prodotto product_sku sku",
    "rating": "stars voto stelle valutazione score review_score",
    "text": "body testo review recensione content comment",
    "title": "titolo review_title",
    "author": "autore nome name reviewer_name customer_name",
    "date": "data created_at review_date at",
    "verified": "verificata verificato verified_purchase verified_buyer",
    "language": "lingua locale",
    "source": "fonte platform",
    "id": "review_id",
    "status": "stato",
}
_SAME = {theirs: ours for ours, names in _NAMES.items() for theirs in names.split()}
_NEEDED = ("product", "rating", "date")
_TRUE = {"1", "true", "yes", "si", "sì", "y", "x", "buyer", "verified-buyer", "verified"}
_FALSE = {"0", "false", "no", "n", "nothing", "unverified", ""}
_NOBODY = {"it": "una cliente o un cliente", "en": "a customer"}


class IncomingProductReview(IncomingReview):
    """A review with the product that it is about."""

    product: Id

    @field_validator("rating", mode="before")
    @classmethod
    def _read_rating(cls, value: object) -> object:
        """Read "4", "4.0", "4/5" and "4,0"; half stars are not rounded to anybody's favour."""
        if not isinstance(value, str):
            return value
        text = value.strip().removesuffix("/5").strip().replace(",", ".")
        whole, _, rest = text.partition(".")
        if not whole.isdigit() or rest.strip("0"):
            raise ValueError(f'"{value}" is not a number of stars from 1 to 5')
        return int(whole)

    @field_validator("verified", mode="before")
    @classmethod
    def _read_verified(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        plain = value.strip().casefold()
        if plain not in _TRUE | _FALSE:
            raise ValueError(f'"{value}" is neither yes nor no')
        return plain in _TRUE


@dataclass(frozen=True, slots=True)
class ReadReview:
    """A review that was read well, and where it stands."""

    line: int
    review: IncomingProductReview


@dataclass(frozen=True, slots=True)
class ReviewOptions:
    """What a file of reviews does not say itself: `language` and where it comes from."""

    language: str
    source: str = ""


def read_reviews(content: Path | bytes, options: ReviewOptions) -> Iterator[ReadReview | RowError]:
    """Read each review; rows with mistakes are reported with line and column."""
    opened = Opened(content)
    head = opened.head().lstrip(b"\xef\xbb\xbf \t\r\n")
    rows = _lines(opened) if head.startswith(b"{") else _table(opened)
    for row in rows:
        yield row if isinstance(row, RowError) else _checked(row, options)


def _lines(opened: Opened) -> Iterator[Source | RowError]:
    with opened.binary() as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
            except ValueError as error:
                yield RowError(number, "", f"this line is not valid JSON: {error}")
                continue
            if isinstance(row, dict):
                yield Source(number, {_SAME.get(str(k), str(k)): v for k, v in row.items()})
            else:
                yield RowError(number, "", "a review is written as an object in braces")


def _table(opened: Opened) -> Iterator[Source | RowError]:
    with opened.text(opened.encoding()) as text:
        sheet = Sheet(text)
        headers = {_SAME.get(name, name): told for name, told in sheet.headers.items()}
        if lacking := [name for name in _NEEDED if name not in headers]:
            reason = f"the first line must name a column {lacking[0]!r}"
            yield RowError(1, lacking[0], reason, True)
            return
        sheet.names = [_SAME.get(name, name) for name in sheet.names]
        for row in sheet.rows():
            yield Source(row.line, row.cells, (), headers) if isinstance(row, Row) else row


def _checked(row: Source, options: ReviewOptions) -> ReadReview | RowError:
    columns = {"at": "date", "texts": "text", "titles": "title"}
    told = {ours: row.columns.get(theirs, theirs) for ours, theirs in columns.items()}
    try:
        review = IncomingProductReview.model_validate(_fields(row.data, options))
    except ValidationError as error:
        source = Source(row.line, row.data, (), {**row.columns, **told})
        return explained(source, error.errors(include_url=False)[0])
    return ReadReview(row.line, review)


def _fields(row: Mapping[str, Any], options: ReviewOptions) -> dict[str, Any]:
    language = str(row.get("language") or options.language)[:2].casefold()
    data = {
        "id": row.get("id"),
        "product": row.get("product"),
        "rating": row.get("rating"),
        "author": row.get("author") or _NOBODY.get(language, _NOBODY["en"]),
        "at": row.get("date"),
        "verified": row.get("verified", False),
        "source": row.get("source") or options.source,
        "status": row.get("status") or "pending",
    }
    for one, many in (("text", "texts"), ("title", "titles")):
        if isinstance(text := row.get(one), str) and text.strip():
            data[many] = {language: plain_text(text)}
        elif isinstance(texts := row.get(many), dict):
            data[many] = texts
    return data
