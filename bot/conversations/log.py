"""What was said: one row for each message, both ways, in the order it happened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.tables import Conversation, Message
from bot.db import insert_new, now, run, run_many


@dataclass(frozen=True, slots=True)
class Entry:
    """A message about to be written down; `key` makes it happen once."""

    conversation_id: str
    channel: str
    account: str
    direction: str
    author: str
    key: str
    kind: str
    text: str
    body: dict[str, Any]
    status: str
    platform_id: str | None = None
    agent: str | None = None
    epoch: int = 0
    flags: dict[str, Any] | None = field(default=None)


_TOUCH_IN = (
    update(Conversation)
    .where(Conversation.id == bindparam("conversation"))
    # Who writes can be reached again, whatever a platform said before.
    .values(last_at=bindparam("at"), last_in_at=bindparam("at"), stopped=False)
)
_TOUCH = (
    update(Conversation)
    .where(Conversation.id == bindparam("conversation"))
    .values(last_at=bindparam("at"))
)


def write_down(conn: Connection, entry: Entry, *, touched: bool = False) -> bool:
    """Store a message and return False if one with its key or platform id was here already.

    Say `touched` where the conversation's `last_at` is written anyway.
    """
    at = now()
    row = {**_columns(entry), "created_at": at}
    new = bool(run(conn, insert_new(conn, Message), row).rowcount)
    if new and not touched:
        _touch(conn, entry, at)
    return new


def write_all(conn: Connection, entries: Sequence[Entry], *, touched: bool = False) -> None:
    """Store messages of one conversation and direction; what is known already stays as it is.

    `touched` as in `write_down`.
    """
    if len(entries) == 1:
        write_down(conn, entries[0], touched=touched)
        return
    at = now()
    rows = [{**_columns(entry), "created_at": at} for entry in entries]
    run_many(conn, insert_new(conn, Message), rows)
    if not touched:
        _touch(conn, entries[0], at)


def _touch(conn: Connection, entry: Entry, at: int) -> None:
    touch = _TOUCH_IN if entry.direction == "in" else _TOUCH
    run(conn, touch, {"conversation": entry.conversation_id, "at": at})


def _columns(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__slots__}


def known_keys(conn: Connection, keys: list[str]) -> set[str]:
    """Return those of the keys that are written down already."""
    return set(conn.scalars(_KNOWN, {"keys": keys}))


_KNOWN = select(Message.key).where(Message.key.in_(bindparam("keys", expanding=True)))


def handled(conn: Connection, key: str, flags: dict[str, Any] | None = None) -> None:
    """Mark a customer's message as answered, with what was made of it."""
    run(conn, _HANDLED, {"of": key, "noted": flags or None})


_HANDLED = (
    update(Message)
    .where(Message.key == bindparam("of"))
    .values(status="handled", flags=bindparam("noted"))
)


def forget(conn: Connection, channel: str, account: str, platform_id: str) -> None:
    """Delete the words of a message that the customer took back."""
    conn.execute(
        update(Message)
        .where(
            Message.channel == channel,
            Message.account == account,
            Message.platform_id == platform_id,
        )
        .values(text="", body={}, flags={"deleted": True})
    )


def sent(conn: Connection, conversation_id: str, platform_id: str) -> dict[str, Any] | None:
    """Return a message of ours by the platform's id for it, in its canonical form."""
    of_ours = select(Message.body).where(
        Message.conversation_id == conversation_id,
        Message.platform_id == platform_id,
        Message.direction == "out",
    )
    body: dict[str, Any] | None = conn.execute(of_ours).scalar_one_or_none()
    return body


async def transcript(
    session: AsyncSession, conversation_id: str, *, after: int = 0, limit: int = 500
) -> list[Message]:
    """Return the newest `limit` messages after an id, oldest first."""
    newest = (
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.id > after)
        .order_by(Message.id.desc())
        .limit(limit)
    )
    return list(reversed(list(await session.scalars(newest))))
