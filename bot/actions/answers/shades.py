"""What a colour is really like: its picture, and what buyers say of it: "il rosso è acceso?"."""

import re

from bot.actions.answer import Answer, buy, say, show, tap
from bot.actions.answers.reviews import quoted
from bot.actions.answers.versions import colour_name
from bot.actions.asked import Asked
from bot.actions.concepts import mentions
from bot.actions.shop import Shop
from catalog import Product
from dialogues import executor

_SHADE = re.compile(
    r"\btonalit[aà]\b|\bsfumatur\w|\bacces[oaie]\b|\bdal vivo\b|\bshades?\b|\bin real life\b"
    r"|\b(?:tanto|troppo|molto|proprio|pi[uù]) (?:scur|chiar|viv)"
    r"|\b(?:[eè]|sono) (?:(?:un|una) )?(?:scur[oaie]|chiar[oaie]|viv[oaie])\b"
    r"|\b(?:bright|dark|pale|vivid)(?:er|ish)?\b.*\?",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"\b(?:che (?:tipo di )?|(?:what|which) (?:kind|sort|type) of )$", re.IGNORECASE
)


async def answer(asked: Asked, shop: Shop, product: Product) -> Answer | None:
    """Show a colour that a question asks the shade of, None where none is asked."""
    colour = asked.value("colour") or asked.last_version(product.id).get("colour")
    if asked.tapped or not colour or not _asks_shade(asked):
        return None
    variants = tuple(product.matching(colour=str(colour)))
    if not variants:
        return None
    name = await colour_name(str(colour), variants, shop)
    choices = buy(product.id), tap("ask_availability", product.id, text="choice_colours")
    item = shop.item(product, *choices, variants=variants)
    answer = show([item], "shade", product=product.name(shop.language), colour=name)
    kept = list(asked.shown) if product.id in asked.shown else [product.id]
    answer = Answer(answer.replies, {**answer.slots, "shown": kept, "focus": product.id})
    voices = [
        quoted(review, shop.language)
        for review in product.reviews
        if mentions(review.texts.get(shop.language, ""), name.split())
    ]
    if voices:
        told = say(
            "feature_voices", product=product.name(shop.language), quotes={"lines": voices[:2]}
        )
        answer = Answer((*answer.replies, *told.replies), answer.slots)
    return answer.noting(asked, "availability", product.id, colour=colour)


def _asks_shade(asked: Asked) -> bool:
    """Tell whether a shade is asked for: "dark brown?" is a colour, "is it dark?" asks of one."""
    text = asked.text
    for entity in asked.entities:
        if entity.entity == "colour" and entity.start is not None and entity.end is not None:
            if _WHICH.search(asked.text[: entity.start]) and not asked.heard("product"):
                return executor.asks(asked.text)
            text = f"{text[: entity.start]}{' ' * (entity.end - entity.start)}{text[entity.end :]}"
    return bool(_SHADE.search(text)) and executor.asks(asked.text)
