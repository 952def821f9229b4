"""What was given up, tried again and forgotten."""

import asyncio

import pytest
from sqlalchemy import Connection, insert, update

from bot.db import Database
from bot.errors import NotFoundError
from bot.lanes import (
    Dead,
    Finish,
    TaskRow,
    dead_letters,
    replay,
    waiting,
)
from bot.lanes.letters import forget_done
from bot.lanes.settle import settle
from tests.lanes.work import adding, lane, lease, take, task, tasks_of


async def test_a_dead_letter_lets_the_lane_go_on(database: Database) -> None:
    await database.write(adding(task("one"), task("two")))
    (head,) = await take(database)
    settled = await database.write(lambda conn: settle(conn, "w1", lease(head), Dead("refused")))
    assert settled.following is not None
    assert settled.following.key == "two"
    async with database.sessions() as session:
        (letter,) = await dead_letters(session)
        counts = await waiting(session)
    assert (letter.key, letter.error, letter.tries) == ("one", "refused", 1)
    assert (counts.dead, counts.queued) == (1, 1)


async def test_a_dead_letter_can_be_tried_again_after_what_came_since(
    database: Database,
) -> None:
    await database.write(adding(task("one"), task("two"), task("three")))
    (head,) = await take(database)
    await database.write(lambda conn: settle(conn, "w1", lease(head), Dead("refused")))
    assert await database.write(lambda conn: replay(conn, lane(), head.seq)) == "one"
    rows = [(row.key, row.state, row.tries) for row in await tasks_of(database)]
    assert rows == [("two", "q", 0), ("three", "q", 0), ("one", "q", 0)]


async def test_a_replayed_letter_wakes_an_idle_lane(database: Database) -> None:
    await database.write(adding(task("one")))
    (head,) = await take(database)
    await database.write(lambda conn: settle(conn, "w1", lease(head), Dead("refused")))
    assert await take(database) == []
    await database.write(lambda conn: replay(conn, lane(), head.seq))
    assert [again.key for again in await take(database)] == ["one"]


@pytest.mark.parametrize(("name", "seq"), [("a", 1), ("a", 99), ("nobody", 1)])
async def test_only_dead_letters_are_replayed(database: Database, name: str, seq: int) -> None:
    await database.write(adding(task("one")))
    with pytest.raises(NotFoundError):
        await database.write(lambda conn: replay(conn, lane(name), seq))


async def test_dead_letters_are_shown_in_pages(database: Database) -> None:
    for number in range(5):
        await database.write(adding(task(f"k{number}")))
        (head,) = await take(database)
        await database.write(lambda conn, h=head: settle(conn, "w1", lease(h), Dead("no")))
        await asyncio.sleep(0.003)
    async with database.sessions() as session:
        first = await dead_letters(session, limit=3)
        rest = await dead_letters(session, before=first[-1].given_up_at)
    assert [letter.key for letter in first + rest] == ["k4", "k3", "k2", "k1", "k0"]


async def test_done_tasks_are_remembered_for_more_than_a_week(database: Database) -> None:
    day = 24 * 3600 * 1000
    for number in range(3):
        await database.write(adding(task(f"k{number}")))
        (head,) = await take(database)
        result = Dead("kept") if number == 2 else Finish()
        await database.write(lambda conn, h=head, r=result: settle(conn, "w1", lease(h), r))

    def age(conn: Connection, key: str, days: float) -> None:
        aged = update(TaskRow).where(TaskRow.key == key)
        conn.execute(aged.values(done_at=TaskRow.done_at - int(days * day)))

    for key, days in (("k0", 7.9), ("k1", 8.1), ("k2", 30)):
        await database.write(lambda conn, k=key, d=days: age(conn, k, d))
    assert await database.write(forget_done) == 1
    assert await database.write(forget_done) == 0
    assert [row.key for row in await tasks_of(database)] == ["k0", "k2"]


async def test_forgetting_takes_a_batch_at_a_time(database: Database) -> None:
    def old(conn: Connection) -> None:
        rows = [
            {
                "lane": lane(),
                "seq": n,
                "kind": "event",
                "key": str(n),
                "data": {},
                "state": "d",
                "tries": 0,
                "created_at": 1,
                "done_at": 1,
            }
            for n in range(700)
        ]
        conn.execute(insert(TaskRow), rows)

    await database.write(old)
    assert [await database.write(forget_done) for _ in range(3)] == [500, 200, 0]
