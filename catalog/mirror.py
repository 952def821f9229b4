"""The search index of this node, kept equal to the database and to the synonym files."""

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import batched
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from catalog import repository
from catalog.search import Finder, Language, SearchIndex, SynonymError, load_languages
from catalog.search.documents import Voice, untagged
from catalog.search.index import State
from catalog.terms import Terms

log = logging.getLogger(__name__)

_LOOK_EVERY = 0.2  # seconds; an update has to be visible within one
_BATCH = 500
_SAMPLE = 500  # products; enough to tell which language a feed is in


class Mirror:
    """Follows the database: `generation` is raised whenever something was read anew."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        index_dir: Path | None,
        languages: Iterable[str],
        synonyms: Sequence[Path],
    ) -> None:
        self.languages = tuple(languages)
        self.terms = Terms()
        self.generation = 0
        self._sessions = sessions
        self._index_dir = index_dir
        self._synonyms = tuple(synonyms)
        self._stamp: tuple[int, ...] = ()
        self._index: SearchIndex | None = None
        self._spoken: tuple[Language, ...] = ()
        self._finder: Finder | None = None
        self.version: repository.Version | None = None
        self._looked = 0.0
        self._lock = asyncio.Lock()

    async def start(self) -> None:
        """Open the index and bring it up to date."""
        self._index = await asyncio.to_thread(SearchIndex, self._index_dir, self.languages)
        self._stamp = _stamp(self._synonyms, self.languages)
        self._spoken = load_languages(self.languages, *self._synonyms)
        await self.refresh()

    async def stop(self) -> None:
        """Close the index, so that another process can use its folder."""
        if self._index:
            self._index.close()
            self._index = self._finder = None

    async def look(self) -> Finder:
        """Return what answers questions, after a look whether something has changed."""
        if time.monotonic() - self._looked > _LOOK_EVERY:
            await self.refresh()
        if self._finder is None:
            raise RuntimeError("call `await catalog.start()` before asking the catalog")
        return self._finder

    async def refresh(self) -> None:
        """Read what was changed since the last time, here or by another process."""
        async with self._lock, self._sessions() as session:
            self._looked = time.monotonic()
            version = await repository.version(session)
            if self._reread() or version != self.version or self._finder is None:
                await self._follow(session, version)
                self.version = version

    def _reread(self) -> bool:
        """Read the synonym files when a marketer has saved one; a mistake keeps the old words."""
        stamp = _stamp(self._synonyms, self.languages)
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            self._spoken = load_languages(self.languages, *self._synonyms)
        except (SynonymError, OSError, UnicodeDecodeError) as error:
            log.warning("synonyms were not read", extra={"reason": str(error)})
            return False
        return True

    async def _follow(self, session: AsyncSession, version: repository.Version) -> None:
        index = self._opened()
        self.terms = await repository.terms(session)
        accessories = [sorted(language.accessories) for language in self._spoken]
        told = sha256(repr((self.terms.all, accessories)).encode()).hexdigest()
        same = (index.state.origin, index.state.terms) == (version.origin, told)
        self.generation += 1
        if not same or version.number != index.state.version:
            changed = await repository.changed_ids(session, index.state.version if same else 0)
            spoken = index.state.untagged if same else await self._untagged(session, changed)
            voice = Voice(self.terms, self._spoken, spoken)
            await asyncio.to_thread(index.begin, whole=not same)
            for ids in batched(changed, _BATCH):
                await self._write(session, ids, voice)
                await asyncio.sleep(0)  # reads on SQLite do not wait, and others want to be served
            state = State(version.origin, version.number, told, spoken)
            await asyncio.to_thread(index.commit, state)
        self._finder = Finder(index, self.terms, self._spoken)

    async def _untagged(self, session: AsyncSession, ids: Sequence[str]) -> str:
        sample = ids[:: max(1, len(ids) // _SAMPLE)]
        products = await repository.products(session, sample, self.terms)
        return await asyncio.to_thread(untagged, products, self._spoken)

    async def _write(self, session: AsyncSession, ids: Sequence[str], voice: Voice) -> None:
        """Put a batch of products into the index; a million never is in memory at once."""
        products = await repository.products(session, ids, self.terms)
        gone = set(ids) - {product.id for product in products}
        await asyncio.to_thread(self._opened().put, products, gone, voice)

    def _opened(self) -> SearchIndex:
        if self._index is None:
            raise RuntimeError("call `await catalog.start()` before asking the catalog")
        return self._index


def _stamp(folders: Iterable[Path], languages: Sequence[str]) -> tuple[int, ...]:
    """Return when the synonym files were last saved."""
    return tuple(
        path.stat().st_mtime_ns
        for folder in folders
        for language in languages
        if (path := folder / f"{language}.txt").exists()
    )
