"""Writing the catalog: plain functions of a connection; who calls them owns the transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from catalog.importers import RowError, Source, check
from catalog.ratings import count_ratings, parts, put_reviews
from catalog.records import Record, milliseconds, record_of
from catalog.shop import ShopInfo
from catalog.tables import ProductRow, ShopRow, TermRow, VariantRow, VersionRow
from catalog.terms import Term
from catalog.vocabulary import read_vocabulary

BATCH = 250

_VARIANTS = VariantRow.__table__
_RENEW = (
    update(_VARIANTS)  # type: ignore[arg-type]
    .where(_VARIANTS.c.product_id == bindparam("of"), _VARIANTS.c.sku == bindparam("number"))
    .values(price_at=bindparam("priced"), stock_at=bindparam("stocked"))
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; rows with mistakes are listed and everything else is in.

    `products` are all that were read well: `added`, `changed`, `unchanged` and `returned` ones,
    which had vanished before. `hidden` have vanished now.
    """

    products: int = 0
    variants: int = 0
    hidden: int = 0
    errors: tuple[RowError, ...] = ()
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    returned: int = 0

    def plus(self, other: "Imported") -> "Imported":
        """Return both together."""
        return Imported(
            products=self.products + other.products,
            variants=self.variants + other.variants,
            hidden=self.hidden + other.hidden,
            errors=(*self.errors, *other.errors),
            added=self.added + other.added,
            changed=self.changed + other.changed,
            unchanged=self.unchanged + other.unchanged,
            returned=self.returned + other.returned,
        )


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which import writes: its number and the source that its products belong to."""

    number: int
    source: str = ""


def raise_version(conn: Connection) -> int:
    """Count a change; the row stays locked, so versions follow the order of the commits."""
    raised = update(VersionRow).values(version=VersionRow.version + 1)
    if conn.execute(raised).rowcount == 0:
        conn.execute(insert(VersionRow).values(id=1, version=1, origin=uuid4().hex))
    return int(conn.execute(select(VersionRow.version)).scalar_one())


def import_products(
    conn: Connection, rows: Sequence[Source | RowError], *, at: datetime, complete: bool = False
) -> Imported:
    """Write products by their ids: known ones are replaced, rows with mistakes are reported.

    `complete` says that the rows are all there is: products that are not among them are hidden.
    Prices and stock without a date of their own count as read `at` that moment.
    """
    stamp = Stamp(raise_version(conn))
    words = read_vocabulary(conn)
    done, errors, seen = Imported(), list[RowError](), Seen()
    batch: list[Record] = []
    for row in rows:
        product, found = seen.first(row)
        errors += found
        if product is not None:
            batch.append(record_of(product, at, words))
        if len(batch) >= BATCH:
            done, batch = done.plus(put_records(conn, batch, stamp)), []
    done = done.plus(put_records(conn, batch, stamp))
    keep(conn, seen.faulty, stamp)
    hidden = hide_others(conn, stamp, everyone=True) if complete else 0
    return replace(done, hidden=hidden, errors=tuple(errors))


class Seen:
    """Which products were read so far, and which of those had a mistake of their own."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}
        self.faulty: set[str] = set()

    def first(self, row: Source | RowError) -> tuple[Any, list[RowError]]:
        """Check a row; None with a mistake for one that is faulty or was there before."""
        if isinstance(row, RowError):
            return None, [row]
        product, errors = check(row)
        if product is None:
            self.faulty.add(str(row.data.get("id", ""))[:80])
            return None, errors
        if (line := self._lines.get(product.id)) is not None:
            column = row.columns.get("id", "id")
            twice = RowError(row.line, column, f"{product.id!r} was already on line {line}")
            return None, [*errors, twice]
        self._lines[product.id] = row.line
        return product, errors

    def __contains__(self, id_: str) -> bool:
        return id_ in self._lines or id_ in self.faulty


def compare(conn: Connection, records: Sequence[Record]) -> tuple[Imported, list[Record]]:
    """Return what these records would do, and those of them that bring something new."""
    known = _known(conn, [record.id for record in records])
    new, counts = [], {"added": 0, "changed": 0, "unchanged": 0, "returned": 0}
    for record in records:
        before = known.get(record.id)
        hidden = record.product["hidden"]
        if before is None:
            kind = "added"
        elif before.hidden and not hidden:
            kind = "returned"
        else:
            same = before.fingerprint == record.fingerprint and before.hidden == hidden
            kind = "unchanged" if same else "changed"
        counts[kind] += 1
        if kind != "unchanged":
            new.append(record)
    variants = sum(len(record.variants) for record in records)
    told = Imported(
        products=len(records),
        variants=variants,
        added=counts["added"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        returned=counts["returned"],
    )
    return told, new


def put_records(conn: Connection, records: Sequence[Record], stamp: Stamp) -> Imported:
    """Write a batch; of what has not changed only the moments of reading are renewed."""
    if not records:
        return Imported()
    version = raise_version(conn)
    done, new = compare(conn, records)
    written = {record.id for record in new}
    same = [record for record in records if record.id not in written]
    if new:
        _replace(conn, new, stamp, version)
    if same:
        keep(conn, [record.id for record in same], stamp, own=True)
        _renew(conn, same)
    return done


def keep(conn: Connection, ids: Iterable[str], stamp: Stamp, *, own: bool = False) -> None:
    """Note that products are still there, so that they are not hidden as vanished."""
    values: dict[str, Any] = {"seen": stamp.number}
    if own:
        values["source"] = stamp.source
    for part in parts(sorted(ids)):
        conn.execute(update(ProductRow).where(ProductRow.id.in_(part)).values(**values))


def vanished(conn: Connection, stamp: Stamp, *, everyone: bool = False) -> tuple[int, int]:
    """Return how many products on sale the import did not see, and how many there are."""
    owned: list[ColumnElement[bool]] = [ProductRow.hidden.is_(False)]
    if not everyone:
        owned.append(ProductRow.source == stamp.source)
    gone = func.count().filter(ProductRow.seen < stamp.number)
    lost, all_ = conn.execute(select(gone, func.count()).where(*owned)).one()
    return int(lost), int(all_)


def absent(conn: Connection, seen: Seen, stamp: Stamp, *, everyone: bool = False) -> int:
    """Return how many products on sale were not among those `seen`, for a dry run."""
    owned = select(ProductRow.id).where(ProductRow.hidden.is_(False))
    if not everyone:
        owned = owned.where(ProductRow.source == stamp.source)
    return sum(id_ not in seen for id_ in conn.scalars(owned))


def hide_others(conn: Connection, stamp: Stamp, *, everyone: bool = False) -> int:
    """Hide what the import did not see: of its source, or of all sources."""
    others: list[ColumnElement[bool]] = [
        ProductRow.seen < stamp.number,
        ProductRow.hidden.is_(False),
    ]
    if not everyone:
        others.append(ProductRow.source == stamp.source)
    values = {"hidden": True, "version": raise_version(conn)}
    return int(conn.execute(update(ProductRow).where(*others).values(**values)).rowcount)


def _known(conn: Connection, ids: Sequence[str]) -> dict[str, Any]:
    columns = ProductRow.id, ProductRow.fingerprint, ProductRow.hidden
    found: dict[str, Any] = {}
    for part in parts(ids):
        rows = conn.execute(select(*columns).where(ProductRow.id.in_(part))).all()
        found |= {row.id: row for row in rows}
    return found


def _replace(conn: Connection, records: Sequence[Record], stamp: Stamp, version: int) -> None:
    ids = [record.id for record in records]
    conn.execute(delete(VariantRow).where(VariantRow.product_id.in_(ids)))
    conn.execute(delete(ProductRow).where(ProductRow.id.in_(ids)))
    marks = {"version": version, "seen": stamp.number, "source": stamp.source}
    conn.execute(insert(ProductRow), [{**record.product, **marks} for record in records])
    conn.execute(insert(VariantRow), [row for record in records for row in record.variants])
    put_reviews(conn, [row for record in records for row in record.reviews])
    count_ratings(conn, ids)


def _renew(conn: Connection, records: Sequence[Record]) -> None:
    read = {(v["price_at"], v["stock_at"]) for record in records for v in record.variants}
    if len(read) == 1:
        ((price_at, stock_at),) = read
        whose = VariantRow.product_id.in_([record.id for record in records])
        moments = {"price_at": price_at, "stock_at": stock_at}
        conn.execute(update(VariantRow).where(whose).values(**moments))
        return
    dated = [
        {
            "of": record.id,
            "number": row["sku"],
            "priced": row["price_at"],
            "stocked": row["stock_at"],
        }
        for record in records
        for row in record.variants
    ]
    conn.execute(_RENEW, dated)


def put_terms(conn: Connection, terms: Iterable[Term]) -> None:
    """Write the shop's words; those of the same kind and id are replaced."""
    raise_version(conn)
    for position, term in enumerate(terms):
        known = TermRow.kind == term.kind, TermRow.id == term.id
        conn.execute(delete(TermRow).where(*known))
        data = term.model_dump(mode="json", exclude={"kind", "id"})
        row = {"kind": term.kind, "id": term.id, "position": position, "data": data}
        conn.execute(insert(TermRow), row)


def replace_terms(conn: Connection, terms: Iterable[Term]) -> None:
    """Write the shop's words in place of all that were there."""
    conn.execute(delete(TermRow))
    put_terms(conn, terms)


def put_shop(conn: Connection, shop: ShopInfo) -> None:
    """Write the facts about the shop in place of the ones that were there."""
    raise_version(conn)
    conn.execute(delete(ShopRow))
    data = shop.model_dump(mode="json", exclude={"updated_at"})
    row = {"id": 1, "data": data, "updated_at": milliseconds(shop.updated_at)}
    conn.execute(insert(ShopRow), row)


def set_stock(conn: Connection, product_id: str, sku: str, *, stock: int, at: datetime) -> bool:
    """Write how many pieces there are now; False when nobody knows that variant."""
    return _set(
        conn, product_id, sku, {"stock": stock, "counted": True, "stock_at": milliseconds(at)}
    )


def set_price(conn: Connection, product_id: str, sku: str, *, price: Decimal, at: datetime) -> bool:
    """Write what a variant costs now, whatever sale there was; False for an unknown variant."""
    sale = dict.fromkeys(("sale_price", "sale_from", "sale_until", "sale_turns_at"))
    return _set(conn, product_id, sku, {"price": price, "price_at": milliseconds(at), **sale})


def _set(conn: Connection, product_id: str, sku: str, values: dict[str, Any]) -> bool:
    known = VariantRow.product_id == product_id, VariantRow.sku == sku
    if conn.execute(update(VariantRow).where(*known).values(**values)).rowcount == 0:
        return False
    version = raise_version(conn)
    # Without its mark the next import writes the product anew, whatever the file says.
    values = {"version": version, "fingerprint": ""}
    conn.execute(update(ProductRow).where(ProductRow.id == product_id).values(**values))
    return True
