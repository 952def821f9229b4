"""What a product's row says about the thing that was asked: "ci sta un pc?", "is it heavy?"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.actions.answer import ref
from bot.actions.concepts import (
    Concept,
    content_words,
    mentions,
    named_topics,
    own_concepts,
    sentences,
    told_by,
    without_name,
)
from bot.actions.shop import Shop
from catalog import Product

_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")

_WEIGHT = re.compile(
    r"\bpes(?:[aoi]|ano|asse|erebbe)\b|pesant|legger|\bheav|\bweigh|\blight(?:er|weight)?\b"
    r"|\bgramm[io]\b|\bgrams?\b|\bkilos?\b|\bchil[io]\b|\bkg\b"
)
_SIZE = re.compile(
    r"misur|\bformat[oi]?\b|measur|mesur|dimension|profond|\blarg(?:[ao]|hezz)|\blung(?:[ao]|hezz)|\bgrand[ei]|piccol|capien"
    r"|ci sta|ci stanno|entra\b|entrano|\bcm\b"
    r"|quant[oaie] (?:è|e|e'|sono) alt[oaie]|\balt[oaie] quant|altezza|spess(?:[oa]|ore)\b"
    r"|how (?:high|thick)|\bheight"
    r"|pollic|\binch|\bbig|\bsmall|\blarge|\bfits?\b|\bhold|roomy|how (?:wide|tall|long|deep)"
)
_MATERIAL = re.compile(
    r"material|\bdi (?:che|cosa) (?:è|e'|sono)\b|\bdi cos['’]è\b|fatt[oaie] di\b"
    r"|\b(?:di|con|in) (?:che |cosa|quale)\b.*\bfatt[oaie]"
    r"|from what\b.*\bmade|\bpelle\b|\bvera\b|\bvero\b"
    r"|made (?:of|from|out of)|leather|cashmere|\breal\b|genuine"
)
_THIN = re.compile(r"\bthin|\bsottil|\bnarrow|\bstrett[aoie]\b|\bslim")
_HOW_BIG = re.compile(
    r"\bquanto (?:è|e'|e|sono) grand|\bhow (?:big|large)|\bche (?:misur|dimension)|\bdimension"
    r"|\bwhat size"
)
_WHAT_IT_IS = re.compile(r"material|fatt[oaie]\b|\bmade\b|\bver[oa]\b|\breal\b|genuine")
# "What is it made from?": a row says "plant-based", its description from what.
_MADE_OF_WHAT = re.compile(
    r"\bmade (?:of|from|out of)\b|\b(?:di|con) (?:che|cosa|quale)\b.*\b(?:fatt|material)"
    r"|fatt[oaie] (?:di|con) (?:che|cosa)"
)
_MADE = re.compile(
    r"\bmade (?:of|from|with|out of)\b|\bfatt[oaie] (?:di|con|da)\b|\bnat[oaie] da|\brecycl|ricicl"
)
# "How many would it hold?", "quante ne tiene?": the row tells a number, whatever it counts.
_HOW_MANY_IN = re.compile(
    r"\bhow many (?:would|does|do|can|will|could) (?:it|they|this|that) (?:hold|take|fit|carry)\b"
    r"|\bquant[ei] (?:ne|ce ne|ci) (?:tien|contien|port|st[aà]|stann|entr)\w*"
)
_COUNTED = re.compile(
    r"^(?:one|two|three|four|five|six|eight|ten|twelve|un[oa]?|due|tre|quattro|cinque|sei|otto|dieci"
    r"|dodici|\d+)\s(?!cm|mm|ml|g\b|x\b)",
    re.IGNORECASE,
)
_STUFF = re.compile(
    r"\bcarta|\bpelle\b|\blegno|\bvetro|\bcotone|\blana\b|\bseta\b|\blino\b|\bpaper|\bleather|\bwood"
    r"|\bglass|\bcotton|\bwool|\bsilk|\blinen"
)
_LENGTH = re.compile(r"centimet|millimet|\b(?:cm|mm)\b|\binch|pollic")
_MOST_LINES = 3  # whoever asks one thing reads no more
_SIZES = re.compile(r"\bsizes?\b|\btagli[ae]\b")


@dataclass(frozen=True, slots=True)
class Relevant:
    """What was asked of a product and what its row says about it."""

    features: tuple[str, ...] = ()
    weight: str | None = None
    dimensions: str | None = None
    width: str | None = None
    materials: bool = False
    specific: bool = False

    @property
    def found(self) -> bool:
        """Whether there is anything to tell."""
        measured = self.weight or self.dimensions or self.width
        return bool(self.features or measured or self.materials)


def relevant(text: str, product: Product, language: str) -> Relevant:
    """Return what a product's features, measures and description say about a question."""
    said = text.casefold()
    topics = named_topics(without_name(text, product))
    named = [told_by(topic, said) for topic in topics]
    weight, made_of = bool(_WEIGHT.search(said)), bool(_MATERIAL.search(said))
    size = bool(_SIZE.search(said)) or _asks_measures(said, product)
    words = [word for word in content_words(said, product) if not _measures(word)]
    lines = _lines([*named, *own_concepts(words)], words, product, language)
    found = tuple(_covering(lines))
    if size and not found and not product.attributes.get("dimensions"):
        # "How wide is it?" where only the description tells: "just two centimetres".
        found = tuple(_in_description(_LENGTH, product, language))
    if counted := _HOW_MANY_IN.search(said):
        found = tuple(one for one in features(product, language) if _COUNTED.search(one)) or found
    if not found and _MADE_OF_WHAT.search(said):
        found = tuple(_in_description(_MADE, product, language))
    if not found and made_of and not product.listed("materials"):
        found = tuple(_in_description(_STUFF, product, language))
    # "How big is the candle?", of which the row tells what it weighs.
    unmeasured = _HOW_BIG.search(said) and not found and not product.attributes.get("dimensions")
    of_a_part = bool(found) and any(topic.is_part for topic in topics)
    return Relevant(
        features=found,
        weight=_measure(product, "weight", language) if weight or unmeasured else None,
        dimensions=_measure(product, "dimensions", language) if size and not counted else None,
        width=_measure(product, "width", language) if size or _THIN.search(said) else None,
        # The lining is not what the whole is made of.
        materials=made_of and bool(product.listed("materials")) and not of_a_part,
        specific=bool(named) or weight or size or made_of,
    )


async def told(wanted: Relevant, product: Product, shop: Shop) -> list[Any]:
    """Return what is relevant as values of a text, in words."""
    facts: list[Any] = [{"list": list(wanted.features)}] if wanted.features else []
    if wanted.weight:
        facts.append(ref("feature_weight", weight=wanted.weight))
    if wanted.dimensions:
        facts.append(ref("feature_dimensions", dimensions=wanted.dimensions))
    if wanted.width:
        facts.append(ref("feature_width", width=wanted.width))
    if wanted.materials:
        facts.append(ref("feature_materials", materials={"list": await materials(shop, product)}))
    return facts


def features(product: Product, language: str) -> list[str]:
    """Return what the row lists about a product, in a few words each."""
    return [_in_language(one, language) for one in listed(product, "features", language)]


def listed(product: Product, name: str, language: str) -> list[str]:
    """Return the lines of a row under a name, as they are written for a language or for all."""
    lines = product.attributes.get(name) or {}
    return [str(line) for line in (lines.get(language, ()) if isinstance(lines, dict) else lines)]


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
    return _in_language(str(written), language)


def _in_language(written: str, language: str) -> str:
    """Rows are written with the decimal comma; English readers expect a point."""
    return _DECIMAL.sub(".", written) if language == "en" else written


def _measures(word: str) -> bool:
    return any(kind.search(word) for kind in (_WEIGHT, _SIZE, _WHAT_IT_IS))


def _asks_measures(said: str, product: Product) -> bool:
    """Tell whether "size" means measures: of a thing that has no sizes to choose from."""
    return bool(_SIZES.search(said)) and not product.sizes()


@dataclass(frozen=True, slots=True)
class _Line:
    """A feature or a sentence of a row, and which of the things asked for it tells."""

    text: str
    is_feature: bool
    tells: frozenset[int]
    words: int  # how many of the words of the question stand in it

    def rank(self, left: frozenset[int]) -> tuple[int, bool, bool, int]:
        """Return how well it tells what is left, to be compared with other lines."""
        return len(self.tells & left), bool(self.words), self.is_feature, self.words


def _covering(lines: Sequence[_Line]) -> list[str]:
    """Return the features, or the sentences of the description, that tell what was asked.

    Each tells something that those before it do not. Of those that tell no more than another, one
    in the very words of the question goes first, then a feature. What tells the same is told
    together.
    """
    left = frozenset().union(*(line.tells for line in lines))
    chosen: list[str] = []
    while left and len(chosen) < _MOST_LINES:
        best = max(lines, key=lambda one: one.rank(left))
        now = best.tells & left
        same = (
            o for o in lines if o.tells & left == now and o.rank(left)[:3] == best.rank(left)[:3]
        )
        chosen += [line.text for line in same]
        left -= now
    return list(dict.fromkeys(chosen))[:_MOST_LINES]


def _lines(
    asked: Sequence[Concept], words: Sequence[str], product: Product, language: str
) -> list[_Line]:
    described = sentences(product.description(language))

    def line(text: str, is_feature: bool) -> _Line:
        tells = frozenset(place for place, about in enumerate(asked) if about(text))
        said = sum(mentions(text, [word]) for word in words)
        return _Line(text.rstrip(".;"), is_feature, tells, said)

    return [
        *(line(one, True) for one in features(product, language)),
        *(line(one, False) for one in described),
    ]


def _in_description(wanted: re.Pattern[str], product: Product, language: str) -> Iterable[str]:
    described = sentences(product.description(language))
    return [sentence.rstrip(".;") for sentence in described if wanted.search(sentence.casefold())]
