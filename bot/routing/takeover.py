"""A person takes over: called by the bot, by an order, or from outside the desk."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import phonenumbers
from sqlalchemy import Connection

from bot import conversations, desk
from bot.conversations import Conversation
from bot.routing.services import Services
from channels.kit import (
    ContactsShared,
    ControlChanged,
    CustomerEvent,
    Echoed,
    TextSaid,
)

Effect = Callable[[Connection], int]
"""Runs inside the turn's transaction; returns the ownership epoch that holds afterwards."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Call:
    """Why a person is wanted, and what the conversation knows at that moment."""

    reason: str
    facts: dict[str, Any]
    evidence: list[str]
    queue: str | None = None
    language: str | None = None


async def call(services: Services, conversation: Conversation, wanted: Call) -> Effect:
    """Prepare a call for a person: the brief is gathered now, the effect writes everything."""
    # Detached: these change the copy in memory, not the row.
    conversation.facts = wanted.facts
    conversation.language = wanted.language or conversation.language
    maker = desk.BriefMaker(services.catalog, timedelta(hours=services.settings.freshness_hours))
    window = services.channels[conversation.channel].capabilities.window_hours
    async with services.database.sessions() as session:
        brief = await maker.make(session, conversation, reason=wanted.reason, window_hours=window)
    new = desk.NewHandoff(
        conversation_id=conversation.id,
        reason=wanted.reason,
        brief=brief,
        evidence=tuple(dict.fromkeys(wanted.evidence)),
        queue=wanted.queue or "sales",
    )

    def effect(conn: Connection) -> int:
        desk.open_handoff(conn, new, wait=services.settings.handoff_wait)
        services.metrics.handoffs.labels(wanted.reason).inc()
        return conversations.ownership(conn, conversation.id).epoch

    return effect


async def outside(
    services: Services, conversation: Conversation, event: Echoed | ControlChanged
) -> Effect | None:
    """Show on the desk that somebody answers elsewhere; the owner was changed when it came in.

    Where another application gives the thread back to us, the bot answers again.
    """
    if isinstance(event, ControlChanged):
        if event.to_us and event.action in ("pass", "take"):
            return await _back_to_bot(services, conversation)
        if event.to_us or event.action not in ("pass", "take"):
            return None
    if conversation.owner != "human":
        return None
    who = conversation.agent or "somebody outside the desk"
    wanted = Call("answered_outside", conversation.facts, [f"answered by: {who}"])
    return await call(services, conversation, wanted)


async def _back_to_bot(services: Services, conversation: Conversation) -> Effect:
    async with services.database.sessions() as session:
        handoff = await desk.open_of(session, conversation.id)

    def effect(conn: Connection) -> int:
        if handoff is not None:
            desk.close(conn, handoff.id, desk.Outcome("answered", note="the thread came back"))
        elif conversations.ownership(conn, conversation.id).owner != "bot":
            conversations.change_owner(conn, conversation.id, "bot")
        return conversations.ownership(conn, conversation.id).epoch

    return effect


def contact_in(event: CustomerEvent, region: str = "IT") -> str | None:
    """Return the e-mail address or phone number that a message holds, if any."""
    if isinstance(event, ContactsShared):
        card = event.contacts[0]
        return next(iter((*card.phones, *card.emails)), None)
    if not isinstance(event, TextSaid):
        return None
    if email := _EMAIL.search(event.text):
        return email.group()
    for match in phonenumbers.PhoneNumberMatcher(event.text, region):
        return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    return None


async def contact_left(
    services: Services, conversation: Conversation, event: CustomerEvent
) -> Effect | None:
    """Keep a contact left after nobody came, with the call that still waits; None otherwise."""
    contact = contact_in(event)
    if contact is None:
        return None
    async with services.database.sessions() as session:
        handoff = await desk.open_of(session, conversation.id)
    if handoff is None or handoff.state != "waiting":
        return None
    handoff_id = handoff.id

    def effect(conn: Connection) -> int:
        desk.keep_contact(conn, handoff_id, contact)
        return conversations.ownership(conn, conversation.id).epoch

    return effect
