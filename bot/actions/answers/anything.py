"""Words that no intent explains: what the thing in view, the shop's texts or a search say to them.

Nothing is guessed: where none of it has the words, the customer is asked to say it again.
"""

from bot.actions.answer import Answer
from bot.actions.answers import care, details, relative, search, shop_texts, written
from bot.actions.asked import Asked
from bot.actions.concepts import content_words, mentions
from bot.actions.each import of_each
from bot.actions.features import relevant
from bot.actions.focus import MOST_OFFERED, meant
from bot.actions.shop import Shop
from dialogues import executor


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Answer with what has the words of the message, else with nothing: `answer` is `none` then."""
    return (
        await _of_a_product(asked, shop)
        or await shop_texts.answer(asked, shop)
        or await _of_each_shown(asked, shop)
        or await _found(asked, shop)
        or await search.unsold(asked, shop)
        or Answer((), {"result": {"answer": "none"}})
    )


async def _of_a_product(asked: Asked, shop: Shop) -> Answer | None:
    product = await meant(asked, shop)
    if product is None:
        return None
    if relevant(asked.text, product, shop.language).found:
        return await details.about(asked, shop, product)
    looked_after = written.care_of(product, await shop.catalog.shop()) or {}
    words = content_words(asked.text, product)
    if mentions(looked_after.get(shop.language, ""), words):
        return await care.answer(asked, shop)
    return None


async def _of_each_shown(asked: Asked, shop: Shop) -> Answer | None:
    if not executor.asks(asked.text) or asked.value("category"):
        return None
    shown = await shop.catalog.get(asked.shown[:MOST_OFFERED])
    able = [p for p in shown if relevant(asked.text, p, shop.language).features]
    if len(able) == 1:  # "is there one that smells of lavender?"
        return await details.about(asked, shop, able[0])
    return await of_each(asked, shop, "details", shown) if len(shown) > 1 else None


async def _found(asked: Asked, shop: Shop) -> Answer | None:
    """Search where something was named or wished for, and take nothing but what fits."""
    if not asked.entities and not executor.seeks(asked.text):
        return None
    found = await relative.answer(asked, shop)
    return found if (found.slots.get("result") or {}).get("exact") else None
