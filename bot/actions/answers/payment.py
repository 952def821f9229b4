"""How can I pay."""

from collections.abc import Mapping

from bot.actions.answer import Answer, buy, say, tap
from bot.actions.asked import Asked
from bot.actions.focus import meant
from bot.actions.shop import Shop


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Name every way to pay."""
    ways = (await shop.catalog.shop()).payment
    product = await meant(asked, shop)
    choices = [buy(product.id)] if product else []
    choices.append(tap("ask_delivery", text="choice_delivery"))
    named = next((way for way in ways if _is_named(way.id, way.names, asked)), None)
    if named:
        said = say("payment_yes", *choices, way={"text": named.names})
    else:
        said = say("payment", *choices, ways={"list": [{"text": way.names} for way in ways]})
    return said.noting(asked, "payment", product.id if product else None)


def _is_named(id_: str, names: Mapping[str, str], asked: Asked) -> bool:
    """Whether the customer asks about this way to pay ("is PayPal all right?")."""
    text = asked.text.casefold()
    return any(name.casefold() in text for name in (id_.replace("-", " "), *names.values()))
