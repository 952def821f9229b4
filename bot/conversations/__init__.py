"""Who we talk to, who owns the conversation, and what was said. Import from here."""

from bot.conversations.identities import attach_ids, conversation_of
from bot.conversations.log import (
    Entry,
    forget,
    handled,
    known_keys,
    sent,
    transcript,
    write_all,
    write_down,
)
from bot.conversations.owning import Owner, Ownership, change_owner, ownership
from bot.conversations.repository import change, copy_of, find, get, prefer, unanswered
from bot.conversations.tables import Conversation, Identity, Message

__all__ = [
    "Conversation",
    "Entry",
    "Identity",
    "Message",
    "Owner",
    "Ownership",
    "attach_ids",
    "change",
    "change_owner",
    "conversation_of",
    "copy_of",
    "find",
    "forget",
    "get",
    "handled",
    "known_keys",
    "ownership",
    "prefer",
    "sent",
    "transcript",
    "unanswered",
    "write_all",
    "write_down",
]
