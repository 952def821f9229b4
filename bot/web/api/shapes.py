"""What the API answers with. Field names are a promise: scripts read them."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from bot.conversations import Conversation, Message
from bot.desk import Brief, Handoff, Priority, Result, priority


def moment(at: int | None) -> datetime | None:
    """Return a column's milliseconds as a moment in UTC."""
    return None if at is None else datetime.fromtimestamp(at / 1000, UTC)


class Answer(BaseModel):
    """Base of everything the API returns."""

    model_config = ConfigDict(frozen=True)


class Problem(Answer):
    """Why a call could not be met."""

    error: str = Field(examples=["ConflictError"])
    detail: str = Field(examples=["Anna has already taken this conversation."])


class MessageOut(Answer):
    """One message, as stored."""

    id: int
    direction: Literal["in", "out"]
    author: str = Field(description="customer, bot, agent, system, or other (outside the desk)")
    agent: str | None = None
    kind: str = Field(examples=["text"])
    text: str = Field(examples=["cerco una borsa in pelle, max 150 €"])
    status: str = Field(
        description="in: received, handled; out: queued, sent, delivered, read, failed, dropped"
    )
    error: str | None = None
    at: datetime

    @classmethod
    def of(cls, row: Message) -> Self:
        """Show a row of the log."""
        return cls.model_validate(
            {
                **{name: getattr(row, name) for name in _MESSAGE},
                "at": moment(row.created_at),
            }
        )


_MESSAGE = ("id", "direction", "author", "agent", "kind", "text", "status", "error")


class ConversationOut(Answer):
    """One customer on one channel."""

    id: str
    channel: str = Field(examples=["whatsapp"])
    account: str
    customer: dict[str, str] = Field(
        description="The ids by which the platform knows the customer.",
        examples=[{"wa_id": "393331234567"}],
    )
    name: str | None = None
    language: str | None = Field(None, examples=["it"])
    owner: Literal["bot", "queued", "human"]
    agent: str | None = None
    epoch: int = Field(description="Rises with every change of owner.")
    attribution: dict[str, Any] | None = Field(None, description="The ad or link they came by.")
    outcome: dict[str, Any] | None = Field(None, description="How the last handoff ended.")
    stopped: bool = Field(description="The customer opted out or cannot be reached.")
    created_at: datetime
    last_at: datetime

    @classmethod
    def of(cls, row: Conversation, **further: Any) -> Self:
        """Show a conversation."""
        return cls.model_validate(
            {
                **{name: getattr(row, name) for name in _CONVERSATION},
                "customer": row.recipient,
                "created_at": moment(row.created_at),
                "last_at": moment(row.last_at),
                **further,
            }
        )


_CONVERSATION = (
    *("id", "channel", "account", "name", "language", "owner", "agent", "epoch"),
    *("attribution", "outcome", "stopped"),
)


class ConversationDetail(ConversationOut):
    """A conversation with what was said, oldest first."""

    handoff: str | None = Field(None, description="The handoff that is open, if any.")
    facts: dict[str, Any] = Field(description="What the engine remembers.")
    messages: list[MessageOut]


class HandoffOut(Answer):
    """A call for a person."""

    id: str
    conversation: str
    channel: str
    state: Literal["waiting", "claimed", "closed"]
    reason: str = Field(examples=["purchase_intent"])
    queue: str
    priority: Priority = Field(description="By the reason; the desk's queue is ordered by it.")
    evidence: list[str] = Field(examples=[["said: ok dai la prendo, paypal va bene?"]])
    brief: Brief
    agent: str | None = None
    contact: str | None = Field(None, description="Left by the customer when nobody came.")
    outcome: Result | None = None
    note: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    created_at: datetime
    claimed_at: datetime | None = None
    replied_at: datetime | None = None
    closed_at: datetime | None = None

    @classmethod
    def of(cls, row: Handoff) -> Self:
        """Show a handoff."""
        return cls.model_validate(
            {
                **{name: getattr(row, name) for name in _HANDOFF},
                **{name: moment(getattr(row, name)) for name in _MOMENTS},
                "conversation": row.conversation_id,
                "priority": priority(row.reason),
            }
        )


_MOMENTS = ("created_at", "claimed_at", "replied_at", "closed_at")
_HANDOFF = (
    *("id", "channel", "state", "reason", "queue", "evidence", "brief", "agent", "contact"),
    *("outcome", "note", "amount", "currency"),
)
