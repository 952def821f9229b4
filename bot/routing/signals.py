"""Typing and read marks while the bot works; best effort, at most one every few seconds."""

import asyncio
import time
from collections import OrderedDict

from bot.conversations import Conversation
from bot.routing.services import Services
from channels.kit import CustomerEvent, Signal

_EVERY = 5.0
_REMEMBERED = 10_000


class Signals:
    """Marks the customer's message as read and shows "typing" when a turn begins."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._last: OrderedDict[str, float] = OrderedDict()
        self._running: set[asyncio.Task[None]] = set()

    def begin(self, conversation: Conversation, event: CustomerEvent) -> None:
        """Send the signal beside the turn unless one was sent a moment ago."""
        at = time.monotonic()
        if at - self._last.get(conversation.id, -_EVERY) < _EVERY:
            return
        self._last[conversation.id] = at
        self._last.move_to_end(conversation.id)
        while len(self._last) > _REMEMBERED:
            self._last.popitem(last=False)
        signal = Signal(
            account=conversation.account,
            to=conversation.recipient,
            signal="typing",
            message_id=event.event_id,
        )
        task = asyncio.create_task(self._services.sender.signal(conversation.channel, signal))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def stop(self) -> None:
        """Wait for signals on their way."""
        await asyncio.gather(*self._running, return_exceptions=True)
