"""Which product a question is about: named, pointed at, in view, or still to be asked."""

import re
from collections.abc import Awaitable, Callable

from bot.actions.answer import Answer, browse, say, tap
from bot.actions.asked import Asked
from bot.actions.beside import asked_of_it, is_there, of_the_one_in_view, only_wished_for
from bot.actions.by_word import (
    called_in_full,
    only_one_of_that_word,
    only_one_so_called,
)
from bot.actions.carrying import goes_with
from bot.actions.each import of_each
from bot.actions.features import relevant
from bot.actions.pointing import pointed
from bot.actions.reference import (
    called,
    described,
    only_named,
    wanted_category,
)
from bot.actions.referring import is_it, names_something, the_other
from bot.actions.shop import Shop
from bot.actions.so_called import is_called_so, so_called
from catalog import Product
from dialogues import executor

Action = Callable[[Asked, Shop], Awaitable[Answer]]
ProductAnswer = Callable[[Asked, Shop, Product], Awaitable[Answer]]
Narrowing = Callable[[Asked, Shop, Product | None], Awaitable[Answer | None]]
MOST_OFFERED = 5
# "Quella rossa" may be the one in view in red; "the sixth one" of three is nothing at all.
_MAYBE_IN_VIEW = {"this", "one"}
# "Quella in tela", "the braided one": one of those shown, not the one in view.
_ANOTHER = re.compile(
    r"\bquell[oaie]\s+(?:in|di|a|con|da)\b|\b(?:the|that)\b.*\bone\b", re.IGNORECASE
)
_BEFORE = re.compile(
    r"\bquell[oaie] (?:di )?prima\b|\bdi prima\b|preceden|\bthe (?:previous|earlier) one\b"
    r"|\bfrom before\b|\b(?:one|bag) before\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\bl['’ ]?altr[oa]\b|\bthe other\b", re.IGNORECASE)


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
    if other := the_other(asked):
        return await _get(other, shop)
    if said := await said_by_name(asked, shop):
        return said
    if _BEFORE.search(asked.text) and asked.noted:
        return await described_before(asked, shop)
    in_view = _in_view(asked)
    # "The first one" of none that was shown: "how many pages are in the first refill?".
    if set(asked.heard("ordinal")) - _MAYBE_IN_VIEW and (len(asked.shown) > 1 or not in_view):
        return None  # "the sixth one" of three is nothing that we could guess
    product = await (_get(in_view, shop) if in_view else only_one_of_that_word(asked, shop))
    if product and (category := asked.value("category")) and not _is_of_it(asked, product, shop):
        named_so = await _named_by_kind(asked, product, category, shop)
        if named_so is not product:
            return named_so
    return await _this_or_another(asked, product, shop)


def _in_view(asked: Asked) -> str | None:
    """Return the product in view: the only one shown, too, and the first that was looked for."""
    if asked.focus or len(asked.shown) == 1:
        return asked.focus or asked.shown[0]
    return asked.shown[0] if asked.shown and is_it(asked.text) else None


async def _this_or_another(asked: Asked, product: Product | None, shop: Shop) -> Product | None:
    """Return the one in view, or the one shown that the words describe instead."""
    if product and asked.focus not in asked.shown:
        # "What is the price of that case?", said of one offered beside the scarf in view.
        offered = called(asked.text, await shop.catalog.get(asked.shown), shop.language)
        mine = called(asked.text, [product], shop.language)
        product = offered if offered and not mine else product
    another = product is None or _ANOTHER.search(asked.text)
    return await _described(asked, shop, product) if another else product


async def _named_by_kind(
    asked: Asked, in_view: Product, category: str, shop: Shop
) -> Product | None:
    """Return what is meant by a kind that was named, the very product in view where it is that."""
    if category != in_view.category:
        return await talked_about(asked, shop, category)
    called_so = await so_called(asked, in_view, shop)  # "il fermasoldi?", said beside a wallet
    if called_so is None:
        return await _described(asked, shop, None)
    return in_view if called_so.id == in_view.id else called_so


def _is_of_it(asked: Asked, product: Product, shop: Shop) -> bool:
    """Tell whether a kind is named and yet the one in view is asked about."""
    return not is_there(asked) and bool(
        executor.holds(asked.text)
        or asked_of_it(asked)
        or is_called_so(asked, product, shop)
        or of_the_one_in_view(asked, product, shop)
    )


async def said_by_name(asked: Asked, shop: Shop) -> Product | None:
    """Return what the message names, points at, or calls by its words: "the passport holder"."""
    if said := await named(asked, shop):
        return said[0]
    one = await called_in_full(asked, shop) or await only_one_so_called(asked, shop)
    return None if one and only_wished_for(asked, one.name(shop.language)) else one


async def talked_about(asked: Asked, shop: Shop, category: str | None) -> Product | None:
    """Return what was last talked about, of a kind where one was said: "torniamo alla borsa"."""
    products = await shop.catalog.get(asked.spoken_lately)
    return next((p for p in products if category in (None, p.category)), None)


async def wanted_before(asked: Asked, shop: Shop) -> Product | None:
    """Return the one product talked about before whose name has the words: "la shopper"."""
    products = await shop.catalog.get(list(dict.fromkeys(asked.spoken_of)))
    fitting = described(asked, products, shop.language)
    return fitting[0] if len(fitting) == 1 and len(products) > 1 else None


async def by_its_words(asked: Asked, shop: Shop) -> Product | None:
    """Return the one product shown or talked about whose name has most of the words said."""
    if asked.heard("product") or asked.heard("ordinal"):
        return None
    ids = dict.fromkeys([*asked.seen, asked.focus] if asked.focus else asked.seen)
    return only_named(asked.text, await shop.catalog.get(list(ids)), shop.language)


async def described_before(asked: Asked, shop: Shop) -> Product | None:
    """Return what somebody goes back to: named, of a kind, described, or the one before this."""
    if said := await named(asked, shop):
        # "Torno alla prima", with only one on the screen: the first that was talked about.
        alone = asked.heard("ordinal") == [1] and list(asked.shown) == [asked.focus]
        return await _first_talked_about(asked, shop) if alone else said[0]
    in_view = await _get(asked.focus, shop) if asked.focus else None
    category = wanted_category(asked)
    if category and in_view and in_view.category == category:
        return await so_called(asked, in_view, shop)
    if category:
        return await talked_about(asked, shop, category) or await _described(asked, shop, None)
    another = not (_OTHER.search(asked.text) or _BEFORE.search(asked.text))
    # "Quello in tela", or "no, just the sleeve", said of those shown.
    if another and (_ANOTHER.search(asked.text) or not (asked.noted or in_view)):
        return await _seen_like_that(asked, shop) or await _described(asked, shop, in_view)
    others = [id_ for id_ in asked.shown if id_ != asked.focus]
    if _OTHER.search(asked.text) and asked.focus in asked.shown and len(others) == 1:
        return await _get(others[0], shop)
    before = [id_ for id_ in asked.spoken_lately if id_ != asked.focus]
    return await _get(before[0], shop) if before else in_view


async def _first_talked_about(asked: Asked, shop: Shop) -> Product | None:
    return await _get(next(iter(asked.spoken_of), None) or str(asked.focus), shop)


async def _seen_like_that(asked: Asked, shop: Shop) -> Product | None:
    """Return what was talked about or shown last that is of the colour or material said."""
    materials, colours = set(asked.heard("material")), asked.heard("colour")
    if not materials and not colours:
        return None
    seen = await shop.catalog.get(list(dict.fromkeys([*asked.spoken_lately, *asked.shown])))
    mainly = [p for p in seen if not materials or materials & set(p.listed("materials")[:1])]
    return next(
        (p for p in mainly if not colours or any(p.matching(colour=c) for c in colours)), None
    )


async def _described(asked: Asked, shop: Shop, in_view: Product | None) -> Product | None:
    """Return the one of those shown that the words fit, else the one in view."""
    fitting = described(asked, await shop.catalog.get(asked.shown[:MOST_OFFERED]), shop.language)
    if len(fitting) > 1 and in_view is None:
        # "Can you send it by e-mail?" can only mean what can be sent like that.
        able = [p for p in fitting if relevant(asked.text, p, shop.language).features]
        fitting = able or fitting
    return fitting[0] if len(fitting) == 1 else in_view


def about_product(
    topic: str,
    answer: ProductAnswer,
    otherwise: Action | None = None,
    narrowed: Narrowing | None = None,
) -> Action:
    """Make an action of an answer about one product; asks which one where that is open.

    `narrowed` may show fewer of what is on the table instead, `otherwise` searches.
    """

    async def action(asked: Asked, shop: Shop) -> Answer:
        # "The gift set with a passport holder and a luggage tag": one thing that has them all.
        several = len(asked.heard("category")) > 1 and not asked.heard("product")
        if otherwise and several:
            one = await _only_one(asked, await otherwise(asked, shop), shop)
            if one:
                return await answer(asked, shop, one)
        if otherwise and goes_with(asked):
            return await otherwise(asked, shop)
        product = await meant(asked, shop)
        if narrowed and (fewer := await narrowed(asked, shop, product)):
            return fewer
        if product:
            return await answer(asked, shop, product)
        open_question = await which(asked, shop, topic, otherwise)
        found = await _only_one(asked, open_question, shop)
        return await answer(asked, shop, found) if found else open_question

    return action


async def _only_one(asked: Asked, found: Answer, shop: Shop) -> Product | None:
    """Return what a search instead of an answer found, where only one of it can be meant."""
    shown, result = found.slots.get("shown") or [], found.slots.get("result") or {}
    if not shown or not result.get("exact"):
        return None
    products = await shop.catalog.get([str(id_) for id_ in shown])
    return products[0] if len(products) == 1 else called(asked.text, products, shop.language)


async def which(asked: Asked, shop: Shop, topic: str, otherwise: Action | None = None) -> Answer:
    """Ask which of the products shown is meant, or which product at all."""
    new_subject = asked.value("category") is not None and not asked_of_it(asked)
    products = [] if new_subject else await shop.catalog.get(asked.shown[:MOST_OFFERED])
    if products and not asked.heard("ordinal"):
        answer = await of_each(asked, shop, topic, products)
        if answer:
            return answer
    if products:
        choices = [tap(f"ask_{topic}", p.id, title=p.name(shop.language)) for p in products]
        return say("which_one", *choices, answer="asked")
    if otherwise and names_something(asked.text):
        return await otherwise(asked, shop)
    return say("which_product", browse(), answer="asked")


async def _get(value: str, shop: Shop) -> Product | None:
    """Return a product by its id, else by what it is called."""
    found = await shop.catalog.get([value])
    return found[0] if found else await shop.catalog.find(value, shop.language)
