"""The words that the shop uses, and what a misspelt word may have meant."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Searcher

_MOST_BY_LETTER = 40_000  # the commonest; a feed of a million products has as many odd tokens
_SHORTEST = 4
_LONGEST = 30
_REMEMBERED = 10_000


class Spelling:
    """Words by first letter and length, so that few are compared."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words: set[str] = set()
        self._near: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._known: dict[str, tuple[str, ...]] = {}
        self.add(words)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def add(self, words: Iterable[str]) -> None:
        """Learn further words."""
        fresh = {word for word in words if word not in self._words}
        if not fresh:
            return
        self._words |= fresh
        self._known.clear()
        for word in sorted(fresh):
            if len(word) >= _SHORTEST and word.isalpha():
                self._near[word[0], len(word)].append(word)

    def meant(self, word: str, frequency: Callable[[str], int] | None = None) -> tuple[str, ...]:
        """Return the nearest words, best first; none for short words and numbers.

        The first letter has to be right: people rarely miss it, and it keeps "gonna" (a skirt)
        from becoming "donna" (a woman). Among equally near words the more frequent ones are
        meant; a word that `frequency` says is nowhere any more is not.
        """
        if (found := self._known.get(word)) is None:
            found = self._look_up(word)
            if len(self._known) < _REMEMBERED:
                self._known[word] = found
        if frequency is None:
            return found[:3]
        counted = [(frequency(near), near) for near in found]
        counted.sort(key=lambda pair: -pair[0])
        return tuple(near for count, near in counted if count)[:3]

    def _look_up(self, word: str) -> tuple[str, ...]:
        if len(word) < _SHORTEST or not word.isalpha():
            return ()
        allowed = 1 if len(word) < 8 else 2
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        choices = [near for length in lengths for near in self._near[word[0], length]]
        close = process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=20)
        if not close:
            return ()
        best = min(distance for _, distance, _ in close)
        return tuple(near for near, distance, _ in close if distance == best)


class Vocabulary(Spelling):
    """The words of an index, as written; it grows with every product that is put in."""

    def __init__(self, searcher: Searcher) -> None:
        found = (
            word
            for letter in ascii_lowercase
            for word, _ in searcher.terms_with_prefix("surface", letter, limit=_MOST_BY_LETTER)
            if len(word) <= _LONGEST and word.isalpha()
        )
        super().__init__(found)
