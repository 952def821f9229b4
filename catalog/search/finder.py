"""Finding: first exactly what was asked, then the nearest, and always saying which it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tantivy import FieldType, Occur, Query

from catalog.products import ProductQuery
from catalog.search.index import SearchIndex
from catalog.search.language import Language, Phrase
from catalog.search.question import Reader, Word
from catalog.terms import KINDS, Kind, Terms

_FIELDS = {"name": 4.0, "terms": 3.0, "text": 1.0}
_STRONG = ("name", "terms")
_OWN_LANGUAGE = 1.2
_SAME = 0.7  # a synonym counts less than the word itself
_GUESSED = 0.6  # and so does a word that was only meant
_HINTED = 0.5
_MAINLY = 4.0
_MOST = 1_000_000_000  # cents; above every price

# What is given up first when nothing fits: the cheapest wish, and what was named last in a shop.
_GIVE_UP = ("size", "colour", "occasion", "recipient", "material", "price", "words", "category")


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything that narrows a search, put together from the words and the given filters."""

    filters: dict[Kind, tuple[str, ...]]
    refused: dict[Kind, tuple[str, ...]]
    words: tuple[Word, ...] = ()
    hints: tuple[Word, ...] = ()
    near: tuple[Phrase, ...] = ()
    size: str | None = None
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    in_stock: bool = False
    exclude: tuple[str, ...] = ()
    any_word: bool = False
    language: str | None = None

    def without(self, part: str) -> "Wish":
        """Return the wish with one part given up."""
        match part:
            case "size":
                return replace(self, size=None)
            case "price":
                return replace(self, min_price=None, max_price=None)
            case "words":
                return replace(self, any_word=True)
            case _:
                kept = {kind: ids for kind, ids in self.filters.items() if kind != part}
                return replace(self, filters=kept)

    def has(self, part: str) -> bool:
        """Tell whether that part narrows the search."""
        match part:
            case "size":
                return self.size is not None
            case "price":
                return self.min_price is not None or self.max_price is not None
            case "words":
                return bool(self.words) and not self.any_word
            case _:
                return part in self.filters


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids, best first; `wish` is what they fulfil and `missed` what had to be given up."""

    ids: tuple[str, ...]
    total: int
    wish: Wish
    missed: tuple[str, ...] = ()


class Finder:
    """Answers questions from one state of the index."""

    def __init__(self, index: SearchIndex, terms: Terms, languages: Sequence[Language]) -> None:
        self._index = index
        self._terms = terms
        self._languages = tuple(languages)
        self._reader = Reader(terms, languages, index.surface)

    def understand(self, query: ProductQuery) -> Wish:
        """Put the words of a query and its filters together; what was given wins."""
        asked = self._reader.read(query.words)
        filters = {kind: tuple(dict.fromkeys(ids)) for kind, ids in asked.filters.items()}
        for kind in KINDS:
            if given := getattr(query, kind):
                filters[kind] = (given,)
        return Wish(
            filters=filters,
            refused={kind: tuple(ids) for kind, ids in asked.refused.items()},
            words=tuple(asked.words),
            hints=tuple(asked.hints),
            near=tuple(asked.near),
            size=query.size or asked.size,
            min_price=query.min_price if query.min_price is not None else asked.min_price,
            max_price=query.max_price if query.max_price is not None else asked.max_price,
            in_stock=query.in_stock,
            exclude=query.exclude,
            language=query.language,
        )

    def exactly(self, wish: Wish, limit: int) -> Hits:
        """Return what fulfils every part of the wish."""
        return self._run(wish, limit, ())

    def nearest(self, wish: Wish) -> Iterator[tuple[Wish, tuple[str, ...]]]:
        """Return the wish with less and less in it: first each part alone, then all the way."""
        parts = [part for part in _GIVE_UP if wish.has(part)]
        for part in parts:
            yield wish.without(part), (part,)
        given_up: tuple[str, ...] = ()
        for part in parts:
            wish = wish.without(part)
            given_up = (*given_up, part)
            if len(given_up) > 1:
                yield wish, given_up

    def near(self, wish: Wish, limit: int) -> Hits:
        """Return what comes nearest to something the shop does not sell."""
        phrases = [self._any_field(phrase, wish.language) for phrase in wish.near]
        if not phrases:
            return Hits((), 0, wish)
        query = Query.boolean_query([(Occur.Must, _best(phrases)), *self._conditions(wish)])
        return self._collect(query, wish, limit, ("words",))

    def named(self, text: str, language: str | None, limit: int) -> Hits:
        """Return products whose name has one of these words, the most alike first."""
        read = self._reader.read_words(text)
        wish = Wish(filters={}, refused={}, words=tuple(read), any_word=True, language=language)
        queries = [q for word in read if (q := self._word(word, language, ("name",)))]
        if not queries:
            return Hits((), 0, wish)
        return self._collect(_any(queries), wish, limit, ())

    def _run(self, wish: Wish, limit: int, missed: tuple[str, ...]) -> Hits:
        if (query := self._query(wish)) is None:
            return Hits((), 0, wish, missed)
        return self._collect(query, wish, limit, missed)

    def give(self, wish: Wish, limit: int, missed: tuple[str, ...]) -> Hits:
        """Return what fulfils a wish of which something was given up."""
        return self._run(wish, limit, missed)

    def _collect(self, query: Query, wish: Wish, limit: int, missed: tuple[str, ...]) -> Hits:
        searcher = self._index.searcher
        if searcher.num_docs == 0:
            return Hits((), 0, wish, missed)
        result = searcher.search(query, limit, count=True, weight_by_field="quality")
        ids = tuple(str(searcher.doc(address).get_first("id")) for _, address in result.hits)
        return Hits(ids, result.count or 0, wish, missed)  # type: ignore[attr-defined]

    def _query(self, wish: Wish) -> Query | None:
        parts = self._conditions(wish)
        if wish.words:
            words = [self._word(word, wish.language, tuple(_FIELDS)) for word in wish.words]
            found = [query for query in words if query is not None]
            if len(found) < len(words) and not wish.any_word:
                return None
            if wish.any_word:
                if not found and not wish.filters:
                    return None
                parts += [(Occur.Must, _any(found))] if found and not wish.filters else []
                parts += [(Occur.Should, query) for query in found] if wish.filters else []
            else:
                parts += [(Occur.Must, query) for query in found]
                parts += self._one_strong(wish)
        everything = Query.const_score_query(Query.all_query(), 1.0)
        return Query.boolean_query([(Occur.Must, everything), *parts, *self._ranking(wish)])

    def _ranking(self, wish: Wish) -> list[tuple[Occur, Query]]:
        """Rank higher what is called so, is mostly made of that, or is for exactly that person."""
        named = [q for word in wish.hints if (q := self._word(word, wish.language, ("name",)))]
        hints = [_boost(query, _HINTED) for query in named]
        for kind in ("material", "recipient"):
            mains = (f"{kind} {id_}" for id_ in wish.filters.get(kind, ()))
            hints += [Query.const_score_query(self._index.term("main", m), _MAINLY) for m in mains]
        return [(Occur.Should, hint) for hint in hints]

    def _one_strong(self, wish: Wish) -> list[tuple[Occur, Query]]:
        """Ask that one word is in a name or among the terms, unless a filter says what it is.

        "Latte" in "bianco latte" somewhere in a text does not make the shop a dairy.
        """
        if "category" in wish.filters:
            return []
        strong = [q for word in wish.words if (q := self._word(word, None, (*_STRONG, "code")))]
        return [(Occur.Must, _any(strong))] if strong else [(Occur.Must, Query.empty_query())]

    def _word(self, word: Word, language: str | None, fields: Sequence[str]) -> Query | None:
        """Return the query of one word, None when the shop has no such word at all."""
        queries: list[Query] = []
        for meant in word.meant:
            weight = 1.0 if meant == word.typed else _GUESSED
            queries += self._forms(meant, language, fields, weight)
        if "code" in fields or tuple(fields) == tuple(_FIELDS):
            queries += self._code(word.typed)
        if not queries and len(parts := self._split(word.typed)) == 2:
            both = [self._forms(part, language, fields, _GUESSED) for part in parts]
            if all(both):
                queries = [Query.boolean_query([(Occur.Must, _best(part)) for part in both])]
        return _best(queries) if queries else None

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
        return [_boost(query, _FIELDS[field] * weight)]

    def _any_field(self, phrase: Phrase, language: str | None) -> Query:
        queries = [
            query
            for spoken in self._languages
            for field in _STRONG
            for query in self._stem(field, spoken, phrase, 1.0)
        ]
        return _best(queries) if queries else Query.empty_query()

    def _conditions(self, wish: Wish) -> list[tuple[Occur, Query]]:
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
        return _plain(_any([self._index.term(kind, id_) for id_ in wanted]))

    def _price(self, field: str, low: Decimal | int, high: Decimal | None) -> Query:
        top = _MOST if high is None else int(high * 100)
        bottom = int(low * 100)
        return _plain(Query.range_query(self._index.schema, field, FieldType.Integer, bottom, top))


def _any(queries: Sequence[Query]) -> Query:
    return (
        queries[0]
        if len(queries) == 1
        else Query.boolean_query([(Occur.Should, q) for q in queries])
    )


def _best(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.disjunction_max_query(list(queries), 0.1)


def _boost(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight)


def _plain(query: Query) -> Query:
    """Return a condition that narrows and does not rank."""
    return Query.const_score_query(query, 0.0)
