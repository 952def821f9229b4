"""Calls for a person: claim, release, reply, close, on SQLite and PostgreSQL."""

import asyncio
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, update

from bot import conversations, desk
from bot.conversations import Conversation
from bot.db import Database, now
from bot.errors import ConflictError, NotFoundError
from bot.lanes import TaskRow, TimerRow
from tests.desk.talks import a_conversation, call, conversation, count, handoff, made


def timers() -> Any:
    return select(func.count()).select_from(TimerRow)


async def test_a_call_queues_the_conversation_and_sets_the_timer(database: Database) -> None:
    talk, call_id = await made(database)
    row = await conversation(database, talk)
    assert (row.owner, row.epoch) == ("queued", 1)
    assert (await handoff(database, call_id)).state == "waiting"
    async with database.sessions() as session:
        timer = (await session.scalars(select(TimerRow))).one()
    assert timer.key == f"unclaimed:{call_id}"
    assert timer.data == {"conversation": talk, "name": "unclaimed", "handoff": call_id}
    assert 290_000 < timer.due_at - now() <= 301_000


async def test_a_second_call_brings_the_first_up_to_date(database: Database) -> None:
    talk, first = await made(database)
    again = await database.write(
        lambda conn: call(conn, talk, reason="complaint", evidence=("said «basta»",))
    )
    assert again == first
    row = await handoff(database, first)
    assert (row.reason, row.evidence) == ("complaint", ["said «la prendo»", "said «basta»"])
    assert (await conversation(database, talk)).epoch == 1


async def test_claiming_gives_the_conversation_to_the_agent_and_stops_the_timer(
    database: Database,
) -> None:
    talk, call_id = await made(database)
    assert await database.write(lambda conn: desk.claim(conn, call_id, "Anna")) == talk
    row = await conversation(database, talk)
    assert (row.owner, row.agent, row.epoch) == ("human", "Anna", 2)
    assert await count(database, timers()) == 0


async def test_the_second_to_claim_is_told_who_was_faster(database: Database) -> None:
    _, call_id = await made(database)
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna"))
    with pytest.raises(ConflictError, match="Anna has already taken"):
        await database.write(lambda conn: desk.claim(conn, call_id, "Bruno"))


async def test_claiming_twice_by_the_same_agent_changes_nothing(database: Database) -> None:
    talk, call_id = await made(database)
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna"))
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna"))
    assert (await conversation(database, talk)).epoch == 2


async def test_of_many_agents_who_claim_at_once_exactly_one_wins(database: Database) -> None:
    talk, call_id = await made(database)

    def attempt(name: str) -> Callable[[Connection], str]:
        return lambda conn: desk.claim(conn, call_id, name)

    names = [f"agent {number}" for number in range(8)]
    results = await asyncio.gather(
        *(database.write(attempt(name)) for name in names), return_exceptions=True
    )
    winners = [name for name, result in zip(names, results, strict=True) if result == talk]
    assert len(winners) == 1
    losers = [result for result in results if result != talk]
    assert all(isinstance(result, ConflictError) for result in losers)
    row = await conversation(database, talk)
    assert (row.owner, row.agent, row.epoch) == ("human", winners[0], 2)


async def test_of_many_calls_at_once_one_handoff_is_made(database: Database) -> None:
    talk = await database.write(a_conversation)
    calls = [database.write(lambda conn: call(conn, talk)) for _ in range(6)]
    assert len(set(await asyncio.gather(*calls))) == 1


async def test_a_colleague_can_take_over(database: Database) -> None:
    talk, call_id = await made(database)
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna"))
    await database.write(lambda conn: desk.claim(conn, call_id, "Bruno", take_over=True))
    assert (await conversation(database, talk)).agent == "Bruno"


async def test_releasing_puts_it_back_and_sets_the_timer_anew(database: Database) -> None:
    talk, call_id = await made(database)
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna"))
    with pytest.raises(ConflictError, match="Anna holds"):
        await database.write(lambda conn: desk.release(conn, call_id, agent="Bruno"))
    await database.write(lambda conn: desk.release(conn, call_id, agent="Anna"))
    assert (await conversation(database, talk)).owner == "queued"
    assert await count(database, timers()) == 1
    with pytest.raises(ConflictError, match="Nobody holds"):
        await database.write(lambda conn: desk.release(conn, call_id))


async def test_closing_returns_the_conversation_and_tells_routing_in_the_lane(
    database: Database,
) -> None:
    talk, call_id = await made(database)
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna"))
    outcome = desk.Outcome("won", "spedire sabato", Decimal("139.00"))
    await database.write(lambda conn: desk.close(conn, call_id, outcome, agent="Anna"))
    row = await conversation(database, talk)
    assert (row.owner, row.agent, row.epoch) == ("bot", None, 3)
    assert row.outcome is not None
    assert (row.outcome["outcome"], row.outcome["amount"]) == ("won", "139.00")
    async with database.sessions() as session:
        task = (await session.scalars(select(TaskRow).where(TaskRow.kind == "returned"))).one()
    assert task.lane == f"in:whatsapp:100:{talk}"
    assert task.data == {"conversation": talk, "handoff": call_id, "outcome": "won"}
    with pytest.raises(ConflictError, match="closed"):
        await database.write(lambda conn: desk.close(conn, call_id, outcome))


async def test_after_nobody_came_closing_leaves_the_bot_undisturbed(database: Database) -> None:
    talk, call_id = await made(database)
    await database.write(lambda conn: conversations.change_owner(conn, talk, "bot"))
    await database.write(lambda conn: desk.close(conn, call_id, desk.Outcome("answered")))
    assert (await conversation(database, talk)).epoch == 2
    returned = select(func.count()).select_from(TaskRow).where(TaskRow.kind == "returned")
    assert await count(database, returned) == 0


async def test_after_nobody_came_an_agent_may_still_claim(database: Database) -> None:
    talk, call_id = await made(database)
    await database.write(lambda conn: conversations.change_owner(conn, talk, "bot"))
    await database.write(lambda conn: desk.keep_contact(conn, call_id, "+393331234567"))
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna"))
    assert (await conversation(database, talk)).owner == "human"
    assert (await handoff(database, call_id)).contact == "+393331234567"


async def test_whoever_answers_outside_holds_a_handoff_from_the_start(database: Database) -> None:
    def write(conn: Connection) -> tuple[str, str]:
        talk = a_conversation(conn)
        conversations.change_owner(conn, talk, "human", agent="phone")
        return talk, call(conn, talk, reason="answered_outside")

    talk, call_id = await database.write(write)
    row = await handoff(database, call_id)
    assert (row.state, row.agent) == ("claimed", "phone")
    assert await count(database, timers()) == 0
    await database.write(lambda conn: desk.claim(conn, call_id, "Anna", take_over=True))
    assert (await conversation(database, talk)).agent == "Anna"


async def test_a_handoff_follows_a_conversation_that_was_joined(database: Database) -> None:
    talk, call_id = await made(database)

    def join(conn: Connection) -> str:
        other = a_conversation(conn, "39444", "G.")
        conn.execute(update(Conversation).where(Conversation.id == talk).values(merged_into=other))
        return other

    other = await database.write(join)
    assert await database.write(lambda conn: desk.claim(conn, call_id, "Anna")) == other
    assert (await conversation(database, other)).owner == "human"
    async with database.sessions() as session:
        found = await desk.open_of(session, other)
        entries = await desk.overview(session, states=("claimed",))
    assert found is not None
    assert found.id == call_id
    assert [entry.conversation.id for entry in entries] == [other]


async def test_an_unknown_handoff_is_said_to_be_missing(database: Database) -> None:
    with pytest.raises(NotFoundError):
        await database.write(lambda conn: desk.claim(conn, "nothing", "Anna"))
    async with database.sessions() as session:
        with pytest.raises(NotFoundError):
            await desk.get(session, "nothing")


async def test_the_usual_wait_is_the_middle_of_what_customers_waited(database: Database) -> None:
    async with database.sessions() as session:
        assert await desk.usual_wait(session) is None
    for number, seconds in enumerate((60, 180, 900)):

        def write(conn: Connection, number: int = number, seconds: int = seconds) -> None:
            call_id = call(conn, a_conversation(conn, f"39{number}"))
            conn.execute(
                update(desk.Handoff)
                .where(desk.Handoff.id == call_id)
                .values(replied_at=desk.Handoff.created_at + seconds * 1000)
            )

        await database.write(write)
    async with database.sessions() as session:
        assert await desk.usual_wait(session) == 180


async def test_logins_end_when_dropped_or_run_out(database: Database) -> None:
    later = now() + 60_000
    await database.write(lambda conn: desk.add_login(conn, "a", "Anna", expires_at=later))
    await database.write(lambda conn: desk.add_login(conn, "b", "Bruno", expires_at=now() - 1))
    async with database.sessions() as session:
        assert await desk.login_agent(session, "a") == "Anna"
        assert await desk.login_agent(session, "b") is None
    await database.write(lambda conn: desk.drop_login(conn, "a"))
    async with database.sessions() as session:
        assert await desk.login_agent(session, "a") is None
