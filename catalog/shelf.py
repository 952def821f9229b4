"""The catalog as the rest of the system uses it: read here, searched here, always up to date."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from catalog import repository
from catalog.products import Found, Product, ProductQuery
from catalog.search import Finder, Hits, Language, SearchIndex, load_languages
from catalog.search.index import State
from catalog.search.wish import Wish, lesser
from catalog.shop import ShopInfo
from catalog.terms import Kind, Terms
from catalog.text import fold, words
from catalog.verifying import fits, price_distance

SYNONYMS = Path(__file__).parent / "synonyms"
COMMON = SYNONYMS / "common"

_LOOK_EVERY = 0.2  # seconds; an update has to be visible within one
_CANDIDATES = 200  # looked at one by one where index and variants have to agree
_BATCH = 500
_REMEMBERED = 5_000  # products
_ALIKE = 86  # of 100, for a product's name with a slip in it


class ShopMissingError(Exception):
    """Nobody has loaded the facts about the shop yet."""


class Catalog:
    """Products, words and the shop's facts, searched through an index that follows the database."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        index_dir: Path | None,
        freshness: timedelta,
        languages: Iterable[str],
    ) -> None:
        self.freshness = freshness
        self.languages = tuple(languages)
        self._sessions = sessions
        self._index_dir = index_dir
        self._index: SearchIndex | None = None
        self._spoken: tuple[Language, ...] = ()
        self._terms = Terms()
        self._finder: Finder | None = None
        self._version: repository.Version | None = None
        self._known: dict[str, Product] = {}
        self._looked = 0.0
        self._lock = asyncio.Lock()

    async def start(self) -> None:
        """Open the index and bring it up to date."""
        self._index = await asyncio.to_thread(SearchIndex, self._index_dir, self.languages)
        self._spoken = load_languages(self.languages, COMMON, SYNONYMS)
        await self.refresh()

    async def stop(self) -> None:
        """Close the index, so that another process can use its folder."""
        if self._index:
            self._index.close()
            self._index = self._finder = None

    async def refresh(self) -> None:
        """Read what was changed since the last time, here or by another process."""
        async with self._lock, self._sessions() as session:
            self._looked = time.monotonic()
            version = await repository.version(session)
            if version != self._version or self._finder is None:
                await self._follow(session, version)
                self._version = version

    async def search(self, query: ProductQuery) -> Found:
        """Return the products asked for, or the nearest and what was given up to find them."""
        await self._look()
        finder = self._ready()
        wish = finder.understand(query)
        exact = await self._fitting(finder.fulfilling(wish, _candidates(query)), query)
        if exact.total:
            return exact
        if wish.near:
            hits = finder.near(wish, _candidates(query))
            if (found := await self._fitting(hits, query)).total:
                return found.model_copy(update={"exact": False})
        for less, missed in lesser(wish):
            hits = finder.fulfilling(less, _candidates(query), missed)
            if (found := await self._fitting(hits, query, asked=wish)).products:
                return found.model_copy(update={"exact": False})
        return await self._best(query, wish)

    async def get(self, ids: Sequence[str]) -> list[Product]:
        """Return the products with these ids that are on sale, in this order."""
        await self._look()
        return await self._get(ids)

    async def find(self, text: str, language: str | None = None) -> Product | None:
        """Return the product that is meant by name, or None; "la siena" is enough."""
        await self._look()
        hits = self._ready().named(text, language, 20)
        typed = words(text)
        scored = [(_named(product, typed), product) for product in await self._get(hits.ids)]
        best = max(scored, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] > 0 else None

    async def shop(self) -> ShopInfo:
        """Return the facts about the shop."""
        async with self._sessions() as session:
            if (info := await repository.shop(session)) is None:
                raise ShopMissingError("load the facts about the shop first (catalog.put_shop)")
            return info

    async def lookups(self) -> dict[str, Any]:
        """Return all names and words, for the engine to recognise in what customers write."""
        async with self._sessions() as session:
            version = await repository.version(session)
            terms = await repository.terms(session)
            names = await repository.names(session)
        products = [
            {"id": id_, "names": _all_languages(texts, self.languages), "aliases": aliases}
            for id_, texts, aliases in names
        ]
        number = f"{version.origin[:8]}-{version.number}"
        return {"version": number, "products": products, **terms.lookups(self.languages)}

    async def name_of(self, kind: Kind, id_: str, language: str) -> str:
        """Return how customers call a category, colour, material, recipient or occasion."""
        await self._look()
        term = self._terms.get(kind, id_)
        return (term.names.get(language) or id_) if term else id_

    async def categories(self) -> list[tuple[str, dict[str, str]]]:
        """Return the shop's categories with their names, in the shop's order."""
        await self._look()
        return [(term.id, term.names) for term in self._terms.of("category")]

    async def _follow(self, session: AsyncSession, version: repository.Version) -> None:
        index = self._opened()
        self._terms = await repository.terms(session)
        told = sha256(repr(self._terms.all).encode()).hexdigest()
        state = State(version.origin, version.number, told)
        same = (index.state.origin, index.state.terms) == (version.origin, told)
        changed = await repository.changed_ids(session, index.state.version if same else 0)
        self._known.clear()
        if state != index.state:
            await asyncio.to_thread(index.begin, whole=not same)
            for start in range(0, len(changed), _BATCH):
                await self._write(session, changed[start : start + _BATCH])
            await asyncio.to_thread(index.commit, state)
        self._finder = Finder(index, self._terms, self._spoken)

    async def _write(self, session: AsyncSession, ids: Sequence[str]) -> None:
        """Put a batch of products into the index; a million never is in memory at once."""
        products = await repository.products(session, ids, self._terms)
        gone = set(ids) - {product.id for product in products}
        await asyncio.to_thread(self._opened().put, products, gone, self._terms, self._spoken)

    async def _look(self) -> None:
        if time.monotonic() - self._looked > _LOOK_EVERY:
            await self.refresh()

    def _opened(self) -> SearchIndex:
        if self._index is None:
            raise RuntimeError("call `await catalog.start()` before asking the catalog")
        return self._index

    def _ready(self) -> Finder:
        self._opened()
        if self._finder is None:
            raise RuntimeError("call `await catalog.start()` before asking the catalog")
        return self._finder

    async def _get(self, ids: Sequence[str]) -> list[Product]:
        known = {id_: self._known[id_] for id_ in ids if id_ in self._known}
        if unknown := [id_ for id_ in ids if id_ not in known]:
            async with self._sessions() as session:
                read = await repository.products(session, unknown, self._terms)
            fresh = {product.id: product for product in read}
            known |= fresh
            if len(self._known) + len(fresh) > _REMEMBERED:
                self._known.clear()
            self._known |= fresh
        return [known[id_] for id_ in ids if id_ in known]

    async def _fitting(
        self, hits: Hits, query: ProductQuery, *, asked: Wish | None = None
    ) -> Found:
        """Keep what has one variant that fulfils the wish, and cut out the page asked for."""
        page = slice(query.offset, query.offset + query.limit)
        if not _variants_matter(hits.wish) and "price" not in hits.missed:
            chosen = await self._get(hits.ids[page])
            return Found(products=tuple(chosen), total=hits.total, missed=hits.missed)
        fitting = [product for product in await self._get(hits.ids) if fits(product, hits.wish)]
        if asked and "price" in hits.missed:
            fitting.sort(key=lambda product: price_distance(product, asked))
        total = len(fitting) if hits.total <= len(hits.ids) else hits.total
        return Found(products=tuple(fitting[page]), total=total, missed=hits.missed)

    async def _best(self, query: ProductQuery, wish: Wish) -> Found:
        async with self._sessions() as session:
            ids = await repository.best_ids(session, query.limit + len(query.exclude))
        chosen = [id_ for id_ in ids if id_ not in query.exclude][: query.limit]
        missed = ("words",) if wish.words else ()
        return Found(products=tuple(await self._get(chosen)), exact=False, total=0, missed=missed)


def _candidates(query: ProductQuery) -> int:
    return max(_CANDIDATES, query.offset + query.limit)


def _variants_matter(wish: Wish) -> bool:
    conditions = (
        "colour" in wish.filters,
        "colour" in wish.refused,
        wish.size is not None,
        wish.in_stock,
        wish.max_price is not None or wish.min_price is not None,
    )
    return any(conditions)


def _named(product: Product, typed: Sequence[str]) -> float:
    """Return how surely these words mean this product: 0 is not at all."""
    said = " ".join(typed)
    best = 0.0
    if len(typed) == 1 and fold(product.id) == typed[0]:
        return 100.0
    for name in (*product.listed("aliases"), *product.names.values()):
        told = words(name)
        if told and all(word in typed for word in told):
            best = max(best, 200.0 + len(told))
        elif (alike := fuzz.ratio(" ".join(told), said)) >= _ALIKE:
            best = max(best, alike)
        elif len(told) == 1 and any(fuzz.ratio(told[0], word) >= _ALIKE for word in typed):
            best = max(best, 100.0)
    return best


def _all_languages(texts: dict[str, str], languages: Sequence[str]) -> dict[str, str]:
    # A name without a language serves all of them.
    everywhere = texts.get("", "")
    return {
        code: texts.get(code) or everywhere for code in languages if texts.get(code) or everywhere
    }
