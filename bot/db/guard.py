"""Making two transactions wait for each other where there is no row yet to lock."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select


def serialise(conn: Connection, *names: str) -> None:
    """Hold the locks of these names until the commit; SQLite's single writer needs none."""
    if conn.dialect.name == "postgresql":
        given = {f"name{number}": name for number, name in enumerate(names)}
        conn.execute(_statement(len(names)), given)


@cache
def _statement(count: int) -> Select[Any]:
    return select(
        *(
            func.pg_advisory_xact_lock(func.hashtextextended(bindparam(f"name{number}"), 0))
            for number in range(count)
        )
    )
