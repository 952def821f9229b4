"""The live catalog's words: products, categories, colours, materials, recipients, occasions.

The catalog writes them to a file; it is read again when it changes, so a new product is known at
the next message, without training. Words are found in the singular and the plural, in both genders
and with a typo.
"""

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterator, List, Optional, Set, Text, Tuple

from components.spans import Span, fold

Phrase = Tuple[Text, ...]
KINDS = {
    "categories": "category",
    "colours": "colour",
    "materials": "material",
    "recipients": "recipient",
    "occasions": "occasion",
}
_WORD = re.compile(r"\w+")
_SHORTEST_TYPO = 4
_LONGEST = 24
_LONG = 7  # letters; from here two typos are one word still


@dataclass
class Words:
    """The words of one version of the catalog, ready to be looked for."""

    phrases: Dict[Phrase, List[Tuple[Text, Text]]] = field(default_factory=dict)
    stems: Dict[Phrase, List[Tuple[Text, Text]]] = field(default_factory=dict)
    single: Set[Text] = field(default_factory=set)
    typos: Dict[Text, Set[Text]] = field(default_factory=dict)
    products: FrozenSet[Text] = frozenset()
    longest: int = 1

    def add(self, said: Text, entity: Text, value: Text) -> None:
        """Make a word or a phrase known."""
        phrase = tuple(_WORD.findall(fold(said)))
        if not phrase:
            return
        self.longest = max(self.longest, len(phrase))
        for known, key in ((self.phrases, phrase), (self.stems, tuple(map(stem, phrase)))):
            meanings = known.setdefault(key, [])
            if (entity, value) not in meanings:
                meanings.append((entity, value))
        self.single.update(phrase)

    def close(self) -> None:
        """Prepare the search for typos once all words are known."""
        stems = {stem(word) for word in self.single}
        for word in self.single | {cut for cut in stems if len(cut) > _SHORTEST_TYPO}:
            if _SHORTEST_TYPO <= len(word) <= _LONGEST and not word.isdigit():
                for shorter in _shortened(word):
                    self.typos.setdefault(shorter, set()).add(word)

    def meanings(self, phrase: Phrase) -> List[Tuple[Text, Text]]:
        """Return what a phrase stands for, exactly or in another form of its words."""
        return self.phrases.get(phrase) or self.stems.get(tuple(map(stem, phrase))) or []

    def corrected(self, word: Text) -> Text:
        """Return the known word that was probably meant."""
        return self._near(word) or self._near(stem(word), _SHORTEST_TYPO + 1) or word

    def _near(self, word: Text, shortest: int = _SHORTEST_TYPO) -> Text:
        if not shortest <= len(word) <= _LONGEST or any(letter.isdigit() for letter in word):
            return ""
        near = {known for cut in _shortened(word) for known in self.typos.get(cut, ())}
        allowed = 2 if len(word) >= _LONG else 1
        ranked = sorted((_distance(word, known), known) for known in near)
        if ranked and ranked[0][0] <= allowed and word[0] == ranked[0][1][0]:
            return ranked[0][1]
        return ""


class Lookups:
    """Follows the catalog's file."""

    def __init__(self, path: Optional[Path]) -> None:
        self._path = path
        self._seen: Optional[Tuple[int, int, int]] = None
        self._words = Words()

    def words(self) -> Words:
        """Return the words as they are now; without a file there are none."""
        try:
            stat = os.stat(self._path) if self._path else None
        except FileNotFoundError:
            stat = None
        seen = (stat.st_mtime_ns, stat.st_ino, stat.st_size) if stat else None
        if seen != self._seen:
            self._words = _read(json.loads(self._path.read_text("utf-8"))) if stat else Words()
            self._seen = seen
        return self._words


def find(text: Text, words: Words, ordinary: FrozenSet[Text]) -> Iterator[Span]:
    """Find the catalog's words in a folded text; an ordinary word is never taken for a typo."""
    tokens = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    said = [_meant(word, words, ordinary) for word, _, _ in tokens]
    at = 0
    while at < len(said):
        size = _longest_match(said, at, words)
        if not size:
            at += 1
            continue
        start, end = tokens[at][1], tokens[at + size - 1][2]
        for entity, value in words.meanings(tuple(said[at : at + size])):
            yield Span(entity, value, start, end)
        at += size


def stem(word: Text) -> Text:
    """Cut off what number and gender change: borse and borsa, rossi and rosse, bags and bag."""
    if len(word) < _SHORTEST_TYPO:
        return word
    singular = re.sub(r"(?:(?<=[sxz])es|(?<=ch)es|(?<=sh)es|(?<=[^s])s)$", "", word)
    cut = re.sub(r"[aeiouy]+$", "", singular)
    if len(cut) < 3:
        return singular
    return re.sub(r"(?<=[cg])h$", "", cut)


def _meant(word: Text, words: Words, ordinary: FrozenSet[Text]) -> Text:
    if word in words.single or word in ordinary or (stem(word),) in words.stems:
        return word
    return words.corrected(word)


def _longest_match(said: List[Text], at: int, words: Words) -> int:
    for size in range(min(words.longest, len(said) - at), 0, -1):
        if words.meanings(tuple(said[at : at + size])):
            return size
    return 0


def _read(lookups: Dict[Text, Any]) -> Words:
    words = Words()
    for plural, entity in KINDS.items():
        for term in lookups.get(plural, []):
            for said in (form for forms in term["words"].values() for form in forms):
                words.add(said, entity, term["id"])
    of_terms = frozenset(words.single)
    products = lookups.get("products", [])
    for product in products:
        for said in (*product["names"].values(), *product.get("aliases", [])):
            words.add(said, "product", product["id"])
    words.products = _own_names(products, of_terms, words)
    words.close()
    return words


def _own_names(products: List[Any], of_terms: FrozenSet[Text], words: Words) -> FrozenSet[Text]:
    """Learn the name by which a product is called for short ("la Aurora", "the Siena").

    It is the word that stands in the product's name in every language, in no other product's name
    and in no term of the catalog.
    """
    owners: Dict[Text, Set[Text]] = {}
    for product in products:
        names = [set(_WORD.findall(fold(name))) for name in product["names"].values()]
        for word in set.intersection(*names) if names else set():
            owners.setdefault(word, set()).add(product["id"])
    own: Set[Text] = set()
    for word, ids in owners.items():
        if len(ids) == 1 and len(word) > 2 and not word.isdigit() and word not in of_terms:
            words.add(word, "product", next(iter(ids)))
            own.add(word)
    return frozenset(own)


def _shortened(word: Text) -> Iterator[Text]:
    """Return the word and the word with any one letter left out (two in a long word)."""
    yield word
    for place in range(len(word)):
        once = word[:place] + word[place + 1 :]
        yield once
        if len(word) >= _LONG:
            for further in range(place, len(once)):
                yield once[:further] + once[further + 1 :]


def _distance(left: Text, right: Text) -> int:
    """Count the letters to change, with two swapped neighbours as one mistake."""
    before: List[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
