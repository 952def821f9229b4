"""The questions every channel adapter answers."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from pydantic import BaseModel

from channels.kit.errors import SignatureError
from channels.kit.messages import Capabilities, Delivery, Signal
from channels.kit.reports import Event


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """An incoming HTTP call, free of any web framework; header names are lower case."""

    method: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class WebhookReply:
    """What to answer the platform when a plain empty 200 will not do."""

    body: str = ""
    status: int = 200
    content_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class ApiReply:
    """A platform's answer: any status below 500 except 429, which `Api` has raised already."""

    status: int
    json: Any
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300


class Api(Protocol):
    """How an adapter reaches the outside; handed in by the outbox, scripted in tests.

    `post` raises PlatformDownError for timeouts, broken connections and 5xx answers, unless the
    5xx body is JSON with an `error` object: then the reply is returned, so that the adapter can
    read the platform's own code. 429 raises RateLimitedError with the seconds of Retry-After,
    under the same exception. `push` hands a message to the browsers that listen to `to` on a
    channel whose customers hold a connection to us, and returns the stored message's id.
    """

    async def post(
        self, url: str, *, json: dict[str, Any], headers: Mapping[str, str] | None = None
    ) -> ApiReply:
        """Send JSON to the platform."""
        ...

    async def push(self, to: str, payload: dict[str, Any], *, key: str) -> str:
        """Store a message for a connected customer once per `key` and wake their stream."""
        ...


class Channel[S: BaseModel](ABC):
    """One messaging platform.

    An adapter holds no state and does no I/O of its own: `parse` turns bytes into events, `send`
    describes calls through the `Api` it is given. That is why a channel can be tested from
    fixture files alone.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    capabilities: ClassVar[Capabilities]
    Settings: ClassVar[type[BaseModel]]
    batches: ClassVar[bool] = True  # whether one webhook call may bring several events

    def __init__(self, settings: S) -> None:
        self.settings = settings

    @property
    @abstractmethod
    def account(self) -> str:
        """The number, page or site that the settings switch on."""

    @property
    def messages_per_second(self) -> float:
        """How fast this account may send; override where the operator can raise it."""
        return self.capabilities.messages_per_second

    @property
    def origins(self) -> tuple[str, ...]:
        """Web origins whose pages may call this channel from a browser (CORS); mostly none."""
        return ()

    def handshake(self, request: WebhookRequest) -> WebhookReply | None:
        """Answer a "prove you own this URL" call, or return None if this is not one."""
        return None

    @abstractmethod
    def verify(self, request: WebhookRequest) -> None:
        """Return quietly if the platform made this call, raise SignatureError otherwise."""

    @abstractmethod
    def sign(self, request: WebhookRequest) -> WebhookRequest:
        """Return the call as the platform would make it: what `verify` checks, added.

        For tests, `dialogo channels replay` and stand-ins of the platform.
        """

    def open_session(self, request: WebhookRequest) -> WebhookReply | None:
        """Give a new customer a session (`POST /webhooks/<name>/session`).

        For channels whose customers hold a connection to us; the others return None (404).
        Raises a WebhookError if the caller may not have one.
        """
        return None

    def listener(self, request: WebhookRequest) -> str:
        """Return whose messages the call may follow (`GET /webhooks/<name>/stream`).

        It is the `to` that `send` gives to `Api.push`. Raises SignatureError if the call does
        not prove who it is, and always on channels without such connections.
        """
        raise SignatureError(f"{self.title} has no stream to follow")

    @abstractmethod
    def parse(self, request: WebhookRequest) -> list[Event]:
        """Read every event in the call; raise PayloadError only if the body as a whole fails."""

    @abstractmethod
    async def send(self, delivery: Delivery, api: Api) -> str:
        """Send one message and return the platform's id for it, or raise a SendError."""

    async def signal(self, signal: Signal, api: Api) -> None:
        """Show typing or read marks, where the platform has them."""
        return
