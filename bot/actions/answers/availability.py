"""Is it there: by colour and size, now; what else is there where it is not."""

import re
from collections.abc import Sequence
from typing import Any

from bot.actions.adding import said_alone
from bot.actions.answer import Answer, buy, person, ref, say, show, tap
from bot.actions.answers import shades
from bot.actions.answers.versions import (
    Version,
    among_all_colours,
    bare_size,
    wanted_version,
)
from bot.actions.asked import Asked
from bot.actions.concepts import counts
from bot.actions.features import relevant, told
from bot.actions.shop import FEW_LEFT, Shop, in_stock, priced
from catalog import Product, Variant
from dialogues import executor, purchase

_RESTOCK = re.compile(
    r"\bquando (?:ri)?(?:torn|arriv|rientr)|riassort|torna disponibil|back in stock"
    r"|when (?:will|does|is|are).*(?:back|again|more)|restock"
)
# "What are the dimensions of the 15 inch one?"
_MEASURES = re.compile(
    r"\bmisure\b|\bdimension|\bmeasure|\bquanto (?:è|e'|e) grand|\bhow (?:big|large)\b",
    re.IGNORECASE,
)


async def about(asked: Asked, shop: Shop, product: Product) -> Answer:
    """Tell what there is of a product now, in the colour and size asked for or at all."""
    if shade := await shades.answer(asked, shop, product):
        return shade
    all_colours = await among_all_colours(asked, shop, product)
    version = all_colours or await wanted_version(asked, shop, product)
    answer = _said(asked, shop, product, version)
    wanted = relevant(asked.text, product, shop.language)
    measured = wanted.dimensions and (not version.said or _MEASURES.search(asked.text))
    # "In the 15 inch, have you got six?" names a version, too.
    version_named = asked.heard("colour") or asked.heard("size") or bare_size(asked, product)
    of_it = measured or (wanted.features and not version_named)
    if of_it and not asked.tapped:
        # "How many sachets are in one pack?" is answered by the row, whatever it sounds like; "what
        # colour is the buckle?", with the size of before still in mind, by nothing else.
        facts = {"dots": await told(wanted, product, shop)}
        row = say("feature", product=product.name(shop.language), facts=facts)
        answer = row if version.said and not version_named else row.and_then(answer)
    return answer.noting(
        asked, "availability", product.id, colour=version.colour, size=version.size
    )


async def gone(asked: Asked, shop: Shop, product: Product) -> Answer | None:
    """Say that what somebody wants to buy is sold out, and what there is; None where it is there.

    The version is that of the message: "la prendo" after "verde?" – "no, blu" means the blue one.
    A figure that is too old is a person's business.
    """
    version = await wanted_version(asked, shop, product)
    if not version.variants and version.said:
        # No such version may mean something else ("la prendo, lei ama il giallo"), but not where it
        # is asked whether one may have it or said that one would: "posso prenderla gialla?".
        open_ = executor.asks(asked.text) or purchase.only_wishes(asked.text)
        asks = asked.heard("colour") and open_
        return await about(asked, shop, product) if asks else None
    if shop.stock(product, version.variants or None) != 0:
        return None
    return await about(asked, shop, product)


def _said(asked: Asked, shop: Shop, product: Product, version: Version) -> Answer:
    if shop.stock(product, version.variants or None) is None:
        name = product.name(shop.language)
        return say("availability_check", person(), answer="none", product=name)
    there = shop.stock(product, version.variants) if version.said else shop.stock(product)
    if not there and _RESTOCK.search(asked.text.casefold()):
        choices = person(), tap("ask_availability", product.id, text="choice_colours")
        return say("restock", *choices, answer="none", product=product.name(shop.language))
    if not version.said:
        return _overview(asked, shop, product)
    if shop.stock(product, version.variants):
        return _there(asked, shop, product, version)
    return not_there(shop, product, version)


def _there(asked: Asked, shop: Shop, product: Product, version: Version) -> Answer:
    price = shop.price(product, version.variants)
    pieces = shop.stock(product, version.variants) or 0
    if pieces < _wanted(asked, product):
        return _fewer(shop, product, version, pieces)
    values: dict[str, Any] = {
        "product": product.name(shop.language),
        "version": version.words,
        "stock": _counted(asked, product, pieces),
    }
    if price:
        values["price"] = priced(price)
    sizes = _sizes(version.variants) if not version.size else []
    text = "availability_yes" if price else "availability_yes_no_price"
    colours = _colours(version.variants, shop) if not version.colour else []
    if price and len(colours) > 1:
        text, values["colours"] = "availability_yes_colours", {"list": colours}
    if len(sizes) > 1:
        text, values["sizes"] = "availability_yes_sizes", {"list": sizes}
    return _shown(asked, shop, product, text, version.variants, values)


def _wanted(asked: Asked, product: Product) -> int:
    """Return how many pieces somebody asks for, 1 where a number may be a size: "ne avete 42?"."""
    if alone := said_alone(asked.text, product.sizes()):
        return alone
    said = str(asked.value("quantity") or "")
    return int(said) if said.isdecimal() and said not in product.sizes() else 1


def _pieces(shop: Shop, product: Product, there: Sequence[Variant]) -> Answer:
    """Count what there is, by colour, where so many are wanted: "me ne servono 20, ci sono?"."""
    by_colour: dict[str, int] = {}
    for variant in there:
        name = variant.colour_name(shop.language)
        if name:
            by_colour[name] = by_colour.get(name, 0) + variant.stock
    return say(
        "availability_pieces_colours" if by_colour else "availability_pieces",
        buy(product.id),
        tap("ask_details", product.id, text="choice_details"),
        tap("ask_returns", product.id, text="choice_returns"),
        product=product.name(shop.language),
        count=sum(variant.stock for variant in there),
        pieces={"list": [f"{count} {name}" for name, count in by_colour.items()]},
    )


def _fewer(shop: Shop, product: Product, version: Version, pieces: int) -> Answer:
    """Say how many there are where more are wanted: "ne avete 12 blu?" of ten."""
    colours = tap("ask_availability", product.id, text="choice_colours")
    return say(
        "availability_fewer",
        buy(product.id),
        colours,
        person(),
        product=product.name(shop.language),
        version=version.words,
        count=pieces,
    )


def _counted(asked: Asked, product: Product, pieces: int) -> dict[str, Any]:
    """Return how much there is, with the number of pieces where it is asked for."""
    counted = pieces > FEW_LEFT and (counts(asked.text) or _wanted(asked, product) > 1)
    return ref("stock_count", count=pieces) if counted else in_stock(pieces)


def _overview(asked: Asked, shop: Shop, product: Product) -> Answer:
    there = [variant for variant in product.variants if variant.stock > 0]
    if there and _wanted(asked, product) > 1:
        return _pieces(shop, product, there)
    values: dict[str, Any] = {
        "product": product.name(shop.language),
        "stock": in_stock(sum(variant.stock for variant in there)),
    }
    if not there:
        return _gone(product, values)
    colours, sizes = _colours(there, shop), _sizes(there)
    text = "availability_some"
    if colours and sizes:
        text = "availability_colours_sizes"
    elif colours:
        text = "availability_colours"
    elif sizes:
        text = "availability_sizes"
    if sizes and (amounts := shop.amounts(product)):
        text, values["prices"] = "price_each", {"list": amounts}
    values |= {"colours": {"list": colours}, "sizes": {"list": sizes}}
    return _shown(asked, shop, product, text, None, values)


def not_there(shop: Shop, product: Product, version: Version) -> Answer:
    """Say no, and what there is instead: other sizes of the colour, other colours of the size."""
    there = [variant for variant in product.variants if variant.stock > 0]
    values: dict[str, Any] = {"product": product.name(shop.language), "version": version.words}
    if not there:
        return _gone(product, values)
    same_colour = [v for v in there if version.colour and v.is_colour(version.colour)]
    same_size = [v for v in there if version.size and v.is_size(version.size)]
    others: dict[str, Any]
    never = version.size and not version.variants and not version.colour and _sizes(there)
    if version.size and same_colour:
        others = ref("others_sizes", sizes={"list": _sizes(same_colour)})
    elif never:  # "you have them in size 37?": which there are, and not in which colours
        others = ref("others_sizes", sizes={"list": _sizes(there)})
    elif colours := _colours(same_size or there, shop):
        others = ref("others_colours", colours={"list": colours})
    else:
        others = ref("others_sizes", sizes={"list": _sizes(there)})
    text = "availability_no" if version.variants else "availability_never"
    choices = tap("ask_availability", product.id, text="choice_colours"), person()
    return say(text, *choices, answer="none", others=others, **values)


def _gone(product: Product, values: dict[str, Any]) -> Answer:
    similar = tap("browse_catalog", f"category:{product.category}", text="choice_similar")
    return say("availability_gone", similar, person(), answer="none", **values)


def _shown(
    asked: Asked,
    shop: Shop,
    product: Product,
    text: str,
    variants: Sequence[Variant] | None,
    values: dict[str, Any],
) -> Answer:
    colours = tap("ask_availability", product.id, text="choice_colours")
    details = tap("ask_details", product.id, text="choice_details")
    returns = tap("ask_returns", product.id, text="choice_returns")
    more_colours = bool(variants) and len(product.colours()) > 1
    choices = buy(product.id), colours if more_colours else details, returns
    if product.id in asked.shown or asked.focus == product.id:
        said = say(text, *choices, **values)
        quote = _quote(asked, shop, product)
        return said.and_then(quote) if quote else said
    return show([shop.item(product, *choices, variants=variants, quote=True)], text, **values)


def _quote(asked: Asked, shop: Shop, product: Product) -> Answer | None:
    """Return a real voice, once for each product: a quotation heard twice is an advertisement."""
    told = {note.get("topic") for note in asked.noted if note.get("product") == product.id}
    if told & {"availability", "details", "reviews"}:
        return None
    quote = shop.quote(product)
    if quote is None or not quote.verified:
        return None
    if quote.source:
        return say("quote_source", text=quote.text, author=quote.author, source=quote.source)
    return say("quote_verified", text=quote.text, author=quote.author)


def _colours(variants: Sequence[Variant], shop: Shop) -> list[str]:
    names = [v.colour_name(shop.language) for v in variants]
    return list(dict.fromkeys(name for name in names if name))


def _sizes(variants: Sequence[Variant]) -> list[str]:
    return list(dict.fromkeys(v.size for v in variants if v.size and v.stock > 0))
