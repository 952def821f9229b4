"""What a product's row says about the thing that was asked: "ci sta un pc?", "is it heavy?"."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.actions.answer import ref
from bot.actions.shop import Shop
from catalog import Product
from dialogues import executor

_WORD = re.compile(r"[\w-]+")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")

_WEIGHT = re.compile(r"\bpes[aoi]\b|pesant|legger|\bheav|\bweigh|\blight(?:er|weight)?\b")
_SIZE = re.compile(
    r"misur|dimension|profond|\blarg[ao]|\blung[ao]|\bgrand[ei]|piccol|capien|ci sta|ci stanno"
    r"|entra\b|entrano|\bcm\b"
    r"|quant[oaie] (?:è|e|e'|sono) alt[oaie]|altezza|spess(?:[oa]|ore)\b"
    r"|how (?:high|thick)|\bheight"
    r"|pollic|\binch|\bbig|\bsmall|\blarge|\bfits?\b|\bhold|roomy|how (?:wide|tall|long|deep)"
)
_MATERIAL = re.compile(
    r"material|fatt[oaie] di\b|\bpelle\b|\bvera\b|\bvero\b"
    r"|made (?:of|from|out of)|leather|cashmere|\breal\b|genuine"
)
# Words that ask for the same thing, by their beginnings; one row is one thing.
_SAME = tuple(
    tuple(row.split())
    for row in (
        "portatil laptop comput pc mac notebook macbook tablet ipad pollic inch",
        "imperm piogg acqua bagn waterp water rain wet",
        "tasc scompart pocket compart",
        "carte tesser card slot fessur",
        "tracoll spall strap shoulder",
        "manic handle",
        "chius zip lucchett clos lock magnet",
        "pagin page fogli sheet",
        "bruci ore burn hour",
        "scad vale valid expir anni years",
        "mail e-mail email",
        "aere cabin bagagl ryanair easyjet plane flight luggage carry",
        "rfid scan protez protec",
        "libr book",
        "fodera foderat sfoderat lining lined unlined",
        "rotel ruot wheel",
        "telefon cellular smartphon phone iphone",
        "touch touchscreen scherm screen",
        "regolab adjust",
        "vegan animal",
        "litr capien volum",
        "morbid soft",
        "togli toglier stacc remov removib detach separ",
        "graff scratch resist robust sturd tough",
        "cald warm",
        "ricaric refill ricamb sostitu replac finisc finit consum esaur",
    )
)


# "What is it made from?": a row says "plant-based", its description from what.
_MADE_OF_WHAT = re.compile(
    r"\bmade (?:of|from|out of)\b|\b(?:di|con) (?:che|cosa|quale)\b.*\b(?:fatt|material)"
    r"|fatt[oaie] (?:di|con) (?:che|cosa)"
)
_MADE = re.compile(
    r"\bmade (?:of|from|with|out of)\b|\bfatt[oaie] (?:di|con|da)\b|\bnat[oaie] da|\brecycl|ricicl"
)
_LENGTH = re.compile(r"centimet|millimet|\b(?:cm|mm)\b|\binch|pollic")
_HOW_MANY = re.compile(r"\bhow many\b|\bquant[ei]\b", re.IGNORECASE)
# Too short to be told from another word by its beginning, or common in every description.
_SHORTEST = 4
_ENDINGS = 3  # letters by which two forms of one word differ at most
_SAYING_NOTHING_WORDS = """
product prodotto modello shop negozio bottega usare used uses using make made come sapere
dire know tell comes does need dentro inside through keep still being with really davvero
proprio esattamente exactly posso possono potete possiamo puoi potrei
"""
_SAYING_NOTHING = frozenset(_SAYING_NOTHING_WORDS.split())


@dataclass(frozen=True, slots=True)
class Relevant:
    """What was asked of a product and what its row says about it."""

    features: tuple[str, ...] = ()
    weight: str | None = None
    dimensions: str | None = None
    materials: bool = False
    specific: bool = False

    @property
    def found(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.features or self.weight or self.dimensions or self.materials)


def relevant(text: str, product: Product, language: str) -> Relevant:
    """Return what a product's features, measures and description say about a question."""
    said = text.casefold()
    wanted = [row for row in _SAME if _has(row, _WORD.findall(said))]
    weight, size = bool(_WEIGHT.search(said)), bool(_SIZE.search(said))
    made_of = bool(_MATERIAL.search(said))
    features = tuple(_fitting(lambda t: _about(wanted, t), product, language)) if wanted else ()
    features = features or tuple(_by_words(said, product, language))
    if size and not features and not product.attributes.get("dimensions"):
        # "How wide is it?" where only the description tells: "just two centimetres".
        features = tuple(_in_description(_LENGTH, product, language))
    if not features and _MADE_OF_WHAT.search(said):
        features = tuple(_in_description(_MADE, product, language))
    return Relevant(
        features=features,
        weight=_measure(product, "weight", language) if weight else None,
        dimensions=_measure(product, "dimensions", language) if size else None,
        materials=made_of and bool(product.listed("materials")),
        specific=bool(wanted) or weight or size or made_of,
    )


async def told(wanted: Relevant, product: Product, shop: Shop) -> list[Any]:
    """Return what is relevant as values of a text, in words."""
    facts: list[Any] = [{"list": list(wanted.features)}] if wanted.features else []
    if wanted.weight:
        facts.append(ref("feature_weight", weight=wanted.weight))
    if wanted.dimensions:
        facts.append(ref("feature_dimensions", dimensions=wanted.dimensions))
    if wanted.materials:
        facts.append(ref("feature_materials", materials={"list": await materials(shop, product)}))
    return facts


async def materials(shop: Shop, product: Product) -> list[str]:
    """Return what a product is made of, as it is said in a sentence."""
    return [
        (await shop.catalog.name_of("material", id_, shop.language)).lower()
        for id_ in product.listed("materials")
    ]


def volume(product: Product) -> float | None:
    """Return width times height times depth, None where the row does not hold all three."""
    sides = [float(n.replace(",", ".")) for n in _numbers(product.attributes.get("dimensions"))]
    if len(sides) < 3:
        return None
    return sides[0] * sides[1] * sides[2]


def grams(product: Product) -> float | None:
    """Return the weight, None where the row does not hold it."""
    written = str(product.attributes.get("weight") or "")
    numbers = _numbers(written)
    if not numbers:
        return None
    return float(numbers[0].replace(",", ".")) * (1000 if "kg" in written else 1)


def _numbers(written: Any) -> list[str]:
    return _NUMBER.findall(str(written or ""))


def _measure(product: Product, name: str, language: str) -> str | None:
    written = product.attributes.get(name)
    if not written:
        return None
    # Rows are written with the decimal comma; English readers expect a point.
    return _DECIMAL.sub(".", str(written)) if language == "en" else str(written)


def content_words(text: str, product: Product | None = None) -> list[str]:
    """Return what a question is about: its words without small ones and the product's own name."""
    counted = _HOW_MANY.search(text)  # "how many sachets are in it?" counts what it is called by
    own = [name.casefold() for name in product.names.values()] if product and not counted else []
    named = {word for name in own for word in _WORD.findall(name)}
    named |= {product.category} if product else set()
    return [
        word
        for word in executor.left_over(text, ())
        if len(word) >= _SHORTEST
        and word not in _SAYING_NOTHING
        and not any(alike(word, name) for name in named)
    ]


def alike(one: str, other: str) -> bool:
    """Tell whether two words are forms of one: "scomparto", "scomparti"; "litre", "litres"."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    same = max(_SHORTEST, len(shorter) - 1)
    return len(longer) - len(shorter) <= _ENDINGS and shorter[:same] == longer[:same]


def mentions(text: str, words: Sequence[str]) -> bool:
    """Tell whether a text has one of these words, in any form."""
    there = _WORD.findall(text.casefold())
    return any(alike(word, other) for word in words for other in there if len(other) >= _SHORTEST)


def sentences_about(text: str, words: Sequence[str]) -> list[str]:
    """Return the sentences of a text in which one of these words stands."""
    return [sentence for sentence in _SENTENCE.split(text) if mentions(sentence, words)]


def _by_words(said: str, product: Product, language: str) -> Iterable[str]:
    """Give what a row says in the very words of a question: no list knows every thing asked."""
    words = [word for word in content_words(said, product) if not _measures(word)]
    if not words:
        return ()
    return _fitting(lambda text: mentions(text, words), product, language)


def _measures(word: str) -> bool:
    return any(kind.search(word) for kind in (_WEIGHT, _SIZE, _MATERIAL))


def _fitting(is_about: Callable[[str], bool], product: Product, language: str) -> Iterable[str]:
    """Give the features about what was asked, else the sentences of the description."""
    listed = product.attributes.get("features") or {}
    features = listed.get(language, ()) if isinstance(listed, dict) else listed
    found = [one for one in features if is_about(one)]
    if found:
        return [_DECIMAL.sub(".", one) if language == "en" else one for one in found]
    sentences = _SENTENCE.split(product.description(language))
    return [sentence.rstrip(".;") for sentence in sentences if is_about(sentence)]


def _in_description(wanted: re.Pattern[str], product: Product, language: str) -> Iterable[str]:
    sentences = _SENTENCE.split(product.description(language))
    return [sentence.rstrip(".;") for sentence in sentences if wanted.search(sentence.casefold())]


def _about(rows: list[tuple[str, ...]], text: str) -> bool:
    words = _WORD.findall(text.casefold())
    return any(_has(row, words) for row in rows)


def _has(beginnings: tuple[str, ...], words: Iterable[str]) -> bool:
    return any(
        word == start or (len(start) > 3 and word.startswith(start))
        for word in words
        for start in beginnings
    )
