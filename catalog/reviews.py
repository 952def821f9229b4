"""What customers say: taken in from files and from chats, and shown once somebody approved it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Connection, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.importers.review_files import ReadReview, ReviewOptions, read_reviews
from catalog.importers.rows import RowError
from catalog.products import Shape
from catalog.ratings import count_ratings, parts, put_reviews
from catalog.records import milliseconds, review_row
from catalog.tables import ProductRow, ReviewRow, VariantRow
from catalog.writing import raise_version

Status = Literal["pending", "approved", "rejected"]
_IMPORTER = "import"


class ReviewEntry(Shape):
    """A review as those see it who decide about it."""

    id: str
    product: str
    product_names: dict[str, str] = Field(default_factory=dict)
    author: str
    rating: int
    titles: dict[str, str]
    texts: dict[str, str]
    verified: bool
    at: datetime
    source: str = Field(description="Where it was written; empty means here.")
    conversation: str | None = Field(description="In which it was given.")
    status: Status
    received_at: datetime
    moderated_by: str | None
    moderated_at: datetime | None


class GivenReview(Shape):
    """What a customer said in a conversation after a sale."""

    product: str = Field(min_length=1, max_length=80)
    conversation: str = Field(min_length=1, max_length=32)
    author: str = Field(min_length=1, max_length=120)
    rating: int = Field(ge=1, le=5)
    text: str = Field("", max_length=4000)
    language: str = Field(pattern="^[a-z]{2}$")
    verified: bool = Field(description="The shop knows that they bought it.")


@dataclass(frozen=True, slots=True)
class ReviewsImported:
    """What an import of reviews did: how many are in, how many wait, what was left out."""

    reviews: int
    waiting: int
    errors: tuple[RowError, ...]


class UnknownProductError(LookupError):
    """The catalog has no product of this id."""


def collect_review(conn: Connection, given: GivenReview, *, at: datetime) -> str:
    """Keep what a customer said and return its id; nobody sees it until it is approved.

    One customer says one thing about a product in one conversation: saying it again replaces it,
    and it has to be approved anew. UnknownProductError for a product that is not there.
    """
    if conn.execute(select(ProductRow.id).where(ProductRow.id == given.product)).first() is None:
        raise UnknownProductError(f"there is no product {given.product!r}")
    told = f"{given.conversation}\0{given.product}"
    id_ = sha256(told.encode()).hexdigest()[:32]
    row = {
        "id": id_,
        "product_id": given.product,
        "author": given.author,
        "rating": given.rating,
        "titles": {},
        "texts": {given.language: given.text.strip()} if given.text.strip() else {},
        "verified": given.verified,
        "at": milliseconds(at),
        "status": "pending",
        "source": "",
        "conversation": given.conversation,
        "received_at": milliseconds(at),
        "moderated_by": None,
        "moderated_at": None,
    }
    nobody = {"moderated_by": None, "moderated_at": None, "status": "pending"}
    conn.execute(update(ReviewRow).where(ReviewRow.id == id_).values(**nobody))
    put_reviews(conn, [row])
    _recount(conn, [given.product])
    return id_


def import_reviews(
    conn: Connection,
    content: Path | bytes,
    options: ReviewOptions,
    *,
    at: datetime,
    approve: bool = False,
) -> ReviewsImported:
    """Write the reviews of a file by their ids; a product is known by its id or an article code.

    They wait for approval unless `approve` is given. What the file itself rejects stays rejected,
    and what was decided here before stays decided.
    """
    known = {sku: id_ for id_, sku in conn.execute(select(VariantRow.product_id, VariantRow.sku))}
    known |= {id_: id_ for id_ in conn.scalars(select(ProductRow.id))}
    rows, errors = _rows(read_reviews(content, options), known, at, approve=approve)
    put_reviews(conn, rows)
    _recount(conn, sorted({row["product_id"] for row in rows}))
    waiting = sum(row["status"] == "pending" for row in rows)
    return ReviewsImported(len(rows), waiting, tuple(errors))


def moderate(conn: Connection, id_: str, status: Status, *, by: str, at: datetime) -> bool:
    """Decide about a review, noting who and when; False when there is none of this id."""
    found = conn.execute(select(ReviewRow.product_id).where(ReviewRow.id == id_)).first()
    if found is None:
        return False
    decided = {"status": status, "moderated_by": by[:80], "moderated_at": milliseconds(at)}
    conn.execute(update(ReviewRow).where(ReviewRow.id == id_).values(**decided))
    _recount(conn, [found.product_id])
    return True


async def list_reviews(
    session: AsyncSession,
    *,
    status: Status | None = None,
    product: str | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[ReviewEntry]:
    """Return reviews, the newest received first; `before` is in milliseconds since 1970."""
    wanted = (
        select(ReviewRow.__table__, ProductRow.names.label("product_names"))
        .outerjoin(ProductRow, ProductRow.id == ReviewRow.product_id)
        .order_by(ReviewRow.received_at.desc(), ReviewRow.id)
        .limit(limit)
    )
    if status is not None:
        wanted = wanted.where(ReviewRow.status == status)
    if product is not None:
        wanted = wanted.where(ReviewRow.product_id == product)
    if before is not None:
        wanted = wanted.where(ReviewRow.received_at < before)
    return [_entry(row) for row in await session.execute(wanted)]


async def count_reviews(session: AsyncSession) -> dict[str, int]:
    """Return how many reviews there are by status: what waits is `pending`."""
    rows = await session.execute(select(ReviewRow.status, func.count()).group_by(ReviewRow.status))
    return {"pending": 0, "approved": 0, "rejected": 0} | {s: int(n) for s, n in rows}


def _rows(
    read: Iterable[ReadReview | RowError], known: dict[str, str], at: datetime, *, approve: bool
) -> tuple[list[dict[str, Any]], list[RowError]]:
    rows: dict[str, dict[str, Any]] = {}
    errors: list[RowError] = []
    for found in read:
        if isinstance(found, RowError):
            errors.append(found)
        elif found.review.product not in known:
            reason = f"there is no product {found.review.product!r}"
            errors.append(RowError(found.line, "product", reason))
        else:
            row = review_row(known[found.review.product], found.review, at)
            if row["status"] != "rejected":
                row["status"] = "approved" if approve else "pending"
            if approve:
                row |= {"moderated_by": _IMPORTER, "moderated_at": milliseconds(at)}
            rows[row["id"]] = row
    return list(rows.values()), errors


def _recount(conn: Connection, products: list[str]) -> None:
    if not products:
        return
    count_ratings(conn, products)
    version = raise_version(conn)
    for part in parts(products):
        touched = update(ProductRow).where(ProductRow.id.in_(part))
        conn.execute(touched.values(version=version))


def _entry(row: Any) -> ReviewEntry:
    return ReviewEntry(
        id=row.id,
        product=row.product_id,
        product_names=row.product_names or {},
        author=row.author,
        rating=row.rating,
        titles=row.titles,
        texts=row.texts,
        verified=row.verified,
        at=datetime.fromtimestamp(row.at / 1000, UTC),
        source=row.source,
        conversation=row.conversation,
        status=row.status,
        received_at=datetime.fromtimestamp(row.received_at / 1000, UTC),
        moderated_by=row.moderated_by,
        moderated_at=(
            datetime.fromtimestamp(row.moderated_at / 1000, UTC) if row.moderated_at else None
        ),
    )
