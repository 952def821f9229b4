"""From a wish to a query of the index: fields, weights, synonyms, spellings, filters."""

from collections.abc import Sequence
from decimal import Decimal

from tantivy import FieldType, Occur, Query

from catalog.search.index import SearchIndex
from catalog.search.language import Language, Phrase
from catalog.search.question import Word
from catalog.search.wish import Wish
from catalog.terms import Kind, Terms

_FIELDS = {"name": 4.0, "terms": 3.0, "text": 1.0}
_STRONG = ("name", "terms")
_OWN_LANGUAGE = 1.2
_SAME = 0.7  # a synonym counts less than the word itself
_GUESSED = 0.6  # and so does a word that was only meant
_HINTED = 0.5
_MAINLY = 4.0
_MOST = 1_000_000_000  # cents; above every price


class Queries:
    """Writes queries for one state of the index."""

    def __init__(self, index: SearchIndex, terms: Terms, languages: Sequence[Language]) -> None:
        self._index = index
        self._terms = terms
        self._languages = tuple(languages)

    def knows(self, word: str) -> bool:
        """Tell whether any product has this word, in any of its forms."""
        return any(
            self._index.knows(f"{field}_{language.code}", language.stems.of(word))
            for language in self._languages
            for field in _FIELDS
        )

    def of(self, wish: Wish) -> Query | None:
        """Return the query of a wish, None when a word of it does not exist in this shop."""
        parts = self.conditions(wish)
        if wish.words:
            words = [self.word(word, wish.language, tuple(_FIELDS)) for word in wish.words]
            found = [query for query in words if query is not None]
            if len(found) < len(words) and not wish.any_word:
                return None
            if wish.any_word:
                if not found and not wish.filters:
                    return None
                parts += [(Occur.Must, any_of(found))] if found and not wish.filters else []
                parts += [(Occur.Should, query) for query in found] if wish.filters else []
            else:
                parts += [(Occur.Must, query) for query in found]
                parts += self._one_strong(wish)
        everything = Query.const_score_query(Query.all_query(), 1.0)
        return Query.boolean_query([(Occur.Must, everything), *parts, *self._ranking(wish)])

    def _ranking(self, wish: Wish) -> list[tuple[Occur, Query]]:
        """Rank higher what is called so, is mostly made of that, or is for exactly that person."""
        named = self._named(wish.hints, wish) or self._named(wish.spare_hints, wish)
        hints = [_boost(query, _HINTED) for query in named]
        for kind in ("material", "recipient"):
            mains = (f"{kind} {id_}" for id_ in wish.filters.get(kind, ()))
            hints += [Query.const_score_query(self._index.term("main", m), _MAINLY) for m in mains]
        return [(Occur.Should, hint) for hint in hints]

    def _named(self, hints: Sequence[Word], wish: Wish) -> list[Query]:
        return [q for word in hints if (q := self.word(word, wish.language, ("name",)))]

    def _one_strong(self, wish: Wish) -> list[tuple[Occur, Query]]:
        """Ask that one word is in a name or among the terms, unless a filter says what it is.

        "Latte" in "bianco latte" somewhere in a text does not make the shop a dairy.
        """
        if "category" in wish.filters:
            return []
        strong = [q for word in wish.words if (q := self.word(word, None, (*_STRONG, "code")))]
        return [(Occur.Must, any_of(strong))] if strong else [(Occur.Must, Query.empty_query())]

    def word(self, word: Word, language: str | None, fields: Sequence[str]) -> Query | None:
        """Return the query of one word, None when the shop has no such word at all."""
        queries: list[Query] = []
        spoken = {language.code: language for language in self._languages}
        for code, phrase in word.phrases:
            for field in fields:
                if field in _FIELDS:
                    queries += self._stem(field, spoken[code], phrase, 1.0)
        for meant in word.meant:
            weight = 1.0 if meant == word.typed else _GUESSED
            queries += self._forms(meant, language, fields, weight)
        if "code" in fields or tuple(fields) == tuple(_FIELDS):
            queries += self._code(word.typed)
        if not queries and len(parts := self._split(word.typed)) == 2:
            both = [self._forms(part, language, fields, _GUESSED) for part in parts]
            if all(both):
                queries = [Query.boolean_query([(Occur.Must, best_of(part)) for part in both])]
        return best_of(queries) if queries else None

    def _code(self, typed: str) -> list[Query]:
        return (
            [_boost(self._index.term("code", typed), 6.0)]
            if self._index.knows("code", typed)
            else []
        )

    def _split(self, typed: str) -> tuple[str, ...]:
        """Split "borsaporta" into two words that the shop knows."""
        for place in range(3, len(typed) - 2):
            parts = typed[:place], typed[place:]
            if all(part in self._index.surface for part in parts):
                return parts
        return ()

    def _forms(
        self, word: str, language: str | None, fields: Sequence[str], weight: float
    ) -> list[Query]:
        queries: list[Query] = []
        for spoken in self._languages:
            own = _OWN_LANGUAGE if spoken.code == language else 1.0
            stem = spoken.stems.of(word)
            for field in fields:
                queries += self._stem(field, spoken, (stem,), weight * own)
                for other in spoken.same.get((stem,), ()):
                    queries += self._stem(field, spoken, other, weight * own * _SAME)
        return queries

    def _stem(self, field: str, spoken: Language, phrase: Phrase, weight: float) -> list[Query]:
        name = f"{field}_{spoken.code}"
        if field == "code" or not all(self._index.knows(name, stem) for stem in phrase):
            return []
        terms = [self._index.term(name, stem) for stem in phrase]
        query = (
            terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Must, t) for t in terms])
        )
        return [_boost(query, _FIELDS[field] * weight / len(phrase))]

    def any_field(self, phrase: Phrase, language: str | None) -> Query:
        """Return a query for a phrase in a name or among the terms."""
        queries = [
            query
            for spoken in self._languages
            for field in _STRONG
            for query in self._stem(field, spoken, phrase, 1.0)
        ]
        return best_of(queries) if queries else Query.empty_query()

    def conditions(self, wish: Wish) -> list[tuple[Occur, Query]]:
        """Return what narrows a search without ranking it."""
        parts = [(Occur.Must, self._ids(kind, ids)) for kind, ids in wish.filters.items()]
        for kind, ids in wish.refused.items():
            parts += [(Occur.MustNot, self._index.term(kind, id_)) for id_ in ids]
        if wish.size:
            parts.append((Occur.Must, _plain(self._index.term("size", wish.size.casefold()))))
        if wish.in_stock:
            parts.append((Occur.Must, _plain(self._index.term("in_stock", True))))
        if wish.max_price is not None:
            parts.append((Occur.Must, self._price("price_low", 0, wish.max_price)))
        if wish.min_price is not None:
            parts.append((Occur.Must, self._price("price_high", wish.min_price, None)))
        parts += [(Occur.MustNot, self._index.term("id", id_)) for id_ in wish.exclude]
        return parts

    def _ids(self, kind: Kind, ids: Sequence[str]) -> Query:
        wanted = dict.fromkeys(ids)
        for id_ in ids:
            # A present for her suits mum as well; a red bag is not good enough for burgundy.
            if kind == "recipient" and (term := self._terms.get(kind, id_)) and term.wider:
                wanted[term.wider] = None
        return _plain(any_of([self._index.term(kind, id_) for id_ in wanted]))

    def _price(self, field: str, low: Decimal | int, high: Decimal | None) -> Query:
        top = _MOST if high is None else int(high * 100)
        bottom = int(low * 100)
        return _plain(Query.range_query(self._index.schema, field, FieldType.Integer, bottom, top))


def any_of(queries: Sequence[Query]) -> Query:
    """Return a query that any of these fulfils; more of them count more."""
    return (
        queries[0]
        if len(queries) == 1
        else Query.boolean_query([(Occur.Should, q) for q in queries])
    )


def best_of(queries: Sequence[Query]) -> Query:
    """Return a query that counts the best of these and a little of the others."""
    return queries[0] if len(queries) == 1 else Query.disjunction_max_query(list(queries), 0.1)


def _boost(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight)


def _plain(query: Query) -> Query:
    """Return a condition that narrows and does not rank."""
    return Query.const_score_query(query, 0.0)
