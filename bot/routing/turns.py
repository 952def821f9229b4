"""The worker's hand on one conversation: a customer's event in, stored replies out.

`Turns.event` is called with the head of an in-lane, so a conversation is never worked on twice at
the same time. It reads, asks the engine and renders outside of any transaction; everything that
the turn changes is one effect, committed with the end of the task, and only while the ownership
epoch that it began under still holds.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

import catalog
from bot import conversations
from bot.conversations import Conversation
from bot.db import now
from bot.engine import Context, EngineDownError, TurnFailedError, TurnReply, TurnRequest
from bot.errors import EngineError
from bot.lanes import Dead, Finish, Lease, Result, Retry
from bot.rendering import OpenChoice, Rendered
from bot.routing import faults, reading, reviewing, signals, takeover, tapped
from bot.routing.asking import Asking
from bot.routing.evidence import evidence, with_order
from bot.routing.misses import missed
from bot.routing.services import Services
from bot.routing.writing import Writer
from channels.kit import ControlChanged, CustomerEvent, Echoed, Event, TextSaid

log = logging.getLogger(__name__)
_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def _ending(effect: takeover.Effect | None) -> Callable[[Connection], None]:
    def run(conn: Connection) -> None:
        if effect is not None:
            effect(conn)

    return run


def _is_contact(rendered: Rendered) -> bool:
    return any(wanted.reason == "contact_left" for wanted in rendered.handoffs)


@dataclass(frozen=True, slots=True)
class Turn:
    """One customer event being answered."""

    key: str
    conversation: Conversation
    event: CustomerEvent
    tries: int
    created_at: int
    lane: str


class Turns:
    """Answers events; one for each gateway or worker process."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._writer = Writer(services)
        self._signals = signals.Signals(services)
        self._engine = Asking(services)

    async def event(self, lease: Lease) -> Result:
        """Handle a task of kind "event"."""
        task = lease.task
        event = _EVENT.validate_python(task.data["event"])
        conversation = await self._services.database.read(
            lambda conn: conversations.copy_of(conn, task.data["conversation"])
        )
        if isinstance(event, Echoed | ControlChanged):
            effect = await takeover.outside(self._services, conversation, event)
            return Finish(_ending(effect))
        event = await tapped.read_in_full(self._services.database, conversation, event)
        turn = Turn(task.key, conversation, event, task.tries, task.created_at, task.lane)  # type: ignore[arg-type]
        if conversation.owner != "bot":
            self._count(turn, "person")
            return Finish(lambda conn: conversations.handled(conn, turn.key))
        return await self._answer(turn)

    async def _answer(self, turn: Turn) -> Result:
        open_choices = [OpenChoice(**choice) for choice in turn.conversation.open_choices]
        match reading.read(turn.event, open_choices):
            case reading.ForEngine() as wanted:
                return await self._ask_engine(turn, wanted)
            case reading.ForPage(number=number):
                page = self._writer.page(turn.conversation, number, open_choices)
                return self._finish(turn, page)
            case reading.ForPerson(reason=reason):
                return await self._call_person(turn, reason)
            case reading.Say(ref=ref):
                return self._finish(turn, self._writer.say(turn.conversation, ref))
            case reading.Nothing():
                return Finish(lambda conn: conversations.handled(conn, turn.key))

    async def _ask_engine(self, turn: Turn, wanted: reading.ForEngine) -> Result:
        if turn.tries == 0 and not self._engine.outage.known:
            self._signals.begin(turn.conversation, turn.event)
        try:
            reply = await self._engine.turn(self._request(turn, wanted))
        except EngineDownError as error:
            return await self._engine_down(turn, error)
        except (TurnFailedError, EngineError) as error:
            return self._turn_failed(turn, error)
        return await self._reply(turn, reply)

    def _request(self, turn: Turn, wanted: reading.ForEngine) -> TurnRequest:
        conversation = turn.conversation
        return TurnRequest(
            sender=conversation.id,
            message_id=turn.key,
            text=wanted.text,
            choice=wanted.choice,
            language=conversation.language,
            context=Context(
                channel=conversation.channel,
                name=conversation.name,
                outcome=conversation.outcome,
                product=wanted.product,
                event=reading.origin(turn.event),
                today=reading.today(self._services.settings.timezone),
            ),
        )

    async def _reply(self, turn: Turn, reply: TurnReply) -> Result:
        language = reply.understood.language or turn.conversation.language
        messages = await self._told(reply.messages)
        seed = _seed(turn)
        rendered = self._writer.render(turn.conversation, messages, language, seed=seed)
        if not rendered.messages:
            log.error("empty answer", extra={"conversation": turn.conversation.id})
            self._services.metrics.safe_answers.labels("empty").inc()
            rendered = self._writer.say(turn.conversation, faults.SAFE)
        if rendered.unanswered or _is_contact(rendered):
            contact = await takeover.contact_left(self._services, turn.conversation, turn.event)
            if contact is not None:
                return self._finish(turn, self._thanks(turn, rendered), contact, reply=reply)
        person = None
        if rendered.handoffs:
            wanted = rendered.handoffs[0]
            call = takeover.Call(
                wanted.reason,
                reply.facts,
                [*wanted.evidence, *evidence(turn.event, reply, reply.facts)],
                wanted.queue,
                language,
            )
            person = await takeover.call(self._services, turn.conversation, call)
        return self._finish(turn, rendered, person, reply=reply)

    async def _told(self, messages: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
        """Let the announcement of a person say how long they usually take."""
        if not any(message.get("kind") == "handoff" for message in messages):
            return messages
        wait = await self._writer.usual_wait()
        return [
            {**message, "values": {**wait, **message.get("values", {})}} for message in messages
        ]

    def _thanks(self, turn: Turn, rendered: Rendered) -> Rendered:
        """The contact goes to the call that waits already; nobody is called a second time."""
        if _is_contact(rendered):
            return replace(rendered, handoffs=[])
        return self._writer.say(turn.conversation, "text.contact_taken")

    async def _call_person(self, turn: Turn, reason: str) -> Result:
        """Pass the conversation on without the engine: an order, or a wish while it is down."""
        facts = with_order(turn.conversation.facts, turn.event)
        call = takeover.Call(reason, facts, evidence(turn.event, None, facts))
        person = await takeover.call(self._services, turn.conversation, call)
        told = await self._told([{"kind": "handoff", "reason": reason}])
        rendered = self._writer.render(turn.conversation, told, seed=turn.key)
        return self._finish(turn, rendered, person, facts=facts)

    def _finish(
        self,
        turn: Turn,
        rendered: Rendered,
        further: takeover.Effect | None = None,
        *,
        reply: TurnReply | None = None,
        facts: dict[str, Any] | None = None,
    ) -> Result:
        changes = self._changes(turn, rendered, reply, facts)
        flags = self._flags(turn, rendered, reply)
        miss = missed(reply, turn.event, self._services.settings) if reply else None
        conversation = turn.conversation

        def effect(conn: Connection) -> None:
            owned = conversations.change(conn, conversation.id, **changes, last_at=now())
            conversations.handled(conn, turn.key, flags)
            # Else a person took over while we were thinking: the bot says nothing.
            if owned.epoch == conversation.epoch:
                for given in rendered.reviews:
                    reviewing.keep(conn, conversation, given)
                epoch = (further(conn) if further else None) or owned.epoch
                self._writer.store(
                    conn, conversation, rendered, key=turn.key, epoch=epoch, touched=True
                )
            if miss is not None:
                names = (conversation.name or "",)
                catalog.note_miss(conn, miss, now=now(), names=names)

        self._count(turn, "handoff" if rendered.handoffs else "answered")
        return Finish(effect)

    def _changes(
        self,
        turn: Turn,
        rendered: Rendered,
        reply: TurnReply | None,
        facts: dict[str, Any] | None,
    ) -> dict[str, Any]:
        changes: dict[str, Any] = {
            "open_choices": [choice.model_dump() for choice in rendered.open_choices]
        }
        if not rendered.open_choices and isinstance(turn.event, TextSaid) and reply is None:
            changes.pop("open_choices")  # a picture between question and answer keeps the choices
        if reply:
            changes["facts"] = reply.facts
            changes["language"] = reply.understood.language or turn.conversation.language
            changes["outcome"] = None  # told to the engine once
        elif facts is not None:
            changes["facts"] = facts
        return changes

    def _flags(self, turn: Turn, rendered: Rendered, reply: TurnReply | None) -> dict[str, Any]:
        if reply is None:
            return {}
        understood = reply.understood
        flags: dict[str, Any] = {
            "intent": understood.intent,
            "confidence": round(understood.confidence, 3),
        }
        if rendered.unanswered:
            flags["unanswered"] = True
            self._services.metrics.unanswered.labels(turn.conversation.channel).inc()
        return flags

    async def _engine_down(self, turn: Turn, error: EngineError) -> Result:
        """Say so once, keep the turn and answer it when the engine is back."""
        self._count(turn, "engine_down")
        if await faults.wants_person(self._services, turn.conversation):
            return await self._call_person(turn, "wants_person")
        patience = self._services.settings.engine_patience - faults.age_seconds(turn.created_at)
        if patience < 0:
            return await self._call_person(turn, "engine_down")
        outage = self._engine.outage
        if turn.tries < faults.QUIET_TRIES and not outage.known:
            return Retry(str(error), faults.delay(turn.tries))
        if outage.wait(turn.lane):
            self._services.metrics.safe_answers.labels("engine_down").inc()
        rendered = self._writer.say(turn.conversation, faults.SAFE_LATER)

        def effect(conn: Connection) -> None:
            owned = conversations.ownership(conn, turn.conversation.id)
            if owned.epoch == turn.conversation.epoch:
                self._writer.store_once(conn, turn.conversation, rendered, key=f"safe:{turn.key}")

        return Retry(str(error), min(outage.delay(faults.delay(turn.tries)), patience), effect)

    def _turn_failed(self, turn: Turn, error: EngineError) -> Result:
        """The engine breaks on this message: try again shortly, then offer a person."""
        log.error(
            "turn failed",
            extra={"conversation": turn.conversation.id, "reason": str(error), "tries": turn.tries},
        )
        self._count(turn, "failed")
        if turn.tries + 1 < self._services.settings.turn_tries:
            return Retry(str(error), 0.3 * (turn.tries + 1))
        self._services.metrics.safe_answers.labels("turn_failed").inc()
        rendered = self._writer.say(turn.conversation, faults.SAFE)

        def effect(conn: Connection) -> None:
            conversations.handled(conn, turn.key, {"unanswered": True, "error": str(error)[:300]})
            owned = conversations.ownership(conn, turn.conversation.id)
            if owned.epoch == turn.conversation.epoch:
                self._writer.store(
                    conn, turn.conversation, rendered, key=turn.key, epoch=owned.epoch
                )

        return Dead(str(error), effect)

    def _count(self, turn: Turn, outcome: str) -> None:
        self._services.metrics.turns.labels(turn.conversation.channel, outcome).inc()


def _seed(turn: Turn) -> str:
    """Let the customer's words choose among the variants: the same talk reads the same again."""
    event = turn.event
    return event.text if isinstance(event, TextSaid) and event.text else turn.key
