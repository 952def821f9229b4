"""Statements that every turn runs: the same rows and errors on both databases."""

from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, MultipleResultsFound, NoResultFound, OperationalError

from bot.conversations import Conversation
from bot.db import Database, insert_new, now, run, run_many

_ALL = select(Conversation.id, Conversation.stopped, Conversation.facts).order_by(Conversation.id)
_ONE = _ALL.where(Conversation.id == bindparam("wanted"))
_STOP = (
    update(Conversation)
    .where(Conversation.id == bindparam("wanted"))
    .values(stopped=True, facts=bindparam("told"))
    .returning(Conversation.id, Conversation.facts)
)


def row(id_: str, **values: Any) -> dict[str, Any]:
    fresh = {
        "id": id_,
        "channel": "webchat",
        "account": "shop",
        "recipient": {"web": id_},
        "owner": "bot",
        "epoch": 0,
        "stopped": False,
        "facts": {"seen": ["siena"]},
        "open_choices": [],
        "failures": 0,
        "created_at": now(),
        "last_at": now(),
    }
    return {**fresh, **values}


async def test_values_come_back_as_they_went_in(database: Database) -> None:
    def work(conn: Connection) -> list[Any]:
        new = run(conn, insert_new(conn, Conversation), row("a")).rowcount
        known = run(conn, insert_new(conn, Conversation), row("a")).rowcount
        run_many(conn, insert_new(conn, Conversation), [row("b"), row("c", stopped=True)])
        stopped = run(conn, _STOP, {"wanted": "a", "told": {"why": "asked"}}).one()
        return [new, known, stopped.id, stopped.facts, *run(conn, _ALL, {}).rows]

    new, known, id_, facts, *rows = await database.write(work)
    assert (new, known, id_, facts) == (1, 0, "a", {"why": "asked"})
    assert [tuple(one) for one in rows] == [
        ("a", True, {"why": "asked"}),
        ("b", False, {"seen": ["siena"]}),
        ("c", True, {"seen": ["siena"]}),
    ]


async def test_one_row_is_one_row(database: Database) -> None:
    def work(conn: Connection) -> tuple[Any, Any]:
        run_many(conn, insert_new(conn, Conversation), [row("a"), row("b")])
        with pytest.raises(MultipleResultsFound):
            run(conn, _ALL, {}).one_or_none()
        with pytest.raises(NoResultFound):
            run(conn, _ONE, {"wanted": "x"}).one()
        return run(conn, _ONE, {"wanted": "x"}).scalar(), run(conn, _ONE, {"wanted": "b"}).scalar()

    assert await database.write(work) == (None, "b")


async def test_errors_are_those_of_sqlalchemy(database: Database) -> None:
    adding = insert(Conversation)

    def twice(conn: Connection) -> None:
        run(conn, adding, row("a"))
        run(conn, adding, row("a"))

    with pytest.raises(IntegrityError):
        await database.write(twice)
    assert await database.read(lambda conn: run(conn, _ONE, {"wanted": "a"}).scalar()) is None


async def test_a_statement_of_unknown_length_is_refused_on_sqlite(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.start()
    some = select(Conversation.id).where(Conversation.id.in_(bindparam("ids", expanding=True)))
    with pytest.raises(TypeError, match="cannot be prepared"):
        await database.read(lambda conn: run(conn, some, {"ids": ["a"]}))
    with pytest.raises(OperationalError):  # reading connections cannot write
        await database.read(lambda conn: run(conn, _STOP, {"wanted": "a", "told": {}}))
    await database.stop()
