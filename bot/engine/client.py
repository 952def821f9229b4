"""Calls the engine for one turn of a conversation."""

import asyncio
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import to_json

from bot.engine.line import Act, Line, LineBrokenError, Lines
from bot.errors import EngineError
from bot.http import Answer, Caller

TURN = "/webhooks/dialogo/turn"
UNDERSTAND = "/webhooks/dialogo/understand"
READY = "/webhooks/dialogo/ready"


class EngineDownError(EngineError):
    """Nobody answered in time: the turn may run again, the engine replays what it has done."""


class TurnFailedError(EngineError):
    """The engine tried and broke; nothing of the turn was recorded, so it may run again."""


class TurnRefusedError(EngineError):
    """The engine will never take this call: a wrong token or a body it cannot read."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Choice(_Model):
    """What the customer tapped."""

    id: str
    title: str = ""


class Context(_Model):
    """What the gateway knows about the message besides its words."""

    channel: str = ""
    name: str | None = None
    outcome: dict[str, Any] | None = None
    product: str | None = None
    event: dict[str, Any] | None = None
    today: str | None = None


class TurnRequest(_Model):
    """One message of a customer; `message_id` makes a repeated call harmless."""

    sender: str
    message_id: str
    text: str | None = None
    choice: Choice | None = None
    language: str | None = None
    context: Context = Field(default_factory=Context)


class Rank(_Model):
    """One candidate of the classifier."""

    name: str | None = None
    confidence: float = 0.0


class Understood(_Model):
    """What the engine made of the message; `intent` is None below the threshold."""

    intent: str | None = None
    confidence: float = 0.0
    ranking: tuple[Rank, ...] = ()
    entities: tuple[dict[str, Any], ...] = ()
    language: str | None = None
    also: tuple[Rank, ...] = ()
    unsure: tuple[str, ...] = ()


class TurnReply(_Model):
    """The engine's answer: replies for the renderer and the facts as they are now."""

    message_id: str
    replayed: bool = False
    messages: tuple[dict[str, Any], ...] = ()
    understood: Understood = Field(default_factory=Understood)
    facts: dict[str, Any] = Field(default_factory=dict)


class EngineClient:
    """Keeps connections to one or more engines; a conversation stays with its engine.

    With several engines the next one takes over while the first refuses connections: they share
    the tracker database, and a refused connection means that the turn has not begun.
    """

    def __init__(self, urls: tuple[str, ...], token: str, timeout: float) -> None:
        self.urls = tuple(url.rstrip("/") for url in urls)
        self._timeout = timeout
        self._caller = Caller(timeout=timeout, connect=2.0)
        self._lines = Lines(self._caller, token, READY)
        self._headers = {"Authorization": f"Bearer {token}"}

    def run_actions(self, act: Act, slots: Sequence[str] = ()) -> None:
        """Let the actions of this client's turns be run here, and not by a call to the gateway.

        With `slots`, the engine sends these alone.
        """
        self._lines.act = act
        self._lines.slots = tuple(slots)

    def line_to(self, url: str) -> Line | None:
        """Return the line to this engine while one stands; asks for one where there is none."""
        return self._lines.to(url)

    def order(self, conversation: str) -> list[str]:
        """Return the engines in this conversation's order of preference (rendezvous hashing)."""

        def weight(url: str) -> bytes:
            return blake2b(f"{url} {conversation}".encode(), digest_size=8).digest()

        return sorted(self.urls, key=weight)

    async def turn(self, request: TurnRequest) -> TurnReply:
        """Run the turn and return what the bot says; raise an `EngineError` that says why not."""
        urls = self.order(request.sender)
        return await self._ask(TURN, urls, request.model_dump_json().encode(), TurnReply)

    async def understand(self, text: str, *, today: str | None = None) -> Understood:
        """Return what is understood of a first message; nothing is answered or remembered."""
        body = to_json({"text": text, "context": {"today": today}})
        return await self._ask(UNDERSTAND, list(self.urls), body, Understood)

    async def ready(self) -> str | None:
        """Return the name of the model when every engine answers, else None."""
        if not self.urls:
            return None
        models = await asyncio.gather(*(self._ready(url) for url in self.urls))
        return models[0] if all(models) else None

    async def close(self) -> None:
        """Close the connections."""
        await self._lines.close()
        await self._caller.close()

    async def _ask[T: BaseModel](
        self, path: str, urls: list[str], body: bytes, shape: type[T]
    ) -> T:
        """Ask the first engine that takes the connection."""
        refused: list[str] = []
        for url in urls:
            try:
                return _read(await self._post(url, path, body), url, shape)
            except httpx.ConnectError:
                refused.append(url)
        where = ", ".join(refused) or "no address is configured"
        raise EngineDownError(f"The engine does not answer ({where}); is it running?")

    async def _post(self, url: str, path: str, body: bytes) -> Answer:
        line = self.line_to(url) if path == TURN else None
        try:
            if line is not None:
                return await line.ask(body, self._timeout)
            return await self._caller.post(url + path, body, self._headers)
        except httpx.ConnectError:
            raise
        except (httpx.TimeoutException, TimeoutError) as error:
            raise EngineDownError(f"The engine at {url} took too long: {error!r}") from error
        except (httpx.HTTPError, LineBrokenError) as error:
            raise EngineDownError(f"The engine at {url} broke the connection: {error!r}") from error

    async def _ready(self, url: str) -> str | None:
        try:
            async with asyncio.timeout(2.0):
                reply = await self._caller.get(url + READY)
            return str(reply.json()["model"]) if reply.status == 200 else None
        except (httpx.HTTPError, TimeoutError, ValueError, KeyError):
            return None


def _read[T: BaseModel](reply: Answer, url: str, shape: type[T]) -> T:
    match reply.status:
        case 200:
            try:
                return shape.model_validate_json(reply.content)
            except ValidationError as error:
                raise TurnFailedError(f"The engine at {url} answered nonsense: {error}") from error
        case 401:
            raise TurnRefusedError(f"The engine at {url} has another DIALOGO_ENGINE_TOKEN")
        case 422:
            raise TurnRefusedError(f"The engine at {url} refused the turn: {_reason(reply)}")
        case 503:
            raise EngineDownError(f"The engine at {url} is not ready: {_reason(reply)}")
        case status:
            raise TurnFailedError(f"The engine at {url} failed ({status}): {_reason(reply)}")


def _reason(reply: Answer) -> str:
    try:
        return str(reply.json()["error"])
    except (ValueError, KeyError, TypeError):
        return reply.text[:200]
