"""Messages on their way out: queue, sending, limits, receipts. Import from here."""

from bot.outbox.buckets import pause, resume
from bot.outbox.http_api import HttpApi
from bot.outbox.letters import forget_old, resend
from bot.outbox.queue import enqueue, message_key, readable
from bot.outbox.receipts import apply_echo, apply_status
from bot.outbox.sender import Sender
from bot.outbox.streams import Streams, push

__all__ = [
    "HttpApi",
    "Sender",
    "Streams",
    "apply_echo",
    "apply_status",
    "enqueue",
    "forget_old",
    "message_key",
    "pause",
    "push",
    "readable",
    "resend",
    "resume",
]
