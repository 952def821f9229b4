"""Something like this: what shares a product's kind, words, material, brand and people."""

from collections.abc import Iterator
from itertools import islice
from math import log

from tantivy import Occur, Query

from catalog.products import Product
from catalog.search.documents import brand_of
from catalog.search.index import SearchIndex
from catalog.search.queries import Part, Queries
from catalog.search.wish import Wish
from catalog.search.wording import boost
from catalog.text import words

_NAME_WORDS = 12
_TEXT_WORDS = 25
_KIND_OF = {"materials": "material", "recipients": "recipient", "occasions": "occasion"}
_SHARED = {"category": 6.0, "material": 3.0, "recipient": 1.5, "occasion": 0.5, "colour": 0.5}
_BRAND = 1.0
_FROM_NAME, _FROM_TEXT = 1.0, 0.3


class Likeness:
    """Writes the query for what is like a product."""

    def __init__(self, index: SearchIndex, queries: Queries) -> None:
        self._index = index
        self._queries = queries

    def query(self, product: Product, wish: Wish, *, same_kind: bool) -> Query:
        """Return a query for what is like the product and fulfils the wish."""
        parts = self._queries.conditions(wish)
        parts.append((Occur.MustNot, self._index.term("id", product.id)))
        if same_kind:
            parts.append((Occur.Must, self._index.term("category", product.category)))
        found = [query for word in wish.words if (query := self._queries.one(word, wish))]
        parts += [(Occur.Must, query) for query in found]
        return Query.boolean_query([*parts, *self._shared(product)])

    def _shared(self, product: Product) -> Iterator[Part]:
        for kind, id_ in self._ids(product):
            yield Occur.Should, Query.const_score_query(self._index.term(kind, id_), _SHARED[kind])
        if brand := words(brand_of(product)):
            terms = [(Occur.Must, self._index.term("brand", word)) for word in brand]
            yield Occur.Should, Query.const_score_query(Query.boolean_query(terms), _BRAND)
        for word in self._telling(" ".join(product.names.values()), _NAME_WORDS):
            yield from self._word(word, _FROM_NAME)
        for word in self._telling(" ".join(product.descriptions.values()), _TEXT_WORDS):
            yield from self._word(word, _FROM_TEXT)

    def _ids(self, product: Product) -> Iterator[tuple[str, str]]:
        yield "category", product.category
        for name, kind in _KIND_OF.items():
            for id_ in product.listed(name):
                yield kind, id_
        for colour in product.colours():
            yield "colour", colour

    def _telling(self, text: str, most: int) -> list[str]:
        """Return the words that tell a product from others, and that others have too."""
        count = self._index.searcher.num_docs
        weighed = {
            word: log(count / frequency)
            for word in dict.fromkeys(words(text))
            if (frequency := self._index.frequency(word)) > 1 and frequency < count / 3
        }
        return list(islice(sorted(weighed, key=lambda word: -weighed[word]), most))

    def _word(self, word: str, weight: float) -> Iterator[Part]:
        if (query := self._queries.wording.plain(word)) is not None:
            yield Occur.Should, boost(query, weight)
