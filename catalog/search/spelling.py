"""What a misspelt word may have meant, out of the words the shop uses."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA


class Spelling:
    """The words of the shop by first letter and length, so that few are compared."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._near: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if len(word) > 3 and word.isalpha():
                self._near[word[0], len(word)].append(word)
        self._known: dict[str, tuple[str, ...]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def meant(self, word: str) -> tuple[str, ...]:
        """Return the nearest words, best first; none for short words and numbers.

        The first letter has to be right: people rarely miss it, and it keeps "gonna" (a skirt)
        from becoming "donna" (a woman).
        """
        if (found := self._known.get(word)) is None:
            found = self._look_up(word)
            if len(self._known) < 10_000:
                self._known[word] = found
        return found

    def _look_up(self, word: str) -> tuple[str, ...]:
        if len(word) < 4 or not word.isalpha():
            return ()
        allowed = 1 if len(word) < 8 else 2
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        choices = [near for length in lengths for near in self._near[word[0], length]]
        close = process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=10)
        if not close:
            return ()
        best = min(distance for _, distance, _ in close)
        return tuple(near for near, distance, _ in close if distance == best)[:3]
