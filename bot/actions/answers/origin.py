"""Where a thing comes from: the place that its row names, then who makes it."""

import re

from bot.actions.answer import Answer, say
from bot.actions.answers import about_shop
from bot.actions.asked import Asked
from bot.actions.concepts import sentences
from bot.actions.focus import Action, meant
from bot.actions.shop import Shop
from catalog import Product

# "Is it made in Italy or abroad?": told by the shop of itself.
_ORIGIN = re.compile(
    r"\bmade (?:in|where|abroad|by)\b|\bwhere\b.*\b(?:made|from)\b|\bcome from\b|\bimported\b"
    r"|\b(?:fatt|prodott|cucit|realizzat|stampat)[oaie] (?:in|a(?! (?:mano|macchina))|da|qui)\b"
    r"|\b(?:where|dove)\b.*\b(?:print|woven|sewn|fatt|prodott|produc|cucit|stampat|tessut|fann|fate\b)"
    r"|\bprovien|\bprovenienz|\bin cina\b|\bin china\b",
    re.IGNORECASE,
)

# "Printed in Como", "wool from South Tyrol": a name with a capital behind where it comes from.
_A_PLACE = re.compile(r"\b(?:in|from|at|di|da|a|dal|dall['’]|del|dell['’])\s?(?-i:[A-Z][a-z]+)")


def is_asked(text: str) -> bool:
    """Tell whether it is asked where a thing is made."""
    return bool(_ORIGIN.search(text))


def or_else(action: Action) -> Action:
    """Tell where the thing in view comes from where its row does, else act: "is it from China?"."""

    async def answered(asked: Asked, shop: Shop) -> Answer:
        asks = is_asked(asked.text) and not asked.tapped
        product = await meant(asked, shop) if asks else None
        if product is None or not _places(product, shop):
            return await action(asked, shop)
        return await told(asked, shop, product)

    return answered


async def told(asked: Asked, shop: Shop, product: Product) -> Answer:
    """Tell the place that the description names ("printed in Como"), then who makes it."""
    places = _places(product, shop)
    shops = await about_shop.answer(asked, shop)
    if not places:
        return shops
    name = product.name(shop.language)
    return say("feature", product=name, facts={"list": places}).and_then(shops)


def _places(product: Product, shop: Shop) -> list[str]:
    """Return the sentences of a description that name a place: "Printed in Como"."""
    story = sentences(product.description(shop.language))
    return [line.rstrip(".;") for line in story if _A_PLACE.search(line)]
