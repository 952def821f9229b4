"""Putting messages into the outbox: in the domain log, and in order on the conversation's lane."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Literal

from sqlalchemy import Connection

from bot.conversations import Entry, write_all
from bot.lanes import NewTask, add_tasks, out_lane
from channels.kit import Cards, Choice, Location, Media, Outbound, Template, Text

Author = Literal["bot", "agent", "system"]
_LONGEST_KEY = 200


def enqueue(  # noqa: PLR0913 - one message's whole address, all by name
    conn: Connection,
    *,
    conversation_id: str,
    channel: str,
    account: str,
    messages: Sequence[Outbound],
    author: Author,
    key: str,
    epoch: int,
    agent: str | None = None,
    reply_to: str | None = None,
    touched: bool = False,
) -> list[str]:
    """Store messages to be sent in this order and return their keys.

    Under the same `key` they are stored once, however often a turn is repeated. `epoch` is the
    ownership under which they were made: what the bot says under an older one is dropped. Say
    `touched` where the conversation's `last_at` is written anyway.
    """
    keys = [message_key(key, number) for number in range(len(messages))]
    lane = out_lane(channel, account, conversation_id)
    tasks = [
        NewTask(
            lane=lane,
            account=f"{channel}:{account}",
            kind="send",
            key=name,
            data={"conversation": conversation_id, "message_key": name, "reply_to": reply_to},
        )
        for name in keys
    ]
    add_tasks(conn, tasks)
    entries = [
        Entry(
            conversation_id=conversation_id,
            channel=channel,
            account=account,
            direction="out",
            author=author,
            key=name,
            kind=message.kind,
            text=readable(message),
            body=message.model_dump(mode="json"),
            status="queued",
            agent=agent,
            epoch=epoch,
        )
        for name, message in zip(keys, messages, strict=True)
    ]
    if entries:
        write_all(conn, entries, touched=touched)
    return keys


def message_key(key: str, number: int) -> str:
    """Return the key of the message with a number; a long one is shortened to fit the column."""
    name = f"{key}:{number}"
    if len(name) <= _LONGEST_KEY:
        return name
    digest = sha256(name.encode()).hexdigest()
    return f"{name[: _LONGEST_KEY - len(digest) - 1]}:{digest}"


def readable(message: Outbound) -> str:
    """Return what a person reads in a transcript for a message of ours."""
    match message:
        case Text():
            return _with_choices(message.text, message.choices)
        case Cards():
            cards = [
                _with_choices(f"[card] {card.title} {card.subtitle}".strip(), card.choices)
                for card in message.cards
            ]
            return "\n".join([message.text, *cards] if message.text else cards)
        case Media():
            return f"[{message.media}] {message.caption}".strip()
        case Location():
            place = message.name or message.address
            return f"[location] {place or f'{message.latitude:.5f}, {message.longitude:.5f}'}"
        case Template():
            return f"[template {message.name}] {', '.join(message.parameters)}".strip()


def _with_choices(text: str, choices: Sequence[Choice]) -> str:
    shown = " ".join(f"[{choice.title}]" for choice in choices)
    return f"{text} {shown}".strip()
