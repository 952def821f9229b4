"""A PostgreSQL cluster for one test run, and a fresh database for each test.

The cluster lives in a temporary directory, listens on a free loopback port only and is stopped
by its process id at the end. Tests that ask for the fixture `database` run on SQLite and on
PostgreSQL; `-k sqlite` leaves the cluster alone.
"""

import getpass
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.db import Database, migrate
from bot.engine.process import free_port

_NUMBERS = count(1)


class Cluster:
    """The running server; its databases belong to the tests."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._directory = Path(tempfile.mkdtemp(prefix="dialogo-postgres-"))
        self._data = self._directory / "data"
        self._server: subprocess.Popen[bytes] | None = None
        self.port = free_port()

    def start(self) -> None:
        """Make the cluster and wait until it answers."""
        who = _unprivileged()
        if who:
            entry = pwd.getpwnam(str(who["user"]))
            os.chown(self._directory, entry.pw_uid, entry.pw_gid)
        arguments = ["-D", self._data, "-U", "dialogo", "-A", "trust", "-E", "UTF8", "--no-sync"]
        made = subprocess.run(
            [self._programs / "initdb", *arguments, "--locale=C.UTF-8"],
            capture_output=True,
            cwd=self._directory,
            check=False,
            **who,
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr.decode()}")
        options = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "fsync": "off",  # tests kill our processes, never this one
            "max_connections": 200,
            "shared_buffers": "64MB",
        }
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self._directory / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, *settings],
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=self._directory,
                **who,
            )
        self._wait()

    def stop(self) -> None:
        """Stop the server that was started here and remove its directory."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)  # "fast": does not wait for clients
            try:
                self._server.wait(20)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        shutil.rmtree(self._directory, ignore_errors=True)

    def url(self, name: str) -> str:
        """Return the address of a database."""
        return f"postgresql://dialogo@127.0.0.1:{self.port}/{name}"

    def create(self, *, template: str = "template1") -> str:
        """Make a database and return its name."""
        name = f"dialogo_{next(_NUMBERS)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Remove a database and whoever is connected to it."""
        self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                died = self._server is None or self._server.poll() is not None
                if died or time.monotonic() > deadline:
                    log = (self._directory / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start: {log}") from None
                time.sleep(0.05)
            else:
                return


def _programs() -> Path:
    """Return the directory with initdb and postgres, of the newest version installed."""
    known = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4])
    )
    found = known[-1] if known else shutil.which("initdb")
    if found is None:
        raise RuntimeError(
            "These tests need PostgreSQL's server programs. Install them with "
            "`apt-get install postgresql` (`make test` does it), or leave these tests out "
            "with `-k sqlite`."
        )
    return Path(found).resolve().parent


def _unprivileged() -> dict[str, Any]:
    """Return who shall run the server: PostgreSQL refuses to run as root."""
    if getpass.getuser() != "root" and os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


@contextmanager
def a_cluster() -> Iterator[Cluster]:
    """Run a PostgreSQL server of the caller's own."""
    cluster = Cluster(_programs())
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    with a_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: Cluster) -> str:
    name = postgres_cluster.create()
    migrate(postgres_cluster.url(name))
    return name


@pytest.fixture
def postgres_url(postgres_cluster: Cluster, postgres_template: str) -> Iterator[str]:
    """The address of a migrated PostgreSQL database of the test's own."""
    name = postgres_cluster.create(template=postgres_template)
    yield postgres_cluster.url(name)
    postgres_cluster.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite file of the test's own."""
    shutil.copy(sqlite_template, tmp_path / "test.db")
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database, once SQLite and once PostgreSQL."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A started database, once SQLite and once PostgreSQL."""
    started = Database(database_url)
    await started.start()
    yield started
    await started.stop()
