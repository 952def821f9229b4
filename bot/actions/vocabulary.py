"""What shoppers ask of a thing and how its row says it: `vocabulary.yaml`, read once.

The file itself tells how its entries are written; `services.yaml` has the words of the services.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("vocabulary.yaml")
SERVICES = Path(__file__).with_name("services.yaml")
_KEYS = frozenset(("it", "en", "asked", "told", "unless", "part"))
# A word that is not in the list stands between: "how .. close" in "how does the bag close?".
_BETWEEN = r"(?:\W+[\w'-]+){0,4}?\W+"


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that is asked for: how questions say it, and how rows do."""

    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str]
    unless: re.Pattern[str] | None = None  # in a line that tells of something else
    is_part: bool = False  # a lining, a buckle: what the whole is made of is not asked then


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Find one of these words: `tasc*` stands for all its endings, `how .. close` for a gap."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_written, words))})(?!\w)")


def listed(words: str) -> list[str]:
    """Cut a line of the file into its words."""
    return [word for part in words.split(",") if (word := " ".join(part.split()))]


def plain(text: str) -> str:
    """Return a text as the words of the file are written: in small letters, one apostrophe."""
    return text.casefold().replace("’", "'")


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """Return everything that the file knows; ValueError tells which entry is written wrong."""
    read: Mapping[str, Mapping[str, Mapping[str, object]]] = YAML(typ="safe").load(
        FILE.read_text(encoding="utf-8")
    )
    return tuple(_topic(name, entry) for theme in read.values() for name, entry in theme.items())


def services() -> Mapping[str, re.Pattern[str]]:
    """Return by the name of a service what finds the words that it is asked for in."""
    read: Mapping[str, str] = YAML(typ="safe").load(SERVICES.read_text(encoding="utf-8"))
    return {name: pattern(listed(words)) for name, words in read.items()}


def _topic(name: str, entry: Mapping[str, object]) -> Topic:
    unknown = entry.keys() - _KEYS
    if unknown or not {"it", "en"} <= entry.keys():
        raise ValueError(
            f"{FILE.name}: {name}: give it and en, and of {sorted(_KEYS)} what is needed; "
            f"unknown: {sorted(unknown)}."
        )

    def words(*keys: str) -> list[str]:
        return [word for key in keys for word in listed(str(entry.get(key) or ""))]

    return Topic(
        name=name,
        asked=pattern(words("it", "en", "asked")),
        told=pattern(words("it", "en", "told")),
        unless=pattern(found) if (found := words("unless")) else None,
        is_part=bool(entry.get("part")),
    )


def _written(word: str) -> str:
    parts = [
        r"\s+".join(re.escape(w).replace(r"\*", r"\w*") for w in part.split())
        for part in word.split(" .. ")
    ]
    return _BETWEEN.join(parts)
