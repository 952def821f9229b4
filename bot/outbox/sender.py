"""Sending: the head of an out-lane becomes a call to the platform, once as far as can be known."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
from prometheus_client import Counter
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, bindparam, select

from bot.conversations import Conversation, Message
from bot.db import Database, clock, run
from bot.http import Caller
from bot.lanes import Dead, Finish, Later, Lease, Result, Retry, Task
from bot.outbox.buckets import Buckets
from bot.outbox.http_api import HttpApi
from bot.outbox.receipts import Sent, mark_sent
from bot.outbox.streams import Streams
from bot.outbox.verdict import Place, end, give_up, verdict
from bot.settings import Settings
from channels.kit import Channel, Delivery, Outbound, Signal

log = logging.getLogger(__name__)
_OUTBOUND: TypeAdapter[Outbound] = TypeAdapter(Outbound)
_SIGNAL_SECONDS = 3.0
_OUTCOMES = {Finish: "done", Dead: "given_up", Retry: "retried", Later: "waiting"}
# Shorter waits for the rate limit are slept through, longer ones free the place for others.
_SHORT = 0.5
_LOOK_AGAIN = 2.0
# While a process was down no report could come in, and platforms repeat theirs with pauses: in so
# many waits after its start it sends nothing again whose outcome is unknown.
_WAITS_AT_START = 3.0

_READ = (
    select(
        Message.conversation_id,
        Message.channel,
        Message.account,
        Message.author,
        Message.agent,
        Message.body,
        Message.status,
        Message.epoch,
        Conversation.epoch.label("epoch_now"),
        Conversation.owner,
        Conversation.recipient,
        Conversation.stopped,
        clock().label("at"),
    )
    .join(Conversation, Conversation.id == Message.conversation_id)
    .where(Message.key == bindparam("of"))
)


class Counts(Protocol):
    """Where sends are counted, by channel and outcome."""

    @property
    def sends(self) -> Counter:
        """Messages sent or given up."""
        ...

    @property
    def clock(self) -> "Clock":
        """Times turns up to their first send."""
        ...


class Clock(Protocol):
    """Hears of every send right before its call."""

    def sending(self, message_key: str) -> None:
        """Note that a message is about to be sent."""
        ...


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message as it stands right before its send."""

    conversation_id: str
    channel: str
    account: str
    author: str
    agent: str | None
    body: dict[str, Any]
    status: str
    epoch: int
    epoch_now: int
    owner: str
    recipient: dict[str, str]
    stopped: bool
    at: int

    @property
    def place(self) -> Place:
        return Place(self.conversation_id, f"{self.channel}:{self.account}")


class Sender:
    """Sends what the outbox holds; `send` handles tasks of kind "send"."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel[Any]],
        streams: Streams,
        settings: Settings,
        metrics: Counts | None = None,
    ) -> None:
        self._database = database
        self._channels = channels
        self._streams = streams
        self._settings = settings
        self._metrics = metrics
        self._buckets = Buckets(database)
        self._caller: Caller | None = None
        self._apis: dict[str, HttpApi] = {}
        self._started = 0.0

    async def start(self, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Open the connections; `transport` stands in for the network."""
        self._started = time.monotonic()
        # A call must have ended before another worker may repeat it.
        timeout = max(1.0, min(10.0, self._settings.lane_lease - 2.0))
        caller = self._caller = Caller(
            timeout=timeout, connect=min(4.0, timeout / 2), proxies=True, transport=transport
        )
        self._apis = {
            name: HttpApi(caller, channel, self._streams, timeout=timeout)
            for name, channel in self._channels.items()
        }

    async def stop(self) -> None:
        """Close the connections."""
        if self._caller is not None:
            await self._caller.close()

    async def send(self, lease: Lease) -> Result:
        """Handle a task of kind "send"."""
        channel = self._channels.get(lease.task.lane.split(":")[1])
        if channel is not None:
            wait = await self._token(channel, lease.task)
            if wait:  # lanes of a paused account are not claimed, however early they are ready
                return Later(min(wait, _LOOK_AGAIN))
        letter = await self._read(lease.task)
        if letter is None:
            return Dead("the message is no longer there")
        result = self._settled(lease.task, letter) or await self._deliver(lease, letter)
        self._count(letter, result)
        return result

    async def signal(self, channel: str, signal: Signal) -> None:
        """Show typing or read marks if that is quick; never raises."""
        try:
            async with asyncio.timeout(_SIGNAL_SECONDS):
                await self._channels[channel].signal(signal, self._apis[channel])
        except Exception as error:
            log.debug("no signal", extra={"channel": channel, "error": type(error).__name__})

    async def _token(self, channel: Channel[Any], task: Task) -> float:
        """Take a token of the account's bucket, or return how long the lane must wait for one."""
        account = task.lane.removeprefix("out:").rpartition(":")[0]
        while True:
            wait = await self._buckets.take(account, channel.messages_per_second)
            if wait == 0 or wait > _SHORT:
                return wait
            await asyncio.sleep(wait)

    async def _read(self, task: Task) -> _Letter | None:
        def read(conn: Connection) -> _Letter | None:
            row = run(conn, _READ, {"of": task.data["message_key"]}).one_or_none()
            return _Letter(**row._asdict()) if row is not None else None

        return await self._database.read(read)

    def _settled(self, task: Task, letter: _Letter) -> Result | None:
        """Return the end of a message that needs no send (any more), or None."""
        if letter.status == "dropped":
            return Finish()
        if letter.status != "queued":  # a status or an echo has told us that it went out
            return Finish()
        if letter.stopped:
            return give_up(task, letter.place, "the customer has stopped messages")
        if letter.author == "bot" and letter.epoch != letter.epoch_now:
            reason = "somebody else has taken the conversation over"
            return Finish(lambda conn: end(conn, task.key, "dropped", reason))
        return self._unknown_outcome(task, letter)

    def _unknown_outcome(self, task: Task, letter: _Letter) -> Result | None:
        """Wait for the status or echo of a send whose fate is unknown, then apply the rule."""
        channel = self._channels.get(letter.channel)
        if task.maybe_sent is None or channel is None:
            return None
        can = channel.capabilities
        if can.correlation and can.receipts:
            wait = self._settings.reconcile_wait
            here = time.monotonic() - self._started
            left = max(wait - (letter.at - task.maybe_sent) / 1000, _WAITS_AT_START * wait - here)
            if left > 0:
                return Later(left)
        if can.unknown_outcome == "give_up":
            return give_up(task, letter.place, "nobody knows whether it was sent")
        return None

    async def _deliver(self, lease: Lease, letter: _Letter) -> Result:
        task = lease.task
        channel = self._channels.get(letter.channel)
        if channel is None:
            return give_up(task, letter.place, f"the channel {letter.channel} is switched off")
        try:
            delivery = Delivery(
                account=letter.account,
                to=letter.recipient,
                message=_OUTBOUND.validate_python(letter.body),
                correlation=task.key,
                reply_to=task.data.get("reply_to"),
                agent=letter.agent,
                waiting=letter.owner == "queued",
            )
        except ValidationError:
            return give_up(task, letter.place, "the stored message cannot be read")
        if not lease.valid():
            return Later(0)
        if self._metrics is not None:
            self._metrics.clock.sending(task.key)
        try:
            platform_id = await channel.send(delivery, self._apis[letter.channel])
        except Exception as error:
            tries = self._settings.send_tries
            return verdict(error, task, letter.place, tries=tries, buckets=self._buckets)
        sent = Sent(task.key, letter.channel, letter.account, letter.conversation_id, platform_id)
        return Finish(lambda conn: mark_sent(conn, sent))

    def _count(self, letter: _Letter, result: Result) -> None:
        if self._metrics is None:
            return
        self._metrics.sends.labels(letter.channel, _OUTCOMES[type(result)]).inc()
