"""The database's own clock, the same for every machine that works on it."""

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class clock(FunctionElement[int]):  # noqa: N801 - reads as a function in statements
    """Milliseconds since 1970 by the database's clock, inside a statement.

    Owners, leases and due times are compared by this clock and never by a machine's own: two
    machines need not agree about the time.
    """

    type = BigInteger()
    inherit_cache = True


@compiles(clock, "sqlite")
def _sqlite(element: clock, compiler: SQLCompiler, **options: Any) -> str:
    # unixepoch('subsec') needs SQLite 3.42; julianday knows milliseconds since ever.
    return "CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)"


@compiles(clock, "postgresql")
def _postgresql(element: clock, compiler: SQLCompiler, **options: Any) -> str:
    # Not now(), which stands still while a transaction waits for a lock.
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
