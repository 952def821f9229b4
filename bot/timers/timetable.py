"""Setting and stopping timers; the worker turns those that are due into tasks of kind "timer".

A timer fires once, as a task of the conversation's in-lane, so it never runs beside a turn. One
that has fired waits behind what the customer wrote before; its handler looks whether it still
makes sense.
"""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite

from bot.db import notify, now
from bot.lanes import TOPIC, TimerRow

_CANCEL = delete(TimerRow).where(TimerRow.key == bindparam("timer"))
# Workers look for due timers once a second by themselves.
_SOON = 1500


def schedule(
    conn: Connection, *, key: str, lane: str, account: str, data: dict[str, Any], due_at: int
) -> None:
    """Let a timer fire at `due_at` (milliseconds since 1970); the same key moves it."""
    given = {"key": key, "lane": lane, "account": account, "data": data, "due_at": due_at}
    conn.execute(_statement(conn.dialect.name), given)
    if due_at - now() < _SOON:
        notify(conn, TOPIC)


def cancel(conn: Connection, key: str) -> None:
    """Stop a timer that has not fired; harmless when there is none."""
    conn.execute(_CANCEL, {"timer": key})


@cache
def _statement(dialect: str) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(TimerRow)
    given = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[TimerRow.key],
        set_={
            "lane": given.lane,
            "account": given.account,
            "data": given.data,
            "due_at": given.due_at,
        },
    )
