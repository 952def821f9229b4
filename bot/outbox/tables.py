"""What waits for connected customers, and receipts that came before we knew their message."""

from typing import Any

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Table

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


class PushRow(Table):
    """A message for customers who hold a connection to us; kept so that none is missed."""

    __tablename__ = "push"

    id: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=True)
    channel: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(250), unique=True)
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_push_recipient", "channel", "recipient", "id"),)


class ReceiptRow(Table):
    """A status that came before the send's answer; applied when the message's id is known.

    Either `platform_id` says which message, or `watermark` (everything of the conversation that
    was written before).
    """

    __tablename__ = "receipt"

    id: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=True)
    channel: Mapped[str] = mapped_column(String(40))
    account: Mapped[str] = mapped_column(String(80))
    platform_id: Mapped[str | None] = mapped_column(String(300))
    conversation_id: Mapped[str | None] = mapped_column(String(32))
    watermark: Mapped[int | None] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(10))
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[int] = mapped_column(BigInteger, index=True)

    __table_args__ = (
        Index("ix_receipt_message", "channel", "account", "platform_id"),
        Index("ix_receipt_conversation", "conversation_id"),
    )
