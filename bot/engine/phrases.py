"""Reads the example phrases that people wrote, and says in plain words what is wrong with them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, override

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

FEWEST = 2  # phrases per intent and language; below that nothing can be learned
INTENT = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing a customer may say, and what it means."""

    language: str
    intent: str
    text: str
    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a training file; `fatal` ones keep the model from being trained."""

    path: Path
    line: int
    text: str
    fatal: bool = True

    @override
    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.text}"


def read_phrases(folder: Path, languages: Sequence[str]) -> tuple[list[Phrase], list[Problem]]:
    """Return all phrases under `<folder>/<language>/` and what is wrong with the files."""
    phrases: list[Phrase] = []
    problems: list[Problem] = []
    for language in languages:
        files = sorted((folder / language).glob("**/*.yml"))
        if not files:
            problems.append(Problem(folder / language, 1, "There are no example phrases here."))
        for path in files:
            for found in _read_file(path, language):
                if isinstance(found, Phrase):
                    phrases.append(found)
                else:
                    problems.append(found)
    return phrases, problems + list(_across(phrases, languages))


def _read_file(path: Path, language: str) -> Iterator[Phrase | Problem]:
    try:
        content = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        yield Problem(path, line, f"This is not YAML: {error.problem}.")
        return
    except UnicodeDecodeError as error:
        yield Problem(path, 1, f"This file is not UTF-8: {error.reason}.")
        return
    if not isinstance(content, dict) or not isinstance(content.get("nlu"), list):
        yield Problem(path, 1, "The file needs a list under `nlu:`.")
        return
    for place, entry in enumerate(content["nlu"]):
        line = content["nlu"].lc.item(place)[0] + 1
        yield from _read_entry(entry, line, path=path, language=language)


def _read_entry(entry: Any, line: int, *, path: Path, language: str) -> Iterator[Phrase | Problem]:
    intent = entry.get("intent") if isinstance(entry, dict) else None
    if not isinstance(intent, str) or not INTENT.fullmatch(intent):
        yield Problem(path, line, "An entry begins with `- intent: name_in_small_letters`.")
        return
    examples = entry.get("examples")
    if not isinstance(examples, str):
        yield Problem(path, line, f"`{intent}` needs `examples: |` with a line for each phrase.")
        return
    begins = entry.lc.value("examples")[0] + 2
    for number, raw in enumerate(examples.splitlines(), start=begins):
        said = raw.strip()
        if not said:
            continue
        if not said.startswith("-") or not said[1:].strip():
            yield Problem(path, number, f"A phrase begins with `- `, this is {said!r}.")
            continue
        yield Phrase(language, intent, said[1:].strip(), path, number)


def _across(phrases: Sequence[Phrase], languages: Sequence[str]) -> Iterator[Problem]:
    """Find what no single file shows: contradictions, thin intents, a language left behind."""
    first: dict[tuple[str, str], Phrase] = {}
    counts: dict[tuple[str, str], int] = {}
    where: dict[str, Phrase] = {}
    for phrase in phrases:
        known = first.setdefault((phrase.language, phrase.text.casefold()), phrase)
        if known.intent != phrase.intent:
            text = f"“{phrase.text}” already means `{known.intent}` ({known.path}:{known.line})."
            yield Problem(phrase.path, phrase.line, text)
        where.setdefault(phrase.intent, phrase)
        key = (phrase.language, phrase.intent)
        counts[key] = counts.get(key, 0) + 1
    spoken = [language for language in languages if any(language == key[0] for key in counts)]
    for intent, phrase in where.items():
        for language in spoken:
            if counts.get((language, intent), 0) < FEWEST:
                text = f"`{intent}` needs at least {FEWEST} phrases in {language!r}."
                yield Problem(phrase.path, phrase.line, text, fatal=False)
