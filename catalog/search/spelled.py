"""From typed words to the words that the shop writes: spelling, two in one, one in two."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from catalog.search.index import SearchIndex
from catalog.search.measures import Measure
from catalog.search.question import Word
from catalog.search.spelling import Spelling
from catalog.text import words as split_words

_RUN = re.compile(r"[^\W\d_]+|\d+")
_SHORTEST_PAIR = 6  # letters; two short words in one are another word more often than not
_SHORTEST_PART = 3
_ENDINGS = "aeio"  # of Italian nouns
_SHORTEST_PLURAL = 5


class Speller:
    """Spells words as one state of the index has them."""

    def __init__(
        self,
        index: SearchIndex,
        further: Iterable[str],
        passed: frozenset[str],
        is_form: Callable[[str], bool],
        is_called: Callable[[str], bool],
    ) -> None:
        self._index = index
        self._further = Spelling(further)  # of terms and synonyms: the shop may not write them
        self._passed = passed
        self._is_form = is_form
        self._is_called = is_called  # something else too: it has synonyms

    def words(self, typed: Sequence[str], measured: Mapping[str, Measure]) -> list[Word]:
        """Return the typed words as words to be found."""
        found: list[Word] = []
        position = 0
        while position < len(typed):
            if measure := measured.get(typed[position]):
                found.append(self._measured(measure))
            elif pair := self._pair(typed, position):
                found.append(pair)
                position += 1
            else:
                found.append(self._word(typed[position]))
            position += 1
        return found

    def _measured(self, measure: Measure) -> Word:
        plain = tuple(split_words(measure.written))
        known = all(self._index.frequency(part) for part in plain)
        apart = (plain,) if known and len(plain) > 1 else ()
        return Word(measure.written, (), apart=apart, measure=measure.token)

    def _pair(self, typed: Sequence[str], position: int) -> Word | None:
        """Join "porta chiavi" where the shop writes "portachiavi", and "mx 500" to "mx500"."""
        parts = typed[position : position + 2]
        joined = "".join(parts)
        if len(parts) < 2 or joined.isdigit():
            return None
        numbered = any(part.isdigit() for part in parts)
        if (len(joined) < _SHORTEST_PAIR and not numbered) or not self._exists(joined):
            return None
        if any(part in self._passed for part in parts):
            return Word(joined, (joined,))
        both = all(self._is_form(part) or self._exists(part) for part in parts)
        told = tuple(self._word(part) for part in parts) if both else ()
        return Word(joined, (joined,), told=told)

    def _exists(self, word: str) -> bool:
        vocabulary = self._index.vocabulary
        return word in vocabulary or word in self._further or self._index.frequency(word) > 0

    def _word(self, word: str) -> Word:
        both = (word, *self._other_number(word))
        if word in self._passed or self._is_form(word) or self._index.frequency(word):
            return Word(word, both, apart=self._apart(word))
        if word in self._further and self._is_called(word):
            return Word(word, both)
        if word in self._further:
            # A word that only terms or synonyms have: what it is made of may be in the shop.
            return Word(word, both, told=self._told(self._apart(word)))
        if meant := self._meant(word):
            return Word(word, meant)
        if (apart := self._apart(word)) and word.isalpha():
            return Word(word, (), told=self._told(apart))
        return Word(word, (), apart=apart)

    def _other_number(self, word: str) -> tuple[str, ...]:
        """Return the singular or plural that the shop writes where it never writes this one.

        The stemmer takes "collare" for a verb's "-are", and "collari" for none.
        """
        if word[-1:] not in _ENDINGS or len(word) < _SHORTEST_PLURAL or self._index.frequency(word):
            return ()
        others = (word[:-1] + ending for ending in _ENDINGS)
        return tuple(one for one in others if one != word and self._index.frequency(one))

    def _told(self, apart: Sequence[tuple[str, ...]]) -> tuple[Word, ...]:
        return tuple(Word(part, (part,)) for parts in apart for part in parts)

    def _meant(self, word: str) -> tuple[str, ...]:
        """Return the nearest words, those of the shop's own texts and of its terms together."""
        near = Spelling((*self._index.vocabulary.meant(word), *self._further.meant(word)))
        return near.meant(word, self._frequency)

    def _frequency(self, word: str) -> int:
        return self._index.frequency(word) or int(word in self._further)

    def _apart(self, word: str) -> tuple[tuple[str, ...], ...]:
        """Split "mx500" and "mousepad" into words that the shop writes."""
        runs = tuple(_RUN.findall(word))
        if len(runs) > 1:
            known = len(runs) < 4 and all(self._index.frequency(run) for run in runs)
            return (runs,) if known else ()
        best: tuple[int, tuple[str, ...]] = (0, ())
        for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            parts = (word[:place], word[place:])
            if all(self._exists(part) for part in parts):
                best = max(best, (min(self._frequency(part) for part in parts), parts))
        return (best[1],) if best[1] else ()
