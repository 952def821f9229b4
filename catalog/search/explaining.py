"""Saying why one product answers a wish: every way is asked again, of that product alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from tantivy import Occur, Query

from catalog.products import Product
from catalog.reasons import Explanation, WordReason
from catalog.search.index import SearchIndex
from catalog.search.language import Language
from catalog.search.queries import Queries
from catalog.search.question import Word
from catalog.search.wish import Wish
from catalog.search.wording import EVERYWHERE, Alternative, any_of
from catalog.text import words


class Explainer:
    """Explains answers of one state of the index."""

    def __init__(self, index: SearchIndex, queries: Queries, languages: Sequence[Language]) -> None:
        self._index = index
        self._queries = queries
        self._languages = tuple(languages)

    def explain(
        self, product: Product, wish: Wish, *, exact: bool, missed: tuple[str, ...]
    ) -> Explanation:
        """Return how a product stands to a wish; `missed` was given up of it in the answer."""
        conditions = dict(self._conditions(product, wish))
        less = wish
        for part in missed:
            less = less.without(part)
        return Explanation(
            product_id=product.id,
            exact=exact,
            score=self._score(product.id, less),
            words=tuple(self._words(product, wish)),
            filters={name: ids for name, ids in conditions.items() if ids},
            unmet=tuple(name for name, ids in conditions.items() if not ids),
            refused=(
                *(id_ for ids in wish.refused.values() for id_ in ids),
                *(word.typed for word in wish.refused_words),
            ),
            missed=missed,
            itself=self._has(product.id, self._queries.itself(wish.words)),
        )

    def _words(self, product: Product, wish: Wish) -> Iterator[WordReason]:
        for word in (*wish.words, *wish.hints):
            yield self._word(product, word, wish)

    def _word(self, product: Product, word: Word, wish: Wish) -> WordReason:
        for way in self._queries.wording.alternatives(word, wish.language, EVERYWHERE):
            fields = tuple(name for name, q in way.fields.items() if self._has(product.id, q))
            if fields:
                told = self._surface(product, way)
                return WordReason(typed=word.typed, how=way.how, told=told, fields=fields)
        parts = [self._word(product, part, wish) for part in word.told]
        fields = tuple(dict.fromkeys(name for part in parts for name in part.fields))
        if fields and all(part.fields for part in parts):
            told = " ".join(part.told for part in parts)
            return WordReason(typed=word.typed, how="word", told=told, fields=fields)
        return WordReason(typed=word.typed, how="missing")

    def _surface(self, product: Product, way: Alternative) -> str:
        """Return the words as they stand in the product, where stems were looked for."""
        written = words(" ".join((*product.names.values(), *product.descriptions.values())))
        told = way.told.split()
        for language in self._languages:
            by_stem = {language.stems.of(word): word for word in reversed(written)}
            found = [by_stem.get(stem) or by_stem.get(language.stems.of(stem)) for stem in told]
            if found and all(found):
                return " ".join(str(word) for word in found)
        return way.told

    def _conditions(self, product: Product, wish: Wish) -> Iterator[tuple[str, tuple[str, ...]]]:
        for kind, ids in wish.filters.items():
            met = [id_ for id_ in ids if self._has(product.id, [self._index.term(kind, id_)])]
            yield kind, tuple(met)
        if wish.size:
            fitting = any(variant.is_size(wish.size) for variant in product.variants)
            yield "size", (wish.size,) if fitting else ()
        if wish.min_price is not None or wish.max_price is not None:
            low, high = wish.min_price or Decimal(0), wish.max_price
            prices = [v.price for v in product.variants if low <= v.price <= (high or v.price)]
            yield "price", (f"{min(prices):f}",) if prices else ()
        if wish.in_stock:
            stock = sum(variant.stock for variant in product.variants)
            yield "in_stock", (str(stock),) if stock else ()

    def _score(self, id_: str, wish: Wish) -> float | None:
        for one in (wish, replace(wish, any_word=True)):
            if (query := self._queries.of(one)) is not None:
                found = self._index.searcher.search(
                    self._only(id_, query), 1, weight_by_field="quality"
                )
                for score, _ in found.hits:
                    return round(float(score), 3)
        return None

    def _has(self, id_: str, queries: Sequence[Query]) -> bool:
        if not queries:
            return False
        return bool(self._index.searcher.search(self._only(id_, any_of(queries)), 1).hits)

    def _only(self, id_: str, query: Query) -> Query:
        this = Query.const_score_query(self._index.term("id", id_), 0.0)
        return Query.boolean_query([(Occur.Must, this), (Occur.Must, query)])
