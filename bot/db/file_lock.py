"""One process at a time for a SQLite file."""

import contextlib
import fcntl
import os
from pathlib import Path
from typing import Self

from bot.errors import ConfigurationError


class FileLock:
    """An exclusive lock on `<database>.lock`; the system frees it when the process dies."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lock, or raise ConfigurationError naming the process that holds it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(descriptor, 20).decode(errors="replace").strip()
            os.close(descriptor)
            by = f"process {holder}" if holder else "another process"
            raise ConfigurationError(
                f"The database {self._database} is in use by {by}. A SQLite file serves one "
                "process: stop the other one, or let DIALOGO_DATABASE_URL name a PostgreSQL "
                "database, which serves many."
            ) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None
