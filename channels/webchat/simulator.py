"""A visitor of the shop's pages: a session and a stream, as the browser holds them."""

import asyncio
import json
import secrets
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import Any

import httpx
from pydantic import TypeAdapter

from channels.kit import Card, Cards, Channel, Choice, Location, Media, Outbound, Text
from channels.testing import Json, Shown, Tap

_MESSAGES: TypeAdapter[Outbound] = TypeAdapter(Outbound)

# How long a browser waits before it connects again.
_PAUSE = 0.2


class WebVisitor:
    """Posts what the visitor says, and keeps what the stream brings, also over broken lines."""

    def __init__(self, client: httpx.AsyncClient, name: str, *, language: str = "it-IT") -> None:
        self.shown: list[Shown] = []
        self.session = ""
        self._client = client
        self._headers: dict[str, str] = {}
        self._about = {"name": name, "language": language}
        self._last = "0"
        self._changed = asyncio.Condition()

    @property
    def id(self) -> str:
        """By what the gateway knows the visitor."""
        return self.session

    async def open(self) -> None:
        """Get a session from the gateway."""
        reply = await self._client.post("/webhooks/webchat/session")
        reply.raise_for_status()
        found = reply.json()
        self.session = found["session"]
        self._headers = {"Authorization": f"Bearer {found['token']}"}

    async def say(self, text: str) -> str:
        """Write."""
        return await self._post({"text": text})

    async def tap(self, tap: Tap) -> str:
        """Tap a choice."""
        return await self._post({"choice": {"id": tap.id, "title": tap.title}})

    async def more(self, after: int, timeout: float) -> bool:  # noqa: ASYNC109
        """Wait for more than `after` messages."""
        try:
            async with asyncio.timeout(timeout), self._changed:
                await self._changed.wait_for(lambda: len(self.shown) > after)
        except TimeoutError:
            return False
        return True

    async def follow(self) -> None:
        """Follow the stream until cancelled, connecting again where it ended."""
        while True:
            with suppress(httpx.HTTPError):
                await self._follow_once()
            await asyncio.sleep(_PAUSE)

    async def _follow_once(self) -> None:
        headers = {**self._headers, "Last-Event-ID": self._last}
        stream = self._client.stream("GET", "/webhooks/webchat/stream", headers=headers)
        async with stream as reply:
            reply.raise_for_status()
            event: dict[str, str] = {}
            async for line in reply.aiter_lines():
                field, _, value = line.partition(":")
                if line:
                    event[field] = value.strip()
                    continue
                await self._receive(event)
                event = {}

    async def _receive(self, event: dict[str, str]) -> None:
        if "data" not in event:
            return
        self._last = event.get("id", self._last)
        payload = json.loads(event["data"])
        async with self._changed:
            self.shown += _shown(self._last, self.session, payload)
            self._changed.notify_all()

    async def _post(self, said: Json) -> str:
        message_id = secrets.token_urlsafe(12)
        body = {"id": message_id, **said, **self._about}
        reply = await self._client.post("/webhooks/webchat", json=body, headers=self._headers)
        reply.raise_for_status()
        return message_id


def _shown(number: str, session: str, payload: Json) -> list[Shown]:
    message, key = _MESSAGES.validate_python(payload["message"]), payload.get("key")
    match message:
        case Text():
            return [Shown(number, session, message.text, _taps(message.choices), None, key)]
        case Cards():
            return [_card(number, session, card, key) for card in message.cards]
        case Media():
            return [Shown(number, session, message.caption, (), message.url, key)]
        case Location():
            words = f"[location] {message.name} {message.latitude}, {message.longitude}"
            return [Shown(number, session, words, (), None, key)]
        case _:
            return []


def _card(number: str, session: str, card: Card, key: str | None) -> Shown:
    words = f"{card.title}\n{card.subtitle}".strip()
    return Shown(number, session, words, _taps(card.choices), card.image_url, key)


def _taps(choices: Sequence[Choice]) -> tuple[Tap, ...]:
    return tuple(Tap(c.id, c.title, "button", c.description) for c in choices)


@cache
def _certificates() -> ssl.SSLContext:
    """Read the certificates once: each visitor is a client, and reading takes 20 ms."""
    return httpx.create_ssl_context()


@asynccontextmanager
async def open_customer(
    channel: Channel[Any],
    gateway: str,
    *,
    who: str | None = None,
    name: str = "Giulia",
) -> AsyncIterator[WebVisitor]:
    """Visit the gateway's chat and yield the visitor."""
    patience = httpx.Timeout(20, read=None)
    async with httpx.AsyncClient(
        base_url=gateway, timeout=patience, verify=_certificates()
    ) as client:
        visitor = WebVisitor(client, name)
        await visitor.open()
        following = asyncio.create_task(visitor.follow())
        try:
            yield visitor
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
