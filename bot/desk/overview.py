"""The queue as a person sees it: each call with its customer and the last thing said."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import Conversation, Message
from bot.desk import repository
from bot.desk.tables import Handoff
from bot.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the queue."""

    handoff: Handoff
    conversation: Conversation
    last: Message | None


async def overview(
    session: AsyncSession, *, states: Sequence[str], limit: int = 100
) -> list[Entry]:
    """Return the newest calls in these states with what a list of them shows."""
    calls = await repository.handoffs(session, states=states, limit=limit)
    known = await _conversations(session, {call.conversation_id for call in calls})
    newest = await _last_said(session, {row.id for row in known.values()})
    return [
        Entry(call, known[call.conversation_id], newest.get(known[call.conversation_id].id))
        for call in calls
        if call.conversation_id in known
    ]


async def entry(session: AsyncSession, handoff_id: str) -> Entry:
    """Return one call with its customer and the last thing said; NotFoundError if there is none."""
    call = await repository.get(session, handoff_id)
    row = (await _conversations(session, {call.conversation_id})).get(call.conversation_id)
    if row is None:
        raise NotFoundError(f"The conversation of handoff {handoff_id!r} is gone.")
    return Entry(call, row, (await _last_said(session, {row.id})).get(row.id))


async def _conversations(session: AsyncSession, ids: set[str]) -> dict[str, Conversation]:
    """Return the conversations by the ids asked for; a joined one is found under both."""
    found: dict[str, Conversation] = {}
    wanted = {id_: id_ for id_ in ids}
    while wanted:
        rows = await session.scalars(
            select(Conversation).where(Conversation.id.in_(set(wanted.values())))
        )
        by_id = {row.id: row for row in rows}
        reached = {id_: by_id[at] for id_, at in wanted.items() if at in by_id}
        found.update({id_: row for id_, row in reached.items() if row.merged_into is None})
        wanted = {id_: row.merged_into for id_, row in reached.items() if row.merged_into}
    return found


async def _last_said(session: AsyncSession, ids: set[str]) -> dict[str, Message]:
    newest = (
        select(func.max(Message.id))
        .where(Message.conversation_id.in_(ids))
        .group_by(Message.conversation_id)
    )
    rows = await session.scalars(select(Message).where(Message.id.in_(newest)))
    return {row.conversation_id: row for row in rows}
