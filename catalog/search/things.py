"""Which products are called what a customer names: a "dog collar" is no accessory of any kind.

The shop lists the narrower names of a category as its `kinds`; what the synonym files say is the
same counts too. A product is called so where its own name says it; of the same category, where
its keywords do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tantivy import Occur, Query

from catalog.search.index import SearchIndex
from catalog.search.language import Language, Phrase
from catalog.search.question import Word
from catalog.search.wording import any_of
from catalog.terms import Terms
from catalog.text import words

_Key = tuple[str, Phrase]  # language and stems
_MOST = 100


@dataclass(frozen=True, slots=True)
class Thing:
    """A narrow kind that was named: its category, and the products that are called so."""

    category: str
    ids: tuple[str, ...]


class Things:
    """Knows the narrow kinds of one state of the catalog."""

    def __init__(
        self,
        index: SearchIndex,
        terms: Terms,
        languages: Sequence[Language],
        passed: frozenset[str],
    ) -> None:
        self._index = index
        self._languages = tuple(languages)
        self._passed = passed
        self._narrow: dict[_Key, str] = {}
        self._whole: set[_Key] = set()  # what means a category and all that is in it
        for language in languages:
            for term in terms.of("category"):
                self._whole.update(self._keys(language, term.exactly(language.code)))
                for key in self._keys(language, term.kinds.get(language.code, ())):
                    self._narrow.setdefault(key, term.id)
                    for same in language.same.get(key[1], ()):
                        self._narrow.setdefault((language.code, same), term.id)
        known = (*self._narrow, *self._whole)
        self._longest = max((len(phrase) for _, phrase in known), default=0)

    def called(self, typed: Sequence[Word]) -> Thing | None:
        """Return what is called as the words say; None where they name no narrow kind.

        None, too, where a whole category is named beside it, or where no product has that name:
        then the texts of the products have to tell.
        """
        found: dict[str, str] = {}
        first: str | None = None
        for key, category in self._named(typed):
            if category is None:
                return None
            if not (ids := self._called(key, category)):
                return None
            first = first or category
            found.update(dict.fromkeys(ids, category))
        return Thing(first, tuple(found)) if first else None

    def _named(self, typed: Sequence[Word]) -> Iterator[tuple[_Key, str | None]]:
        """Return the kinds that are named, the longest name first where one is within another."""
        place = 0
        while place < len(typed):
            size = min(self._longest + 1, len(typed) - place)
            while size and not (found := self._mean(typed[place : place + size])):
                size -= 1
            if size and found:
                yield found
            place += max(size, 1)

    def _mean(self, window: Sequence[Word]) -> tuple[_Key, str | None] | None:
        for key in self._spellings(window):
            if key in self._whole:
                return key, None
            if key in self._narrow:
                return key, self._narrow[key]
        return None

    def _spellings(self, window: Sequence[Word]) -> Iterator[_Key]:
        told = [word for word in window if word.typed not in self._passed]
        between = bool(told) and told[0] is window[0] and told[-1] is window[-1]
        for chosen in (window, told) if between and len(told) < len(window) else (window,):
            for language in self._languages:
                for spelled in (
                    [word.typed for word in chosen],
                    [word.meant[0] if word.meant else word.typed for word in chosen],
                ):
                    yield language.code, tuple(language.stems.of(word) for word in spelled)

    def _keys(self, language: Language, texts: Sequence[str]) -> Iterator[_Key]:
        for text in texts:
            told = words(text)
            apart = [word for word in told if word not in self._passed]
            for chosen in {tuple(told), tuple(apart)} - {()}:
                yield language.code, tuple(language.stems.of(word) for word in chosen)

    def _called(self, key: _Key, category: str) -> list[str]:
        """Return what is called so: in the category by name or keyword, elsewhere by name."""
        names = [query for query in map(self._name, self._same(key)) if query]
        if not names:
            return []
        of_kind = [(Occur.Must, self._index.term("category", category))]
        called_so = any_of(names)
        if not self._ids(Query.boolean_query([(Occur.Must, called_so), *of_kind])):
            return self._ids(called_so)
        told = self._phrase("terms", key)
        either = any_of([called_so, told]) if told else called_so
        return self._ids(Query.boolean_query([(Occur.Must, either), *of_kind]))

    def _same(self, key: _Key) -> list[_Key]:
        code, phrase = key
        language = next(one for one in self._languages if one.code == code)
        return [key, *((code, other) for other in language.same.get(phrase, ()))]

    def _name(self, key: _Key) -> Query | None:
        """Return a query for names that say it of the thing itself: no "case for your laptop"."""
        code, phrase = key
        if (query := self._phrase("name", key)) is None:
            return None
        owners = [(Occur.MustNot, self._index.term("part", f"{code} {phrase[-1]}"))]
        return Query.boolean_query([(Occur.Must, query), *owners])

    def _phrase(self, field: str, key: _Key) -> Query | None:
        code, phrase = key
        name = f"{field}_{code}"
        if not all(self._index.knows(name, stem) for stem in phrase):
            return None
        if len(phrase) == 1:
            return self._index.term(name, phrase[0])
        return self._index.phrase(name, phrase)

    def _ids(self, query: Query) -> list[str]:
        searcher = self._index.searcher
        hits = searcher.search(query, _MOST, count=False).hits
        return [str(searcher.doc(address).get_first("id")) for _, address in hits]
