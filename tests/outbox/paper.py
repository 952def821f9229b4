"""A shop without network: conversations, real adapters, and a platform scripted in memory."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
from sqlalchemy import Connection, select, update

from bot.conversations import Conversation, Message, conversation_of
from bot.db import Database
from bot.lanes import TaskRow, Worker
from bot.outbox import Sender, Streams, enqueue
from bot.settings import Settings
from channels import registry
from channels.kit import Channel, DeliveryStatus, Outbound, Person, Text
from tests.lanes.work import until

PHONE = "106540352242922"
GIULIA = Person(ids={"wa_id": "393331234567"}, name="Giulia")
SECRET = "a-very-secret-token"

Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def whatsapp(**capabilities: Any) -> Channel[Any]:
    """The real adapter, with other capabilities where a test asks for them."""
    channel = registry.build(
        "whatsapp",
        {
            "app_secret": "an-app-secret",
            "verify_token": "a-verify-token",
            "access_token": SECRET,
            "phone_number_id": PHONE,
            "api_url": "https://graph.test/v23.0",
        },
    )
    if capabilities:
        kind = type(channel)
        changed = replace(channel.capabilities, **capabilities)
        return type("Changed", (kind,), {"capabilities": changed})(channel.settings)
    return channel


def webchat() -> Channel[Any]:
    """The real web chat adapter."""
    return registry.build("webchat", {"secret": "long and random enough to sign"})


class Platform:
    """Answers sends from a script, then with success; keeps what was asked."""

    def __init__(self, *script: Answer) -> None:
        self.script = list(script)
        self.calls: list[dict[str, Any]] = []

    @property
    def texts(self) -> list[str]:
        """The words of the messages, in the order they came."""
        return [call["text"]["body"] for call in self.calls]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(json.loads(request.content))
        answer = self.script.pop(0) if self.script else accepted
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if callable(answer) else answer


def accepted(request: httpx.Request) -> httpx.Response:
    """WhatsApp's answer to an accepted message; the id is made of our key."""
    key = json.loads(request.content)["biz_opaque_callback_data"]
    return httpx.Response(200, json={"messages": [{"id": f"wamid.{key}"}]})


def refused(code: int, status: int = 400, **headers: str) -> httpx.Response:
    """WhatsApp's answer with an error code."""
    body = {"error": {"code": code, "message": f"because of {code}"}}
    return httpx.Response(status, json=body, headers=headers)


class Shop:
    """One conversation and everything that sends."""

    def __init__(
        self, database: Database, sender: Sender, worker: Worker, conversation: str, channel: str
    ) -> None:
        self.database = database
        self.sender = sender
        self.worker = worker
        self.conversation = conversation
        self.channel = channel
        self.account = PHONE if channel == "whatsapp" else "web"

    async def say(self, *words: str, key: str = "k", author: Any = "bot", epoch: int = 0) -> None:
        """Enqueue messages as a turn would."""
        messages: Sequence[Outbound] = [Text(text=word) for word in words]
        await self.worker.submit(
            lambda conn: enqueue(
                conn,
                conversation_id=self.conversation,
                channel=self.channel,
                account=self.account,
                messages=messages,
                author=author,
                key=key,
                epoch=epoch,
            )
        )

    async def messages(self) -> Sequence[Message]:
        """Return what the domain log says about our messages."""
        async with self.database.sessions() as session:
            ours = select(Message).where(Message.direction == "out").order_by(Message.id)
            return (await session.scalars(ours)).all()

    async def statuses(self) -> list[str]:
        """Return the messages' statuses in their order."""
        return [message.status for message in await self.messages()]

    async def tasks(self) -> Sequence[TaskRow]:
        """Return the tasks in their order."""
        async with self.database.sessions() as session:
            return (await session.scalars(select(TaskRow).order_by(TaskRow.seq))).all()

    async def talk(self) -> Conversation:
        """Return the conversation as it is now."""
        async with self.database.sessions() as session:
            query = select(Conversation).where(Conversation.id == self.conversation)
            return (await session.scalars(query)).one()

    async def change(self, **values: Any) -> None:
        """Write columns of the conversation."""
        await self.database.write(lambda conn: conn.execute(update(Conversation).values(**values)))


@asynccontextmanager
async def shop(
    database: Database,
    platform: Platform | None = None,
    *,
    channel: Channel[Any] | None = None,
    streams: Streams | None = None,
    working: bool = True,
    **settings: Any,
) -> AsyncIterator[Shop]:
    """Open a shop on a database; with `working` false nothing is sent by itself."""
    adapter = channel or whatsapp()
    defaults = {"reconcile_wait": 0.4, "send_tries": 3, "_env_file": None}
    sender = Sender(
        database,
        {adapter.name: adapter},
        streams or Streams(database),
        Settings(**defaults | settings),
    )
    await sender.start(httpx.MockTransport(platform or Platform()))
    worker = Worker(database, {"send": sender.send})
    person = GIULIA if adapter.name == "whatsapp" else Person(ids={"session": "visitor"})
    conversation = await database.write(
        lambda conn: conversation_of(conn, adapter.name, adapter.account, person)
    )
    if working:
        await worker.start()
    yield Shop(database, sender, worker, conversation, adapter.name)
    if working:
        await worker.stop()
    await sender.stop()


def status(kind: Any, key: str | None = None, **more: Any) -> DeliveryStatus:
    """A status webhook's event."""
    return DeliveryStatus(
        event_id=f"{kind}:{key}", account=PHONE, status=kind, correlation=key, **more
    )


def writing(fn: Callable[..., Any], *args: Any) -> Callable[[Connection], Any]:
    """Bind everything but the connection."""
    return lambda conn: fn(conn, *args)


async def settled(open_shop: Shop, count: int = 1, seconds: float = 8.0) -> None:
    """Wait until so many messages have come to their end."""
    worker = open_shop.worker
    await until(lambda: worker.counts["finish"] + worker.counts["dead"] >= count, seconds)
