"""Checks what people wrote to teach the purchase decision: `purchase.txt` and `cues.txt`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.engine.phrases import Problem

EXAMPLES, CUES = "purchase.txt", "cues.txt"
COMMITMENT = (EXAMPLES, CUES)
SIGNS = ("+ ", "- ")
CUE_NAMES = (
    "act",
    "accept",
    "buys",
    "not",
    "past",
    "if",
    "would",
    "maybe",
    "ask",
    "back",
    "sell",
    "other",
)


def check_commitments(folder: Path, languages: Sequence[str]) -> list[Problem]:
    """Return what is wrong with the files under `<folder>/<language>/`; both may be absent."""
    problems: list[Problem] = []
    for language in languages:
        for name, check in ((EXAMPLES, _examples), (CUES, _cues)):
            path = folder / language / name
            if path.is_file():
                problems += check(path)
    return problems


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.rstrip()


def _examples(path: Path) -> Iterator[Problem]:
    first: dict[str, tuple[str, int]] = {}
    for number, line in _lines(path):
        if not line.startswith(SIGNS) or not line[2:].strip():
            text = f"An example begins with `+ ` (buys now) or `- ` (does not), this is {line!r}."
            yield Problem(path, number, text)
            continue
        sign, text = line[0], line[2:].strip().casefold()
        known, place = first.setdefault(text, (sign, number))
        if known != sign:
            yield Problem(path, number, f"“{line[2:]}” is marked `{known}` in line {place}.")


def _cues(path: Path) -> Iterator[Problem]:
    for number, line in _lines(path):
        name, colon, words = line.partition(":")
        if not colon or name.strip() not in CUE_NAMES or not words.strip():
            text = f"A line of cues is `name: word, word`; the names are {', '.join(CUE_NAMES)}."
            yield Problem(path, number, text)
