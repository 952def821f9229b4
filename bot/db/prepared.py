"""Statements that every turn runs, compiled once and then spoken to SQLite's driver.

SQLAlchemy writes the statement for either database and knows how values are stored; for a
statement that takes ten microseconds its way through caches, contexts and results takes twenty.
A turn runs some thirty of them. PostgreSQL, where the network costs more than that, takes the
ordinary way.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError, MultipleResultsFound, NoResultFound
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Given = Mapping[str, Any]
_Turn = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a statement brought: rows with named fields, and how many rows it touched."""

    rows: Sequence[Any]
    rowcount: int

    def one(self) -> Any:
        """Return the one row there must be."""
        row = self.one_or_none()
        if row is None:
            raise NoResultFound("No row was found when one was required")
        return row

    def one_or_none(self) -> Any:
        """Return the one row there may be."""
        if len(self.rows) > 1:
            raise MultipleResultsFound("Multiple rows were found when one or none was required")
        return self.rows[0] if self.rows else None

    def scalar(self) -> Any:
        """Return the first field of the first row, None without one."""
        return self.rows[0][0] if self.rows else None


def run(conn: Connection, statement: Executable, given: Given) -> Outcome:
    """Run a statement that lives as long as the process; its values come by name.

    Raises what `Connection.execute` raises.
    """
    if conn.dialect.name == "sqlite":
        return _prepared(statement, tuple(given), conn.dialect).run(conn, given)
    result = conn.execute(statement, given)
    return Outcome(result.all() if result.returns_rows else (), result.rowcount)


def run_many(conn: Connection, statement: Executable, given: Sequence[Given]) -> None:
    """Run such a statement for several sets of values of the same names."""
    if conn.dialect.name == "sqlite":
        _prepared(statement, tuple(given[0]), conn.dialect).run_many(conn, given)
    else:
        conn.execute(statement, given)


def speak(conn: Connection, sql: str) -> None:
    """Say something without values or rows to SQLite, such as SAVEPOINT."""
    driver: Any = conn.connection.dbapi_connection
    try:
        driver.execute(sql)
    except sqlite3.Error as error:
        raise _as_told(sql, (), error, conn.dialect) from error


@dataclass(frozen=True, slots=True)
class _Value:
    """One question mark of a statement: what stands for it, and how it is stored."""

    name: str
    given: bool
    constant: Any
    stored: _Turn | None


class _Prepared:
    """A statement compiled for SQLite."""

    def __init__(self, compiled: SQLCompiler, names: Sequence[str]) -> None:
        # A default or a list of unknown length would need SQLAlchemy at each run.
        if compiled.prefetch or compiled.post_compile_params:
            raise TypeError(f"this statement cannot be prepared: {compiled}")
        constants = compiled.construct_params(dict.fromkeys(names))
        self._sql = str(compiled)
        self._values = tuple(
            _Value(name, name in names, constants[name], _stored(compiled, name))
            for name in compiled.positiontup or ()
        )
        columns = getattr(compiled.statement, "exported_columns", ())
        read = [_read(column.type, compiled.dialect) for column in columns]
        self._read = [(place, turn) for place, turn in enumerate(read) if turn is not None]
        self._make: Callable[[Iterable[Any]], Any] | None = None

    def run(self, conn: Connection, given: Given) -> Outcome:
        values = self._stored_values(given)
        driver: Any = conn.connection.dbapi_connection
        try:
            cursor = driver.execute(self._sql, values)
            rows = cursor.fetchall()
        except sqlite3.Error as error:
            raise _as_told(self._sql, values, error, conn.dialect) from error
        return Outcome([self._row(row, cursor) for row in rows], cursor.rowcount)

    def run_many(self, conn: Connection, given: Sequence[Given]) -> None:
        values = [self._stored_values(one) for one in given]
        driver: Any = conn.connection.dbapi_connection
        try:
            driver.executemany(self._sql, values)
        except sqlite3.Error as error:
            raise _as_told(self._sql, values, error, conn.dialect) from error

    def _stored_values(self, given: Given) -> list[Any]:
        stored = []
        for value in self._values:
            one = given[value.name] if value.given else value.constant
            stored.append(one if value.stored is None else value.stored(one))
        return stored

    def _row(self, row: Sequence[Any], cursor: sqlite3.Cursor) -> Any:
        make = self._make
        if make is None:
            make = self._make = _maker([column[0] for column in cursor.description])
        if not self._read:
            return make(row)
        fields = list(row)
        for place, turn in self._read:
            fields[place] = turn(fields[place])
        return make(fields)


@lru_cache(maxsize=512)
def _prepared(statement: Any, names: tuple[str, ...], dialect: Dialect) -> _Prepared:
    keys = list(names) if statement.is_insert else None
    return _Prepared(statement.compile(dialect=dialect, column_keys=keys), names)


def _stored(compiled: SQLCompiler, name: str) -> _Turn | None:
    dialect = compiled.dialect
    return compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)


def _read(type_: TypeEngine[Any], dialect: Dialect) -> _Turn | None:
    return type_.dialect_impl(dialect).result_processor(dialect, None)


def _maker(named: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    made: Any = namedtuple
    make: Callable[[Iterable[Any]], Any] = made("Row", named, rename=True)._make
    return make


def _as_told(sql: str, values: Any, error: sqlite3.Error, dialect: Dialect) -> BaseException:
    """Return the driver's error as SQLAlchemy tells it."""
    return DBAPIError.instance(sql, values, error, sqlite3.Error, dialect=dialect)
