"""What is called by a word for a kind: a money clip is a wallet, and not the wallet in view."""

from bot.actions.asked import Asked
from bot.actions.beside import kinds_said
from bot.actions.concepts import mentions, sentences
from bot.actions.features import features
from bot.actions.shop import Shop
from catalog import Product, ProductQuery


def is_called_so(asked: Asked, product: Product, shop: Shop) -> bool:
    """Tell whether "the collar" is the dog collar in view, of whatever kind collars are else."""
    return mentions(product.name(shop.language), kinds_said(asked))


async def so_called(asked: Asked, in_view: Product, shop: Shop) -> Product | None:
    """Return what is called by the word of its kind: a notebook is not the diary in view.

    What was seen goes first, then the only one that the shop has; None where it has several. The
    one in view is meant where nothing is called so, or where its own row has the word.
    """
    said = kinds_said(asked)
    if _has(in_view, said, shop):
        return in_view
    noted = asked.spoken_of[::-1]
    seen = await shop.catalog.get(list(dict.fromkeys([*noted, *asked.shown])))
    called = [p for p in seen if mentions(p.name(shop.language), said)]
    if called:
        return called[0]
    # "Peccato. Un diffusore?", said of a candle: none was seen, and the shop has one.
    query = ProductQuery(thing=" ".join(said), category=in_view.category, language=shop.language)
    found = await shop.catalog.search(query)
    if not found.named or in_view.id in [product.id for product in found.products]:
        return in_view
    return found.products[0] if found.total == 1 else None


def _has(product: Product, words: list[str], shop: Shop) -> bool:
    row = (*features(product, shop.language), *sentences(product.description(shop.language)))
    lines = (product.name(shop.language), *row)
    return any(all(mentions(line, [word]) for word in words) for line in lines)
