"""Who we talk to, who owns the conversation, and everything that was said."""

from typing import Any

from sqlalchemy import BigInteger, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Table


class Conversation(Table):
    """One customer on one channel account.

    `owner` is "bot", "queued" (told that a person comes, nobody claimed yet) or "human"; `epoch`
    rises with every change of owner, and what was computed under an older one is not sent.
    """

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    account: Mapped[str] = mapped_column(String(80))
    recipient: Mapped[dict[str, Any]]  # kind of id -> value, as Delivery.to wants it
    name: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(5))
    owner: Mapped[str] = mapped_column(String(10), default="bot")
    epoch: Mapped[int] = mapped_column(Integer, default=0)
    agent: Mapped[str | None] = mapped_column(String(80))
    stopped: Mapped[bool] = mapped_column(default=False)  # opted out or unreachable
    merged_into: Mapped[str | None] = mapped_column(String(32))
    attribution: Mapped[dict[str, Any] | None]  # the first referral, kept for good
    facts: Mapped[dict[str, Any]]  # what the engine remembers: shown, focus, filters, asked, cart
    open_choices: Mapped[list[Any]]  # [{"id", "title"}], numbered from 1 as last shown
    failures: Mapped[int] = mapped_column(Integer, default=0)  # turns not understood in a row
    outcome: Mapped[dict[str, Any] | None]  # of the last handoff, told to the engine
    preferences: Mapped[dict[str, Any] | None]  # category -> "stop" | "resume"
    created_at: Mapped[int] = mapped_column(BigInteger)
    last_in_at: Mapped[int | None] = mapped_column(BigInteger)  # opens the 24-hour window
    last_at: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_conversation_list", "channel", "last_at"),)


class Identity(Table):
    """An id by which a platform knows a customer; several may lead to one conversation."""

    __tablename__ = "conversation_identity"

    channel: Mapped[str] = mapped_column(String(40), primary_key=True)
    account: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(200), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(32), index=True)


class Message(Table):
    """The domain log: one row for each message, both ways. People and pages read this."""

    __tablename__ = "conversation_message"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    conversation_id: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(40))
    account: Mapped[str] = mapped_column(String(80))
    direction: Mapped[str] = mapped_column(String(3))  # in | out
    author: Mapped[str] = mapped_column(String(10))  # customer | bot | agent | other
    agent: Mapped[str | None] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(200), unique=True)  # the task's key
    platform_id: Mapped[str | None] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")  # what a person reads in a transcript
    body: Mapped[dict[str, Any]]  # the event (with raw) or the canonical message
    epoch: Mapped[int] = mapped_column(Integer, default=0)
    # in: received | handled; out: queued | sent | delivered | read | failed | dropped
    status: Mapped[str] = mapped_column(String(10))
    error: Mapped[str | None] = mapped_column(Text)
    flags: Mapped[dict[str, Any] | None]  # {"unanswered": true, "intent": ..., ...}
    created_at: Mapped[int] = mapped_column(BigInteger)
    status_at: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        UniqueConstraint("channel", "account", "platform_id"),
        Index("ix_conversation_message_log", "conversation_id", "id"),
    )
