import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.db import DATABASE_TROUBLE, Database, clock, insert_new, notify, now, serialise
from bot.db.address import read_address, with_async_driver, with_driver
from bot.errors import ConfigurationError
from bot.lanes import TimerRow

ROOT = Path(__file__).parents[2]


def timer(key: str) -> dict[str, Any]:
    return {"key": key, "lane": "in:x", "account": "a", "data": {}, "due_at": 1}


def add(conn: Connection, key: str) -> str:
    conn.execute(insert_new(conn, TimerRow), timer(key))
    return key


def add_then_fail(conn: Connection, key: str) -> None:
    add(conn, key)
    raise LookupError(key)


async def keys(database: Database) -> set[str]:
    async with database.sessions() as session:
        return set(await session.scalars(select(TimerRow.key)))


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


async def test_a_deadlock_is_run_again_on_postgresql(postgres_url: str) -> None:
    database = Database(postgres_url)
    await database.start()
    await database.write(lambda conn: [add(conn, "a"), add(conn, "b")])
    runs: list[str] = []

    def take(conn: Connection, first: str, second: str) -> None:
        runs.append(first)
        for key in (first, second):
            conn.execute(
                update(TimerRow).where(TimerRow.key == key).values(account=TimerRow.account + first)
            )
            conn.execute(select(func.pg_sleep(0.3)))

    await asyncio.gather(
        database.write(lambda conn: take(conn, "a", "b")),
        database.write(lambda conn: take(conn, "b", "a")),
    )
    async with database.sessions() as session:
        accounts = set(await session.scalars(select(TimerRow.account)))
    await database.stop()
    assert len(runs) == 3
    assert accounts <= {"aab", "aba"}  # both were done once, one after the other


async def test_a_lost_connection_is_replaced_before_anything_was_written(
    postgres_url: str,
) -> None:
    database = Database(postgres_url)
    await database.start()
    await database.write(lambda conn: add(conn, "one"))
    other = Database(postgres_url)
    await other.start()
    await other.write(
        lambda conn: conn.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ).all()
    )
    assert await database.write(lambda conn: add(conn, "two")) == "two"
    await database.stop()
    await other.stop()


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


async def test_a_second_process_is_told_who_has_the_sqlite_file(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.start()
    program = (
        "import asyncio, sys; from bot.db import Database; "
        "asyncio.run(Database(sys.argv[1]).start())"
    )
    process = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", program, sqlite_url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    await database.stop()
    assert process.returncode != 0
    assert "ConfigurationError" in process.stderr
    assert "in use by process" in process.stderr
    assert "PostgreSQL" in process.stderr


async def test_the_file_is_free_again_after_stop(sqlite_url: str) -> None:
    for _ in range(2):
        database = Database(sqlite_url)
        await database.start()
        with pytest.raises(ConfigurationError):
            await Database(sqlite_url).start()
        await database.stop()


async def test_what_was_never_started_can_be_stopped(database_url: str) -> None:
    async with asyncio.timeout(5):
        await Database(database_url).stop()


async def test_nothing_is_written_before_start_and_after_stop(database_url: str) -> None:
    database = Database(database_url)
    with pytest.raises(RuntimeError, match="not started"):
        await database.write(lambda conn: add(conn, "early"))
    await database.start()
    await database.stop()
    with pytest.raises(RuntimeError, match="not started"):
        await database.write(lambda conn: add(conn, "late"))


async def test_a_full_disk_fails_the_whole_group_and_the_next_write_succeeds(
    sqlite_url: str,
) -> None:
    database = Database(sqlite_url)
    await database.start()

    def limit(conn: Connection, pages: int) -> None:
        conn.exec_driver_sql(f"PRAGMA max_page_count={pages}").scalar()

    def fill(conn: Connection) -> None:
        row = {**timer("big"), "data": {"text": "x" * 1_000_000}}
        conn.execute(TimerRow.__table__.insert(), row)

    await database.write(lambda conn: limit(conn, 1))  # not below what is used now
    results = await asyncio.gather(
        database.write(lambda conn: add(conn, "with it")),
        database.write(fill),
        return_exceptions=True,
    )
    assert isinstance(results[1], OperationalError)
    await database.write(lambda conn: limit(conn, 1_000_000))
    await database.write(lambda conn: add(conn, "after"))
    kept = await keys(database)
    await database.stop()
    # Either both of the group or the failed one alone were undone, never half of a write.
    assert kept == {"after"} | ({"with it"} if results[0] == "with it" else set())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://host/shop", "mysql"),
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
        ("no address", "cannot be read"),
    ],
)
def test_an_unusable_address_is_explained(url: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        Database(url)


@pytest.mark.parametrize(
    "url", ["postgres://u:p@h/d", "postgresql+asyncpg://u@h/d", "sqlite+aiosqlite:///a.db"]
)
def test_a_driver_in_the_address_does_no_harm(url: str) -> None:
    assert Database(url).dialect == ("sqlite" if "sqlite" in url else "postgresql")


async def test_a_server_that_is_not_there_is_trouble_of_the_database_and_tried_again() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")
    database._ears = None
    await database.start()
    with pytest.raises(DATABASE_TROUBLE):
        await database.write(lambda conn: add(conn, "one"))
    await database.stop()


def test_options_of_the_address_reach_the_driver() -> None:
    _, address = read_address("postgresql://u@h/d?sslmode=require&application_name=x")
    driven = with_async_driver("postgresql", address)
    assert (driven.drivername, dict(driven.query)) == ("postgresql+asyncpg", {"ssl": "require"})
    assert with_driver("postgresql", address).query["sslmode"] == "require"
