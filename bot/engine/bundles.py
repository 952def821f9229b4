"""Keeps every published version of the dialogues and says which one is current.

The directory holds `<version>.json` for each version ever published and the file `current`, which
is replaced in one step. The engine reads the same directory at every turn, so a publication or a
rollback is live at the next message; versions stay, because an open flow ends on its own.
"""

import fcntl
import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from bot.errors import ConflictError, NotFoundError

Bundle = dict[str, Any]
POINTER = "current"
HISTORY_KEPT = 200


@dataclass(frozen=True, slots=True)
class Publication:
    """One move of the pointer; `at` is in milliseconds since 1970, `how` publish or rollback."""

    version: str
    at: int
    how: str


class Bundles:
    """The store of compiled dialogues, shared by the gateway, the commands and the engine."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._pointed_at = directory / POINTER
        self._seen: tuple[int, int, int] | None = None
        self._current: Bundle | None = None

    @property
    def current(self) -> Bundle:
        """The bundle in force; read again when the pointer has moved."""
        try:
            stat = self._pointed_at.stat()
        except FileNotFoundError:
            raise NotFoundError("No dialogues are published; run `dialogo publish`") from None
        seen = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        if self._current is None or seen != self._seen:
            version = self._pointer()["version"]
            if self._current is None or self._current["version"] != version:
                self._current = self.get(version)
            self._seen = seen
        return self._current

    def get(self, version: str) -> Bundle:
        """Return the bundle of that version, current or not."""
        try:
            bundle: Bundle = json.loads(self._path(version).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise NotFoundError(f"There is no version {version!r} of the dialogues") from None
        return bundle

    def publish(self, bundle: Bundle) -> str:
        """Store the bundle, point at it and return its version; the current one changes nothing."""
        version = str(bundle["version"])
        path = self._path(version)
        with self._locked():
            if not path.exists():
                _replace(path, json.dumps(bundle, ensure_ascii=False, sort_keys=True))
            pointer = self._pointer()
            if pointer["version"] != version:
                before = [old for old in pointer["before"] if old != version]
                if pointer["version"]:
                    before.append(pointer["version"])
                self._point(version, before[-HISTORY_KEPT:], pointer["log"], "publish")
        return version

    def rollback(self) -> str:
        """Point at the version that was in force before and return it."""
        with self._locked():
            pointer = self._pointer()
            if not pointer["before"]:
                raise ConflictError("There is no earlier version of the dialogues to go back to")
            *before, version = pointer["before"]
            self._point(version, before, pointer["log"], "rollback")
        return str(version)

    def history(self) -> list[Publication]:
        """Return the moves of the pointer, newest first."""
        return [Publication(**entry) for entry in reversed(self._pointer()["log"])]

    def _path(self, version: str) -> Path:
        if not re.fullmatch(r"[0-9A-Za-z_-]{1,64}", version):
            raise NotFoundError(f"{version!r} is not a version of the dialogues")
        return self._directory / f"{version}.json"

    def _pointer(self) -> dict[str, Any]:
        try:
            content = self._pointed_at.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {"version": None, "before": [], "log": []}
        pointer: dict[str, Any] = json.loads(content)
        return pointer

    def _point(self, version: str, before: list[str], log: list[Any], how: str) -> None:
        entry = {"version": version, "at": time.time_ns() // 1_000_000, "how": how}
        content = {"version": version, "before": before, "log": [*log, entry][-HISTORY_KEPT:]}
        _replace(self._pointed_at, json.dumps(content))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process at a time move the pointer."""
        self._directory.mkdir(parents=True, exist_ok=True)
        with (self._directory / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _replace(path: Path, content: str) -> None:
    """Write the file so that a reader sees the old content or the new one, never half."""
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
