"""Telling what a shop sells from what only stands in the name of something else."""

from collections.abc import Iterable, Sequence

from tantivy import Occur, Query

from catalog.search.index import SearchIndex
from catalog.search.language import Phrase


class Sold:
    """Knows whether a product is called by a word, and not by a longer name that it is part of.

    A jewellery box makes no shop a jeweller's, nor does a laptop lock make it sell laptops.
    """

    def __init__(self, index: SearchIndex, known: Iterable[tuple[str, Phrase]]) -> None:
        self._index = index
        self._longer: dict[tuple[str, str], list[Phrase]] = {}
        for code, phrase in dict.fromkeys(known):
            if len(phrase) > 1:
                for stem in dict.fromkeys(phrase):
                    self._longer.setdefault((code, stem), []).append(phrase)

    def sells(self, code: str, phrase: Phrase) -> bool:
        """Tell whether there is such a thing; of several words no product is called here."""
        if len(phrase) > 1 or not self._index.knows(f"name_{code}", phrase[0]):
            return False
        query = Query.boolean_query([*self._called(code, phrase[0])])
        return bool(self._index.searcher.search(query, 1).hits)

    def _called(self, code: str, stem: str) -> Sequence[tuple[Occur, Query]]:
        name = f"name_{code}"
        longer = [
            self._index.phrase(name, phrase)
            for phrase in self._longer.get((code, stem), ())
            if all(self._index.knows(name, other) for other in phrase)
        ]
        part = self._index.term("part", f"{code} {stem}")
        return [
            (Occur.Must, self._index.term(name, stem)),
            *((Occur.MustNot, query) for query in (part, *longer)),
        ]
