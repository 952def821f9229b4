"""What a marketer tells the search about a language: words of equal meaning, words to pass over.

The files in `catalog/synonyms/` are read line by line:

    borsa a mano = handbag = bauletto     the same thing, said differently
    telefono, iphone ~ custodia           we do not sell it; this comes nearest
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
    surface: frozenset[str] = frozenset()  # every word of the file, for the spelling

    def phrase(self, text: str) -> Phrase:
        """Return a text as stems."""
        return tuple(self.stems.of(word) for word in words(text))


class SynonymError(Exception):
    """A synonym file has a line that cannot be read; the message says which and how to write it."""


def load_languages(codes: Iterable[str], folder: Path) -> tuple[Language, ...]:
    """Read the synonym file of each language; one without a file simply has no synonyms."""
    return tuple(_load(code, folder / f"{code}.txt") for code in codes)


def _load(code: str, path: Path) -> Language:
    stems = Stems(code)
    same: dict[Phrase, tuple[Phrase, ...]] = {}
    near: dict[Phrase, tuple[Phrase, ...]] = {}
    passed_over: set[str] = set()
    surface: set[str] = set()
    language = Language(code, stems)
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    for number, raw in enumerate(lines, start=1):
        line = raw.partition("#")[0].strip()
        surface.update(words(line))
        if line.startswith("-"):
            passed_over.update(words(line))
        elif "~" in line:
            asked, _, ours = line.partition("~")
            for phrase in _phrases(language, asked, ","):
                near[phrase] = near.get(phrase, ()) + _phrases(language, ours, ",")
        elif "=" in line:
            group = _phrases(language, line, "=")
            for phrase in group:
                others = (*same.get(phrase, ()), *(p for p in group if p != phrase))
                same[phrase] = tuple(dict.fromkeys(others))
        elif line:
            raise SynonymError(
                f'{path.name}:{number}  "{line}" has neither "=" nor "~"; write '
                '"handbag = purse" or "phone ~ phone case"'
            )
    return Language(code, stems, same, near, frozenset(passed_over), frozenset(surface))


def _phrases(language: Language, text: str, separator: str) -> tuple[Phrase, ...]:
    return tuple(p for part in text.split(separator) if (p := language.phrase(part)))
