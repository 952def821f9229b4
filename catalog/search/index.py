"""The index itself: how it is opened, written and kept on disk."""

import fcntl
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import rmtree
from typing import TextIO

from tantivy import Index, IndexWriter, Query, Searcher

from catalog.products import Product
from catalog.search.documents import UNCLEAR, Voice, document, schema
from catalog.search.spelling import Vocabulary
from catalog.text import analyzer, words

# Raised when documents are written differently; an index of another layout is built anew.
LAYOUT = 5
_HEAP = 60_000_000  # bytes the writer keeps before it writes a segment
_WHOLE_HEAP = 250_000_000  # fewer and larger segments when everything is written


@dataclass(frozen=True, slots=True)
class State:
    """Which catalog an index mirrors, and with which words it was written."""

    origin: str = ""
    version: int = 0
    terms: str = ""
    untagged: str = ""
    layout: int = LAYOUT


class SearchIndex:
    """A tantivy index that mirrors the products on sale.

    It lives in `folder` when no other process uses that, else in memory; it can be thrown away at
    any time, the database is the truth.
    """

    def __init__(self, folder: Path | None, languages: Sequence[str]) -> None:
        self.languages = tuple(languages)
        self.schema = schema(self.languages)
        self._lock = _lock(folder) if folder else None
        self._folder = folder if self._lock else None
        self.state = self._read_state()
        self._index = self._open()
        self._writer: IndexWriter | None = None
        self._whole = False
        self.searcher: Searcher = self._index.searcher()
        self.vocabulary = Vocabulary(self.searcher)

    def close(self) -> None:
        """Let another process use the folder."""
        self._writer = None
        if self._lock:
            self._lock.close()

    def begin(self, *, whole: bool) -> None:
        """Get ready for writing; with `whole` everything that is there is taken out first."""
        self._whole = whole
        if whole or self._writer is None:
            self._writer = None  # gives its lock back
            self._writer = self._index.writer(_WHOLE_HEAP if whole else _HEAP, 1)
        if whole:
            self._writer.delete_all_documents()

    def put(self, products: Iterable[Product], gone: Iterable[str], voice: Voice) -> None:
        """Write products in place of what was there, and take others out."""
        writer = self._writing()
        for id_ in gone:
            writer.delete_documents_by_term("id", id_)
        for product in products:
            written = document(product, voice)
            if not self._whole:
                writer.delete_documents_by_term("id", product.id)
                self.vocabulary.add(words(str(written.get_first("surface"))))
            writer.add_document(written)

    def commit(self, state: State) -> None:
        """Make everything visible that was written, and remember which catalog this is now."""
        writer = self._writing()
        writer.commit()
        if self._whole:
            # A small change does not wait until large segments are merged.
            writer.wait_merging_threads()
            self._writer = None
        self._index.reload()
        self.searcher = self._index.searcher()
        if self._whole:
            self.vocabulary = Vocabulary(self.searcher)
        self._keep_state(state)

    def translates(self, language: str) -> bool:
        """Tell whether words of other languages are to be looked up in this one.

        Where every text is there in every language, that would only find something else: "purple"
        is "viola", and Viola is a bag.
        """
        return self.state.untagged in (UNCLEAR, language)

    def frequency(self, word: str) -> int:
        """Return how many products have that word, as written."""
        return self.searcher.doc_freq("surface", word)

    def term(self, field: str, value: str | bool) -> Query:
        """Return a query for one exact term."""
        return Query.term_query(self.schema, field, value)

    def phrase(self, field: str, terms: Sequence[str], slop: int = 0) -> Query:
        """Return a query for terms that stand side by side."""
        return Query.phrase_query(self.schema, field, list(terms), slop)

    def knows(self, field: str, value: str) -> bool:
        """Tell whether any document has that term."""
        return self.searcher.doc_freq(field, value) > 0

    def _writing(self) -> IndexWriter:
        if self._writer is None:
            raise RuntimeError("call `begin` before writing to the index")
        return self._writer

    def _open(self) -> Index:
        index = self._on_disk(self._folder) if self._folder else Index(self.schema)
        for language in self.languages:
            index.register_tokenizer(f"text_{language}", analyzer(language))
        index.register_tokenizer("surface", analyzer(""))
        index.reload()
        return index

    def _on_disk(self, folder: Path) -> Index:
        home = folder / "index"
        home.mkdir(exist_ok=True)
        if self.state != State():
            try:
                return Index(self.schema, str(home))
            except ValueError:  # damaged, or of another layout after all
                self.state = State()
        rmtree(home)
        home.mkdir()
        return Index(self.schema, str(home))

    def _read_state(self) -> State:
        if self._folder is None:
            return State()
        try:
            kept = State(**json.loads((self._folder / "state.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return State()
        return kept if kept.layout == LAYOUT else State()

    def _keep_state(self, state: State) -> None:
        # Written after the commit: an index that is ahead of its state only repeats some work.
        self.state = state
        if self._folder:
            new = self._folder / "state.new"
            new.write_text(json.dumps(asdict(state)), "utf-8")
            new.replace(self._folder / "state.json")


def _lock(folder: Path) -> TextIO | None:
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file
