"""Which of two is better for me: price, material, sizes, rating and stock, side by side."""

import re
from typing import Any

from bot.actions.answer import Answer, browse, buy, ref, say, tap
from bot.actions.answers import search, size_guide
from bot.actions.answers.versions import bare_size
from bot.actions.asked import Asked
from bot.actions.features import relevant, told
from bot.actions.focus import meant, named
from bot.actions.shop import Shop, cash, in_stock, priced
from catalog import Product

# A difference that one more review could turn round is no advantage.
_ADVICE = re.compile(r"consigl|scegliere(?:st|i)|prendere(?:st|i) tu|recommend|advise|would you")
RATING_APART = 0.2
FEWEST_REVIEWS = 5


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Compare the two named, else the two last talked about, else the first two shown."""
    if sizes := await _of_its_sizes(asked, shop):
        return sizes
    pair = await _pair(asked, shop)
    if pair is None and (asked.heard("compared") or asked.heard("category")):
        return await search.answer(
            asked, shop
        )  # "which backpack would you recommend?", "anything cheaper than the Dante?"
    if pair is None:
        return say("compare_need_two", browse(), answer="none")
    first, second = pair
    if _ADVICE.search(asked.text.casefold()) and (advice := _advice(first, second, shop)):
        slots = {**advice.slots, "shown": [first.id, second.id]}
        return Answer(advice.replies, slots).noting(asked, "compare")
    lines = await _lines(asked, pair, shop)
    lines += [text for text in (_cheaper(first, second, shop), _rated(first, second, shop)) if text]
    choices = [tap("ask_details", p.id, title=p.name(shop.language)) for p in pair]
    said = say("compare", *choices, comparison={"lines": lines})
    slots = {**said.slots, "shown": [first.id, second.id], "focus": None}
    return Answer(said.replies, slots).noting(asked, "compare")


async def _of_its_sizes(asked: Asked, shop: Shop) -> Answer | None:
    """Tell how to choose between sizes of the one in view: "what is better, 36 or 38?"."""
    product = await meant(asked, shop)
    two_named = len(await named(asked, shop)) > 1
    if product is None or two_named or not product.sizes():
        return None
    sized = asked.heard("size") or bare_size(asked, product)
    return await size_guide.answer(asked, shop) if sized else None


async def _lines(asked: Asked, pair: tuple[Product, ...], shop: Shop) -> list[Any]:
    """Set side by side what was asked ("which holds more cards?"), else the usual facts."""
    asked_of = [
        await told(relevant(asked.text, product, shop.language), product, shop) for product in pair
    ]
    if all(asked_of):
        names = [product.name(shop.language) for product in pair]
        return [
            ref("compare_line", product=name, facts={"dots": facts})
            for name, facts in zip(names, asked_of, strict=True)
        ]
    return [await _line(product, shop) for product in pair]


def _advice(first: Product, second: Product, shop: Shop) -> Answer | None:
    """Recommend what customers like better, and say that this is why; None without a reason."""
    voted = [p for p in (first, second) if p.rating is not None and p.reviews_count]
    if not voted:
        return None
    best = max(voted, key=lambda p: (p.rating or 0, p.reviews_count))
    price = shop.price(best)
    choices = buy(best.id), tap("ask_details", best.id, text="choice_details")
    stars = {"stars": {"rating": best.rating, "count": best.reviews_count}}
    return say(
        "compare_advice",
        *choices,
        product=best.name(shop.language),
        stars=stars,
        price=priced(price) if price else None,
    )


async def _pair(asked: Asked, shop: Shop) -> tuple[Product, Product] | None:
    ids = [product.id for product in await named(asked, shop)]
    if len(ids) < 2:
        talked_about = asked.spoken_of[::-1]
        in_view = [id_ for id_ in talked_about if id_ in asked.shown]
        ids += [asked.focus] if ids and asked.focus else []
        ids += [*in_view, *asked.shown, *talked_about]
    products = await shop.catalog.get(list(dict.fromkeys(ids)))
    return (products[0], products[1]) if len(products) > 1 else None


async def _line(product: Product, shop: Shop) -> dict[str, Any]:
    language = shop.language
    price, stock = shop.price(product), shop.stock(product)
    facts: list[Any] = [priced(price) if price else ref("card_price_unknown")]
    materials = product.listed("materials")
    if materials:
        names = [
            (await shop.catalog.name_of("material", id_, language)).lower() for id_ in materials
        ]
        facts.append({"list": names})
    if sizes := product.sizes():
        facts.append(ref("compare_sizes", sizes={"list": sizes}))
    if product.rating is not None and product.reviews_count:
        facts.append({"stars": {"rating": product.rating, "count": product.reviews_count}})
    if stock is not None:
        facts.append(in_stock(stock))
    return ref("compare_line", product=product.name(language), facts={"dots": facts})


def _cheaper(first: Product, second: Product, shop: Shop) -> dict[str, Any] | None:
    one, other = shop.price(first), shop.price(second)
    if not one or not other or one.low.currency != other.low.currency:
        return None
    difference = other.low.amount - one.low.amount
    if not difference:
        return ref("compare_same_price")
    cheaper = first if difference > 0 else second
    return ref(
        "compare_cheaper",
        product=cheaper.name(shop.language),
        difference=cash(abs(difference), one.low.currency),
    )


def _rated(first: Product, second: Product, shop: Shop) -> dict[str, Any] | None:
    if min(first.reviews_count, second.reviews_count) < FEWEST_REVIEWS:
        return None
    apart = (first.rating or 0) - (second.rating or 0)
    if abs(apart) < RATING_APART:
        return None
    better = first if apart > 0 else second
    return ref("compare_rated", product=better.name(shop.language))
