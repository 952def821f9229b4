"""Turning replies into stored messages: rendered for the customer's channel and language."""

import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from bot import conversations, desk, outbox, rendering
from bot.conversations import Conversation
from bot.rendering import Audience, OpenChoice, Rendered, transcript_text
from bot.routing.services import Services

log = logging.getLogger(__name__)

_REMEMBERED = 5_000
_RECENT = 16


class Writer:
    """Knows the bundle in force, the channels' capabilities and the outbox.

    The last texts of each conversation are remembered so that the bot does not repeat itself
    word for word; a restart forgets them, which costs a repetition and nothing else.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._recent: OrderedDict[str, list[str]] = OrderedDict()

    def render(
        self,
        conversation: Conversation,
        replies: Sequence[Mapping[str, Any]],
        language: str | None = None,
        *,
        seed: str,
    ) -> Rendered:
        """Return what the channel can show of the engine's replies."""
        audience = self._audience(conversation, language, seed)
        rendered = rendering.render(replies, self._services.bundles.current, audience)
        if rendered.problems:
            extra = {"conversation": conversation.id, "problems": rendered.problems}
            log.error("replies with problems", extra=extra)
        self._remember(conversation, rendered)
        return rendered

    async def usual_wait(self) -> dict[str, Any]:
        """Return how long a person usually takes, for texts that tell it; nothing if unknown."""
        async with self._services.database.sessions() as session:
            seconds = await desk.usual_wait(session)
        return {} if seconds is None else {"wait": {"minutes": max(1, round(seconds / 60))}}

    def say(self, conversation: Conversation, ref: str, **values: Any) -> Rendered:
        """Render one fixed text."""
        reply = {"kind": "say", "ref": ref, "values": values}
        return self.render(conversation, [reply], seed=f"{ref}{conversation.last_at}")

    def page(
        self, conversation: Conversation, number: int, open_choices: list[OpenChoice]
    ) -> Rendered:
        """Render another page of the choices last offered."""
        return rendering.page(
            open_choices,
            number,
            self._services.bundles.current,
            self._audience(conversation, None, str(number)),
        )

    def store(
        self,
        conn: Connection,
        conversation: Conversation,
        rendered: Rendered,
        *,
        key: str,
        epoch: int,
        touched: bool = False,
    ) -> None:
        """Put the messages into the outbox under the ownership epoch that holds.

        What announces a person is said by the system: it goes out although the conversation is
        no longer the bot's.
        """
        outbox.enqueue(
            conn,
            conversation_id=conversation.id,
            channel=conversation.channel,
            account=conversation.account,
            messages=rendered.messages,
            author="system" if rendered.handoffs else "bot",
            key=f"r:{key}",
            epoch=epoch,
            touched=touched,
        )

    def store_once(
        self, conn: Connection, conversation: Conversation, rendered: Rendered, *, key: str
    ) -> None:
        """Put the messages into the outbox unless that was done under this key before."""
        if not conversations.known_keys(conn, [outbox.message_key(f"r:{key}", 0)]):
            self.store(conn, conversation, rendered, key=key, epoch=conversation.epoch)

    def _audience(self, conversation: Conversation, language: str | None, seed: str) -> Audience:
        settings = self._services.settings
        return Audience(
            language=language or conversation.language or settings.languages[0],
            capabilities=self._services.channels[conversation.channel].capabilities,
            public_url=settings.address,
            seed=seed,
            recent=self._recent.get(conversation.id, ()),
            known={"name": first_name(conversation.name)} if conversation.name else {},
        )

    def _remember(self, conversation: Conversation, rendered: Rendered) -> None:
        said = self._recent.setdefault(conversation.id, [])
        said += [transcript_text(message) for message in rendered.messages]
        del said[:-_RECENT]
        self._recent.move_to_end(conversation.id)
        while len(self._recent) > _REMEMBERED:
            self._recent.popitem(last=False)


def first_name(name: str) -> str:
    """Return what a warm but not familiar text calls somebody."""
    return name.split()[0] if name.split() else name
