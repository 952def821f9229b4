"""What is written about a thing beside its row: its care, the size guide, what buyers say.

Asked where the row itself does not tell; where nothing does, what the row does tell is said.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.actions.answer import Answer, person, ref, say, tap
from bot.actions.answers import shop_texts, size_guide
from bot.actions.answers.reviews import quoted
from bot.actions.asked import Asked
from bot.actions.concepts import (
    Concept,
    named_concepts,
    named_topics,
    sentences,
    without_name,
)
from bot.actions.features import features, materials
from bot.actions.shop import Shop
from bot.actions.vocabulary import plain
from catalog import Product, ShopInfo

MOST_QUOTED = 2
# As vocabulary.yaml calls them.
CARING = "caring"
CARE_TELLS = frozenset(
    ("caring", "washing", "ironing", "polishing", "drying", "wicking", "rain", "moths", "burning")
)


async def elsewhere(asked: Asked, shop: Shop, product: Product) -> Answer | None:
    """Return what anything but the row says to a question about a thing, None for nothing."""
    wanted = named_concepts(without_name(asked.text, product))
    found = (
        await care_beside(asked, shop, product, ())
        or await size_guide.that_tells(asked, shop, product)
        or _in_reviews(product, wanted, shop)
    )
    if found:
        return found.noting(asked, "details", product.id, words=asked.text)
    return await shop_texts.answer(asked, shop, whole=True)


async def its_care(asked: Asked, shop: Shop, product: Product) -> Answer | None:
    """Tell how a thing is looked after where that was asked: "how does one care for them?"."""
    care = care_of(product, await shop.catalog.shop())
    caring = any(topic.name == CARING for topic in named_topics(asked.text))
    if not care or not caring or asked.tapped:
        return None
    return say_care(product, care, shop).noting(asked, "care", product.id)


async def care_beside(
    asked: Asked, shop: Shop, product: Product, told: Sequence[str]
) -> Answer | None:
    """Return what its care tells of water, heat or washing that the lines told before do not."""
    care = (care_of(product, await shop.catalog.shop()) or {}).get(shop.language, "")
    lines = plain(" ".join(told))
    wanted = [
        topic
        for topic in named_topics(without_name(asked.text, product))
        if topic.name in CARE_TELLS and not topic.told.search(lines)
    ]
    found = [s for s in sentences(care) if any(topic.told.search(plain(s)) for topic in wanted)]
    if not found:
        return None
    details = tap("ask_details", product.id, text="choice_details")
    name, text = product.name(shop.language), {"text": {shop.language: " ".join(found)}}
    return say("feature_in_care", person(), details, answer="none", product=name, care=text)


def say_care(product: Product, care: Mapping[str, str], shop: Shop) -> Answer:
    """Return an answer that tells how a product is looked after."""
    details = tap("ask_details", product.id, text="choice_details")
    name = product.name(shop.language)
    return say("care_product", details, product=name, care={"text": dict(care)})


def care_of(product: Product, info: ShopInfo) -> Mapping[str, str] | None:
    """Return how a product is looked after, by language: its own way, else its material's."""
    return product.care or next(
        (info.care[id_] for id_ in product.listed("materials") if id_ in info.care), None
    )


async def all_that_is(asked: Asked, shop: Shop, product: Product) -> Answer:
    """Say honestly that what was asked is not written, and what is: something else each time."""
    name = product.name(shop.language)
    times = sum(bool(n.get("open")) for n in asked.noted if n.get("product") == product.id)
    known = await _known(product, shop)
    more = tap("ask_details", product.id, text="choice_details")
    if times < len(known):
        facts = known[times]
        said = say("feature_not_told", person(), more, answer="none", product=name, facts=facts)
    else:
        said = say("feature_unknown", person(), more, answer="none", product=name)
    return said.noting(asked, "details", product.id, words=asked.text, open=True)


async def _known(product: Product, shop: Shop) -> list[dict[str, Any]]:
    """Return what a row tells in short, in pieces that are told one after the other."""
    language = shop.language
    first, *rest = sentences(product.description(language).strip()) or [""]
    measures: list[Any] = []
    if made_of := await materials(shop, product):
        measures.append(ref("feature_materials", materials={"list": made_of}))
    if dimensions := product.attributes.get("dimensions"):
        measures.append(ref("feature_dimensions", dimensions=str(dimensions)))
    pieces: list[list[Any]] = [
        [first.rstrip(".;"), *measures],
        [*(one.rstrip(".;") for one in rest)],
        [*features(product, language)],
    ]
    return [{"dots": piece} for piece in pieces if any(piece)]


def _in_reviews(product: Product, wanted: tuple[Concept, ...], shop: Shop) -> Answer | None:
    """Return what buyers have said about it, praise or not, the newest first."""
    voices = sorted(product.reviews, key=lambda review: review.at, reverse=True)
    told = [
        quoted(review, shop.language)
        for review in voices
        if any(about(review.texts.get(shop.language, "")) for about in wanted)
    ]
    if not told:
        return None
    name = product.name(shop.language)
    return say("feature_voices", person(), product=name, quotes={"lines": told[:MOST_QUOTED]})
