"""Sale prices that begin and end: prices are read by the clock, indexes have to be told."""

from sqlalchemy import Connection, case, select, update

from catalog.tables import ProductRow, VariantRow
from catalog.writing import raise_version

_AT_ONCE = 500


def turn_sales(conn: Connection, now: int) -> int:
    """Mark products whose sale began or ended as changed and return how many; `now` in ms."""
    due = (
        select(VariantRow.product_id)
        .where(VariantRow.sale_turns_at <= now)
        .distinct()
        .limit(_AT_ONCE)
    )
    ids = list(conn.scalars(due))
    if not ids:
        return 0
    version = raise_version(conn)
    following = case((VariantRow.sale_until > now, VariantRow.sale_until), else_=None)
    turned = VariantRow.product_id.in_(ids), VariantRow.sale_turns_at <= now
    conn.execute(update(VariantRow).where(*turned).values(sale_turns_at=following))
    conn.execute(update(ProductRow).where(ProductRow.id.in_(ids)).values(version=version))
    return len(ids)
