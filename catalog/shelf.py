"""The catalog as the rest of the system uses it: read here, searched here, always up to date."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from catalog import repository
from catalog.mirror import Mirror
from catalog.naming import all_languages, named
from catalog.products import Found, Product, ProductQuery
from catalog.reasons import Explanation, Understood
from catalog.search import Finder, Hits, check_synonyms
from catalog.search.wish import Wish, lesser
from catalog.shop import ShopInfo
from catalog.synonym_files import COMMON, SYNONYMS, save
from catalog.terms import Kind
from catalog.text import words
from catalog.verifying import below, fits, price_distance

_CANDIDATES = 200  # looked at one by one where index and variants have to agree
_REMEMBERED = 5_000  # products


class ShopMissingError(Exception):
    """Nobody has loaded the facts about the shop yet."""


class Catalog:
    """Products, words and the shop's facts, searched through an index that follows the database.

    `synonyms` is the folder of the shop's own words; without it only the words of every trade are
    known.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        index_dir: Path | None,
        freshness: timedelta,
        languages: Iterable[str],
        synonyms: Path | None = SYNONYMS,
    ) -> None:
        self.freshness = freshness
        self.languages = tuple(languages)
        self._sessions = sessions
        self._synonyms = synonyms
        folders = [COMMON] if synonyms is None else [COMMON, synonyms]
        self._mirror = Mirror(sessions, index_dir, self.languages, folders)
        self._known: dict[str, Product] = {}
        self._shop: ShopInfo | None = None
        self._generation = 0
        self._editing = asyncio.Lock()

    async def start(self) -> None:
        """Open the index and bring it up to date."""
        await self._mirror.start()

    async def stop(self) -> None:
        """Close the index, so that another process can use its folder."""
        await self._mirror.stop()

    async def refresh(self) -> None:
        """Read what was changed since the last time, here or by another process."""
        await self._mirror.refresh()

    async def search(self, query: ProductQuery) -> Found:
        """Return the products asked for, or the nearest and what was given up to find them."""
        finder = await self._mirror.look()
        wish = finder.understand(query)
        found = await self._found(finder, query, wish)
        if wish.only and found.total:
            found = found.model_copy(update={"named": True})
        if query.fill and len(found.products) < query.limit and wish.words:
            return await self._filled(finder, query, wish, found)
        return found

    async def explain(self, product_id: str, query: ProductQuery) -> Explanation | None:
        """Return why a product is in the answer to a question; None for an unknown product."""
        finder = await self._mirror.look()
        found = await self.search(query)
        products = await self._get([product_id])
        return finder.explain(products[0], finder.understand(query), found) if products else None

    async def understand(self, query: ProductQuery) -> Understood:
        """Return how a query is read."""
        return (await self._mirror.look()).understand(query).told()

    async def similar(
        self, product_id: str, query: ProductQuery | None = None, *, cheaper: bool = False
    ) -> Found:
        """Return what is like a product and fulfils the query, the most alike first.

        With `cheaper` it costs less than the product. Where nothing does, `missed` says which wish
        was given up, as in a search; an unknown product has nothing like it.
        """
        finder = await self._mirror.look()
        query = query or ProductQuery()
        if not (products := await self._get([product_id])):
            return Found(exact=False)
        wish = finder.understand(below(query, products[0]) if cheaper else query)
        wishes = [(wish, ()), *lesser(wish)]
        for same_kind in (True, False):
            for less, missed in wishes:
                hits = finder.like(products[0], less, _CANDIDATES, same_kind=same_kind)
                given_up = missed if same_kind else ("category", *missed)
                hits = replace(hits, missed=given_up)
                if (found := await self._fitting(hits, query, asked=wish)).products:
                    return found.model_copy(update={"exact": not given_up})
        return Found(exact=False)

    async def get(self, ids: Sequence[str]) -> list[Product]:
        """Return the products with these ids that are on sale, in this order."""
        await self._mirror.look()
        return await self._get(ids)

    async def find(self, text: str, language: str | None = None) -> Product | None:
        """Return the product that is meant by name, or None; "la siena" is enough."""
        hits = (await self._mirror.look()).named(text, language, 20)
        typed = words(text)
        scored = [(named(product, typed), product) for product in await self._get(hits.ids)]
        best = max(scored, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] > 0 else None

    async def shop(self) -> ShopInfo:
        """Return the facts about the shop."""
        await self._mirror.look()
        self._forget()
        if self._shop is None:
            async with self._sessions() as session:
                self._shop = await repository.shop(session)
        if self._shop is None:
            raise ShopMissingError("load the facts about the shop first (catalog.put_shop)")
        return self._shop

    async def version(self) -> str:
        """Return a name of the catalog's state: another one after every change."""
        await self._mirror.look()
        return _name_of(self._mirror.version)

    async def lookups(self) -> dict[str, Any]:
        """Return all names and words, for the engine to recognise in what customers write."""
        async with self._sessions() as session:
            version = await repository.version(session)
            terms = await repository.terms(session)
            names = await repository.names(session)
            shop = await repository.shop(session)
        products = [
            {"id": id_, "names": all_languages(texts, self.languages), "aliases": aliases}
            for id_, texts, aliases in names
        ]
        return {
            "version": _name_of(version),
            "products": products,
            "places": list(shop.delivery.places()) if shop else [],
            **terms.lookups(self.languages),
        }

    async def name_of(self, kind: Kind, id_: str, language: str) -> str:
        """Return how customers call a category, colour, material, recipient or occasion."""
        await self._mirror.look()
        term = self._mirror.terms.get(kind, id_)
        return (term.names.get(language) or id_) if term else id_

    async def not_for_others(
        self, products: Sequence[Product], recipients: Sequence[str]
    ) -> tuple[Product, ...]:
        """Leave out what is made for women where a man is asked for, and the reverse."""
        await self._mirror.look()
        for_others = self._mirror.terms.for_others
        return tuple(p for p in products if not for_others(p.listed("recipients"), recipients))

    async def categories(self) -> list[tuple[str, dict[str, str]]]:
        """Return the shop's categories with their names, in the shop's order."""
        await self._mirror.look()
        return [(term.id, term.names) for term in self._mirror.terms.of("category")]

    async def synonyms(self, language: str) -> str:
        """Return the shop's own synonym file of a language, empty where there is none yet."""
        file = self._file(language)
        return await asyncio.to_thread(lambda: file.read_text("utf-8") if file.exists() else "")

    async def put_synonyms(self, language: str, text: str) -> None:
        """Save the shop's synonyms of a language; they count within a second.

        SynonymError says which line cannot be read and how to write it; nothing is saved then.
        """
        file = self._file(language)
        check_synonyms(language, text, file.name)
        await asyncio.to_thread(save, file, text)

    async def edit_synonyms(self, language: str, change: Callable[[str], str]) -> None:
        """Save what `change` makes of the synonyms; of two people who edit, nobody undoes another.

        Raises what `change` raises, and SynonymError.
        """
        async with self._editing:
            await self.put_synonyms(language, change(await self.synonyms(language)))

    def _file(self, language: str) -> Path:
        if self._synonyms is None or language not in self.languages:
            raise KeyError(f"there are no synonyms of a shop in {language!r}")
        return self._synonyms / f"{language}.txt"

    async def _found(self, finder: Finder, query: ProductQuery, wish: Wish) -> Found:
        hits = finder.fulfilling(wish, _candidates(query, wish))
        exact = await self._fitting(hits, query)
        if exact.total:
            return exact
        if wish.ranks_words and wish.words:
            # The thing is there: whatever else was told of it ranks, and makes no other of it.
            wish = replace(wish.without("words"), near=())
            hits = finder.fulfilling(wish, _candidates(query, wish))
            if (found := await self._fitting(hits, query)).total:
                return found
        if wish.near:
            hits = finder.near(wish, _candidates(query, wish))
            if (found := await self._fitting(hits, query)).total:
                return found.model_copy(update={"exact": False})
        for less, missed in lesser(wish):
            hits = finder.fulfilling(less, _CANDIDATES, missed)
            if (found := await self._fitting(hits, query, asked=wish)).products:
                return found.model_copy(update={"exact": False})
        return await self._best(finder, query, wish)

    async def _filled(self, finder: Finder, query: ProductQuery, wish: Wish, found: Found) -> Found:
        """Add what has at least some of the words after what has all of them."""
        shown = tuple(product.id for product in found.products)
        loose = replace(wish.without("words"), exclude=(*wish.exclude, *shown))
        rest = query.model_copy(update={"limit": query.limit - len(shown), "offset": 0})
        more = await self._fitting(finder.fulfilling(loose, _candidates(rest, loose)), rest)
        return found.model_copy(update={"products": (*found.products, *more.products)})

    async def _get(self, ids: Sequence[str]) -> list[Product]:
        self._forget()
        known = {id_: self._known[id_] for id_ in ids if id_ in self._known}
        if unknown := [id_ for id_ in ids if id_ not in known]:
            async with self._sessions() as session:
                read = await repository.products(session, unknown, self._mirror.terms)
            fresh = {product.id: product for product in read}
            known |= fresh
            if len(self._known) + len(fresh) > _REMEMBERED:
                self._known.clear()
            self._known |= fresh
        return [known[id_] for id_ in ids if id_ in known]

    def _forget(self) -> None:
        """Forget what was read before the catalog changed."""
        if self._generation != self._mirror.generation:
            self._generation = self._mirror.generation
            self._known.clear()
            self._shop = None

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

    async def _best(self, finder: Finder, query: ProductQuery, wish: Wish) -> Found:
        """Return what customers like most, when nothing comes near; never what was refused."""
        missed = ("words",) if wish.words else ()
        rest = Wish({}, wish.refused, wish.refused_words, exclude=query.exclude)
        found = await self._fitting(finder.liked(rest, _candidates(query, rest)), query)
        return found.model_copy(update={"exact": False, "total": 0, "missed": missed})


def _name_of(version: repository.Version | None) -> str:
    return f"{version.origin[:8]}-{version.number}" if version else ""


def _candidates(query: ProductQuery, wish: Wish) -> int:
    page = query.offset + query.limit
    return max(_CANDIDATES, page) if _variants_matter(wish) else page


def _variants_matter(wish: Wish) -> bool:
    """Tell whether products have to be looked at: one condition alone the index answers."""
    conditions = (
        "colour" in wish.filters,
        wish.size is not None,
        wish.in_stock,
        wish.max_price is not None,
        wish.min_price is not None,
    )
    return sum(conditions) > 1 or "colour" in wish.refused
