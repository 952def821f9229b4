"""What is it like: the thing that was asked, else description, colours and a real voice."""

import re
from typing import Any

from bot.actions.answer import Answer, buy, person, ref, say, show, tap
from bot.actions.asked import Asked
from bot.actions.features import Relevant, relevant
from bot.actions.shop import Shop
from catalog import Product

_INITIALS = re.compile(
    r"inizial|monogramm|incid|incision|personalizz|initials?\b|monogram|engrav|personali[sz]"
)


async def about(asked: Asked, shop: Shop, product: Product) -> Answer:
    """Answer what was asked of a product, or describe it from its catalog row and show its card."""
    if _INITIALS.search(asked.text.casefold()):
        personal = await _personalisation(shop, product)
        if personal:
            return personal.noting(asked, "details", product.id)
    wanted = relevant(asked.text, product, shop.language)
    if wanted.found and not asked.args.get("product"):
        return await _to_the_point(asked, shop, product, wanted)
    if wanted.specific and not wanted.found:
        return _unknown(asked, shop, product)
    return await _everything(asked, shop, product)


async def _personalisation(shop: Shop, product: Product) -> Answer | None:
    own = (await shop.catalog.shop()).texts.get("personalisation")
    return say("shop_text", buy(product.id), text={"text": own}) if own else None


async def _to_the_point(asked: Asked, shop: Shop, product: Product, wanted: Relevant) -> Answer:
    """Tell only what was asked: somebody who asks for the weight has read the description."""
    lines: list[Any] = []
    if wanted.features:
        lines.append({"list": list(wanted.features)})
    if wanted.weight:
        lines.append(ref("feature_weight", weight=wanted.weight))
    if wanted.dimensions:
        lines.append(ref("feature_dimensions", dimensions=wanted.dimensions))
    if wanted.materials:
        lines.append(ref("feature_materials", materials={"list": await _materials(shop, product)}))
    choices = (
        buy(product.id),
        tap("ask_availability", product.id, text="choice_availability"),
        tap("ask_delivery", product.id, text="choice_delivery"),
    )
    name = product.name(shop.language)
    said = say("feature", *choices, product=name, facts={"dots": lines})
    return said.noting(asked, "details", product.id)


def _unknown(asked: Asked, shop: Shop, product: Product) -> Answer:
    """Say honestly that the row does not tell, instead of telling something else."""
    details = tap("ask_details", product.id, text="choice_details")
    said = say(
        "feature_unknown", person(), details, answer="none", product=product.name(shop.language)
    )
    return said.noting(asked, "details", product.id)


async def _everything(asked: Asked, shop: Shop, product: Product) -> Answer:
    language = shop.language
    lines: list[Any] = [product.description(language)]
    colours = list(dict.fromkeys(v.colour_name(language) for v in product.variants if v.colour))
    for name, found in (
        ("materials", await _materials(shop, product)),
        ("colours", colours),
        ("sizes", product.sizes()),
    ):
        if found:
            lines.append(ref(f"details_{name}", **{name: {"list": found}}))
    if dimensions := product.attributes.get("dimensions"):
        lines.append(ref("details_dimensions", dimensions=str(dimensions)))
    choices = (
        buy(product.id),
        tap("ask_availability", product.id, text="choice_availability"),
        tap("ask_delivery", product.id, text="choice_delivery"),
    )
    item = shop.item(product, *choices, quote=True)
    answer = show([item], "details", about={"lines": lines})
    shown = list(asked.shown) if product.id in asked.shown else [product.id]
    slots = {**answer.slots, "shown": shown, "focus": product.id}
    return Answer(answer.replies, slots).noting(asked, "details", product.id)


async def _materials(shop: Shop, product: Product) -> list[str]:
    return [
        (await shop.catalog.name_of("material", id_, shop.language)).lower()
        for id_ in product.listed("materials")
    ]
