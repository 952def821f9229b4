"""Messages for customers who hold a connection to us, kept so that a lost connection loses none."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.db import Database, insert_new, notify, now
from bot.outbox.tables import PushRow

TOPIC = "push"
_PAGE = 200
# Notes are delivered at once; this only bridges a lost listening connection.
_POLL = 5.0

_ID = select(PushRow.id).where(PushRow.key == bindparam("of"))
_AFTER = (
    select(PushRow.id, PushRow.payload)
    .where(
        PushRow.channel == bindparam("on_channel"),
        PushRow.recipient == bindparam("to"),
        PushRow.id > bindparam("after"),
    )
    .order_by(PushRow.id)
    .limit(_PAGE)
)


class Streams:
    """Where adapters push to and open connections read from."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._followers: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._open = True
        self._unsubscribe: Callable[[], None] | None = None

    async def start(self) -> None:
        """Begin to hear what is pushed, in this process and in others."""
        self._unsubscribe = self._database.subscribe(TOPIC, self._wake)

    async def stop(self) -> None:
        """End every stream that is being followed."""
        self._open = False
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._wake("")

    async def push(self, channel: str, to: str, payload: dict[str, Any], *, key: str) -> str:
        """Store a message once per `key`, wake its followers and return its number."""
        return await self._database.write(lambda conn: push(conn, channel, to, payload, key=key))

    async def follow(
        self, channel: str, to: str, after: int = 0
    ) -> AsyncIterator[tuple[int, dict[str, Any]]]:
        """Yield the number and payload of each message after a number, now and as they come."""
        name = _name(channel, to)
        news = asyncio.Event()
        self._followers[name].add(news)
        try:
            while self._open:
                news.clear()
                rows = await self._after(channel, to, after)
                for number, payload in rows:
                    after = number
                    yield number, payload
                if len(rows) < _PAGE:
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(_POLL):
                            await news.wait()
        finally:
            self._followers[name].discard(news)
            if not self._followers[name]:
                del self._followers[name]

    async def _after(self, channel: str, to: str, after: int) -> list[tuple[int, dict[str, Any]]]:
        given = {"on_channel": channel, "to": to, "after": after}
        async with self._database.sessions() as session:
            return [(row.id, row.payload) for row in await session.execute(_AFTER, given)]

    def _wake(self, name: str) -> None:
        woken = [self._followers.get(name, set())] if name else list(self._followers.values())
        for followers in woken:
            for news in followers:
                news.set()


def push(conn: Connection, channel: str, to: str, payload: dict[str, Any], *, key: str) -> str:
    """Store a message for a connected customer once per `key`; part of a bigger write."""
    name = f"{channel}:{key}"
    row = {
        "channel": channel,
        "recipient": to,
        "key": name,
        "payload": payload,
        "created_at": now(),
    }
    if conn.execute(insert_new(conn, PushRow), row).rowcount:
        notify(conn, TOPIC, _name(channel, to))
    return str(conn.execute(_ID, {"of": name}).scalar_one())


def _name(channel: str, to: str) -> str:
    return f"{channel}:{to}"
