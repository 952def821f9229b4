"""Which size is mine: how to measure, in the shop's own words, and the sizes there are.

For which kinds of things there is a guide, what is measured and what it means, the shop writes:
`size_guides` in its facts. Of a shop without any the sizes and measures of its things are told.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from bot.actions.answer import Answer, buy, ref, say, tap
from bot.actions.answers import availability
from bot.actions.answers.size_advice import advised
from bot.actions.answers.versions import bare_size
from bot.actions.asked import Asked
from bot.actions.concepts import named_topics, sentences
from bot.actions.focus import MOST_OFFERED, Action, meant, which
from bot.actions.shop import Shop
from bot.actions.vocabulary import listed, pattern, plain
from catalog import Product, SizeGuide, guide_for

MEASURING = "measuring"  # as vocabulary.yaml calls it
_MEASURING = "metro, tape, misur*, measur*, viene, venuto, came"
# "Viene 21 cm, che taglia sarei?", "my hand is 17 and a half".
_NUMBER_THEN = r".*\b\d{2,3}\b(?!\s?(?:€|eur))"
_MEASURED = (
    r"\b\d{2,3}(?:[.,]\d| e mezz[oa]| and a half)?\s?(?:[cm]m|(?:centi|milli)met\w+)\b"
    r".*\b(?:che|quale|what|which)\b.*\b(?:taglia|misura|numero|size|that|am i)\b"
    r"|\b(?:\d{2} (?:e mezz[oa]|and a half|½)|\d{2}[.,]5)\b"
    r".*\b(?:taglia|numero|size|prend\w+|take|order)\b"
)


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell how to find the size, for the product or the kind of thing in question, else for all."""
    guides = await shop.size_guides()
    product = await meant(asked, shop)
    guide = guide_for(guides, product.category if product else await _kind(asked, shop))
    if product and _is_a_version(asked, product, guide):
        return await availability.about(asked, shop, product)
    if product and guide is None:
        return _measures(asked, shop, product)
    if guide is None and (each := await _of_each(asked, shop, guides)):
        return each
    lines: list[Any] = [{"text": one.text} for one in ([guide] if guide else guides)]
    if not lines:
        return await which(asked, shop, "size_guide")
    if product and product.sizes():
        lines.append(_there(product, shop))
    lines += _advice(asked, product, guide)
    choices = (buy(product.id), tap("ask_returns", text="choice_returns")) if product else ()
    said = say("size_guide", *choices, guide={"lines": lines})
    kind = asked.value("category")
    if kind and not product and not asked.filters:  # "for men, in black": of what was asked about
        said = replace(said, slots={**said.slots, "filters": {"category": kind}})
    return said.noting(asked, "size_guide", product.id if product else None)


def _is_a_version(asked: Asked, product: Product, guide: SizeGuide | None) -> bool:
    """Tell "in red, size M?" from a question of how to find one's size."""
    said = asked.heard("size") or bare_size(asked, product)
    both = bool(said) and bool(asked.heard("colour"))
    no_guide = bool(product.sizes()) and guide is None
    return (both or no_guide) and not measures(asked.text)


def measures(text: str) -> bool:
    """Tell whether a hand or foot is to be measured: "fino a quanti cm di mano va la S?"."""
    return any(topic.name == MEASURING for topic in named_topics(text))


def or_else(action: Action) -> Action:
    """Answer with the size guide where a measure of one's own is told, else as the action does."""

    async def answered(asked: Asked, shop: Shop) -> Answer:
        guides = () if asked.tapped else await shop.size_guides()
        told = bool(guides) and _tells_a_measure(asked.text, guides)
        guide = guide_for(guides, await _in_view(asked, shop)) if told else None
        return await answer(asked, shop) if guide else await action(asked, shop)

    return answered


def _tells_a_measure(text: str, guides: tuple[SizeGuide, ...]) -> bool:
    measured = ", ".join((_MEASURING, *(one.measured for one in guides if one.measured)))
    return bool(_measured(measured).search(plain(text)))


@lru_cache(maxsize=8)
def _measured(words: str) -> re.Pattern[str]:
    return re.compile(f"{pattern(listed(words)).pattern}{_NUMBER_THEN}|{_MEASURED}")


async def _in_view(asked: Asked, shop: Shop) -> str | None:
    product = await meant(asked, shop)
    return product.category if product else await _kind(asked, shop)


async def is_asked(text: str, product: Product, shop: Shop) -> bool:
    """Tell whether it is to be measured for a thing that has a size guide."""
    return measures(text) and guide_for(await shop.size_guides(), product.category) is not None


async def that_tells(asked: Asked, shop: Shop, product: Product) -> Answer | None:
    """Answer with the size guide where it tells what was asked of a thing, else with nothing."""
    guide = guide_for(await shop.size_guides(), product.category)
    topics = named_topics(asked.text)
    lines = sentences(guide.text.get(shop.language, "")) if guide else []
    told = any(topic.told.search(line.casefold()) for topic in topics for line in lines)
    return await answer(asked, shop) if told else None


async def _of_each(asked: Asked, shop: Shop, guides: tuple[SizeGuide, ...]) -> Answer | None:
    """Tell the measures of what is on the table, where it has no sizes to choose from."""
    shown = await shop.catalog.get(asked.shown[:MOST_OFFERED])
    guided = any(guide_for(guides, product.category) for product in shown)
    if len(shown) < 2 or asked.value("category") or guided:
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


def _advice(asked: Asked, product: Product | None, guide: SizeGuide | None) -> list[Any]:
    """Tell which size a measure means that the message names: "viene 21, che taglia sarei?"."""
    found = advised(asked, product, guide) if guide else None
    return [ref("size_advice", measure=found[0], size=found[1])] if found else []


def _there(product: Product, shop: Shop) -> dict[str, Any]:
    sizes = list(dict.fromkeys(v.size for v in product.variants if v.size and v.stock > 0))
    name = product.name(shop.language)
    return ref("availability_sizes", product=name, sizes={"list": sizes or product.sizes()})


def _measures(asked: Asked, shop: Shop, product: Product) -> Answer:
    """A bag has no size to choose: its measures are the answer; else which sizes there are."""
    choices = buy(product.id), tap("ask_details", product.id, text="choice_details")
    name, measures = product.name(shop.language), product.attributes.get("dimensions")
    if measures:
        dimensions = ref("feature_dimensions", dimensions=str(measures))
        said = say("feature", *choices, product=name, facts=dimensions)
    elif product.sizes():
        said = say("size_guide", *choices, guide={"lines": [_there(product, shop)]})
    else:
        said = say("size_one", *choices, product=name)
    return said.noting(asked, "size_guide", product.id)
