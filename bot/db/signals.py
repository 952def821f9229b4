"""Telling others that something was committed: in this process at once, elsewhere by NOTIFY."""

import asyncio
import contextlib
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from sqlalchemy import Connection, bindparam, func, select

from bot.db.base import new_id

log = logging.getLogger(__name__)
Listener = Callable[[str], None]
Note = tuple[str, str]

_NOTES = "notes"
_CHANNEL = "dialogo"
_NOTIFY = select(func.pg_notify(_CHANNEL, bindparam("payload")))


def notify(conn: Connection, topic: str, payload: str = "") -> None:
    """Let the listeners of a topic know, after this transaction's commit and only then."""
    notes: dict[Note, None] | None = conn.info.get(_NOTES)
    if notes is not None:
        notes[topic, payload] = None


def collect[T](conn: Connection, fn: Callable[[Connection], T]) -> tuple[T, list[Note]]:
    """Run a function and return its result with the notes it left."""
    notes: dict[Note, None] = {}
    info = conn.info  # cannot be asked for once the connection is lost
    info[_NOTES] = notes
    try:
        return fn(conn), list(notes)
    finally:
        info.pop(_NOTES, None)


class Signals:
    """Who wants to know what in this process."""

    def __init__(self) -> None:
        self.origin = new_id()
        self._listeners: dict[str, list[Listener]] = defaultdict(list)

    def subscribe(self, topic: str, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the payload of each note; the function returned ends that.

        An empty payload also means "something may have happened": it comes after a lost
        connection.
        """
        self._listeners[topic].append(listener)

        def end() -> None:
            with contextlib.suppress(ValueError):
                self._listeners[topic].remove(listener)

        return end

    def deliver(self, notes: Iterable[Note]) -> None:
        """Call the listeners; a broken one is logged and the others are called all the same."""
        for topic, payload in notes:
            for listener in tuple(self._listeners[topic]):
                try:
                    listener(payload)
                except Exception:
                    log.exception("a listener failed", extra={"topic": topic})

    def publish(self, conn: Connection, notes: Iterable[Note]) -> None:
        """Pass notes to the other processes with the commit (PostgreSQL)."""
        for topic, payload in notes:
            text = json.dumps([self.origin, topic, payload])
            conn.execute(_NOTIFY, {"payload": text})

    def receive(self, text: str) -> None:
        """Deliver what another process has published."""
        origin, topic, payload = json.loads(text)
        if origin != self.origin:
            self.deliver([(topic, payload)])

    def everything(self) -> None:
        """Wake every listener: notes may have been missed."""
        self.deliver([(topic, "") for topic in tuple(self._listeners)])


class Ears:
    """A connection of its own that hears the other processes' notes (PostgreSQL)."""

    def __init__(self, conninfo: str, signals: Signals) -> None:
        self._conninfo = conninfo
        self._signals = signals
        self._task: asyncio.Task[None] | None = None
        self._listening = asyncio.Event()

    async def start(self) -> None:
        """Begin to listen; returns when the connection stands or the first try has failed."""
        self._task = asyncio.create_task(self._keep_listening(), name="database-ears")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._listening.wait(), 5)

    async def stop(self) -> None:
        """Close the connection."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _keep_listening(self) -> None:
        pause = 0.1
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as error:
                log.warning("the listening connection broke", extra={"error": type(error).__name__})
            if self._listening.is_set():
                self._listening.clear()
                pause = 0.1
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    async def _listen(self) -> None:
        options: dict[str, Any] = {"keepalives_idle": 30, "keepalives_interval": 10}
        connection = await psycopg.AsyncConnection.connect(
            self._conninfo, autocommit=True, connect_timeout=5, **options
        )
        async with connection:
            await connection.execute(f"LISTEN {_CHANNEL}")
            self._listening.set()
            self._signals.everything()
            async for note in connection.notifies():
                self._signals.receive(note.payload)
