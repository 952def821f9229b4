"""What can happen to a call for a person; every function runs inside one write.

    waiting ──claim──▶ claimed ──close──▶ closed
       ▲                  │                 ▲
       └─────release──────┘                 │
       └──────────────close─────────────────┘
The conversation is locked before its handoff, always in that order, so two agents who click at
the same moment are served one after the other and the second is told.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sqlalchemy import Connection

from bot import conversations
from bot.conversations import change, change_owner
from bot.db import new_id, now
from bot.desk import repository
from bot.desk.brief import Brief
from bot.errors import ConflictError
from bot.lanes import NewTask, add_tasks, in_lane
from bot.timers import cancel, schedule

Result = Literal["won", "lost", "answered", "spam"]


@dataclass(frozen=True, slots=True)
class NewHandoff:
    """A call for a person about to be made.

    `agent` is set when a person has already taken the conversation outside the desk (they wrote
    in the phone app or the page inbox): the handoff is then born claimed.
    """

    conversation_id: str
    reason: str
    brief: Brief
    queue: str = "sales"
    evidence: tuple[str, ...] = ()
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a handoff ended, in the words of the agent."""

    result: Result
    note: str | None = None
    amount: Decimal | None = None
    currency: str = "EUR"


def open_handoff(conn: Connection, new: NewHandoff, *, wait: float) -> str:
    """Call a person and return the handoff's id; a call already open is brought up to date.

    The customer waits at most `wait` seconds before the timer `unclaimed:<handoff>` fires.
    """
    conversation_id = repository.kept_conversation(conn, new.conversation_id)
    owned = conversations.ownership(conn, conversation_id)
    known = repository.open_stand(conn, conversation_id)
    if known is not None:
        return _call_again(conn, new, known, owner=owned.owner)
    channel, account = repository.place(conn, conversation_id)
    taken = new.agent is not None or owned.owner == "human"
    at = now()
    handoff = {
        "id": new_id(),
        "conversation_id": conversation_id,
        "channel": channel,
        "account": account,
        "state": "claimed" if taken else "waiting",
        "reason": new.reason,
        "queue": new.queue,
        "evidence": list(new.evidence),
        "brief": new.brief.model_dump(mode="json"),
        "agent": (new.agent or owned.agent) if taken else None,
        "wait_seconds": wait,
        "created_at": at,
        "claimed_at": at if taken else None,
        "updated_at": at,
    }
    repository.add(conn, handoff)
    if owned.owner != "human":
        change_owner(conn, conversation_id, "human" if taken else "queued", agent=new.agent)
    if not taken:
        _set_timer(conn, str(handoff["id"]), conversation_id, wait=wait)
    return str(handoff["id"])


def claim(conn: Connection, handoff_id: str, agent: str, *, take_over: bool = False) -> str:
    """Give a waiting conversation to an agent and return its id; ConflictError if taken.

    `take_over` takes it out of a colleague's hands.
    """
    conversation_id = _lock(conn, handoff_id)
    found = repository.stand(conn, handoff_id)
    _refuse_closed(found)
    held = found.state == "claimed" and found.agent == agent
    if held and conversations.ownership(conn, conversation_id).owner == "human":
        return conversation_id
    if found.state == "claimed" and not (held or take_over):
        raise ConflictError(f"{found.agent or 'Somebody'} has already taken this conversation.")
    repository.change(conn, handoff_id, state="claimed", agent=agent, claimed_at=now())
    change_owner(conn, conversation_id, "human", agent=agent)
    cancel(conn, _timer_key(handoff_id))
    return conversation_id


def release(conn: Connection, handoff_id: str, *, agent: str | None = None) -> str:
    """Put a claimed conversation back into the queue and return its id."""
    conversation_id = _lock(conn, handoff_id)
    found = repository.stand(conn, handoff_id)
    _refuse_closed(found)
    if found.state == "waiting":
        raise ConflictError("Nobody holds this conversation; it is waiting in the queue.")
    _refuse_others(found, agent)
    repository.change(conn, handoff_id, state="waiting", agent=None, claimed_at=None)
    change_owner(conn, conversation_id, "queued")
    _set_timer(conn, handoff_id, conversation_id, wait=found.wait_seconds)
    return conversation_id


def close(conn: Connection, handoff_id: str, outcome: Outcome, *, agent: str | None = None) -> str:
    """Write the outcome down, return the conversation to the bot and return its id.

    The bot hears of it through a task in the conversation's own lane, so that the customer is
    told in order. Where the bot has the conversation already (nobody came) it goes on undisturbed.
    """
    conversation_id = _lock(conn, handoff_id)
    found = repository.stand(conn, handoff_id)
    _refuse_closed(found)
    _refuse_others(found, agent)
    at = now()
    result = {
        "outcome": outcome.result,
        "note": outcome.note,
        "amount": None if outcome.amount is None else str(outcome.amount),
        "currency": None if outcome.amount is None else outcome.currency,
    }
    holder = agent or found.agent
    repository.change(conn, handoff_id, state="closed", closed_at=at, **{**result, "agent": holder})
    cancel(conn, _timer_key(handoff_id))
    told = {**result, "handoff": handoff_id, "agent": holder, "at": at}
    change(conn, conversation_id, outcome=told, failures=0)
    if conversations.ownership(conn, conversation_id).owner != "bot":
        change_owner(conn, conversation_id, "bot")
        _tell_routing(conn, handoff_id, conversation_id, outcome.result)
    return conversation_id


def keep_contact(conn: Connection, handoff_id: str, contact: str) -> None:
    """Write down where the customer can be reached later."""
    repository.change(conn, handoff_id, contact=contact[:200])


def _call_again(conn: Connection, new: NewHandoff, known: repository.Stand, *, owner: str) -> str:
    """Refresh a call that is still open; after nobody came, the customer waits anew."""
    lines = [line for line in new.evidence if line not in known.evidence]
    repository.change(
        conn,
        known.id,
        evidence=[*known.evidence, *lines],
        brief=new.brief.model_dump(mode="json"),
        reason=new.reason,
    )
    conversation_id = repository.kept_conversation(conn, known.conversation_id)
    if new.agent is not None and owner != "human":
        claim(conn, known.id, new.agent, take_over=True)
    elif known.state == "waiting" and owner == "bot":
        change_owner(conn, conversation_id, "queued")
        _set_timer(conn, known.id, conversation_id, wait=known.wait_seconds)
    return known.id


def _lock(conn: Connection, handoff_id: str) -> str:
    conversation_id = repository.conversation_of(conn, handoff_id)
    conversations.ownership(conn, conversation_id)
    return conversation_id


def _refuse_closed(found: repository.Stand) -> None:
    if found.state == "closed":
        raise ConflictError("This handoff is closed.")


def _refuse_others(found: repository.Stand, agent: str | None) -> None:
    if agent is not None and found.agent is not None and found.agent != agent:
        raise ConflictError(f"{found.agent} holds this conversation; take it over first.")


def _timer_key(handoff_id: str) -> str:
    return f"unclaimed:{handoff_id}"


def _set_timer(conn: Connection, handoff_id: str, conversation_id: str, *, wait: float) -> None:
    channel, account = repository.place(conn, conversation_id)
    schedule(
        conn,
        key=_timer_key(handoff_id),
        lane=in_lane(channel, account, conversation_id),
        account=account,
        data={"conversation": conversation_id, "name": "unclaimed", "handoff": handoff_id},
        due_at=now() + int(wait * 1000),
    )


def _tell_routing(conn: Connection, handoff_id: str, conversation_id: str, result: Result) -> None:
    channel, account = repository.place(conn, conversation_id)
    task = NewTask(
        lane=in_lane(channel, account, conversation_id),
        account=account,
        kind="returned",
        key=f"returned:{handoff_id}",
        data={"conversation": conversation_id, "handoff": handoff_id, "outcome": result},
    )
    add_tasks(conn, [task])
