"""Which product a question is about: named, pointed at, in view, or still to be asked."""

import re
from collections.abc import Awaitable, Callable

from bot.actions.answer import Answer, browse, say, tap
from bot.actions.asked import Asked
from bot.actions.pointing import pointed
from bot.actions.shop import Shop
from catalog import Product

Action = Callable[[Asked, Shop], Awaitable[Answer]]
ProductAnswer = Callable[[Asked, Shop, Product], Awaitable[Answer]]
MOST_OFFERED = 5
# "Quella rossa" may be the one in view in red; "the sixth one" of three is nothing at all.
_MAYBE_IN_VIEW = {"this", "one"}
_WORD = re.compile(r"\w+")
_ASKING_WORDS = """
quanto quanti quanta costa costano costerebbe viene vengono prezzo prezzi qual quale quali è e
il la lo i gli le l un una che a di per questo questa ce c ne ma ciao salve buongiorno scusa scusi
grazie disponibile disponibili disponibilità taglia taglie colori colore misure avete dettagli info
informazioni materiale recensioni opinioni how much many is are it does do that this these the
price prices cost costs what s whats of for in hi hello hey please thanks you have available sizes
size colours colors colour color a and details reviews more about tell me
"""
_ASKING = frozenset(_ASKING_WORDS.split())


async def named(asked: Asked, shop: Shop) -> list[Product]:
    """Return the products that the message itself names or points at, in its order."""
    given = asked.args.get("product")
    wanted = [str(value) for value in asked.heard("product")]
    if given and str(given) not in wanted:
        wanted = [str(given)]
    found = [await _get(value, shop) for value in wanted]
    found += await pointed(asked, shop)
    return list({product.id: product for product in found if product}.values())


async def meant(asked: Asked, shop: Shop) -> Product | None:
    """Return the one product that a question can only mean, None when that is open."""
    said = await named(asked, shop)
    if said:
        return said[0]
    if set(asked.heard("ordinal")) - _MAYBE_IN_VIEW:
        return None  # "the sixth one" of three is nothing that we could guess
    in_view = asked.focus or (asked.shown[0] if len(asked.shown) == 1 else None)
    product = await _get(in_view, shop) if in_view else None
    category = asked.value("category")
    if product and category and category != product.category:
        return None
    return product


def about_product(topic: str, answer: ProductAnswer, otherwise: Action | None = None) -> Action:
    """Make an action of an answer about one product; asks which one where that is open."""

    async def action(asked: Asked, shop: Shop) -> Answer:
        product = await meant(asked, shop)
        if product:
            return await answer(asked, shop, product)
        return await which(asked, shop, topic, otherwise)

    return action


async def which(asked: Asked, shop: Shop, topic: str, otherwise: Action | None = None) -> Answer:
    """Ask which of the products shown is meant, or which product at all."""
    new_subject = asked.value("category") is not None
    products = [] if new_subject else await shop.catalog.get(asked.shown[:MOST_OFFERED])
    if products:
        choices = [tap(f"ask_{topic}", p.id, title=p.name(shop.language)) for p in products]
        return say("which_one", *choices, answer="asked")
    if otherwise and _names_something(asked.text):
        return await otherwise(asked, shop)
    return say("which_product", browse(), answer="asked")


def _names_something(text: str) -> bool:
    """Whether a question holds more than asking words: "quanto costa?" names nothing to search."""
    return any(word not in _ASKING for word in _WORD.findall(text.casefold()))


async def _get(value: str, shop: Shop) -> Product | None:
    """Return a product by its id, else by what it is called."""
    found = await shop.catalog.get([value])
    return found[0] if found else await shop.catalog.find(value, shop.language)
