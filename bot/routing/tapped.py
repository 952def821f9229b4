"""Which choice a tap means where the platform had room for a short id only."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from bot import conversations
from bot.conversations import Conversation
from bot.db import Database
from channels.kit import ChoiceTapped, Event, TextSaid, in_full, is_short

log = logging.getLogger(__name__)


async def read_in_full(database: Database, conversation: Conversation, event: Event) -> Event:
    """Return a tap with the whole id of its choice, any other event as it is.

    Customers scroll back and tap what they were shown long ago, so the message that bears the
    button is asked as well. A button that nobody knows any more counts as its title, typed.
    """
    if not isinstance(event, ChoiceTapped) or not is_short(event.choice_id):
        return event
    full = in_full(event.choice_id, (choice["id"] for choice in conversation.open_choices))
    if full is None and (bearer := event.reply_to):
        body = await database.read(lambda conn: conversations.sent(conn, conversation.id, bearer))
        full = in_full(event.choice_id, _choices(body or {}))
    if full is not None:
        return event.model_copy(update={"choice_id": full})
    log.warning("tap on an unknown choice", extra={"conversation": conversation.id})
    tapped = event.model_dump(exclude={"kind", "choice_id", "title", "source"})
    return TextSaid(text=event.title, **tapped)


def _choices(body: Mapping[str, Any]) -> Iterator[str]:
    """Return the ids of all choices in a canonical message."""
    for part in (body, *body.get("cards", ())):
        for choice in part.get("choices", ()):
            yield str(choice["id"])
