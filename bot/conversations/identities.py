"""Finding the conversation that a platform's ids lead to; making, joining and renaming them.

A customer can be known by several ids at once (a WhatsApp phone number and a business-scoped
user id), and one of them may be missing from an event. The first event that carries two ids of
two conversations joins them: the older one stays.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, tuple_, update

from bot.conversations.tables import Conversation, Identity, Message
from bot.db import insert_new, new_id, now, run
from channels.kit import Person, Referral

_FIND = select(Identity.kind, Identity.value, Identity.conversation_id).where(
    Identity.channel == bindparam("channel"),
    Identity.account == bindparam("account"),
    tuple_(Identity.kind, Identity.value).in_(bindparam("pairs", expanding=True)),
)
_FIND_ONE = select(Identity.conversation_id).where(
    Identity.channel == bindparam("channel"),
    Identity.account == bindparam("account"),
    Identity.kind == bindparam("kind"),
    Identity.value == bindparam("value"),
)
_ADD_CONVERSATION = insert(Conversation)
_MOVE = (
    update(Identity)
    .where(Identity.conversation_id == bindparam("old"))
    .values(conversation_id=bindparam("kept"))
)


def conversation_of(
    conn: Connection,
    channel: str,
    account: str,
    person: Person,
    *,
    referral: Referral | None = None,
) -> str:
    """Return the id of the customer's conversation, made or joined where needed."""
    pairs = list(person.ids.items())
    known = _known(conn, channel, account, pairs)
    if not known:
        return _create(conn, channel, account, person, referral)
    found = set(known.values())
    kept = found.pop() if len(found) == 1 else _join(conn, found)
    new = {kind: value for kind, value in pairs if (kind, value) not in known}
    if new:
        _attach(conn, channel, account, kept, new)
    return kept


def attach_ids(conn: Connection, conversation_id: str, ids: Mapping[str, str]) -> None:
    """Let further ids lead to a conversation; sends use the newest of each kind."""
    row = conn.execute(
        select(Conversation.channel, Conversation.account).where(Conversation.id == conversation_id)
    ).one()
    _attach(conn, row.channel, row.account, conversation_id, ids)


def _known(
    conn: Connection, channel: str, account: str, pairs: list[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    given = {"channel": channel, "account": account}
    if len(pairs) == 1:
        [(kind, value)] = pairs
        found = run(conn, _FIND_ONE, {**given, "kind": kind, "value": value}).scalar()
        return {(kind, value): str(found)} if found is not None else {}
    rows = conn.execute(_FIND, {**given, "pairs": pairs})
    return {(kind, value): conversation for kind, value, conversation in rows}


def _create(
    conn: Connection, channel: str, account: str, person: Person, referral: Referral | None
) -> str:
    """Claim the first id for a fresh conversation; another process may have been faster."""
    fresh = new_id()
    kind, value = next(iter(person.ids.items()))
    claim = {
        "channel": channel,
        "account": account,
        "kind": kind,
        "value": value,
        "conversation_id": fresh,
    }
    if not conn.execute(insert_new(conn, Identity), claim).rowcount:
        return _known(conn, channel, account, [(kind, value)])[kind, value]
    at = now()
    conn.execute(
        _ADD_CONVERSATION,
        {
            "id": fresh,
            "channel": channel,
            "account": account,
            "recipient": dict(person.ids),
            "name": person.name,
            "language": person.language,
            "owner": "bot",
            "epoch": 0,
            "stopped": False,
            "facts": {},
            "open_choices": [],
            "failures": 0,
            "attribution": referral.model_dump(mode="json") if referral else None,
            "created_at": at,
            "last_at": at,
        },
    )
    rest = {other: person.ids[other] for other in person.ids if other != kind}
    if rest:
        _attach(conn, channel, account, fresh, rest)
    return fresh


def _attach(
    conn: Connection, channel: str, account: str, conversation_id: str, ids: Mapping[str, str]
) -> None:
    rows = [
        {
            "channel": channel,
            "account": account,
            "kind": kind,
            "value": value,
            "conversation_id": conversation_id,
        }
        for kind, value in ids.items()
    ]
    conn.execute(insert_new(conn, Identity), rows)
    recipient: dict[str, Any] = conn.execute(
        select(Conversation.recipient).where(Conversation.id == conversation_id)
    ).scalar_one()
    conn.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(recipient={**recipient, **ids})
    )


def _join(conn: Connection, ids: set[str]) -> str:
    """Fold several conversations of one person into the oldest and return its id."""
    rows = conn.execute(
        select(Conversation.id, Conversation.recipient)
        .where(Conversation.id.in_(ids))
        .order_by(Conversation.created_at, Conversation.id)
        .with_for_update()
    ).all()
    kept, recipient = rows[0].id, dict(rows[0].recipient)
    for row in rows[1:]:
        recipient = {**row.recipient, **recipient}
        conn.execute(_MOVE, {"old": row.id, "kept": kept})
        conn.execute(
            update(Message).where(Message.conversation_id == row.id).values(conversation_id=kept)
        )
        conn.execute(
            update(Conversation)
            .where(or_(Conversation.id == row.id, Conversation.merged_into == row.id))
            .values(merged_into=kept)
        )
    conn.execute(update(Conversation).where(Conversation.id == kept).values(recipient=recipient))
    return str(kept)
