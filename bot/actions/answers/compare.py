"""Which of two is better for me: price, material, sizes, rating and stock, side by side."""

import re
from collections.abc import Sequence
from typing import Any

from bot.actions.answer import Answer, browse, buy, ref, say, tap
from bot.actions.answers import details, search, size_guide
from bot.actions.answers.finding import SHOWN
from bot.actions.answers.presenting import intro_of
from bot.actions.answers.versions import bare_size
from bot.actions.asked import Asked
from bot.actions.features import relevant, told
from bot.actions.focus import meant, named
from bot.actions.shop import Shop, cash, in_stock, priced
from catalog import Found, Product, ProductQuery

# A difference that one more review could turn round is no advantage.
_ADVICE = re.compile(r"consigl|scegliere(?:st|i)|prendere(?:st|i) tu|recommend|advise|would you")
RATING_APART = 0.2
_WHOLE_KIND = 100  # products looked at
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
    if pair is None and (told_so := await _those_that_tell(asked, shop)):
        return told_so
    if pair is None:
        return say("compare_need_two", browse(), answer="none")
    if _ADVICE.search(asked.text.casefold()) and (advice := _advice(*pair, shop)):
        slots = {**advice.slots, "shown": [product.id for product in pair]}
        return Answer(advice.replies, slots).noting(asked, "compare")
    return await of_two(pair, asked, shop)


async def _those_that_tell(asked: Asked, shop: Shop) -> Answer | None:
    """Show those of the kind that tell it: "quale è impermeabile?", said of the one shown."""
    kind = asked.filters.get("category")
    if not isinstance(kind, str):
        return None
    query = ProductQuery(category=kind, language=shop.language, limit=_WHOLE_KIND)
    of_kind = [p for p in (await shop.catalog.search(query)).products if p.category == kind]
    able = [p for p in of_kind if relevant(asked.text, p, shop.language).features]
    if not able:
        return None
    if len(able) == 1:
        return await details.about(asked, shop, able[0])
    few = Found(products=tuple(able[:SHOWN]), total=len(able))
    filters = {"category": kind}
    return search.present(few, filters, shop, offset=0, intro=intro_of(few, filters))


async def of_two(
    pair: Sequence[Product], asked: Asked, shop: Shop, *, focus: str | None = None
) -> Answer:
    """Set two side by side, and leave both on the table; `focus` stays in view."""
    asked_of = await _asked_of(asked, pair, shop)
    lines = asked_of or [await _line(product, shop) for product in pair]
    first, second = pair
    if not asked_of:
        usual = _cheaper(first, second, shop), _rated(first, second, shop)
        lines += [text for text in usual if text]
    choices = [tap("ask_details", p.id, title=p.name(shop.language)) for p in pair]
    said = say("compare", *choices, comparison={"lines": lines})
    slots = {**said.slots, "shown": [product.id for product in pair], "focus": focus}
    return Answer(said.replies, slots).noting(asked, "compare")


async def _of_its_sizes(asked: Asked, shop: Shop) -> Answer | None:
    """Tell how to choose between sizes of the one in view: "what is better, 36 or 38?"."""
    product = await meant(asked, shop)
    two_named = len(await named(asked, shop)) > 1
    if product is None or two_named or not product.sizes():
        return None
    sized = asked.heard("size") or bare_size(asked, product)
    return await size_guide.answer(asked, shop) if sized else None


async def _asked_of(asked: Asked, pair: Sequence[Product], shop: Shop) -> list[Any]:
    """Return what was asked of both ("which holds more cards?"), nothing where one does not tell.

    A price asked for is among the usual facts.
    """
    facts = [
        await told(relevant(asked.text, product, shop.language), product, shop) for product in pair
    ]
    if not all(facts):
        return []
    return [
        ref("compare_line", product=product.name(shop.language), facts={"dots": told_of_it})
        for product, told_of_it in zip(pair, facts, strict=True)
    ]


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
        ids += [asked.focus] if ids and asked.focus else []
        ids += _the_two_in_turn(asked) if not ids else []
        in_view = [id_ for id_ in talked_about if id_ in asked.shown]
        ids += [*in_view, *asked.shown, *talked_about]
    products = await shop.catalog.get(list(dict.fromkeys(ids)))
    return (products[0], products[1]) if len(products) > 1 else None


def _the_two_in_turn(asked: Asked) -> list[str]:
    """Return the two last talked about one after the other: "e l'Aurora?" – "che differenza?".

    Nothing where none is in view, or where two are on the table anyway.
    """
    last = asked.spoken_lately[:2]
    on_the_table = len(asked.shown) == 2 and asked.focus in asked.shown
    in_turn = len(last) > 1 and asked.focus == last[0] and not on_the_table
    return last[::-1] if in_turn and not asked.tapped else []


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
