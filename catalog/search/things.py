"""Which products are called what a customer names: a "dog collar" is no accessory of any kind.

The shop lists the narrower names of a category as its `kinds`; what the synonym files say is the
same counts too. A product is called so where its own name says it; of the same category, where
its keywords do.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from tantivy import Occur, Query

from catalog.search.index import SearchIndex
from catalog.search.language import Language, Phrase
from catalog.search.question import Word
from catalog.search.wording import any_of
from catalog.terms import Terms
from catalog.text import words

_Key = tuple[str, Phrase]  # language and stems
_MOST = 100
_MOST_WAYS = 24  # in which the words of one name may be said
_APART = 1  # small words in a name: "custodia per computer"


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
        self._languages = {language.code: language for language in languages}
        self._passed = passed
        self._narrow: dict[_Key, str] = {}
        self._same: dict[_Key, set[Phrase]] = {}
        # What means a category and all that is in it, and the words of its name.
        self._whole: dict[_Key, str] = {}
        for language in languages:
            for term in terms.of("category"):
                for text in term.exactly(language.code):
                    self._whole |= dict.fromkeys(self._keys(language, [text]), term.id)
                for text in term.kinds.get(language.code, ()):
                    self._put(language, text, term.id)
        self._join_shorter()
        known = (*self._narrow, *self._whole)
        self._longest = max((len(phrase) for _, phrase in known), default=0)

    def _put(self, language: Language, text: str, category: str) -> None:
        """Learn a name, with and without its small words, and what is the same."""
        forms = {phrase for _, phrase in self._keys(language, [text])}
        same = forms.union(*(language.same.get(phrase, ()) for phrase in forms))
        for phrase in same:
            key = language.code, phrase
            self._narrow.setdefault(key, category)
            # A diary is a planner and a notebook; that makes no planner of a notebook.
            own = same if phrase in forms else {phrase, *forms, *language.same.get(phrase, ())}
            self._same.setdefault(key, set()).update(own)

    def _join_shorter(self) -> None:
        """Let a crossbody bag be a crossbody: the category's own word tells nothing more."""
        for (code, phrase), category in list(self._narrow.items()):
            rest = tuple(
                stem
                for stem in phrase
                if (code, (stem,)) not in self._whole and stem not in self._passed
            )
            # Of another category it is something else: no laptop backpack is called a laptop.
            if rest != phrase and self._narrow.get((code, rest)) == category:
                self._same[code, phrase] |= self._same[code, rest]

    def whole(self, typed: Sequence[Word]) -> str | None:
        """Return the category of which the words name all there is: "bags", and no "clutches"."""
        keys = (key for key in self._spellings(typed) if key in self._whole)
        return next((self._whole[key] for key in keys), None)

    def called(self, typed: Sequence[Word]) -> Thing | None:
        """Return what is called as the words say; None where they name no narrow kind.

        None, too, where a whole category is named beside it, or where no product has that name:
        then the texts of the products have to tell.
        """
        found: dict[str, None] = {}
        first: str | None = None
        for keys in self._named(typed):
            if any(key in self._whole for key in keys):
                return None
            ids = next((ids for key in keys if (ids := self._called(key))), [])
            if not ids:
                return None
            first = first or self._narrow[keys[0]]
            found.update(dict.fromkeys(ids))
        return Thing(first, tuple(found)) if first else None

    def _named(self, typed: Sequence[Word]) -> Iterator[list[_Key]]:
        """Return the kinds that are named, the longest name first where one is within another."""
        place = 0
        while place < len(typed):
            size = min(self._longest + 1, len(typed) - place)
            while size and not (found := self._mean(typed[place : place + size])):
                size -= 1
            if size and found:
                yield found
            place += max(size, 1)

    def _mean(self, window: Sequence[Word]) -> list[_Key]:
        spelled = dict.fromkeys(self._spellings(window))
        return [key for key in spelled if key in self._whole or key in self._narrow]

    def _spellings(self, window: Sequence[Word]) -> Iterator[_Key]:
        told = [word for word in window if word.typed not in self._passed]
        between = bool(told) and told[0] is window[0] and told[-1] is window[-1]
        apart = [told] if between and len(told) < len(window) else []
        if apart and len(told) == len(("desk", "mat")) and window[1].typed == "for":
            apart.append(told[::-1])  # a mat for the desk is a desk mat
        for chosen in (window, *apart):
            ways = (
                [word.typed for word in chosen],
                [word.meant[0] if word.meant else word.typed for word in chosen],
                [part for word in chosen for part in word.spelled()],
            )
            for way in ways:
                for language in self._languages.values():
                    yield language.code, tuple(language.stems.of(word) for word in way)

    def _keys(self, language: Language, texts: Iterable[str]) -> Iterator[_Key]:
        for text in texts:
            told = words(text)
            apart = [word for word in told if word not in self._passed]
            for chosen in {tuple(told), tuple(apart)} - {()}:
                yield language.code, tuple(language.stems.of(word) for word in chosen)

    def _called(self, key: _Key) -> list[str]:
        """Return what is called so: in the category by name or keyword, elsewhere by name."""
        category = self._narrow[key]
        of_kind = (Occur.Must, self._index.term("category", category))
        names = self._names(key)
        ways = list(names)
        keywords = None if self._is_in_name(key, category) else self._phrase("terms", key)
        # A keyword alone says it where it is a name of several words: "phone case".
        if keywords and (names or len(key[1]) > 1):
            ways.append(keywords)
        if not ways:
            return []
        found = self._ids(Query.boolean_query([(Occur.Must, any_of(ways)), of_kind]))
        return found or (self._ids(any_of(names)) if names else [])

    def _names(self, key: _Key) -> list[Query]:
        """Return queries for names that say it, of the thing itself where there is such a one.

        A case for your laptop is no laptop; "messenger" before "bag" is all there is.
        """
        ways = [way for way in self._ways(key) if self._phrase("name", way)]
        found = [query for way in ways if (query := self._phrase("name", way))]
        itself = [
            Query.boolean_query([(Occur.Must, query), (Occur.MustNot, self._part(way))])
            for way, query in zip(ways, found, strict=True)
            if len(way[1]) == 1
        ]
        longer = [q for way, q in zip(ways, found, strict=True) if len(way[1]) > 1]
        strict = [*longer, *itself]
        return strict if strict and self._ids(any_of(strict)) else found

    def _part(self, key: _Key) -> Query:
        code, phrase = key
        return self._index.term("part", f"{code} {phrase[-1]}")

    def _ways(self, key: _Key) -> list[_Key]:
        """Return what else a name is called, as a whole or by one of its words."""
        code, phrase = key
        same = self._languages[code].same
        single = [
            [stem, *(other[0] for other in same.get((stem,), ()) if len(other) == 1)]
            for stem in phrase
        ]
        by_word = islice(product(*single), _MOST_WAYS) if len(phrase) > 1 else ()
        return list(dict.fromkeys([key, *((code, p) for p in (*self._same[key], *by_word))]))

    def _is_in_name(self, key: _Key, category: str) -> bool:
        """Tell whether the name of the whole category has it: "Shoes and slippers"."""
        code, phrase = key
        return any(
            whole[0] == code and id_ == category and set(phrase) <= set(whole[1])
            for whole, id_ in self._whole.items()
        )

    def _phrase(self, field: str, key: _Key) -> Query | None:
        code, phrase = key
        name = f"{field}_{code}"
        if not all(self._index.knows(name, stem) for stem in phrase):
            return None
        if len(phrase) == 1:
            return self._index.term(name, phrase[0])
        return self._index.phrase(name, phrase, slop=_APART if field == "name" else 0)

    def _ids(self, query: Query) -> list[str]:
        searcher = self._index.searcher
        hits = searcher.search(query, _MOST, count=False).hits
        return [str(searcher.doc(address).get_first("id")) for _, address in hits]
