"""How long an import takes and how much memory it needs; JSON on standard output.

    .venv/bin/python -m tests.benchmarks.imports --rows 100000 csv google-xml

Each file is imported three times into one SQLite database, in a process of its own: new,
unchanged, and with every price changed.
"""

import argparse
import asyncio
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from subprocess import run

from bot.db import Database, migrate
from catalog import Plan, Report, run_import
from tests.benchmarks.import_files import WRITERS


def main() -> None:
    """Measure each format."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("formats", nargs="*", default=list(WRITERS))
    words.add_argument("--rows", type=int, default=100_000)
    words.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.inside:
        print(json.dumps(asyncio.run(measure(given.formats[0], given.rows))))  # noqa: T201
        return
    for name in given.formats:
        again = [sys.executable, "-m", "tests.benchmarks.imports", "--inside", name]
        run([*again, "--rows", str(given.rows)], check=True)


async def measure(name: str, rows: int) -> dict[str, object]:
    """Import a file of so many rows and return seconds, memory and what was done."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"products.{name}"
        WRITERS[name](file, rows)
        changed = Path(folder) / f"changed.{name}"
        with file.open("rb") as old, changed.open("wb") as new:
            new.writelines(line.replace(b".90", b".80") for line in old)
        url = f"sqlite:///{folder}/dialogo.db"
        migrate(url)
        database = Database(url)
        await database.start()
        before = _memory()
        results = {}
        for what, path in (("new", file), ("unchanged", file), ("prices changed", changed)):
            began, used = time.perf_counter(), time.process_time()
            report = await run_import(database.write, Plan(((path.name, path),), complete=True))
            results[what] = {
                "seconds": round(time.perf_counter() - began, 1),
                "processor_seconds": round(time.process_time() - used, 1),
                **_told(report),
            }
        await database.stop()
        return {
            "format": name,
            "rows": rows,
            "file_mib": round(file.stat().st_size / 2**20, 1),
            "memory_mib": {"before": before, "highest": _memory()},
            **results,
        }


def _told(report: Report) -> dict[str, object]:
    names = ("state", "products", "variants", "added", "changed", "unchanged", "problem_count")
    return {name: getattr(report, name) for name in names}


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
