import asyncio
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, create_engine, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex

from bot.db import Database, Table, migrate
from bot.errors import ConfigurationError
from tests.postgres import Cluster

migrations = import_module("bot.db.upgrades")
FOLDER = Path(str(migrations.__file__)).parent / "migrations"
# Rooms with tables; importing them fills the metadata.
ROOMS = ("bot.conversations", "bot.lanes", "bot.timers", "bot.outbox", "bot.desk", "catalog.tables")


def all_metadata() -> list[MetaData]:
    found = [Table.metadata]
    for room in ROOMS:
        module = import_module(room)
        own = getattr(module, "Table", None)
        if own is not None and own is not Table:
            found.append(own.metadata)
    return found


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    driven = database_url.replace("postgresql://", "postgresql+psycopg://")
    made = create_engine(driven)
    yield made
    made.dispose()


def test_migrations_make_exactly_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as conn:
        context = MigrationContext.configure(
            conn, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, all_metadata())  # type: ignore[arg-type]
    assert differences == []


def test_partial_indexes_have_the_conditions_of_the_code(engine: Engine) -> None:
    """Alembic does not compare the conditions of indexes."""
    dialect = engine.dialect.name
    option = "sqlite_where" if dialect == "sqlite" else "postgresql_where"
    compiler = sqlite.dialect() if dialect == "sqlite" else postgresql.dialect()
    with engine.connect() as conn:
        inspector = inspect(conn)
        for metadata in all_metadata():
            for table in metadata.tables.values():
                made = {index["name"]: index for index in inspector.get_indexes(table.name)}
                for index in table.indexes:
                    found = made[index.name].get("dialect_options", {}).get(option)
                    wanted = CreateIndex(index).compile(dialect=compiler).string
                    condition = wanted.partition(" WHERE ")[2]
                    assert _words(found) == _words(condition), index.name


def _words(condition: object) -> list[str]:
    plain = (
        ("" if condition is None else str(condition)).lower().replace("(", " ").replace(")", " ")
    )
    for cast in ("::text", "::character varying", "::bpchar"):
        plain = plain.replace(cast, "")
    return plain.replace("!=", "<>").split()


def test_running_them_again_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    migrate(database_url)


def test_there_is_one_line_of_migrations() -> None:
    directory = ScriptDirectory(str(FOLDER))
    assert len(directory.get_heads()) == 1
    assert len(directory.get_bases()) == 1


def test_every_migration_can_be_undone(engine: Engine) -> None:
    directory = ScriptDirectory(str(FOLDER))
    with engine.begin() as conn:
        context = MigrationContext.configure(conn)
        with Operations.context(context):
            for script in directory.walk_revisions():
                script.module.downgrade()
        assert set(inspect(conn).get_table_names()) == {"alembic_version"}


def test_a_failing_migration_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables of SQLite are made inside the transaction too."""

    def half(conn: Connection) -> None:
        conn.execute(text("CREATE TABLE half (id INTEGER)"))
        raise LookupError

    monkeypatch.setattr(migrations, "_config", half)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with pytest.raises(LookupError):
        migrate(url)
    engine = create_engine(url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


async def test_a_file_in_use_is_not_migrated(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.start()
    with pytest.raises(ConfigurationError, match="in use"):
        await asyncio.to_thread(migrate, sqlite_url)
    await database.stop()


async def test_processes_that_start_at_once_migrate_one_after_the_other(
    postgres_cluster: Cluster,
) -> None:
    name = postgres_cluster.create()
    url = postgres_cluster.url(name)
    await asyncio.gather(*(asyncio.to_thread(migrate, url) for _ in range(3)))
    postgres_cluster.drop(name)
