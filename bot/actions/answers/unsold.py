"""A single word that names nothing of the thing in view, and nothing that the shop sells."""

from bot.actions.answer import Answer
from bot.actions.answers import search
from bot.actions.asked import Asked
from bot.actions.concepts import content_words
from bot.actions.features import relevant
from bot.actions.focus import Action, meant
from bot.actions.shop import Shop

_FEW_WORDS = 3  # "e orologi?", "what about umbrellas?"


def or_else(action: Action) -> Action:
    """Say that a thing is not sold, where its mere name sounds like a question of the one in view.

    "Orologi?", asked beside a backpack, asks for watches; "cerniera?" asks of the backpack.
    """

    async def answered(asked: Asked, shop: Shop) -> Answer:
        words = content_words(asked.text)
        alone = len(words) == 1 and len(asked.text.split()) <= _FEW_WORDS
        if not alone or asked.tapped or asked.entities:
            return await action(asked, shop)
        product = await meant(asked, shop)
        if product and relevant(asked.text, product, shop.language).found:
            return await action(asked, shop)
        found = await search.unsold(asked, shop)
        if found is None:
            return await action(asked, shop)
        # "How much is it?" still asks of the one in view.
        return Answer(found.replies, {**found.slots, "focus": asked.focus})

    return answered
