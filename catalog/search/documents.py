"""How a product is written into the index: which of its words go into which field."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tantivy import Document, Schema, SchemaBuilder

from catalog.products import Product
from catalog.search.language import Language
from catalog.search.measures import measures
from catalog.search.parts import belongs_to
from catalog.terms import KINDS, Kind, Terms
from catalog.text import words

Ids = Mapping[Kind, Sequence[str]]

# Fields that are stemmed, one for each language.
FIELDS = ("name", "terms", "text", "detail")
_GIFT = {"it": "regalo idea regalo", "en": "gift gift idea present"}
# What is written elsewhere, or no text at all.
_OTHERWHERE = frozenset(
    {"keywords", "features", "aliases", "materials", "recipients", "occasions", "brand"}
)
_PAIR = re.compile(r"[^;:|\n]{2,60}: ?[^;|\n]+")
UNCLEAR = "?"
_EVIDENCE = 100  # small words
_CLEAR = 2  # times as many as of the next language
_LIST = 3  # pairs; fewer are a sentence with a colon in it


def schema(languages: Sequence[str]) -> Schema:
    """Return the fields of the index."""
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("surface", tokenizer_name="surface", index_option="basic")
    for name in ("code", "brand"):
        builder.add_text_field(name, tokenizer_name="surface")
    for language in languages:
        for field in FIELDS:
            builder.add_text_field(f"{field}_{language}", tokenizer_name=f"text_{language}")
    for field in (*KINDS, "size", "main", "measure", "part"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in ("price_low", "price_high"):
        builder.add_integer_field(field, indexed=True, fast=True)
    builder.add_boolean_field("in_stock", indexed=True, fast=True)
    builder.add_float_field("quality", fast=True)
    builder.add_float_field("liked", fast=True)
    return builder.build()


@dataclass(frozen=True, slots=True)
class Voice:
    """With which words products are written into the index.

    `untagged` is the language of texts that come without one; when nobody can tell (`UNCLEAR`),
    they are written in every language. It is empty where every text says its language.
    """

    terms: Terms
    languages: Sequence[Language]
    untagged: str = ""

    def speaks(self, language: str) -> bool:
        """Tell whether texts without a language are written in this one."""
        return self.untagged in ("", UNCLEAR, language)

    def text(self, texts: Mapping[str, str], language: str) -> str:
        """Return the text that speaks for this language, or nothing."""
        if language in texts:
            return texts[language]
        if "" in texts and not self.speaks(language):
            return ""
        return next((text for text in texts.values() if text), "")


def document(product: Product, voice: Voice) -> Document:
    """Return a product as the index keeps it."""
    written = Document()
    written.add_text("id", product.id)
    for code in [product.id, *(variant.sku for variant in product.variants)]:
        written.add_text("code", code)
    ids = _ids(product)
    _add_texts(written, product, ids, voice)
    for kind, chosen in ids.items():
        for id_ in _with_wider(voice.terms, kind, chosen):
            written.add_text(kind, id_)
    for main in _main(product):
        written.add_text("main", main)
    for size in product.sizes():
        written.add_text("size", size.casefold())
    prices = [int(variant.price * 100) for variant in product.variants]
    written.add_integer("price_low", min(prices, default=0))
    written.add_integer("price_high", max(prices, default=0))
    stock = any(variant.stock > 0 for variant in product.variants)
    written.add_boolean("in_stock", stock)
    written.add_float("quality", _quality(product, stock=stock))
    # Stars above "fair", summed over all reviews.
    written.add_float("liked", ((product.rating or 3.0) - 3.0) * product.reviews_count)
    return written


def _add_texts(written: Document, product: Product, ids: Ids, voice: Voice) -> None:
    said: dict[str, None] = {}
    for language in voice.languages:
        for field, text in texts(product, ids, voice, language.code):
            written.add_text(f"{field}_{language.code}", text)
            said[text] = None
    brand = brand_of(product)
    if brand:
        written.add_text("brand", brand)
    whole = " \n ".join(said)
    written.add_text("surface", f"{whole} \n {brand}")
    for token in {measure.token for measure in measures(whole)}:
        written.add_text("measure", token)
    for name in set(product.names.values()):
        for owner in belongs_to(name, voice.languages):
            written.add_text("part", owner)


def untagged(products: Sequence[Product], languages: Sequence[Language]) -> str:
    """Return the language of the texts that come without one, `UNCLEAR`, or "" for no such text.

    Small words tell: a feed in English has "the" and "with" all over.
    """
    said = Counter(
        word
        for product in products
        for texts_ in (product.names, product.descriptions)
        for word in words(texts_.get("", ""))
    )
    if not said:
        return ""
    counted = sorted(
        (sum(said[word] for word in language.passed_over), language.code) for language in languages
    )
    if counted[-1][0] < _EVIDENCE:
        return UNCLEAR
    second = counted[-2][0] if len(counted) > 1 else 0
    return counted[-1][1] if counted[-1][0] >= _CLEAR * second else UNCLEAR


def brand_of(product: Product) -> str:
    """Return the brand, or nothing where the source does not say it."""
    brand = product.attributes.get("brand")
    return brand if isinstance(brand, str) else ""


def texts(product: Product, ids: Ids, voice: Voice, language: str) -> Iterator[tuple[str, str]]:
    """Return field and text for everything that is said of a product in one language."""
    if name := voice.text(product.names, language):
        yield "name", name
    for alias in product.listed("aliases"):
        yield "name", alias
    if told := _terms(product, ids, voice, language):
        yield "terms", " . ".join(told)
    described, details = split_details(voice.text(product.descriptions, language))
    features = product.attributes.get("features", {})
    for text in (described, *features.get(language, ())):
        if text:
            yield "text", text
    if voice.speaks(language):
        details = " ; ".join([details, *_attributes(product)]).strip(" ;")
    if details:
        yield "detail", details


def split_details(text: str) -> tuple[str, str]:
    """Part a description from the list of properties that feeds append to it.

    "A light bag. | width: 12 cm; lining: cotton; closure: zip": a word in such a list says less
    about what the product is.
    """
    if text.count(": ") < _LIST or ";" not in text:
        return text, ""
    pairs = list(_PAIR.finditer(text))
    if len(pairs) < _LIST:
        return text, ""
    return text[: pairs[0].start()].strip(" |\n"), text[pairs[0].start() :]


def _terms(product: Product, ids: Ids, voice: Voice, language: str) -> list[str]:
    said: list[str] = []
    for kind, chosen in ids.items():
        for id_ in chosen:
            if term := voice.terms.get(kind, id_):
                said += term.exactly(language)
            elif voice.speaks(language):
                # What nobody described is called by its id, as a plain import has it.
                said.append(id_)
    keywords = product.attributes.get("keywords", {})
    said += keywords.get(language, [])
    if product.listed("occasions") and language in _GIFT:
        said.append(_GIFT[language])
    return said


def _attributes(product: Product) -> Iterator[str]:
    for name, value in product.attributes.items():
        if name not in _OTHERWHERE and (told := _told(value)):
            yield f"{name}: {told}"


def _told(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(_told(part) for part in value)
    return ", ".join(_told(part) for part in value.values()) if isinstance(value, dict) else ""


def _ids(product: Product) -> Ids:
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
