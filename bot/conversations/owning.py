"""Who answers the customer: the bot, nobody yet (a person was called), or a person.

    bot ──call a person──▶ queued ──claim──▶ human ──close──▶ bot
     ▲                        │  ◀──release──  │
     └────nobody came─────────┘                │
     └──────────────────────────────────────────
Every change raises `epoch`. A bot answer is stored with the epoch it was computed under and is
dropped, not sent, when the epoch has moved on.
"""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, select, update

from bot.conversations.tables import Conversation
from bot.db import run
from bot.errors import NotFoundError

Owner = Literal["bot", "queued", "human"]


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owns a conversation, as read under a lock."""

    owner: Owner
    epoch: int
    agent: str | None


_READ = (
    select(Conversation.owner, Conversation.epoch, Conversation.agent)
    .where(Conversation.id == bindparam("id"))
    .with_for_update()
)


def ownership(conn: Connection, conversation_id: str) -> Ownership:
    """Lock the conversation for this transaction and say who owns it; NotFoundError if unknown."""
    row = run(conn, _READ, {"id": conversation_id}).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no conversation {conversation_id!r}.")
    return Ownership(row.owner, row.epoch, row.agent)


def change_owner(
    conn: Connection, conversation_id: str, owner: Owner, *, agent: str | None = None
) -> int:
    """Give the conversation to somebody else and return the new epoch."""
    current = ownership(conn, conversation_id)
    epoch = current.epoch + 1
    conn.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(owner=owner, epoch=epoch, agent=agent if owner == "human" else None)
    )
    return epoch
