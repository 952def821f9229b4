"""The engine's only door: one turn of one conversation per call.

Rasa's `rest` channel ignores message ids, runs a repeated message twice and answers 200 with an
empty list when a turn failed. Here a turn runs once per message id, under a lock per conversation,
goes on when the caller has gone, and says 500 when it failed, with nothing of it recorded.
"""

import asyncio
import gc
import logging
from contextlib import asynccontextmanager
from functools import partial
from hmac import compare_digest
from typing import Any, AsyncIterator, Awaitable, Callable, Dict, List, Optional, Set, Text, Tuple

import corrections
import ujson
from admission import Admission
from heard import heard_choice, heard_nothing, plain_text, safe_text
from line import Answered, Lines
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from reporting import last_id, report, understood
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from dialogues import executor

log = logging.getLogger(__name__)
_Said = Tuple[int, Dict[Text, Any]]  # an HTTP status and the body that goes with it


class _RefusedError(Exception):
    def __init__(self, reason: Text, status: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class Silence(OutputChannel):
    """Sends nothing: the answer is read from the conversation once the turn is recorded."""

    @classmethod
    def name(cls) -> Text:
        """Return the channel's name."""
        return "dialogo"

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        """Leave the message where it is."""


class DialogoChannel(InputChannel):
    """Takes turns from the gateway."""

    def __init__(self, token: Text, host: Text = "127.0.0.1") -> None:
        self._token = f"Bearer {token}".encode()
        self._host = host
        self._locks: Dict[Text, List[Any]] = {}
        self._turns: Set["asyncio.Task[_Said]"] = set()
        self._admission = Admission()
        self._lines: Optional[Lines] = None

    @classmethod
    def name(cls) -> Text:
        """Return the path below /webhooks."""
        return "dialogo"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> InputChannel:
        """Build the channel; Rasa does this before its agent, so Rasa is put right here."""
        token = (credentials or {}).get("token")
        if not token:
            cls.raise_missing_credentials_exception()
        corrections.apply()
        return cls(token, (credentials or {}).get("host") or "127.0.0.1")

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("dialogo_webhook", "dialogo")

        @routes.after_server_start
        async def settle(app: Sanic, _loop: Any) -> None:
            await self._settle(app)

        @routes.before_server_stop
        async def hang_up(_app: Sanic, _loop: Any) -> None:
            await self._hang_up()

        routes.exception(_RefusedError)(_refused)
        for name, methods, handler in (
            ("ready", ["GET"], self._ready),
            ("turn", ["POST"], self._turn),
            ("understand", ["POST"], self._understand),
        ):
            # Sanic hangs a name on its handlers; a bound method takes none.
            routes.add_route(partial(handler), f"/{name}", methods=methods, name=name)
        return routes

    async def _settle(self, app: Sanic) -> None:
        await _warm_up(_agent(app))
        self._lines = Lines(self._token, partial(self._asked, app))
        await self._lines.open(self._host)

    async def _hang_up(self) -> None:
        if self._lines is not None:
            await self._lines.close()

    async def _ready(self, request: Request) -> HTTPResponse:
        agent = _agent(request.app)
        if agent is None:
            return response.json({"error": "no model is loaded"}, 503)
        if self._lines is None or self._lines.port is None:
            return response.json({"error": "the catalog's words are being read"}, 503)
        return response.json({"model": agent.model_name, "line": self._lines.port})

    async def _turn(self, request: Request) -> HTTPResponse:
        self._let_in(request)
        agent, message = _opened(request.app, request.json, read_message)
        # Shielded: a caller that hangs up must not leave half a turn behind.
        running = asyncio.ensure_future(self._answer(agent, message))
        self._turns.add(running)
        running.add_done_callback(self._turns.discard)
        status, body = await asyncio.shield(running)
        return response.json(body, status)

    async def _asked(self, app: Sanic, body: bytes) -> Answered:
        """Run a turn that came over a line."""
        try:
            status, said = await self._answer(*_opened(app, ujson.loads(body), read_message))
        except _RefusedError as error:
            status, said = error.status, {"error": error.reason}
        except ValueError as error:
            status, said = 422, {"error": f"unreadable body: {error!r}"}
        except Exception as error:
            # Who waits at the other end is told at once, as HTTP would.
            log.exception("turn failed")
            status, said = 500, {"error": _reason(error)}
        return status, ujson.dumps(said).encode()

    async def _understand(self, request: Request) -> HTTPResponse:
        """Understand a text as the first of a conversation; nothing is answered or recorded."""
        self._let_in(request)
        agent, message = _opened(request.app, request.json, read_text)
        parsed = await agent.processor.parse_message(message)
        found = understood(parsed, (parsed.get("language") or {}).get("name"))
        # As the flows hear it at the beginning of a talk: what only says a wish is a search.
        heard = executor.Heard(
            text=plain_text(message.text),
            intent=found["intent"],
            confidence=found["confidence"],
            entities=found["entities"],
            choice=None,
            language=found["language"] or "",
            facts={},
        )
        found["intent"] = executor.wished(heard, {})
        return response.json(found)

    def _let_in(self, request: Request) -> None:
        given = request.headers.get("authorization", "").encode()
        if not compare_digest(given, self._token):
            raise _RefusedError("wrong or missing bearer token", 401)

    async def _answer(self, agent: Agent, message: UserMessage) -> _Said:
        async with self._one_at_a_time(message.sender_id):
            try:
                await agent.tracker_store.catch_up(message.sender_id)
                tracker = await agent.tracker_store.retrieve(message.sender_id)
                replayed = tracker is not None and last_id(tracker) == message.message_id
                if not replayed:
                    async with self._admission.turn():
                        await agent.processor.handle_message(message)
                    tracker = await agent.tracker_store.retrieve(message.sender_id)
                return 200, report(tracker, replayed)
            except Exception as error:
                agent.tracker_store.forget(message.sender_id)
                log.exception("turn failed", extra={"conversation": message.sender_id})
                return 500, {"error": _reason(error)}

    @asynccontextmanager
    async def _one_at_a_time(self, sender: Text) -> AsyncIterator[None]:
        """Hold the conversation's lock; Rasa's own polls once a second."""
        entry = self._locks.setdefault(sender, [asyncio.Lock(), 0])
        entry[1] += 1
        try:
            async with entry[0]:
                yield
        finally:
            entry[1] -= 1
            if not entry[1]:
                self._locks.pop(sender, None)


async def _refused(_request: Request, error: _RefusedError) -> HTTPResponse:
    return response.json({"error": error.reason}, error.status)


def _opened(
    app: Sanic, body: Any, read: Callable[[Dict[Text, Any]], UserMessage]
) -> Tuple[Agent, UserMessage]:
    """Return who answers and what was asked; the caller hears why not."""
    try:
        message = read(body)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _RefusedError(f"unreadable body: {error!r}", 422) from error
    agent = _agent(app)
    if agent is None:
        raise _RefusedError("no model is loaded", 503)
    return agent, message


def read_message(body: Dict[Text, Any]) -> UserMessage:
    """Make Rasa's message of the request's body; a tap is understood without the classifier."""
    sender, message_id = body["sender"], body["message_id"]
    if not (isinstance(sender, str) and sender and isinstance(message_id, str) and message_id):
        raise ValueError("sender and message_id must be texts")
    text, choice = body.get("text") or "", body.get("choice")
    parsed = None
    if choice:
        text = text or choice.get("title") or ""
        parsed = heard_choice(text, choice["id"])
    elif not text.strip():
        parsed = heard_nothing()
    return UserMessage(
        safe_text(text),
        Silence(),
        sender,
        parse_data=parsed,
        input_channel=DialogoChannel.name(),
        message_id=message_id,
        metadata={
            "language": body.get("language"),
            "choice": choice["id"] if choice else None,
            "context": dict(body.get("context") or {}),
        },
    )


def read_text(body: Dict[Text, Any]) -> UserMessage:
    """Make a message of a text that is only to be understood."""
    text, context = body["text"], dict(body.get("context") or {})
    if not isinstance(text, str) or not text.strip():
        raise ValueError("text must be a text")
    return UserMessage(safe_text(text), metadata={"context": context})


async def _warm_up(agent: Optional[Agent]) -> None:
    if agent is not None:
        # The first customer shall not wait for the catalog's words to be read.
        await agent.processor.parse_message(UserMessage("ciao"))
    # What is loaded now stays for good; the collector need not look at it again.
    gc.collect()
    gc.freeze()
    # As in the gateway: a turn makes thousands of short-lived objects and hardly a cycle.
    gc.set_threshold(20_000, 10, 10)


def _agent(app: Sanic) -> Optional[Agent]:
    agent = getattr(app.ctx, "agent", None)
    return agent if agent is not None and agent.is_ready() else None


def _reason(error: BaseException) -> Text:
    """Name the innermost cause, which is what the operator can act on."""
    while error.__cause__ is not None:
        error = error.__cause__
    return f"{type(error).__name__}: {error}"
