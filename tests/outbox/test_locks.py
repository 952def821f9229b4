"""Webhooks lock the rows of a conversation in the same order as the end of a turn."""

import asyncio

import pytest
from sqlalchemy import Connection, func, select

from bot import inbox
from bot.conversations import conversation_of, ownership
from bot.db import Database
from bot.lanes import hold, in_lane
from channels.kit import ControlChanged, Echoed, Event, Person, TextSaid
from tests.outbox.paper import GIULIA, PHONE

BASE = {"event_id": "e2", "account": PHONE}
EVENTS: list[Event] = [
    TextSaid(**BASE, sender=GIULIA, text="ciao"),
    Echoed(**BASE, by="human", recipient=GIULIA, message_id="wamid.2", text="sono Anna"),
    ControlChanged(**BASE, sender=GIULIA, action="take"),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
async def test_a_webhook_and_the_end_of_a_turn_never_wait_in_a_circle(
    postgres_url: str, event: Event
) -> None:
    """PostgreSQL would notice after a second and undo one of them."""
    database = Database(postgres_url)
    await database.start()
    first = TextSaid(event_id="e1", account=PHONE, sender=Person(ids=GIULIA.ids), text="ciao")
    await database.write(lambda conn: inbox.keep(conn, "whatsapp", [first]))
    conversation = await database.write(
        lambda conn: conversation_of(conn, "whatsapp", PHONE, GIULIA)
    )
    runs: list[str] = []

    def end_of_turn(conn: Connection) -> None:
        runs.append("turn")
        hold(conn, in_lane("whatsapp", PHONE, conversation))
        conn.execute(select(func.pg_sleep(0.3)))
        ownership(conn, conversation)

    def webhook(conn: Connection) -> None:
        runs.append("webhook")
        inbox.keep(conn, "whatsapp", [event])

    turn = asyncio.create_task(database.write(end_of_turn))
    await asyncio.sleep(0.1)
    await database.write(webhook)
    await turn
    await database.stop()
    assert runs == ["turn", "webhook"]
