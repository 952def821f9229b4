"""How far our messages have come: what platforms report about them.

Reports come twice, out of order and sometimes before the answer to the send itself. The status
only moves forward (queued, sent, delivered, read; failed is the end), and a report about a
message that we do not know yet is kept until the send has written down its id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    case,
    delete,
    exists,
    insert,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import aliased

from bot.conversations import Identity, Message
from bot.db import now, run, serialise
from bot.lanes import hurry, out_lane
from bot.outbox.tables import ReceiptRow
from channels.kit import DeliveryStatus, Echoed, Person

_RANK: Mapping[str, int] = {"queued": 0, "sent": 1, "delivered": 2, "read": 3}

_FOUND = (
    Message.id,
    Message.conversation_id,
    Message.channel,
    Message.account,
    Message.status,
    Message.platform_id,
)
_BY_KEY = (
    select(*_FOUND)
    .where(
        Message.key == bindparam("of"),
        Message.channel == bindparam("on_channel"),
        Message.direction == "out",
    )
    .with_for_update()
)
_BY_ID = (
    select(*_FOUND)
    .where(
        Message.channel == bindparam("on_channel"),
        Message.account == bindparam("of_account"),
        Message.platform_id == bindparam("known_as"),
        Message.direction == "out",
    )
    .with_for_update()
)
_MOVE = (
    update(Message)
    .where(Message.id == bindparam("number"))
    .values(status=bindparam("to"), status_at=bindparam("at"), error=bindparam("why"))
)
_other = aliased(Message)
# Two messages under one platform id would be a mistake of the platform's; the first keeps it.
_taken = exists().where(
    _other.channel == Message.channel,
    _other.account == Message.account,
    _other.platform_id == bindparam("known_as", type_=Message.platform_id.type),
)
_name = case(
    (Message.platform_id.is_not(None), Message.platform_id),
    (_taken, None),
    else_=bindparam("known_as", type_=Message.platform_id.type),
)
_NAME = update(Message).where(Message.id == bindparam("number")).values(platform_id=_name)
_was_queued = Message.status == "queued"
_MARK = (
    update(Message)
    .where(Message.key == bindparam("of"), Message.direction == "out")
    .values(
        platform_id=_name,
        status=case((_was_queued, "sent"), else_=Message.status),
        status_at=case(
            (_was_queued, bindparam("at", type_=Message.created_at.type)),
            else_=Message.status_at,
        ),
        error=case((_was_queued, None), else_=Message.error),
    )
    .returning(*_FOUND)
)
_WAITING = (
    delete(ReceiptRow)
    .where(
        or_(
            (ReceiptRow.channel == bindparam("on_channel"))
            & (ReceiptRow.account == bindparam("of_account"))
            & (ReceiptRow.platform_id == bindparam("known_as")),
            ReceiptRow.conversation_id == bindparam("conversation"),
        )
    )
    .returning(ReceiptRow.status, ReceiptRow.error, ReceiptRow.watermark)
)
_CONVERSATIONS = select(Identity.conversation_id).where(
    Identity.channel == bindparam("on_channel"),
    Identity.account == bindparam("of_account"),
    tuple_(Identity.kind, Identity.value).in_(bindparam("pairs", expanding=True)),
)


def apply_status(conn: Connection, channel: str, event: DeliveryStatus) -> None:
    """Move our message forward; a report that comes too early is kept for it."""
    if event.correlation and _by_key(conn, channel, event):
        return
    if event.message_id:
        _by_id(conn, channel, event, event.message_id)
    elif event.watermark and event.recipient:
        _by_watermark(conn, channel, event, event.recipient)


def apply_echo(conn: Connection, channel: str, event: Echoed) -> None:
    """Take the copy of a message of ours as proof that it was sent."""
    if event.by != "us":
        return
    seen = DeliveryStatus(
        event_id=event.event_id,
        account=event.account,
        status="sent",
        message_id=event.message_id,
        correlation=event.correlation,
    )
    if event.correlation:
        _by_key(conn, channel, seen)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that a platform has accepted."""

    key: str
    channel: str
    account: str
    conversation_id: str
    platform_id: str


def mark_sent(conn: Connection, sent: Sent) -> None:
    """Write down that a message went out, and apply the reports that were faster than us."""
    name = _full_name(sent.channel, sent.account, sent.platform_id)
    serialise(conn, name, sent.conversation_id)
    given = {"of": sent.key, "known_as": sent.platform_id or None, "at": now()}
    if run(conn, _MARK, given).one_or_none() is None:
        return
    waiting = {
        "on_channel": sent.channel,
        "of_account": sent.account,
        "known_as": sent.platform_id,
        "conversation": sent.conversation_id,
    }
    for receipt in run(conn, _WAITING, waiting).rows:
        row = run(conn, _BY_KEY, {"of": sent.key, "on_channel": sent.channel}).one()
        _advance(conn, row, receipt.status, receipt.error)


def _by_key(conn: Connection, channel: str, event: DeliveryStatus) -> bool:
    """Find our message by the key that we gave with it; a lost send is found again like this."""
    given = {"of": event.correlation, "on_channel": channel}
    row = run(conn, _BY_KEY, given).one_or_none()
    if row is None:
        return False
    if row.platform_id is None and event.message_id:
        conn.execute(_NAME, {"number": row.id, "known_as": event.message_id})
    _advance(conn, row, event.status, _reason(event))
    if row.status == "queued":
        hurry(conn, [out_lane(row.channel, row.account, row.conversation_id)])
    return True


def _by_id(conn: Connection, channel: str, event: DeliveryStatus, platform_id: str) -> None:
    serialise(conn, _full_name(channel, event.account, platform_id))
    given = {"on_channel": channel, "of_account": event.account, "known_as": platform_id}
    row = run(conn, _BY_ID, given).one_or_none()
    if row is not None:
        _advance(conn, row, event.status, _reason(event))
    else:
        _keep(conn, channel, event, platform_id=platform_id)


def _by_watermark(conn: Connection, channel: str, event: DeliveryStatus, person: Person) -> None:
    """Move everything that was written before a moment; our clock and theirs may differ a bit."""
    watermark = int(event.watermark.timestamp() * 1000) if event.watermark else 0
    given = {
        "on_channel": channel,
        "of_account": event.account,
        "pairs": list(person.ids.items()),
    }
    for conversation in set(conn.scalars(_CONVERSATIONS, given)):
        serialise(conn, conversation)
        before = (
            Message.conversation_id == conversation,
            Message.direction == "out",
            Message.author != "other",
            Message.created_at <= watermark,
        )
        rows = conn.execute(
            select(*_FOUND)
            .where(*before, Message.status.in_(["queued", "sent", "delivered"]))
            .order_by(Message.id)
            .with_for_update()
        ).all()
        for row in rows:
            if row.status != "queued":
                _advance(conn, row, event.status, _reason(event))
        if any(row.status == "queued" for row in rows):
            _keep(conn, channel, event, conversation=conversation, watermark=watermark)


def _advance(conn: Connection, row: Row[*tuple[Any, ...]], status: str, error: str | None) -> None:
    if _forward(row.status, status, named=row.platform_id is not None):
        why = error if status == "failed" else None
        run(conn, _MOVE, {"number": row.id, "to": status, "at": now(), "why": why})


def _forward(old: str, new: str, *, named: bool) -> bool:
    """Say whether a status may follow another.

    A message that we gave up without knowing its fate, and that has arrived all the same, is
    corrected: it has no platform id yet.
    """
    if old == "dropped":
        return False
    if old == "failed":
        return new != "failed" and not named
    if new == "failed":
        return old != "read"
    return _RANK[new] > _RANK[old]


def _keep(
    conn: Connection,
    channel: str,
    event: DeliveryStatus,
    *,
    platform_id: str | None = None,
    conversation: str | None = None,
    watermark: int | None = None,
) -> None:
    row = {
        "channel": channel,
        "account": event.account,
        "platform_id": platform_id,
        "conversation_id": conversation,
        "watermark": watermark,
        "status": event.status,
        "error": _reason(event),
        "created_at": now(),
    }
    conn.execute(insert(ReceiptRow), row)


def _full_name(channel: str, account: str, platform_id: str) -> str:
    return f"{channel}:{account}:{platform_id}"


def _reason(event: DeliveryStatus) -> str | None:
    known = [part for part in (event.error_code, event.error) if part]
    return ": ".join(known) or None
