"""A folder that somebody puts files into: all of its files together are the catalog."""

import time
from pathlib import Path
from typing import Any

from catalog.connectors.errors import FetchError

ENDINGS = (".csv", ".tsv", ".txt", ".xml", ".jsonl", ".json", ".gz")
# A file that was written to just now may still be written to.
_SETTLED = 3.0


def look(folder: Path, known: dict[str, Any]) -> tuple[list[Path], dict[str, Any]] | None:
    """Return the files and their marks, None when they are as they were or are being written."""
    if not folder.is_dir():
        raise FetchError(f"there is no folder {folder}")
    files = sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.suffix.lower() in ENDINGS and not path.name.startswith(".")
    )
    if not files:
        raise FetchError(f"there are no files in {folder} ({', '.join(ENDINGS)})")
    stats = {path.name: path.stat() for path in files}
    marks = {name: [stat.st_size, stat.st_mtime_ns] for name, stat in stats.items()}
    if marks == known.get("files"):
        return None
    if any(time.time() - stat.st_mtime < _SETTLED for stat in stats.values()):
        return None
    return files, {"files": marks}
