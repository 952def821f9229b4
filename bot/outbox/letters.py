"""Sending given-up messages again, and forgetting what is old."""

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.conversations import Message
from bot.db import now
from bot.lanes import replay
from bot.outbox.tables import PushRow, ReceiptRow

_DAY = 24 * 3600 * 1000
# A visitor's page reads the pushes again when it comes back; sessions live as long.
_PUSH_DAYS = 30
_RECEIPT_DAYS = 8
_BATCH = 500

_AGAIN = (
    update(Message)
    .where(Message.key == bindparam("of"), Message.status == "failed")
    .values(status="queued", error=None, status_at=None)
)
_OLD_PUSHES = delete(PushRow).where(
    PushRow.id.in_(
        select(PushRow.id)
        .where(PushRow.created_at < bindparam("before"))
        .order_by(PushRow.id)
        .limit(_BATCH)
    )
)
_OLD_RECEIPTS = delete(ReceiptRow).where(
    ReceiptRow.id.in_(
        select(ReceiptRow.id)
        .where(ReceiptRow.created_at < bindparam("before"))
        .order_by(ReceiptRow.id)
        .limit(_BATCH)
    )
)


def resend(conn: Connection, lane: str, seq: int) -> str:
    """Put a message that was given up back into its lane and return its key."""
    key = replay(conn, lane, seq)
    conn.execute(_AGAIN, {"of": key})
    return key


def forget_old(conn: Connection) -> int:
    """Delete a batch of old pushes and receipts; a chore for the worker."""
    pushes = conn.execute(_OLD_PUSHES, {"before": now() - _PUSH_DAYS * _DAY}).rowcount
    receipts = conn.execute(_OLD_RECEIPTS, {"before": now() - _RECEIPT_DAYS * _DAY}).rowcount
    return pushes + receipts
