"""Writing, reading, committing together, and hearing of it."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.db import Database, clock, notify, now, serialise
from bot.lanes import TimerRow
from tests.db.writing import add, keys, timer


def add_then_fail(conn: Connection, key: str) -> None:
    add(conn, key)
    raise LookupError(key)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)


async def test_a_write_is_there_for_readers_when_it_returns(database: Database) -> None:
    assert await database.write(lambda conn: add(conn, "one")) == "one"
    assert await keys(database) == {"one"}


async def test_a_failing_write_leaves_nothing_and_its_neighbours_alone(database: Database) -> None:
    results = await asyncio.gather(
        *(database.write(lambda conn, n=n: add(conn, f"good{n}")) for n in range(20)),
        *(database.write(lambda conn, n=n: add_then_fail(conn, f"bad{n}")) for n in range(20)),
        return_exceptions=True,
    )
    assert [type(result) for result in results[20:]] == [LookupError] * 20
    assert await keys(database) == {f"good{n}" for n in range(20)}


async def test_a_broken_statement_spoils_only_its_own_write(database: Database) -> None:
    def break_a_rule(conn: Connection) -> None:
        conn.execute(TimerRow.__table__.insert(), timer("same"))
        conn.execute(TimerRow.__table__.insert(), timer("same"))

    good = database.write(lambda conn: add(conn, "good"))
    bad = database.write(break_a_rule)
    results = await asyncio.gather(good, bad, return_exceptions=True)
    assert isinstance(results[1], IntegrityError)
    assert await keys(database) == {"good"}


def wal_size(url: str) -> int:
    return Path(url.removeprefix("sqlite:///") + "-wal").stat().st_size


async def test_waiting_writes_share_commits_on_sqlite(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.start()
    versions: list[int] = []
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    for _ in range(2):  # data_version changes with every commit of another connection
        versions.append(other.execute("PRAGMA data_version").fetchone()[0])
        await asyncio.gather(
            *(database.write(lambda conn, n=n: add(conn, str(n))) for n in range(64))
        )
    wal = wal_size(sqlite_url)
    other.close()
    await database.stop()
    # 128 commits of their own would each have written their pages anew.
    assert wal < 128 * 4096
    assert versions[1] > versions[0]


async def test_what_is_committed_survives_a_power_cut_on_sqlite(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.start()
    found = await database.write(
        lambda conn: (
            conn.execute(text("PRAGMA synchronous")).scalar(),
            conn.execute(text("PRAGMA journal_mode")).scalar(),
        )
    )
    await database.stop()
    assert found == (2, "wal")  # 2 is FULL


async def test_a_plain_statement_can_be_read_through_a_session(database: Database) -> None:
    async with database.sessions() as session:
        result = await session.execute(text("SELECT 1 UNION SELECT 2 ORDER BY 1"))
        assert result.scalars().all() == [1, 2]


async def test_sessions_cannot_write(database: Database) -> None:
    await database.write(lambda conn: add(conn, "one"))
    async with database.sessions() as session:
        with pytest.raises(DBAPIError):
            await session.execute(update(TimerRow).values(lane="in:y"))


async def test_a_cancelled_caller_does_not_stop_its_write(database: Database) -> None:
    settled: list[bool] = []
    writing = asyncio.create_task(
        database.write(lambda conn: add(conn, "kept"), settled=settled.append)
    )
    await asyncio.sleep(0)
    writing.cancel()
    await database.write(lambda conn: serialise(conn, "anything"))
    await until(lambda: settled)
    assert settled == [True]
    assert await keys(database) == {"kept"}


async def test_writers_are_told_whether_it_was_committed(database: Database) -> None:
    settled: list[bool] = []
    await database.write(lambda conn: add(conn, "one"), settled=settled.append)
    with pytest.raises(LookupError):
        await database.write(lambda conn: add_then_fail(conn, "two"), settled=settled.append)
    assert settled == [True, False]


async def test_notes_are_heard_after_the_commit_and_only_then(database: Database) -> None:
    heard: list[str] = []
    end = database.subscribe("news", heard.append)

    def tell_and_fail(conn: Connection) -> None:
        notify(conn, "news", "never")
        raise LookupError

    await database.write(lambda conn: notify(conn, "news", "first"))
    with pytest.raises(LookupError):
        await database.write(tell_and_fail)
    await database.write(lambda conn: notify(conn, "other", "not for us"))
    end()
    await database.write(lambda conn: notify(conn, "news", "too late"))
    assert heard == ["first"]


async def test_a_broken_listener_does_not_keep_others_from_hearing(database: Database) -> None:
    heard: list[str] = []

    def broken(_payload: str) -> None:
        raise LookupError

    database.subscribe("news", broken)
    database.subscribe("news", heard.append)
    await database.write(lambda conn: notify(conn, "news", "first"))
    assert heard == ["first"]


async def test_notes_reach_other_processes_through_postgresql(postgres_url: str) -> None:
    here, there = Database(postgres_url), Database(postgres_url)
    await here.start()
    await there.start()
    heard: list[str] = []
    own: list[str] = []
    there.subscribe("news", heard.append)
    here.subscribe("news", own.append)
    await here.write(lambda conn: notify(conn, "news", "hello"))
    await until(lambda: heard)
    await asyncio.sleep(0.05)
    await here.stop()
    await there.stop()
    assert heard == ["hello"]
    assert own == ["hello"]  # delivered once, although it came back from the server too


async def test_a_lost_listening_connection_comes_back_and_wakes_everybody(
    postgres_url: str,
) -> None:
    database = Database(postgres_url)
    await database.start()
    heard: list[str] = []
    database.subscribe("news", heard.append)
    await database.write(
        lambda conn: conn.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE query LIKE 'LISTEN%' AND datname = current_database()"
            )
        ).all()
    )
    await until(lambda: heard)
    await database.stop()
    assert heard == [""]


async def test_the_clock_of_the_database_is_in_milliseconds(database: Database) -> None:
    at = await database.write(lambda conn: conn.execute(select(clock())).scalar_one())
    assert abs(at - now()) < 5_000


async def test_serialised_transactions_wait_for_each_other_on_postgresql(
    postgres_url: str,
) -> None:
    database = Database(postgres_url)
    await database.start()

    def count(conn: Connection) -> None:
        serialise(conn, "counter")
        known = conn.execute(select(func.count()).select_from(TimerRow)).scalar_one()
        conn.execute(select(func.pg_sleep(0.02)))
        add(conn, f"number {known}")

    await asyncio.gather(*(database.write(count) for _ in range(5)))
    assert await keys(database) == {f"number {n}" for n in range(5)}
    await database.stop()
