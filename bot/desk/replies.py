"""Letting a person speak to the customer."""

from sqlalchemy import Connection

from bot import conversations, outbox, rendering
from bot.db import new_id, now
from bot.desk import repository
from bot.desk.brief import window_end
from bot.errors import BadRequestError, ConflictError
from channels.kit import Capabilities, Text


def reply(
    conn: Connection,
    conversation_id: str,
    *,
    agent: str | None,
    text: str,
    capabilities: Capabilities,
    key: str | None = None,
) -> list[str]:
    """Send a person's words and return the keys of the messages, one unless the text is long.

    The same `key` sends once, however often a button was pressed. ConflictError unless a person
    owns the conversation (this one, when `agent` is given) and the platform still lets us write.
    """
    words = text.strip()
    if not words:
        raise BadRequestError("There is nothing to send: write a text first.")
    conversation = repository.kept_conversation(conn, conversation_id)
    owned = conversations.ownership(conn, conversation)
    if owned.owner != "human":
        raise ConflictError("The bot has this conversation. Claim its handoff before you reply.")
    if agent is not None and owned.agent is not None and owned.agent != agent:
        raise ConflictError(f"{owned.agent} holds this conversation; take it over first.")
    _refuse_late(conn, conversation, capabilities)
    channel, account = repository.place(conn, conversation)
    parts = rendering.split(words, capabilities.max_text, capabilities.text_unit)
    keys = outbox.enqueue(
        conn,
        conversation_id=conversation,
        channel=channel,
        account=account,
        messages=[Text(text=part) for part in parts],
        author="agent",
        key=f"agent:{conversation}:{key or new_id()}",
        epoch=owned.epoch,
        agent=agent or owned.agent,
    )
    _note_first_words(conn, conversation)
    return keys


def _refuse_late(conn: Connection, conversation: str, capabilities: Capabilities) -> None:
    until = window_end(repository.last_heard(conn, conversation), capabilities.window_hours)
    if until is not None and until < now():
        raise ConflictError(
            f"The platform allows free answers for {capabilities.window_hours} hours after the "
            "customer's last message, and that time is over."
        )


def _note_first_words(conn: Connection, conversation: str) -> None:
    found = repository.open_stand(conn, conversation)
    if found is not None and found.replied_at is None:
        repository.change(conn, found.id, replied_at=now())
