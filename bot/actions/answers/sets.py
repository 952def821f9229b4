"""Is a set cheaper than its pieces: what it costs, and what the same things cost on their own."""

import re
from decimal import Decimal
from typing import Any

from bot.actions.answer import Answer, buy, ref, say, tap
from bot.actions.asked import Asked
from bot.actions.features import features
from bot.actions.focus import Action, meant
from bot.actions.shop import Shop, cash
from catalog import Product, ProductQuery

# What a shop calls a thing that is several: no list of its categories is needed.
_SET = re.compile(r"\b(?:set|kit|cofanetto|coffret|bundle)\b", re.IGNORECASE)
MOST_FOUND = 8
_CHEAPER = re.compile(
    r"\bcheaper\b|\bless (?:expensive )?than\b|\bsav(?:e|ing)\w*\b|\bworth (?:it|getting)\b"
    r"|\bbetter value\b"
    r"|\bconvien\w*|\brisparmi\w*|\bcosta(?:no)? (?:di )?meno\b"
    r"|\bspend\w+ (?:di )?meno\b|\bmeno car[oa]\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\bseparat\w*|\bsingol\w*|\bda sol[oaie]\b|\bentramb[ei]\b|\btutt[ei] e due\b"
    r"|\bdue (?:pezzi|cose)\b"
    r"|\bon (?:their|its) own\b|\bindividual\w*|\bboth\b|\bthe two\b|\bone by one\b|\bapart\b"
    r"|\b(?:comprar|prender|buying|getting)\w*\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_PARTS = re.compile(r"\s+(?:e|ed|and)\s+|,\s*")


def or_else(action: Action) -> Action:
    """Compare a set with its pieces where that is asked, else answer as the action does."""

    async def answered(asked: Asked, shop: Shop) -> Answer:
        asks = not asked.tapped and _CHEAPER.search(asked.text) and _APART.search(asked.text)
        found = await meant(asked, shop) if asks else None
        one = found if found and _is_set(found) else None
        told = await _told(asked, shop, one) if one else None
        return told or await action(asked, shop)

    return answered


def _is_set(product: Product) -> bool:
    return any(map(_SET.search, product.names.values()))


async def _told(asked: Asked, shop: Shop, product: Product) -> Answer | None:
    price = shop.price(product)
    if price is None or price.low.amount != price.high.amount:
        return None
    currency, total = price.low.currency, Decimal(0)
    items = []
    for piece in await _pieces(asked, shop, product):
        alone = shop.price(piece)
        if alone is None:
            return None
        total += alone.low.amount
        cost = cash(alone.low.amount, currency)
        items.append(ref("set_piece", product=piece.name(shop.language), cost=cost))
    choices = buy(product.id), tap("ask_availability", product.id, text="choice_availability")
    values: dict[str, Any] = {
        "product": product.name(shop.language),
        "price": cash(price.low.amount, currency),
    }
    if not items:
        said = say("set_price", *choices, **values)
    else:
        values |= {"pieces": {"list": items}, "total": cash(total, currency)}
        said = say("set_or_apart", *choices, **values)
    return said.noting(asked, "price", product.id)


async def _pieces(asked: Asked, shop: Shop, product: Product) -> list[Product]:
    """Return what the set is made of as it is sold alone; nothing where a piece is not clear.

    What was talked about or shown goes before all else that is called so.
    """
    seen = [*asked.spoken_of[::-1], *asked.shown]
    for feature in features(product, shop.language):
        parts = [_WORD.findall(part.casefold()) for part in _PARTS.split(feature)]
        if len(parts) < 2 or not all(parts):
            continue
        found = [await _sold_alone(words, seen, shop) for words in parts]
        return [piece for piece in found if piece] if all(found) else []
    return []


async def _sold_alone(words: list[str], seen: list[str], shop: Shop) -> Product | None:
    query = ProductQuery(words=" ".join(words), language=shop.language, limit=MOST_FOUND)
    found = (await shop.catalog.search(query)).products
    called = [
        p
        for p in found
        if not _is_set(p) and set(words) <= set(_WORD.findall(p.name(shop.language).casefold()))
    ]
    known = [p for p in called if p.id in seen]
    chosen = known or called
    return chosen[0] if len(chosen) == 1 or known else None
