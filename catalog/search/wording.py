"""One word of a question, and everything in a product that answers it.

The word itself, its synonyms, what it may have meant, the same in two words or in one, a product's
number, a measure. Each way is an `Alternative`, so that an answer can be explained as it was found.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tantivy import Occur, Query

from catalog.search.index import SearchIndex
from catalog.search.language import Language, Phrase
from catalog.search.question import Word

How = Literal["word", "synonym", "spelling", "compound", "code", "measure"]

# Weights were chosen by cross-validation on judged queries where they are flat: half or double
# changes little. docs/benchmarks.md has the figures.
WEIGHTS = {"name": 1.75, "terms": 1.5, "text": 1.25, "detail": 0.9, "brand": 1.5}
STRONG = ("name", "terms", "brand", "code")
STEMMED = ("name", "terms", "text", "detail")
EVERYWHERE = (*WEIGHTS, "code")
_OWN_LANGUAGE = 1.2
_SAME = 0.7  # a synonym counts less than the word itself
_GUESSED = 0.6  # and so does a word that was only meant
_CODE = 3.0
_OTHER_FIELDS = 0.15  # the best field counts, the others a little
_OTHER_WAYS = 0.15


@dataclass(slots=True)
class Alternative:
    """One way in which a product may have a word: how, in which words, found in which fields."""

    how: How
    told: str
    fields: defaultdict[str, list[Query]] = field(default_factory=lambda: defaultdict(list))

    def query(self) -> Query:
        """Return a query that counts the best field."""
        return best_of([best_of(q, 0.0) for q in self.fields.values()], _OTHER_FIELDS)


class Wording:
    """Writes queries for words, for one state of the index."""

    def __init__(self, index: SearchIndex, languages: Sequence[Language]) -> None:
        self._index = index
        self._languages = tuple(languages)

    def knows(self, word: str) -> bool:
        """Tell whether any product has this word, in any of its forms."""
        return self._index.knows("brand", word) or any(
            self._index.knows(f"{field}_{language.code}", language.stems.of(word))
            for language in self._languages
            for field in STEMMED
        )

    def query(self, word: Word, language: str | None, fields: Sequence[str]) -> Query | None:
        """Return the query of one word, None when the shop has no such word at all."""
        found = [way.query() for way in self.alternatives(word, language, fields)]
        return best_of(found, _OTHER_WAYS) if found else None

    def alternatives(
        self, word: Word, language: str | None, fields: Sequence[str] = EVERYWHERE
    ) -> list[Alternative]:
        """Return every way in which products have this word."""
        ways = list(self._meant(word, language, fields))
        ways += self._phrases(word, fields)
        ways += self._apart(word, fields)
        if "code" in fields and self._index.knows("code", word.typed):
            way = Alternative("code", word.typed)
            way.fields["code"].append(boost(self._index.term("code", word.typed), _CODE))
            ways.append(way)
        if word.measure:
            ways.append(self._measured(word.measure, word.typed))
        return [way for way in ways if way.fields]

    def _measured(self, measure: str, typed: str) -> Alternative:
        """Return a measure in any unit, or a size that goes by it: a belt of 95 cm."""
        way = Alternative("measure", measure)
        size = typed.split()[0].rstrip("\"'″”cmlgCMLG")
        for name, value in (("measure", measure), ("size", size)):
            if self._index.knows(name, value):
                query = Query.const_score_query(self._index.term(name, value), _CODE)
                way.fields[name].append(query)
        return way

    def plain(self, word: str) -> Query | None:
        """Return a query for a word in names and texts, without synonyms."""
        way = Alternative("word", word)
        for spoken in self._languages:
            self._put(way, spoken, (spoken.stems.of(word),), STEMMED, 1.0)
        return way.query() if way.fields else None

    def phrase(self, phrase: Phrase, fields: Sequence[str]) -> Query | None:
        """Return a query for a phrase of stems in one of these fields, in any language."""
        way = Alternative("word", " ".join(phrase))
        for spoken in self._languages:
            self._put(way, spoken, phrase, fields, 1.0)
        return way.query() if way.fields else None

    def _meant(
        self, word: Word, language: str | None, fields: Sequence[str]
    ) -> Iterator[Alternative]:
        """Return the word as typed or as it was meant, and what is the same."""
        for meant in word.meant:
            own = meant == word.typed
            way = Alternative("word" if own else "spelling", meant)
            weight = 1.0 if own else _GUESSED
            same: dict[Phrase, Alternative] = {}
            for spoken in self._languages:
                weighed = weight * (_OWN_LANGUAGE if spoken.code == language else 1.0)
                stem = (spoken.stems.of(meant),)
                self._put(way, spoken, stem, fields, weighed)
                for other in spoken.same.get(stem, ()):
                    one = same.setdefault(other, Alternative("synonym", " ".join(other)))
                    self._put(one, spoken, other, fields, weighed * _SAME)
            if "brand" in fields and self._index.knows("brand", meant):
                way.fields["brand"].append(
                    boost(self._index.term("brand", meant), WEIGHTS["brand"] * weight)
                )
            yield way
            yield from same.values()

    def _phrases(self, word: Word, fields: Sequence[str]) -> Iterator[Alternative]:
        """Return what a phrase of several words is also called."""
        spoken = {language.code: language for language in self._languages}
        ways: dict[Phrase, Alternative] = {}
        for code, phrase in word.phrases:
            way = ways.setdefault(phrase, Alternative("synonym", " ".join(phrase)))
            self._put(way, spoken[code], phrase, fields, _SAME)
        yield from ways.values()

    def _apart(self, word: Word, fields: Sequence[str]) -> Iterator[Alternative]:
        """Return the word as two that stand side by side: "mousepad", "mx500"."""
        for parts in word.apart:
            way = Alternative("compound", " ".join(parts))
            for spoken in self._languages:
                stems = [spoken.stems.of(part) for part in parts]
                for name in fields:
                    if name in STEMMED and self._knows_all(f"{name}_{spoken.code}", stems):
                        query = self._index.phrase(f"{name}_{spoken.code}", stems)
                        way.fields[name].append(boost(query, WEIGHTS[name] / len(parts)))
            yield way

    def _put(
        self,
        way: Alternative,
        spoken: Language,
        phrase: Phrase,
        fields: Sequence[str],
        weight: float,
    ) -> None:
        for name in fields:
            told = f"{name}_{spoken.code}"
            if name in STEMMED and self._knows_all(told, phrase):
                terms = [self._index.term(told, stem) for stem in phrase]
                query = boost(all_of(terms), WEIGHTS[name] * weight / len(phrase))
                way.fields[name].append(query)

    def _knows_all(self, field: str, stems: Iterable[str]) -> bool:
        return all(self._index.knows(field, stem) for stem in stems)


def all_of(queries: Sequence[Query]) -> Query:
    """Return a query that all of these fulfil."""
    return (
        queries[0]
        if len(queries) == 1
        else Query.boolean_query([(Occur.Must, query) for query in queries])
    )


def any_of(queries: Sequence[Query]) -> Query:
    """Return a query that any of these fulfils; more of them count more."""
    return (
        queries[0]
        if len(queries) == 1
        else Query.boolean_query([(Occur.Should, query) for query in queries])
    )


def best_of(queries: Sequence[Query], others: float) -> Query:
    """Return a query that counts the best of these, and of the others that share."""
    return queries[0] if len(queries) == 1 else Query.disjunction_max_query(list(queries), others)


def boost(query: Query, weight: float) -> Query:
    """Return a query that counts so many times."""
    return Query.boost_query(query, weight)
