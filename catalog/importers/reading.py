"""Reading a file of products from beginning to end, a product at a time."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.importers.formats import (
    feed_xml,
    json_lines,
    magento,
    merchant,
    shopify,
    table,
    woocommerce,
)
from catalog.importers.opening import Opened
from catalog.importers.options import ReadOptions
from catalog.importers.recognition import Kind, recognise
from catalog.importers.rows import RowError, Source
from catalog.importers.staging import Staging
from catalog.importers.tabular import Row, Sheet

_GATHERING = 0.3


class Reading:
    """A file that was recognised; `rows` reads it, `read` of `size` bytes are behind."""

    def __init__(self, content: Path | bytes, options: ReadOptions | None = None) -> None:
        self.options = options or ReadOptions()
        self._opened = Opened(content)
        self.kind: Kind = recognise(self._opened, self.options.format)
        self.size = self._opened.size
        self._staging: Staging | None = None

    @property
    def read(self) -> int:
        """How many bytes of the file are done; gathering the rows is a third of the work."""
        if self._staging is None:
            return self._opened.read
        return int(
            _GATHERING * self._opened.read + (1 - _GATHERING) * self.size * self._staging.share
        )

    def rows(self) -> Iterator[Source | RowError]:
        """Return each product, and each row that could not be read, in the file's order."""
        if self.kind.format == "jsonl":
            return self._json()
        if self.kind.format == "google-xml":
            return self._xml()
        return self._separated(_SHAPES[self.kind.format])

    def _json(self) -> Iterator[Source | RowError]:
        whole = json_lines.is_document(self._opened.head())
        read = json_lines.read_array if whole else json_lines.read_lines
        with self._opened.binary() as file:
            yield from read(file, self.options)

    def _xml(self) -> Iterator[Source | RowError]:
        with self._opened.binary() as file, Staging() as staging:
            self._staging = staging
            for row in feed_xml.rows(file):
                if isinstance(row, RowError):
                    yield row
                else:
                    staging.add(merchant.group_of(row), row)
            for rows in staging.products():
                yield merchant.product(rows, self.options, {})

    def _separated(self, shape: "_Shape") -> Iterator[Source | RowError]:
        with self._opened.text(self.kind.encoding) as text, Staging() as staging:
            self._staging = staging
            sheet = Sheet(text, self.kind.separator or None)
            names = {name: shape.column(name) for name in sheet.names}
            again = shape.rename(names.values())
            names = {name: again.get(column, column) for name, column in names.items()}
            headers = {names[name]: told for name, told in sheet.headers.items()}
            if lacking := [name for name in shape.needed if name not in headers]:
                reason = f"the first line must name a column {lacking[0]!r}"
                yield RowError(1, lacking[0], reason, True)
                return
            sheet.names = [names[name] for name in sheet.names]
            for row in sheet.rows():
                if isinstance(row, RowError):
                    yield row
                else:
                    shape.put(row, staging)
            for rows in staging.products():
                yield shape.product(rows, self.options, headers)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the rows of a format become products."""

    put: Callable[[Row, Staging], None]
    product: Callable[[list[Row], ReadOptions, dict[str, str]], Source]
    column: Callable[[str], str] = str
    needed: tuple[str, ...] = ()
    rename: Callable[[Collection[str]], dict[str, str]] = lambda _: {}


def _alone(group_of: Callable[[Row], str]) -> Callable[[Row, Staging], None]:
    return lambda row, staging: staging.add(group_of(row), row)


def _woocommerce(row: Row, staging: Staging) -> None:
    key = woocommerce.key_of(row)
    staging.add(key, row)
    for other in woocommerce.other_keys(row):
        staging.belongs(other, key)


def _magento(row: Row, staging: Staging) -> None:
    key = magento.key_of(row)
    staging.add(key, row)
    for part in magento.other_keys(row):
        staging.belongs(part, key)


_SHAPES = {
    "csv": _Shape(
        _alone(table.group_of), table.product, table.column, table.NEEDED, table.without_id
    ),
    "google-tsv": _Shape(_alone(merchant.group_of), merchant.product, needed=("id", "price")),
    "meta": _Shape(_alone(merchant.group_of), merchant.product, needed=("id", "price")),
    "shopify": _Shape(_alone(shopify.group_of), shopify.product),
    "woocommerce": _Shape(_woocommerce, woocommerce.product, woocommerce.column),
    "magento": _Shape(_magento, magento.product, needed=("sku",)),
}
