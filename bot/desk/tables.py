"""Calls for a person, and who is logged in to answer them."""

from typing import Any

from sqlalchemy import BigInteger, Float, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Table


class Handoff(Table):
    """One call for a person, from the moment the bot asked for help to the outcome.

    `state` is "waiting", "claimed" or "closed". A conversation has at most one that is not
    closed; the database itself refuses a second.
    """

    __tablename__ = "desk_handoff"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(40))
    account: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(60))
    queue: Mapped[str] = mapped_column(String(60))
    evidence: Mapped[list[Any]]  # short lines: why the bot thinks so
    brief: Mapped[dict[str, Any]]  # a dumped Brief
    agent: Mapped[str | None] = mapped_column(String(80))
    wait_seconds: Mapped[float] = mapped_column(Float)  # until the customer hears nobody came
    contact: Mapped[str | None] = mapped_column(String(200))  # left when nobody came
    outcome: Mapped[str | None] = mapped_column(String(20))  # won | lost | answered | spam
    note: Mapped[str | None] = mapped_column(Text)
    amount: Mapped[str | None] = mapped_column(String(24))  # decimal literal, exact everywhere
    currency: Mapped[str | None] = mapped_column(String(3))
    created_at: Mapped[int] = mapped_column(BigInteger)
    claimed_at: Mapped[int | None] = mapped_column(BigInteger)
    replied_at: Mapped[int | None] = mapped_column(BigInteger)  # the first words of a person
    closed_at: Mapped[int | None] = mapped_column(BigInteger)
    updated_at: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (
        Index(
            "uq_desk_handoff_open",
            "conversation_id",
            unique=True,
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
        Index("ix_desk_handoff_queue", "state", "created_at"),
        Index("ix_desk_handoff_conversation", "conversation_id", "created_at"),
        Index("ix_desk_handoff_updated", "updated_at"),
    )


class Login(Table):
    """An agent's session; deleting the row logs them out everywhere the cookie was copied to."""

    __tablename__ = "desk_login"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256 of the cookie's token
    agent: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)
