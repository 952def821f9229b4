"""Reviews as rows, and the stars that are counted beside each product."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from catalog.tables import ProductRow, ReviewRow


def put_reviews(conn: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Write reviews by their ids; what somebody decided about a known one stays decided."""
    for part in parts(list({row["id"]: row for row in rows}.values())):
        ids = [row["id"] for row in part]
        columns = ReviewRow.id, ReviewRow.status, ReviewRow.moderated_by, ReviewRow.moderated_at
        known = select(*columns).where(ReviewRow.id.in_(ids), ReviewRow.moderated_by.is_not(None))
        decided = {row.id: dict(row._mapping) for row in conn.execute(known)}
        conn.execute(delete(ReviewRow).where(ReviewRow.id.in_(ids)))
        conn.execute(insert(ReviewRow), [{**row, **decided.get(row["id"], {})} for row in part])


def count_ratings(conn: Connection, ids: Sequence[str]) -> None:
    """Sum up the approved stars of these products, for ordering and for what is told."""
    approved = ReviewRow.status == "approved"
    for part in parts(ids):
        counted = conn.execute(
            select(ReviewRow.product_id, func.sum(ReviewRow.rating), func.count())
            .where(ReviewRow.product_id.in_(part), approved)
            .group_by(ReviewRow.product_id)
        )
        unrated = set(part)
        for id_, total, count in counted.all():
            unrated.discard(id_)
            stars = {"rating_total": int(total), "rating_count": count}
            conn.execute(update(ProductRow).where(ProductRow.id == id_).values(**stars))
        none_now = ProductRow.id.in_(unrated), ProductRow.rating_count > 0
        conn.execute(update(ProductRow).where(*none_now).values(rating_total=0, rating_count=0))


def parts[T](listed: Sequence[T]) -> Iterable[Sequence[T]]:
    """Cut a list into pieces that one statement takes."""
    # PostgreSQL takes 32,767 values in a statement; plans and parse times like fewer.
    return (listed[start : start + 500] for start in range(0, len(listed), 500))
