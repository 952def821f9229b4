"""A database that is gone, full, locked or in a knot, and what callers are told."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.exc import OperationalError

from bot.db import DATABASE_TROUBLE, Database
from bot.db.address import read_address, with_async_driver, with_driver
from bot.errors import ConfigurationError
from bot.lanes import TimerRow
from tests.db.writing import add, keys, timer

ROOT = Path(__file__).parents[2]


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
