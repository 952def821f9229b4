"""What is it like: description, material, colours, sizes, a card and a real voice."""

from typing import Any

from bot.actions.answer import Answer, buy, ref, show, tap
from bot.actions.asked import Asked
from bot.actions.shop import Shop
from catalog import Product


async def about(asked: Asked, shop: Shop, product: Product) -> Answer:
    """Describe a product from its catalog row and show its card."""
    language = shop.language
    lines: list[Any] = [product.description(language)]
    materials = [
        (await shop.catalog.name_of("material", id_, language)).lower()
        for id_ in product.listed("materials")
    ]
    colours = list(dict.fromkeys(v.colour_name(language) for v in product.variants if v.colour))
    for name, found in (
        ("materials", materials),
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
