"""The index itself: which fields there are, how a product is written, how it is kept on disk."""

import fcntl
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import rmtree
from typing import TextIO

from tantivy import Document, Index, Query, Schema, SchemaBuilder, Searcher

from catalog.products import Product
from catalog.terms import KINDS, Kind, Terms
from catalog.text import analyzer

# Raised when documents are written differently; an index of another layout is built anew.
LAYOUT = 1
_HEAP = 50_000_000
_GIFT = {"it": "regalo idea regalo", "en": "gift gift idea present"}


@dataclass(frozen=True, slots=True)
class State:
    """Which catalog an index mirrors."""

    origin: str = ""
    version: int = 0
    terms: str = ""
    layout: int = LAYOUT


class SearchIndex:
    """A tantivy index that mirrors the products on sale.

    It lives in `folder` when no other process uses that, else in memory; it can be thrown away at
    any time, the database is the truth.
    """

    def __init__(self, folder: Path | None, languages: Sequence[str]) -> None:
        self.languages = tuple(languages)
        self.schema = _schema(self.languages)
        self._lock = _lock(folder) if folder else None
        self._folder = folder if self._lock else None
        self.state = self._read_state()
        self._index = self._open()
        self.searcher: Searcher = self._index.searcher()
        self.surface = self._surface()

    def close(self) -> None:
        """Let another process use the folder."""
        if self._lock:
            self._lock.close()

    def write(
        self, products: Iterable[Product], gone: Sequence[str], terms: Terms, state: State
    ) -> None:
        """Put products in, take others out, and remember which catalog this is now."""
        whole = (state.origin, state.terms) != (self.state.origin, self.state.terms)
        writer = self._index.writer(_HEAP, 1)
        if whole:
            writer.delete_all_documents()
        for id_ in gone:
            writer.delete_documents_by_term("id", id_)
        for product in products:
            if not whole:
                writer.delete_documents_by_term("id", product.id)
            writer.add_document(self._document(product, terms))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self.searcher = self._index.searcher()
        self.surface = self._surface()
        self._keep_state(state)

    def term(self, field: str, value: str | bool) -> Query:
        """Return a query for one exact term."""
        return Query.term_query(self.schema, field, value)

    def knows(self, field: str, value: str) -> bool:
        """Tell whether any document has that term."""
        return self.searcher.doc_freq(field, value) > 0

    def _document(self, product: Product, terms: Terms) -> Document:
        document = Document()
        document.add_text("id", product.id)
        for code in [product.id, *(variant.sku for variant in product.variants)]:
            document.add_text("code", code)
        for language in self.languages:
            for field, text in _texts(product, terms, language):
                document.add_text(f"{field}_{language}", text)
                document.add_text("surface", text)
        for kind, ids in _ids(product).items():
            for id_ in _with_wider(terms, kind, ids):
                document.add_text(kind, id_)
        for main in _main(product):
            document.add_text("main", main)
        for size in product.sizes():
            document.add_text("size", size.casefold())
        prices = [int(variant.price * 100) for variant in product.variants]
        document.add_integer("price_low", min(prices, default=0))
        document.add_integer("price_high", max(prices, default=0))
        stock = any(variant.stock > 0 for variant in product.variants)
        document.add_boolean("in_stock", stock)
        document.add_float("quality", _quality(product, stock=stock))
        return document

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

    def _surface(self) -> frozenset[str]:
        """Return every word that occurs, as written: what a misspelt word may have meant."""
        return frozenset(word for word, _ in self.searcher.terms_with_prefix("surface", ""))

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


def _schema(languages: Sequence[str]) -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in ("code", "surface"):
        builder.add_text_field(name, tokenizer_name="surface")
    for language in languages:
        for field in ("name", "terms", "text"):
            builder.add_text_field(f"{field}_{language}", tokenizer_name=f"text_{language}")
    for field in (*KINDS, "size", "main"):
        builder.add_text_field(field, tokenizer_name="raw")
    for field in ("price_low", "price_high"):
        builder.add_integer_field(field, indexed=True, fast=True)
    builder.add_boolean_field("in_stock", indexed=True, fast=True)
    builder.add_float_field("quality", fast=True)
    return builder.build()


def _texts(product: Product, terms: Terms, language: str) -> list[tuple[str, str]]:
    said = [
        text for kind, ids in _ids(product).items() for text in _said(terms, kind, ids, language)
    ]
    keywords = product.attributes.get("keywords", {})
    said += keywords.get(language, [])
    if product.listed("occasions") and language in _GIFT:
        said.append(_GIFT[language])
    features = product.attributes.get("features", {})
    return [
        ("name", product.name(language)),
        *(("name", alias) for alias in product.listed("aliases")),
        ("terms", " . ".join(said)),
        ("text", product.description(language)),
        *(("text", feature) for feature in features.get(language, ())),
    ]


def _said(terms: Terms, kind: Kind, ids: Iterable[str], language: str) -> list[str]:
    said: list[str] = []
    for id_ in ids:
        # What nobody described is called by its id, as a plain import has it: "Scarpe da corsa".
        term = terms.get(kind, id_)
        said += term.exactly(language) if term else [id_]
    return said


def _ids(product: Product) -> dict[Kind, Sequence[str]]:
    return {
        "category": [product.category],
        "colour": product.colours(),
        "material": product.listed("materials"),
        "recipient": product.listed("recipients"),
        "occasion": product.listed("occasions"),
    }


def _main(product: Product) -> list[str]:
    """Return what a product mostly is: its first material, and exactly whom it is for."""
    recipients = [f"recipient {id_}" for id_ in product.listed("recipients")]
    return [*(f"material {id_}" for id_ in product.listed("materials")[:1]), *recipients]


def _with_wider(terms: Terms, kind: Kind, ids: Iterable[str]) -> list[str]:
    found = dict.fromkeys(ids)
    for id_ in list(found):
        if (term := terms.get(kind, id_)) and term.wider:
            found[term.wider] = None
    return list(found)


def _quality(product: Product, *, stock: bool) -> float:
    """Return how much better a product fares than an unknown one; sold out comes last."""
    stars = (product.rating or 4.0) - 4.0
    trust = product.reviews_count / (product.reviews_count + 5)
    return (1.0 + 0.1 * stars * trust) * (1.0 if stock else 0.6)
