"""What a product's row says about the thing that was asked: "ci sta un pc?", "is it heavy?"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.actions.answer import ref
from bot.actions.shop import Shop
from catalog import Product

_WORD = re.compile(r"[\w-]+")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")

_WEIGHT = re.compile(r"\bpes[aoi]\b|pesant|legger|\bheav|\bweigh|\blight(?:er|weight)?\b")
_SIZE = re.compile(
    r"misur|dimension|\bgrand[ei]|piccol|capien|ci sta|ci stanno|entra\b|entrano|\bcm\b"
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
        "fodera foderat lining lined",
        "rotel ruot wheel",
        "telefon cellular smartphon phone iphone",
        "touch touchscreen",
        "regolab adjust",
        "vegan animal",
        "litr capien volum",
        "morbid soft",
        "graff scratch resist robust sturd tough",
        "cald warm",
    )
)


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
    return Relevant(
        features=tuple(_fitting(wanted, product, language)),
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


def _fitting(wanted: Iterable[tuple[str, ...]], product: Product, language: str) -> Iterable[str]:
    """Give the features about what was asked, else the sentences of the description."""
    rows = list(wanted)
    listed = product.attributes.get("features") or {}
    features = listed.get(language, ()) if isinstance(listed, dict) else listed
    found = [one for one in features if _about(rows, one)]
    if found:
        return [_DECIMAL.sub(".", one) if language == "en" else one for one in found]
    sentences = _SENTENCE.split(product.description(language))
    return [sentence.rstrip(".;") for sentence in sentences if _about(rows, sentence)]


def _about(rows: list[tuple[str, ...]], text: str) -> bool:
    words = _WORD.findall(text.casefold())
    return any(_has(row, words) for row in rows)


def _has(beginnings: tuple[str, ...], words: Iterable[str]) -> bool:
    return any(
        word == start or (len(start) > 3 and word.startswith(start))
        for word in words
        for start in beginnings
    )
