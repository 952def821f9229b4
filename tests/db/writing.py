"""Small writes for the tests of the database."""

from typing import Any

from sqlalchemy import Connection, select

from bot.db import Database, insert_new
from bot.lanes import TimerRow


def timer(key: str) -> dict[str, Any]:
    return {"key": key, "lane": "in:x", "account": "a", "data": {}, "due_at": 1}


def add(conn: Connection, key: str) -> str:
    conn.execute(insert_new(conn, TimerRow), timer(key))
    return key


async def keys(database: Database) -> set[str]:
    async with database.sessions() as session:
        return set(await session.scalars(select(TimerRow.key)))
