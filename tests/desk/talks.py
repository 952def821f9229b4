"""Conversations and calls for the desk's tests."""

from typing import Any

from sqlalchemy import Connection

from bot import conversations, desk
from bot.conversations import Conversation, Entry
from bot.db import Database
from channels.kit import Person

CHANNEL, ACCOUNT = "whatsapp", "100"


def a_conversation(conn: Connection, customer: str = "39333", name: str = "Giulia") -> str:
    """Make a customer's conversation."""
    person = Person(ids={"wa_id": customer}, name=name, language="it")
    return conversations.conversation_of(conn, CHANNEL, ACCOUNT, person)


def a_brief(**further: object) -> desk.Brief:
    """Make a short brief."""
    customer = desk.Customer(name="Giulia", channel=CHANNEL, language="it")
    return desk.Brief.model_validate({"customer": customer, **further})


def call(
    conn: Connection,
    conversation: str,
    *,
    reason: str = "purchase_intent",
    evidence: tuple[str, ...] = ("said «la prendo»",),
    agent: str | None = None,
) -> str:
    """Call a person."""
    new = desk.NewHandoff(conversation, reason, a_brief(), evidence=evidence, agent=agent)
    return desk.open_handoff(conn, new, wait=300)


def hear(conn: Connection, conversation: str, key: str, text: str, **further: object) -> None:
    """Write down what the customer said."""
    body = further.pop("body", {"kind": "text", "text": text})
    kind = str(further.pop("kind", "text"))
    conversations.write_down(
        conn,
        Entry(
            conversation_id=conversation,
            channel=CHANNEL,
            account=ACCOUNT,
            direction="in",
            author="customer",
            key=key,
            kind=kind,
            text=text,
            body=body,  # type: ignore[arg-type]
            status="received",
        ),
    )


async def made(database: Database) -> tuple[str, str]:
    """Return a conversation and the handoff that waits for it."""

    def write(conn: Connection) -> tuple[str, str]:
        conversation = a_conversation(conn)
        hear(conn, conversation, "k1", "la prendo")
        return conversation, call(conn, conversation)

    return await database.write(write)


async def conversation(database: Database, id_: str) -> Conversation:
    async with database.sessions() as session:
        return await conversations.get(session, id_)


async def handoff(database: Database, id_: str) -> desk.Handoff:
    async with database.sessions() as session:
        return await desk.get(session, id_)


async def count(database: Database, statement: Any) -> int:
    async with database.sessions() as session:
        return int((await session.execute(statement)).scalar_one())
