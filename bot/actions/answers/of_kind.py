"""Which of a kind has what is asked for: "which belt is nickel free?", "quali borse hanno la zip?".

The words ask of all that the shop has of the kind, whatever is in view.
"""

import re
from collections.abc import Sequence

from bot.actions.answer import Answer
from bot.actions.answers import details
from bot.actions.asked import Asked
from bot.actions.concepts import content_words, named_topics, own_concepts, sentences, told_by
from bot.actions.each import of_each
from bot.actions.features import features
from bot.actions.focus import Action
from bot.actions.shop import Shop
from catalog import Product, ProductQuery

_OF_ALL = 40  # of a kind, in a shop of some hundred products
_MOST = 4  # told in one answer
_WHICH = re.compile(
    r"\b(?:which|any of|do any|qual[ei]?)"
    r"(?:\s+(?:of|your|the|tra|fra|le|i|delle|dei|vostr[ei])){0,3}\s+$",
    re.IGNORECASE,
)
# "Got one without nickel?", said of a belt in view: of all belts.
_ONE_WITH = re.compile(
    r"\b(?:got|have|do|make|sell|there|any|avete|fate|c['’]\s?[eè]|n['’]\s?[eè]|ne)\b(?:\W+\w+){0,3}?\W+"
    r"(?:ones?|un[ao])\s+(?:with|without|that|which|senza|con|che)\b",
    re.IGNORECASE,
)
# Who says more than a kind is searched for, not asked about.
_MORE = (
    "product", "colour", "size", "recipient", "occasion", "max_price", "min_price", "about_price",
    "compared", "quantity", "ordinal",
)  # fmt: skip


def or_of_the_kind(action: Action) -> Action:
    """Name those of a kind that have what is asked for, else answer as the action does."""

    async def answer(asked: Asked, shop: Shop) -> Answer:
        kind = None if asked.tapped or asked.args else await _kind(asked, shop)
        told = await _told(kind, asked, shop) if kind else None
        return told or await action(asked, shop)

    return answer


async def _kind(asked: Asked, shop: Shop) -> str | None:
    """Return the kind behind a "which", or that of the thing in view; None where more is said."""
    kinds = [e for e in asked.entities if e.entity == "category" and e.start is not None]
    if len(kinds) > 1 or any(asked.heard(name) for name in _MORE):
        return None
    if kinds:
        return str(kinds[0].value) if _WHICH.search(asked.text[: kinds[0].start]) else None
    if not asked.focus or not _ONE_WITH.search(asked.text):
        return None
    return next((p.category for p in await shop.catalog.get([asked.focus])), None)


async def _told(kind: str, asked: Asked, shop: Shop) -> Answer | None:
    query = ProductQuery(category=kind, language=shop.language, limit=_OF_ALL)
    products = (await shop.catalog.search(query)).products
    rest = _without_kinds(asked)
    able = _best(rest, products, shop.language)
    if not able or len(able) == len(products):
        return None
    about = asked.model_copy(update={"text": rest, "entities": ()})
    if len(able) == 1:
        return await details.about(about, shop, able[0])
    told = await of_each(about, shop, "details", able[:_MOST])
    shown = {"shown": [product.id for product in able[:_MOST]], "focus": None}
    return Answer(told.replies, {**told.slots, **shown}) if told else None


def _without_kinds(asked: Asked) -> str:
    """Return the text without the word of the kind, which every one of it is called by."""
    text = asked.text
    for kind in (e for e in asked.entities if e.entity == "category" and e.end is not None):
        text = f"{text[: kind.start]} {text[kind.end :]}"
    return text


def _best(text: str, products: Sequence[Product], language: str) -> list[Product]:
    """Return the products of which one line tells the most of what is asked."""
    topics = [told_by(topic, text) for topic in named_topics(text)]
    topics += own_concepts(content_words(text))
    tells = {
        product.id: max(
            (sum(topic(line) for topic in topics) for line in _lines(product, language)), default=0
        )
        for product in products
    }
    most = max(tells.values(), default=0)
    return [product for product in products if most and tells[product.id] == most]


def _lines(product: Product, language: str) -> list[str]:
    return [*features(product, language), *sentences(product.description(language))]
