"""Which size is mine: how to measure, in the shop's own words, and the sizes there are."""

import re
from dataclasses import replace
from typing import Any

from bot.actions.answer import Answer, buy, ref, say, tap
from bot.actions.answers import availability
from bot.actions.answers.size_advice import advised
from bot.actions.answers.versions import bare_size
from bot.actions.asked import Asked
from bot.actions.concepts import named_topics, sentences
from bot.actions.focus import MOST_OFFERED, Action, meant
from bot.actions.shop import Shop
from catalog import Product

MEASURING = "measuring"  # as vocabulary.yaml calls it
# Which of the shop's texts tells how to measure for a category.
GUIDES = {"cinture": "sizes_belts", "guanti": "sizes_gloves", "calzature": "sizes_shoes"}

# "Viene 21 cm, che taglia sarei?", "my hand is 17 and a half".
_MEASURED = re.compile(
    r"\b(?:mano|mani|hands?|palm\w*|nocch\w+|knuckle\w*|metro|tape|vita|waist|piede|foot|fibbia|buckle"
    r"|misur\w+|measur\w+|viene|venuto|came)\b.*\b\d{2,3}\b(?!\s?(?:€|eur))"
    r"|\b\d{2,3}(?:[.,]\d| e mezz[oa]| and a half)?\s?(?:cm|centimet\w+)\b"
    r".*\b(?:che|quale|what|which)\b.*\b(?:taglia|misura|numero|size|that|am i)\b"
    r"|\b(?:\d{2} (?:e mezz[oa]|and a half|½)|\d{2}[.,]5)\b"
    r".*\b(?:taglia|numero|size|prend\w+|take|order)\b",
    re.IGNORECASE,
)


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell how to find the size, for the product or the kind of thing in question, else for all."""
    texts = (await shop.catalog.shop()).texts
    product = await meant(asked, shop)
    category = product.category if product else await _kind(asked, shop)
    topic = GUIDES.get(category or "")
    own = [texts[topic]] if topic in texts else [texts[t] for t in GUIDES.values() if t in texts]
    if product and _is_a_version(asked, product):
        return await availability.about(asked, shop, product)
    if product and topic is None:
        return _measures(asked, shop, product)
    if product is None and topic is None and (each := await _of_each(asked, shop)):
        return each
    lines: list[Any] = [{"text": guide} for guide in own]
    if product and product.sizes():
        lines.append(_there(product, shop))
    lines += _advice(asked, product, category or "", own, shop)
    choices = (buy(product.id), tap("ask_returns", text="choice_returns")) if product else ()
    said = say("size_guide", *choices, guide={"lines": lines})
    kind = asked.value("category")
    if kind and not product and not asked.filters:  # "for men, in black": of what was asked about
        said = replace(said, slots={**said.slots, "filters": {"category": kind}})
    return said.noting(asked, "size_guide", product.id if product else None)


def _is_a_version(asked: Asked, product: Product) -> bool:
    """Tell "in red, size M?" from a question of how to find one's size."""
    said = asked.heard("size") or bare_size(asked, product)
    both = bool(said) and bool(asked.heard("colour"))
    no_guide = bool(product.sizes()) and product.category not in GUIDES
    return (both or no_guide) and not measures(asked.text)


def measures(text: str) -> bool:
    """Tell whether a hand or foot is to be measured: "fino a quanti cm di mano va la S?"."""
    return any(topic.name == MEASURING for topic in named_topics(text))


def or_else(action: Action) -> Action:
    """Answer with the size guide where a measure of one's own is told, else as the action does."""

    async def answered(asked: Asked, shop: Shop) -> Answer:
        told = not asked.tapped and _MEASURED.search(asked.text)
        kind = await _in_view(asked, shop) if told else None
        return await answer(asked, shop) if kind in GUIDES else await action(asked, shop)

    return answered


async def _in_view(asked: Asked, shop: Shop) -> str | None:
    product = await meant(asked, shop)
    return product.category if product else await _kind(asked, shop)


def is_asked(text: str, product: Product) -> bool:
    """Tell whether it is to be measured for a thing that has a size guide."""
    return product.category in GUIDES and measures(text)


async def that_tells(asked: Asked, shop: Shop, product: Product) -> Answer | None:
    """Answer with the size guide where it tells what was asked of a thing, else with nothing."""
    guide = (await shop.catalog.shop()).texts.get(GUIDES.get(product.category, ""), {})
    topics = named_topics(asked.text)
    lines = sentences(guide.get(shop.language, ""))
    told = any(topic.told.search(line.casefold()) for topic in topics for line in lines)
    return await answer(asked, shop) if told else None


async def _of_each(asked: Asked, shop: Shop) -> Answer | None:
    """Tell the measures of what is on the table, where it has no sizes to choose from."""
    shown = await shop.catalog.get(asked.shown[:MOST_OFFERED])
    if len(shown) < 2 or asked.value("category") or any(p.category in GUIDES for p in shown):
        return None
    lines = [
        ref(
            "each_line",
            product=p.name(shop.language),
            facts=ref("feature_dimensions", dimensions=d),
        )
        for p in shown
        if (d := str(p.attributes.get("dimensions") or ""))
    ]
    choices = [tap("ask_details", p.id, title=p.name(shop.language)) for p in shown]
    said = say("each", *choices, lines={"lines": lines})
    return said.noting(asked, "size_guide") if lines else None


async def _kind(asked: Asked, shop: Shop) -> str | None:
    """Return the kind of thing that was named, else the one that is on the table."""
    kinds = {product.category for product in await shop.catalog.get(asked.shown)}
    return asked.value("category") or (kinds.pop() if len(kinds) == 1 else None)


def _advice(
    asked: Asked, product: Product | None, category: str, own: list[Any], shop: Shop
) -> list[Any]:
    """Tell which size a measure means that the message names: "viene 21, che taglia sarei?"."""
    guide = str(own[0].get(shop.language, "")) if len(own) == 1 else ""
    found = advised(asked, product, category, guide)
    return [ref("size_advice", measure=found[0], size=found[1])] if found else []


def _there(product: Product, shop: Shop) -> dict[str, Any]:
    sizes = list(dict.fromkeys(v.size for v in product.variants if v.size and v.stock > 0))
    name = product.name(shop.language)
    return ref("availability_sizes", product=name, sizes={"list": sizes or product.sizes()})


def _measures(asked: Asked, shop: Shop, product: Product) -> Answer:
    """A bag has no size to choose: its measures are the answer."""
    choices = buy(product.id), tap("ask_details", product.id, text="choice_details")
    name, measures = product.name(shop.language), product.attributes.get("dimensions")
    if measures:
        dimensions = ref("feature_dimensions", dimensions=str(measures))
        said = say("feature", *choices, product=name, facts=dimensions)
    else:
        said = say("size_one", *choices, product=name)
    return said.noting(asked, "size_guide", product.id)
