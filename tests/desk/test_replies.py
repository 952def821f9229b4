"""What an agent writes, and what pages are told of it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, update

from bot import conversations, desk
from bot.conversations import Message
from bot.db import Database, now
from bot.errors import BadRequestError, ConflictError
from channels.kit import Capabilities
from tests.desk.talks import count, handoff, made

CHAT = Capabilities(max_text=4096, window_hours=24)


def said(
    agent: str | None = "Anna", text: str = "Buongiorno!", **further: Any
) -> Callable[..., Any]:
    def write(conn: Connection, conversation_id: str) -> list[str]:
        return desk.reply(
            conn, conversation_id, agent=agent, text=text, capabilities=CHAT, **further
        )

    return write


async def test_only_a_person_who_holds_the_conversation_can_reply(database: Database) -> None:
    talk, call_id = await made(database)
    with pytest.raises(ConflictError, match="Claim its handoff"):
        await database.write(lambda conn: said()(conn, talk))
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna"))
    with pytest.raises(ConflictError, match="Anna holds"):
        await database.write(lambda conn: said("Bruno")(conn, talk))
    with pytest.raises(BadRequestError):
        await database.write(lambda conn: said(text="  \n ")(conn, talk))
    keys = await database.write(lambda conn: said()(conn, talk))
    async with database.sessions() as session:
        log = await conversations.transcript(session, talk)
    assert [(m.key, m.author, m.agent, m.text) for m in log[-1:]] == [
        (keys[0], "agent", "Anna", "Buongiorno!")
    ]
    assert (await handoff(database, call_id)).replied_at is not None


async def test_the_same_reply_sent_twice_goes_out_once(database: Database) -> None:
    talk, call_id = await made(database)
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna"))
    await database.write(lambda conn: said(key="click")(conn, talk))
    await database.write(lambda conn: said(key="click")(conn, talk))
    replies = select(func.count()).select_from(Message).where(Message.author == "agent")
    assert await count(database, replies) == 1


async def test_a_long_reply_becomes_several_messages(database: Database) -> None:
    talk, call_id = await made(database)
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna"))
    text = "\n\n".join(["parola " * 60] * 20).strip()
    keys = await database.write(lambda conn: said(text=text)(conn, talk))
    assert len(keys) > 1


async def test_after_the_window_no_free_answer_is_sent(database: Database) -> None:
    talk, call_id = await made(database)
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna"))
    late = now() - 25 * 3_600_000
    await database.write(lambda conn: conversations.change(conn, talk, last_in_at=late))
    with pytest.raises(ConflictError, match="24 hours"):
        await database.write(lambda conn: said()(conn, talk))


async def test_pages_are_told_when_a_handoff_changes(database: Database) -> None:
    heard: list[str] = []
    end = database.subscribe(desk.TOPIC, heard.append)
    _, call_id = await made(database)
    for _ in range(100):
        if call_id in heard:
            break
        await asyncio.sleep(0.02)
    end()
    assert call_id in heard


async def test_the_marks_move_with_every_change_that_a_page_shows(database: Database) -> None:
    talk, call_id = await made(database)

    async def marks() -> tuple[Any, ...]:
        async with database.sessions() as session:
            return await desk.marks(session, talk)

    seen = [await marks()]
    await asyncio.sleep(0.005)
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna"))
    seen.append(await marks())
    await database.write(lambda conn: said()(conn, talk))
    seen.append(await marks())
    await database.write(
        lambda conn: conn.execute(update(Message).values(status="sent", status_at=now()))
    )
    seen.append(await marks())
    assert len(set(seen)) == len(seen)
