"""Finding: first exactly what was asked, then the nearest, and always saying which it was."""

from collections.abc import Sequence

from tantivy import Query

from catalog.products import Found, Product, ProductQuery
from catalog.reasons import Explanation
from catalog.search.explaining import Explainer
from catalog.search.index import SearchIndex
from catalog.search.language import Language
from catalog.search.likeness import Likeness
from catalog.search.queries import Queries
from catalog.search.question import Word
from catalog.search.reading import Reader
from catalog.search.wish import Hits, Wish
from catalog.terms import KINDS, Kind, Terms


class Finder:
    """Answers questions from one state of the index."""

    def __init__(self, index: SearchIndex, terms: Terms, languages: Sequence[Language]) -> None:
        self._index = index
        self._queries = Queries(index, terms, languages)
        self._reader = Reader(terms, languages, index, self._queries.wording)
        self._likeness = Likeness(index, self._queries)
        self._explainer = Explainer(index, self._queries, languages)

    def understand(self, query: ProductQuery) -> Wish:
        """Put the words of a query and its filters together; what was given wins."""
        asked = self._reader.read(query.words)
        filters = {kind: tuple(dict.fromkeys(ids)) for kind, ids in asked.filters.items()}
        for kind in KINDS:
            if given := getattr(query, kind):
                filters[kind] = (given,) if isinstance(given, str) else given
        for refusal in query.without:
            if refusal.kind == "word":
                if whole := self._reader.read_whole(refusal.value):
                    asked.refused.setdefault("category", []).append(whole)
                asked.refused_words += self._reader.read_words(refusal.value)
            else:
                asked.refused.setdefault(refusal.kind, []).append(refusal.value)
        thing = self._reader.read_thing(query.thing) if query.thing else None
        if thing:
            filters.pop("category", None)  # the name says more than the kind
        return Wish(
            filters=_kept(filters, asked.refused),
            refused={kind: tuple(dict.fromkeys(ids)) for kind, ids in asked.refused.items()},
            refused_words=tuple(asked.refused_words),
            words=tuple(word for word in asked.words if word not in asked.refused_words),
            hints=tuple(dict.fromkeys(asked.hints)),
            spare_hints=tuple(dict.fromkeys(asked.spare_hints)),
            small=tuple(asked.small),
            near=tuple(asked.near),
            unsold=tuple(asked.unsold),
            size=query.size or asked.size,
            min_price=query.min_price if query.min_price is not None else asked.min_price,
            max_price=query.max_price if query.max_price is not None else asked.max_price,
            in_stock=query.in_stock,
            exclude=query.exclude,
            only=thing.ids if thing else (),
            having=(having := self._told(query)),
            called=tuple(self._reader.read_words(query.thing)) if having and not thing else (),
            language=query.language,
        )

    def _told(self, query: ProductQuery) -> tuple[Word, ...]:
        """Return what a product must tell; where small words only were said, no product does."""
        found = tuple(self._reader.read_told(query.having)) if query.having else ()
        return found if found or not query.having else (Word(query.having, ()),)

    def fulfilling(self, wish: Wish, limit: int, missed: tuple[str, ...] = ()) -> Hits:
        """Return what fulfils every part of a wish; `missed` was given up before."""
        if (query := self._queries.of(wish)) is None:
            return Hits((), 0, wish, missed)
        return self._collect(query, wish, limit, missed)

    def near(self, wish: Wish, limit: int) -> Hits:
        """Return what comes nearest to something the shop does not sell."""
        if not wish.near:
            return Hits((), 0, wish)
        return self._collect(self._queries.near(wish), wish, limit, ("words",))

    def named(self, text: str, language: str | None, limit: int) -> Hits:
        """Return products whose name has one of these words, the most alike first."""
        read = self._reader.read_words(text)
        wish = Wish(filters={}, refused={}, words=tuple(read), any_word=True, language=language)
        if (query := self._queries.named(read, language)) is None:
            return Hits((), 0, wish)
        return self._collect(query, wish, limit, ())

    def liked(self, wish: Wish, limit: int) -> Hits:
        """Return what customers like most, of what fulfils the conditions of a wish."""
        searcher = self._index.searcher
        query = self._queries.conditional(wish)
        result = searcher.search(query, limit, count=False, order_by_field="liked")
        ids = tuple(str(searcher.doc(address).get_first("id")) for _, address in result.hits)
        return Hits(ids, 0, wish)

    def like(self, product: Product, wish: Wish, limit: int, *, same_kind: bool) -> Hits:
        """Return what is like a product and fulfils a wish, the most alike first."""
        query = self._likeness.query(product, wish, same_kind=same_kind)
        return self._collect(query, wish, limit, ())

    def explain(self, product: Product, wish: Wish, found: Found) -> Explanation:
        """Return why a product is in an answer."""
        return self._explainer.explain(product, wish, exact=found.exact, missed=found.missed)

    def _collect(self, query: Query, wish: Wish, limit: int, missed: tuple[str, ...]) -> Hits:
        searcher = self._index.searcher
        if searcher.num_docs == 0:
            return Hits((), 0, wish, missed)
        result = searcher.search(query, limit, count=True, weight_by_field="quality")
        ids = tuple(str(searcher.doc(address).get_first("id")) for _, address in result.hits)
        return Hits(ids, result.count or 0, wish, missed)  # type: ignore[attr-defined]


def _kept(
    filters: dict[Kind, tuple[str, ...]], refused: dict[Kind, list[str]]
) -> dict[Kind, tuple[str, ...]]:
    """Leave out what is refused: "a red bag, not red" is a bag."""
    kept = {
        kind: tuple(id_ for id_ in ids if id_ not in refused.get(kind, ()))
        for kind, ids in filters.items()
    }
    return {kind: ids for kind, ids in kept.items() if ids}
