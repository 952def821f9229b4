"""Making two transactions wait for each other where there is no row yet to lock."""

from sqlalchemy import Connection, bindparam, func, select

_LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0)))


def serialise(conn: Connection, name: str) -> None:
    """Hold the lock called `name` until the commit; SQLite's single writer needs none."""
    if conn.dialect.name == "postgresql":
        conn.execute(_LOCK, {"name": name})
