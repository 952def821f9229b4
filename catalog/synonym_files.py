"""Where the shop's own words lie: files that a marketer edits, by hand or on the catalog page."""

import os
import shutil
from pathlib import Path

SYNONYMS = Path(__file__).parent / "synonyms"
COMMON = SYNONYMS / "common"


def synonyms_in(folder: Path | None) -> Path:
    """Return the folder of the shop's words; one of its own begins with a copy of ours."""
    if folder is None:
        return SYNONYMS
    folder.mkdir(parents=True, exist_ok=True)
    for file in SYNONYMS.glob("*.txt"):
        if not (folder / file.name).exists():
            shutil.copyfile(file, folder / file.name)
    return folder


def save(file: Path, text: str) -> None:
    """Write a file in one step, so that nobody reads half of it."""
    new = file.with_suffix(f".{os.getpid()}.new")
    new.write_text(text, "utf-8")
    new.replace(file)
