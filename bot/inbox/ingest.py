"""Keeping what a webhook brought: once, in order, before the platform gets its 200.

Everything here runs in one transaction. What the customer did becomes a row of the domain log
and a task on the conversation's lane; reports about our own messages are applied at once; a
person writing from the business side takes the conversation over in the same commit, so that no
answer of the bot can slip out after it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from bot import conversations, outbox
from bot.lanes import NewTask, add_tasks, hold, in_lane
from channels.kit import (
    ControlChanged,
    DeliveryStatus,
    Echoed,
    Event,
    FromCustomer,
    IdentityChanged,
    Ignored,
    MessageDeleted,
    OptChanged,
    Person,
    Referral,
)


@dataclass(slots=True)
class Kept:
    """What became of a webhook's events, for the counters."""

    new: int = 0
    started: set[str] = field(default_factory=set)  # keys of the turns that begin with it
    repeated: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)


def task_key(channel: str, event: Any) -> str:
    """Return the key under which an event is kept once; also the id of the turn it starts."""
    return f"{channel}:{event.account}:{event.event_id}"[:200]


def keep(conn: Connection, channel: str, events: Sequence[Event]) -> Kept:
    """Store every event of one webhook call; a repeated one changes nothing."""
    kept = Kept()
    tasks: list[NewTask] = []
    for event in _wanted(events, kept):
        repeated = kept.repeated
        task = _keep_one(conn, channel, event, kept)
        if kept.repeated == repeated:
            kept.kinds[event.kind] += 1
        if task:
            tasks.append(task)
    if tasks:
        kept.started.update(add_tasks(conn, tasks))
    return kept


def _wanted(events: Sequence[Event], kept: Kept) -> list[Event]:
    """Leave out what an adapter has read and nobody needs."""
    wanted: list[Event] = []
    for event in events:
        if isinstance(event, Ignored):
            kept.ignored[event.what] += 1
        else:
            wanted.append(event)
    return wanted


def _keep_one(conn: Connection, channel: str, event: Event, kept: Kept) -> NewTask | None:
    match event:
        case DeliveryStatus():
            outbox.apply_status(conn, channel, event)
        case Echoed(by="us"):
            outbox.apply_echo(conn, channel, event)
        case Echoed():
            return _taken_over(conn, channel, event, kept)
        case IdentityChanged():
            conversation = conversations.conversation_of(conn, channel, event.account, event.sender)
            conversations.attach_ids(conn, conversation, event.new_ids)
        case OptChanged():
            _opted(conn, channel, event)
        case ControlChanged():
            return _control(conn, channel, event)
        case FromCustomer():
            return _said(conn, channel, event, kept)
    return None


def _said(conn: Connection, channel: str, event: FromCustomer, kept: Kept) -> NewTask | None:
    conversation = _conversation(
        conn, channel, event.account, event.sender, referral=event.referral
    )
    key = task_key(channel, event)
    body = event.model_dump(mode="json")
    entry = conversations.Entry(
        conversation_id=conversation,
        channel=channel,
        account=event.account,
        direction="in",
        author="customer",
        key=key,
        kind=event.kind,
        text=event.words(),
        body=body,
        status="received",
        platform_id=event.event_id,
    )
    if not _write_down(conn, entry, kept):
        return None
    if isinstance(event, MessageDeleted):
        conversations.forget(conn, channel, event.account, event.target)
        return None
    if event.standby:
        return None
    return _task(channel, conversation, key, event.account, {**body, "raw": {}})


def _conversation(
    conn: Connection,
    channel: str,
    account: str,
    person: Person,
    *,
    referral: Referral | None = None,
) -> str:
    """Find the conversation and lock its lane, which must come before any other lock of it."""
    found = conversations.conversation_of(conn, channel, account, person, referral=referral)
    hold(conn, in_lane(channel, account, found))
    return found


def _write_down(conn: Connection, entry: conversations.Entry, kept: Kept) -> bool:
    """Put something said into the transcript; False if it is there already."""
    new = conversations.write_down(conn, entry)
    if new:
        kept.new += 1
    else:
        kept.repeated += 1
    return new


def _task(
    channel: str, conversation: str, key: str, account: str, event: dict[str, Any]
) -> NewTask:
    return NewTask(
        lane=in_lane(channel, account, conversation),
        account=account,
        kind="event",
        key=key,
        data={"conversation": conversation, "event": event},
    )


def _taken_over(conn: Connection, channel: str, event: Echoed, kept: Kept) -> NewTask | None:
    """A person answered from the phone app or the page inbox: from now on it is theirs."""
    conversation = _conversation(conn, channel, event.account, event.recipient)
    key = task_key(channel, event)
    agent = "phone" if event.by == "human" else "other app"
    entry = conversations.Entry(
        conversation_id=conversation,
        channel=channel,
        account=event.account,
        direction="out",
        author="other",
        agent=agent,
        key=key,
        kind="text",
        text=event.text,
        body=event.model_dump(mode="json"),
        status="sent",
        platform_id=event.message_id,
    )
    if not _write_down(conn, entry, kept):
        return None
    if conversations.ownership(conn, conversation).owner != "human":
        conversations.change_owner(conn, conversation, "human", agent=agent)
    body = event.model_dump(mode="json")
    return _task(channel, conversation, key, event.account, {**body, "raw": {}})


def _control(conn: Connection, channel: str, event: ControlChanged) -> NewTask | None:
    """Another application has the thread now, or gave it to us."""
    conversation = _conversation(conn, channel, event.account, event.sender)
    owner = conversations.ownership(conn, conversation).owner
    gives_away = event.action in ("pass", "take") and not event.to_us
    if gives_away and owner != "human":
        conversations.change_owner(conn, conversation, "human", agent="other app")
    body = event.model_dump(mode="json")
    key = task_key(channel, event)
    return _task(channel, conversation, key, event.account, {**body, "raw": {}})


def _opted(conn: Connection, channel: str, event: OptChanged) -> None:
    """Keep the customer's wish; "all" stops every message, a category only its own."""
    conversation = conversations.conversation_of(conn, channel, event.account, event.sender)
    if event.category == "all":
        conversations.change(conn, conversation, stopped=event.stopped)
        return
    conversations.prefer(conn, conversation, event.category, stopped=event.stopped)
