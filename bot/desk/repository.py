"""Every query of the desk; the functions that take a Connection run inside a write."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import Conversation, Message
from bot.db import notify, now
from bot.desk.tables import Handoff, Login
from bot.errors import NotFoundError

# Pages listen to it (`Database.subscribe`) and look again when a handoff has changed.
TOPIC = "desk"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a handoff stands, as read under the lock of its conversation."""

    id: str
    conversation_id: str
    channel: str
    account: str
    state: str
    agent: str | None
    evidence: list[Any]
    wait_seconds: float
    replied_at: int | None


_STAND = select(
    Handoff.id,
    Handoff.conversation_id,
    Handoff.channel,
    Handoff.account,
    Handoff.state,
    Handoff.agent,
    Handoff.evidence,
    Handoff.wait_seconds,
    Handoff.replied_at,
)


def kept_conversation(conn: Connection, conversation_id: str) -> str:
    """Return the conversation that this one was joined into, or itself; NotFoundError if none."""
    current = conversation_id
    while True:
        row = conn.execute(
            select(Conversation.merged_into).where(Conversation.id == current)
        ).one_or_none()
        if row is None:
            raise NotFoundError(f"There is no conversation {conversation_id!r}.")
        if row.merged_into is None:
            return current
        current = row.merged_into


def conversation_of(conn: Connection, handoff_id: str) -> str:
    """Return the living conversation of a handoff, so that it can be locked first."""
    found = conn.execute(
        select(Handoff.conversation_id).where(Handoff.id == handoff_id)
    ).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"There is no handoff {handoff_id!r}.")
    return kept_conversation(conn, found)


def stand(conn: Connection, handoff_id: str) -> Stand:
    """Lock a handoff and say where it stands."""
    row = conn.execute(_STAND.where(Handoff.id == handoff_id).with_for_update()).one()
    return Stand(*row)


def open_stand(conn: Connection, conversation_id: str) -> Stand | None:
    """Lock and return the conversation's handoff that is not closed, joined ones included."""
    joined = select(Conversation.id).where(Conversation.merged_into == conversation_id)
    row = conn.execute(
        _STAND.where(
            (Handoff.conversation_id == conversation_id) | Handoff.conversation_id.in_(joined),
            Handoff.state != "closed",
        )
        .order_by(Handoff.created_at)
        .limit(1)
        .with_for_update()
    ).first()
    return None if row is None else Stand(*row)


def add(conn: Connection, values: dict[str, Any]) -> None:
    """Write a new handoff down."""
    conn.execute(insert(Handoff).values(**values))
    notify(conn, TOPIC, values["id"])


def change(conn: Connection, handoff_id: str, **values: Any) -> None:
    """Write columns of one handoff; `updated_at` moves by itself."""
    conn.execute(update(Handoff).where(Handoff.id == handoff_id).values(**values, updated_at=now()))


def place(conn: Connection, conversation_id: str) -> tuple[str, str]:
    """Return a conversation's channel and account."""
    row = conn.execute(
        select(Conversation.channel, Conversation.account).where(Conversation.id == conversation_id)
    ).one()
    return row.channel, row.account


def last_heard(conn: Connection, conversation_id: str) -> int | None:
    """Return when the customer last wrote."""
    return conn.execute(
        select(Conversation.last_in_at).where(Conversation.id == conversation_id)
    ).scalar_one()


async def get(session: AsyncSession, handoff_id: str) -> Handoff:
    """Return a handoff; NotFoundError if there is none."""
    found = await session.get(Handoff, handoff_id)
    if found is None:
        raise NotFoundError(f"There is no handoff {handoff_id!r}.")
    return found


async def handoffs(
    session: AsyncSession,
    *,
    states: Sequence[str] = (),
    agent: str | None = None,
    conversation: str | None = None,
    limit: int = 50,
    before: int | None = None,
) -> list[Handoff]:
    """Return handoffs, the newest first; `before` is the `created_at` to continue from."""
    query = select(Handoff)
    if states:
        query = query.where(Handoff.state.in_(states))
    if agent is not None:
        query = query.where(Handoff.agent == agent)
    if conversation is not None:
        query = query.where(_called_in(conversation))
    if before is not None:
        query = query.where(Handoff.created_at < before)
    newest = query.order_by(Handoff.created_at.desc(), Handoff.id).limit(limit)
    return list(await session.scalars(newest))


async def open_of(session: AsyncSession, conversation_id: str) -> Handoff | None:
    """Return the conversation's handoff that is not closed."""
    found = await session.scalars(
        select(Handoff)
        .where(_called_in(conversation_id), Handoff.state != "closed")
        .order_by(Handoff.created_at)
        .limit(1)
    )
    return found.first()


def _called_in(conversation_id: str) -> ColumnElement[bool]:
    """Calls of a conversation, and of those that were joined with it."""
    joined = select(Conversation.id).where(Conversation.merged_into == conversation_id)
    return (Handoff.conversation_id == conversation_id) | Handoff.conversation_id.in_(joined)


def sold(conn: Connection, conversation_id: str, product: str) -> bool:
    """Tell whether a person has closed a sale of this product in this conversation."""
    briefs = conn.scalars(
        select(Handoff.brief).where(
            Handoff.conversation_id == conversation_id,
            Handoff.state == "closed",
            Handoff.outcome == "won",
        )
    )
    return any(_was_about(brief, product) for brief in briefs)


def _was_about(brief: dict[str, Any], product: str) -> bool:
    viewed = (p for p in brief.get("products") or () if p.get("in_view"))
    ordered = (line.get("product") for line in brief.get("order") or ())
    return product in {*(p.get("id") for p in viewed), *ordered}


async def usual_wait(session: AsyncSession, *, of_last: int = 50) -> int | None:
    """Return how many seconds customers usually wait for a person's first words, if known."""
    rows = await session.execute(
        select(Handoff.created_at, Handoff.replied_at)
        .where(Handoff.replied_at.is_not(None))
        .order_by(Handoff.created_at.desc())
        .limit(of_last)
    )
    waits = sorted((replied - created) // 1000 for created, replied in rows if replied)
    return int(waits[len(waits) // 2]) if waits else None


async def marks(session: AsyncSession, conversation_id: str | None) -> tuple[Any, ...]:
    """Return a value that changes when the queue or the opened conversation changes.

    Pages compare it a few times per second, so every part is answered by an index.
    """
    queue = (await session.execute(select(func.max(Handoff.updated_at)))).scalar_one()
    spoken = select(func.max(Message.id))
    newest = (await session.execute(spoken)).scalar_one()
    if conversation_id is None:
        return (queue, newest)
    opened = (
        await session.execute(
            select(func.max(Message.id), func.max(Message.status_at)).where(
                Message.conversation_id == conversation_id
            )
        )
    ).one()
    return (queue, newest, *opened)


def add_login(conn: Connection, login_id: str, agent: str, *, expires_at: int) -> None:
    """Remember a login and forget those that have run out."""
    conn.execute(delete(Login).where(Login.expires_at < now()))
    conn.execute(
        insert(Login).values(id=login_id, agent=agent, created_at=now(), expires_at=expires_at)
    )


def drop_login(conn: Connection, login_id: str) -> None:
    """Log one session out."""
    conn.execute(delete(Login).where(Login.id == login_id))


async def login_agent(session: AsyncSession, login_id: str) -> str | None:
    """Return the agent of a login that is still good."""
    found = await session.scalars(
        select(Login.agent).where(Login.id == login_id, Login.expires_at > now())
    )
    return found.first()
