"""Fixtures that every room's tests may ask for, and how tests share two processes."""

from pathlib import Path

import pytest

from tests.postgres import (
    database,
    database_url,
    postgres_cluster,
    postgres_template,
    postgres_url,
    sqlite_template,
    sqlite_url,
)

__all__ = [
    "database",
    "database_url",
    "postgres_cluster",
    "postgres_template",
    "postgres_url",
    "sqlite_template",
    "sqlite_url",
]

# Their tests share an engine, a gateway or a browser, which would otherwise be started twice.
TOGETHER = ("acceptance", "engine", "web")
# What takes longest is begun first, so that no process waits for the other at the end.
LONG = ("faults", "acceptance", "web", "outbox", "engine")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `-n 2 --dist loadgroup`, keep together what shares something that is slow to start."""
    if not (config.getoption("numprocesses", None) or hasattr(config, "workerinput")):
        return
    for item in items:
        folder = item.path.parent.name
        group = folder if folder in TOGETHER else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: _place(item.path))


def _place(path: Path) -> int:
    folder = path.parent.name
    return LONG.index(folder) if folder in LONG else len(LONG)
