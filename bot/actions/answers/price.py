"""What does it cost: of a product, or of one of its colours and sizes."""

import re
from typing import Any

from bot.actions.answer import Answer, buy, person, say, show, tap
from bot.actions.answers import availability, details, total
from bot.actions.answers.versions import Version, wanted_version
from bot.actions.asked import Asked
from bot.actions.features import features, relevant
from bot.actions.shop import Shop, cash, priced
from catalog import Product

# "Why is it so expensive?" is answered with what it is worth it for.
_WHY = re.compile(
    r"\bwhy\b|\bhow come\b|\bperch[eéè]\b|\bx(?:ch|k)[eéè]\b|\bcome mai\b", re.IGNORECASE
)


# Heard as a price without a word of it, a question may be about the thing: "what is in the set?".
_COSTS = re.compile(
    r"\bcost|\bpri[cz]|\bspes|\bspen|\bvien|\bveng|\bverre|\bcar[oaie]\b|\bsold|€|\beur"
    r"|\bhow much|\bhw m|\bmuch\b|\bcharge|\bexpens|\bdear\b|\bcheap|\bpay|\bmoney|\bquid|\bdamage"
    r"|\$|£",
    re.IGNORECASE,
)
_A_FEW = range(3, 6)  # of two the range says all
# Of a price, and of how big it is, too.
_HOW_MUCH = re.compile(r"\bquanto\b|\bqnt\b", re.IGNORECASE)


async def about(asked: Asked, shop: Shop, product: Product) -> Answer:
    """Tell the price, of the colour and size asked for where they were named."""
    if together := await total.answer(asked, shop):
        return together
    if _asks_of_it(asked, product, shop):
        return await details.about(asked, shop, product)
    version = await wanted_version(asked, shop, product)
    answer = _said(asked, shop, product, version)
    if version.said and not version.variants and asked.heard("colour"):
        # "The dark brown one, how much?" of a thing that is not made in dark brown.
        answer = availability.not_there(shop, product, version).and_then(answer)
    if _WHY.search(asked.text) and (worth := features(product, shop.language)):
        told = say("feature", product=product.name(shop.language), facts={"list": worth})
        answer = answer.and_then(told)
    return answer.noting(asked, "price", product.id, colour=version.colour, size=version.size)


def _asks_of_it(asked: Asked, product: Product, shop: Shop) -> bool:
    """Tell whether no price is asked for: "e alta quanto?", "quanto e grande?"."""
    if asked.tapped or _COSTS.search(asked.text):
        return False
    row = relevant(asked.text, product, shop.language)
    measured = bool(row.dimensions or row.weight or row.width)
    told = bool(row.features) and not _HOW_MUCH.search(asked.text)
    return measured or told or details.asks_amounts(asked, product)


def _each_price(shop: Shop, product: Product) -> list[dict[str, Any]]:
    """Return the prices of a thing that has a few, from the lowest; nothing says less than they."""
    prices = [shop.price(product, [one]) for one in product.variants]
    amounts = sorted({one.low.amount for one in prices if one})
    currency = next(one.low.currency for one in prices if one)
    return [cash(amount, currency) for amount in amounts] if len(amounts) in _A_FEW else []


def _said(asked: Asked, shop: Shop, product: Product, version: Version) -> Answer:
    price = shop.price(product, version.variants or None)
    values: dict[str, Any] = {"product": product.name(shop.language), "version": version.words}
    if price is None:
        return say("price_check", person(), answer="none", **values)
    text = "price_range" if price.low.amount != price.high.amount else "price_one"
    if version.variants and version.words:
        text = "price_version"
    values["price"] = priced(price)
    if text == "price_range" and (each := _each_price(shop, product)):
        text, values["prices"] = "price_each", {"list": each}
    choices = (
        buy(product.id),
        tap("ask_availability", product.id, text="choice_availability"),
        tap("ask_delivery", product.id, text="choice_delivery"),
    )
    if product.id in asked.shown or asked.focus == product.id:
        return say(text, *choices, **values)
    return show([shop.item(product, *choices, variants=version.variants or None)], text, **values)
