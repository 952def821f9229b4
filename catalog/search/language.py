"""What a marketer tells the search about a language: words of equal meaning, words to pass over.

The files in `catalog/synonyms/` are read line by line:

    borsa a mano = handbag = bauletto     the same thing, said differently
    telefono, iphone ~ custodia           we do not sell it; this comes nearest
    + custodia, caricatore                belongs to something else; comes after the thing itself
    - vorrei, cerco, avete                words that say nothing about the product
    # a remark
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from catalog.text import Stems, words

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """One language as the search knows it; phrases are tuples of stems."""

    code: str
    stems: Stems
    same: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    near: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    passed_over: frozenset[str] = frozenset()
    accessories: frozenset[str] = frozenset()  # stems
    surface: frozenset[str] = frozenset()  # every word of the file, for the spelling

    def phrase(self, text: str) -> Phrase:
        """Return a text as stems."""
        return tuple(self.stems.of(word) for word in words(text))


@dataclass(slots=True)
class _Read:
    """What was read so far."""

    same: dict[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    near: dict[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    passed_over: set[str] = field(default_factory=set)
    accessories: set[str] = field(default_factory=set)
    surface: set[str] = field(default_factory=set)


class SynonymError(Exception):
    """A synonym file has a line that cannot be read; the message says which and how to write it."""


def load_languages(codes: Iterable[str], *folders: Path) -> tuple[Language, ...]:
    """Read the synonym files of each language; one without a file simply has no synonyms."""
    return tuple(_load(code, [folder / f"{code}.txt" for folder in folders]) for code in codes)


def check_synonyms(code: str, text: str, name: str) -> None:
    """Raise SynonymError when a line of that text cannot be read."""
    _read(Language(code, Stems(code)), text, name, _Read())


def _load(code: str, paths: Iterable[Path]) -> Language:
    language = Language(code, Stems(code))
    found = _Read()
    for path in paths:
        if path.exists():
            _read(language, path.read_text("utf-8"), path.name, found)
    return Language(
        code,
        language.stems,
        found.same,
        found.near,
        frozenset(found.passed_over),
        frozenset(found.accessories),
        frozenset(found.surface),
    )


def _read(language: Language, text: str, name: str, found: _Read) -> None:
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.partition("#")[0].strip()
        found.surface.update(words(line))
        if line.startswith("-"):
            found.passed_over.update(words(line))
        elif line.startswith("+"):
            found.accessories.update(language.stems.of(word) for word in words(line))
        elif "~" in line:
            asked, _, ours = line.partition("~")
            for phrase in _phrases(language, asked, ","):
                found.near[phrase] = found.near.get(phrase, ()) + _phrases(language, ours, ",")
        elif "=" in line:
            _put_same(found.same, _phrases(language, line, "="))
        elif line:
            raise SynonymError(
                f'{name}:{number}  "{line}" has neither "=" nor "~"; write '
                '"handbag = purse" or "phone ~ phone case"'
            )


def _put_same(same: dict[Phrase, tuple[Phrase, ...]], group: tuple[Phrase, ...]) -> None:
    for phrase in group:
        others = (*same.get(phrase, ()), *(p for p in group if p != phrase))
        same[phrase] = tuple(dict.fromkeys(others))


def _phrases(language: Language, text: str, separator: str) -> tuple[Phrase, ...]:
    return tuple(p for part in text.split(separator) if (p := language.phrase(part)))
