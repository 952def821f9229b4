"""From a wish to a query of the index: words, filters, and what ranks higher."""

from collections.abc import Sequence
from decimal import Decimal

from tantivy import FieldType, Occur, Query

from catalog.search.index import SearchIndex
from catalog.search.language import Language, Phrase
from catalog.search.question import Word
from catalog.search.wish import Wish
from catalog.search.wording import EVERYWHERE, STRONG, Wording, all_of, any_of, best_of, boost
from catalog.terms import Kind, Terms

Part = tuple[Occur, Query]

_HINTED = 0.5
_SMALL = 1.0  # "d battery": in a question of two words a small one says something
_MAINLY = 2.0
_SIDE_BY_SIDE = 2.0
_ITSELF = 3.0  # for what is that thing and not an accessory of it
_CALLED = 0.3  # and the more, the rarer the word
_MOST = 1_000_000_000  # cents; above every price


class Queries:
    """Writes queries for one state of the index."""

    def __init__(self, index: SearchIndex, terms: Terms, languages: Sequence[Language]) -> None:
        self._index = index
        self._terms = terms
        self._languages = tuple(languages)
        self.wording = Wording(index, languages)

    def of(self, wish: Wish) -> Query | None:
        """Return the query of a wish, None when a word of it does not exist in this shop."""
        parts = self.conditions(wish)
        told = [self.one(word, wish) for word in wish.having]
        if None in told:
            return None
        parts += [(Occur.Must, query) for query in told if query is not None]
        if wish.words:
            words = [self.one(word, wish) for word in wish.words]
            found = [query for query in words if query is not None]
            if len(found) < len(words) and not wish.any_word:
                return None
            if wish.any_word:
                if not found and not wish.filters and not wish.ranks_words:
                    return None
                parts += self._some(found, wish)
            else:
                parts += [(Occur.Must, query) for query in found]
                parts += self._one_strong(wish)
        everything = Query.const_score_query(Query.all_query(), 1.0)
        return Query.boolean_query([(Occur.Must, everything), *parts, *self._ranking(wish)])

    def one(self, word: Word, wish: Wish) -> Query | None:
        """Return a query for one word; a phrase may also have its words in different fields."""
        query = self.wording.query(word, wish.language, EVERYWHERE)
        told = [self.wording.query(one, wish.language, EVERYWHERE) for one in word.told]
        known = [one for one in told if one is not None]
        if not known or (len(known) < len(told) and not wish.any_word):
            return query
        spread = any_of(known) if wish.any_word else all_of(known)
        return spread if query is None else best_of([spread, query], 0.1)

    def _some(self, found: Sequence[Query], wish: Wish) -> list[Part]:
        if wish.filters or wish.ranks_words:
            return [(Occur.Should, query) for query in found]
        return [(Occur.Must, any_of(found))] if found else []

    def _ranking(self, wish: Wish) -> list[Part]:
        """Rank higher what is called so, is mostly made of that, or is for exactly that person."""
        named = self._named(wish.hints, wish) or self._named(wish.spare_hints, wish)
        hints = [boost(query, _HINTED) for query in named]
        hints += [boost(query, _SMALL) for query in self._named(wish.small, wish)]
        for kind in ("material", "recipient"):
            mains = (f"{kind} {id_}" for id_ in wish.filters.get(kind, ()))
            hints += [Query.const_score_query(self._index.term("main", m), _MAINLY) for m in mains]
        hints += self._side_by_side(wish.words)
        hints += self.itself(wish.words)
        return [(Occur.Should, hint) for hint in hints]

    def _named(self, hints: Sequence[Word], wish: Wish) -> list[Query]:
        found = (self.wording.query(word, wish.language, ("name",)) for word in hints)
        return [query for query in found if query is not None]

    def _side_by_side(self, words: Sequence[Word]) -> list[Query]:
        """Rank higher what has the words side by side in its name."""
        typed = [part for word in words for part in word.spelled()]
        if not 1 < len(typed) < 6:
            return []
        found = []
        for language in self._languages:
            name = f"name_{language.code}"
            stems = [language.stems.of(word) for word in typed]
            if all(self._index.knows(name, stem) for stem in stems):
                found.append(boost(self._index.phrase(name, stems), _SIDE_BY_SIDE))
        return [best_of(found, 0.0)] if found else []

    def itself(self, words: Sequence[Word]) -> list[Query]:
        """Rank higher the thing itself: laptops before laptop locks, unless a lock is asked for."""
        if not words or any(self._is_accessory(word) for word in words):
            return []
        if any(self._index.knows("brand", word) for word in words[-1].spelled()):
            return []  # whatever a brand makes is its own
        things = [query for phrase in self._things(words[-1]) if (query := self._thing(phrase))]
        if not things:
            return []
        return [
            Query.const_score_query(any_of(things), _ITSELF),
            boost(best_of(things, 0.0), _CALLED),
        ]

    def _is_accessory(self, word: Word) -> bool:
        return any(
            language.stems.of(part) in language.accessories
            for part in word.spelled()
            for language in self._languages
        )

    def _things(self, word: Word) -> list[tuple[str, Phrase]]:
        """Return what a word may be called in a name, with the language."""
        found = list(word.phrases)
        meanings = word.told[-1].meant if word.told else word.meant
        for language in self._languages:
            for meant in meanings:
                stem = (language.stems.of(meant),)
                named = (stem, *language.same.get(stem, ()))
                found += [(language.code, phrase) for phrase in named]
                found += self.wording.abroad(language, stem)
        return list(dict.fromkeys(found))

    def _thing(self, thing: tuple[str, Phrase]) -> Query | None:
        code, phrase = thing
        name = f"name_{code}"
        if not all(self._index.knows(name, stem) for stem in phrase):
            return None
        itself = [(Occur.Must, self._index.term(name, stem)) for stem in phrase]
        owners = [(Occur.MustNot, self._index.term("part", f"{code} {stem}")) for stem in phrase]
        return Query.boolean_query([*itself, *owners])

    def _one_strong(self, wish: Wish) -> list[Part]:
        """Ask that one word is in a name or among the terms, unless a filter says what it is.

        "Latte" in "bianco latte" somewhere in a text does not make the shop a dairy.
        """
        if "category" in wish.filters or wish.ranks_words:
            return []
        strong = [
            query
            for word in wish.words
            for one in (word, *word.told)
            if (query := self.wording.query(one, None, STRONG)) is not None
        ]
        return [(Occur.Must, any_of(strong) if strong else Query.empty_query())]

    def named(self, words: Sequence[Word], language: str | None) -> Query | None:
        """Return a query for products that have one of these words in their name."""
        found = [q for word in words if (q := self.wording.query(word, language, ("name",)))]
        return any_of(found) if found else None

    def near(self, wish: Wish) -> Query:
        """Return a query for what comes nearest to something the shop does not sell."""
        phrases = [q for phrase in wish.near if (q := self.wording.phrase(phrase, STRONG))]
        nearest = best_of(phrases, 0.1) if phrases else Query.empty_query()
        return Query.boolean_query([(Occur.Must, nearest), *self.conditions(wish)])

    def conditional(self, wish: Wish) -> Query:
        """Return a query for everything that fulfils the conditions of a wish."""
        return Query.boolean_query([(Occur.Must, Query.all_query()), *self.conditions(wish)])

    def conditions(self, wish: Wish) -> list[Part]:
        """Return what narrows a search without ranking it."""
        parts = [(Occur.Must, self._of(kind, ids, wish)) for kind, ids in wish.filters.items()]
        if wish.only:
            ids = any_of([self._index.term("id", id_) for id_ in wish.only])
            parts.append((Occur.Must, _plain(ids)))
        parts += self._refused(wish)
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

    def _refused(self, wish: Wish) -> list[Part]:
        parts = [
            (Occur.MustNot, self._index.term(kind, id_))
            for kind, ids in wish.refused.items()
            for id_ in ids
            if kind != "colour"  # a red bag that comes in black too is looked at by variant
        ]
        words = (self.wording.query(word, None, EVERYWHERE) for word in wish.refused_words)
        return [*parts, *((Occur.MustNot, query) for query in words if query is not None)]

    def _of(self, kind: Kind, ids: Sequence[str], wish: Wish) -> Query:
        """Return what is of a kind; a laptop bag is a bag, wherever the shop has put it."""
        fitting = self._ids(kind, ids)
        so_called = self._named(wish.called, wish) if kind == "category" else []
        return _plain(any_of([fitting, *so_called])) if so_called else fitting

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


def _plain(query: Query) -> Query:
    """Return a condition that narrows and does not rank."""
    return Query.const_score_query(query, 0.0)
