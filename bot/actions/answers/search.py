"""What do you have: products by words, filters, budget, person and occasion; more of the same."""

from decimal import Decimal
from typing import Any

from bot.actions.answer import Answer, browse, person, say, show
from bot.actions.answers import availability, details, similar
from bot.actions.answers.finding import (
    MOST_SHOWN,
    PEOPLE,
    SHOWN,
    besides,
    find,
    missed,
)
from bot.actions.answers.in_colour import in_its_colour
from bot.actions.answers.others import others, wants_others
from bot.actions.answers.presenting import card_choices, intro_of, present
from bot.actions.answers.reaching import within_reach
from bot.actions.asked import Asked, as_price
from bot.actions.core import PRICES, core_words
from bot.actions.focus import meant, which
from bot.actions.pointing import lowest_price, of_the_two, pointed
from bot.actions.shop import Shop
from bot.actions.wishes import (
    FILTERS,
    IN_WORDS,
    goes_on,
    in_words,
    instead,
    is_vague,
    left_over,
    refined,
    refuses_first,
    search_words,
    spoken,
)
from bot.rendering import Missed
from catalog import Found, Product, ProductQuery
from dialogues.executor import SUPERLATIVES

__all__ = ["FILTERS", "PRICES", "answer", "in_category", "present", "within"]
CENT = Decimal("0.01")
_BY_PRICE = ("cheapest", "dearest")
_SUPERLATIVES = frozenset(SUPERLATIVES)
VARIANT_ONLY = frozenset({"colour", "size"})


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Answer a search, or go on with the last one."""
    if like := await similar.asked_for(asked, shop):
        return await similar.answer(like, asked, shop)
    refines = goes_on(asked)
    if going_on := await _going_on(asked, shop, refines=refines):
        return going_on
    filters = await wished(asked, shop, keep=refines)
    if wants_others(asked):
        return await _others(asked, filters, shop)
    looked = await _look(filters, shop, limit=_limit(asked))
    shown = _told(looked, filters, shop)
    if not looked.exact and not asked.heard("compared"):
        shown = _missing(shown, await missed(looked, filters, shop))
    if "category" not in spoken(asked) and _finds_nothing(shown) and asked.filters.get("category"):
        # "Argento ne avete?" found nothing of the kind: the talk stays with what was looked for.
        return Answer(shown.replies, {**shown.slots, "filters": asked.filters})
    if asked.heard("compared"):
        return _forgetting(shown, asked)
    in_colour = await in_its_colour(shown, asked, shop)
    return in_colour or await _keeping_the_view(shown, asked, shop)


async def _keeping_the_view(shown: Answer, asked: Asked, shop: Shop) -> Answer:
    """Leave what was in view there, where nothing of what was looked for is sold.

    "Do you sell rings?", asked beside a card holder, offers a jewellery box; "how much is it?"
    still asks of the card holder.
    """
    exact = (shown.slots.get("result") or {}).get("exact", True)
    said = spoken(asked)
    if exact or not asked.focus or said.keys() & set(PRICES):
        return shown
    # "Avete anche bretelle?": of the kind of the belt in view, too, we have none.
    in_view = await shop.catalog.get([asked.focus])
    if "category" in said and [p.category for p in in_view] != [said["category"]]:
        return shown
    return Answer(shown.replies, {**shown.slots, "focus": asked.focus})


async def _going_on(asked: Asked, shop: Shop, *, refines: bool) -> Answer | None:
    """Answer what is said of those shown before: more of them, one of them, "e in rosso?"."""
    if str(asked.args.get("more", "")).lower() in ("true", "yes", "1") and asked.filters:
        return await _more(asked, shop)
    heard = {entity.entity for entity in asked.entities}
    if "ordinal" in heard and not asked.args and (found := await _pointed(asked, shop, heard)):
        return found
    product = await meant(asked, shop) if heard and heard <= VARIANT_ONLY else None
    if product and (refines or not left_over(asked)) and not asked.args:
        return await availability.about(asked, shop, product)  # "e in rosso?", said of one product
    return None


def _finds_nothing(shown: Answer) -> bool:
    return any(getattr(reply, "intro", None) == "text.search_loved" for reply in shown.replies)


async def within(filters: dict[str, Any], shop: Shop) -> Answer:
    """Show what fits these wishes."""
    return _told(await _look(filters, shop, limit=SHOWN), filters, shop)


async def _look(filters: dict[str, Any], shop: Shop, *, limit: int) -> Found:
    found = await find(filters, shop, limit=limit)
    return found if found.exact else await within_reach(found, filters, shop, limit=limit)


async def unsold(asked: Asked, shop: Shop) -> Answer | None:
    """Say that we do not sell what is named in passing: "e orologi nemmeno, immagino"."""
    query = ProductQuery(words=search_words(asked)[:400], language=shop.language, limit=1)
    words = " ".join((await shop.catalog.understand(query)).unsold)
    return await within({"words": words}, shop) if words else None


async def in_category(category: str, shop: Shop) -> Answer:
    """Show the best of one category."""
    return await within({"category": category}, shop)


async def _pointed(asked: Asked, shop: Shop, heard: set[str]) -> Answer | None:
    """Answer "quello più economico" and "the red one" with the product that is meant."""
    ordered = asked.filters.get("order") in SUPERLATIVES
    again = ordered and not _SUPERLATIVES.isdisjoint(asked.heard("ordinal"))
    products = [] if again else await pointed(asked, shop)
    if not products and not again:
        alone = heard == {"ordinal"} and not left_over(asked)
        return await which(asked, shop, "details") if alone and asked.shown else None
    if not products:
        return None  # "and the most expensive?" after the cheapest of all: of all again
    superlative = next((o for o in asked.heard("ordinal") if o in SUPERLATIVES), None)
    if superlative:
        if not of_the_two(asked.text):
            products = await _of_all(superlative, products, asked, shop)
        items = [shop.item(product, *card_choices(product, alone=True)) for product in products]
        shown = show(items, f"pointed_{superlative}")
        kept = {"shown": list(asked.shown), "focus": products[0].id}
        return Answer(shown.replies, {**shown.slots, **kept})
    if heard & {"colour", "size"}:
        return await availability.about(asked, shop, products[0])
    return await details.about(asked, shop, products[0])


async def _of_all(
    superlative: str, products: list[Product], asked: Asked, shop: Shop
) -> list[Product]:
    """Return the cheapest of all that were found, where more were found than are shown."""
    filters = {**asked.filters, "order": superlative}
    if superlative not in _BY_PRICE or not asked.filters.get("exact"):
        return products
    if asked.heard("category"):  # "and of the candles, the cheapest?": of all candles
        filters = {**spoken(asked), "order": superlative, "core": core_words(asked)}
    found = await find(filters, shop, limit=1)
    best = found.products[0] if found.exact and found.products else None
    known = [p for p in products if lowest_price(p, shop) is not None]
    if best is None or not known or lowest_price(best, shop) == lowest_price(known[0], shop):
        return products
    return [best]


async def wished(asked: Asked, shop: Shop, *, keep: bool) -> dict[str, Any]:
    """Return what to look for, in a form that the engine can remember."""
    said = spoken(asked)
    compared = next(iter(asked.heard("compared")), None)
    if compared:
        limit = await _beyond(str(compared), asked, shop)
        keep = keep or ("category" not in said and _same_kind(asked.filters, limit))
        said = {**limit, **_within(limit, said)}
    if keep and instead(asked):  # "no, no bags, a necklace maybe?": for the same person and price
        lasting = {n: v for n, v in asked.filters.items() if n in (*PRICES, *PEOPLE, "without")}
        return {**refined(lasting, said), **in_words(asked, search_words(asked))}
    if keep:
        kept = refined(asked.filters, said)
        if "order" in asked.filters and not said.keys() & {"order", "category", *PRICES}:
            kept["order"] = asked.filters["order"]  # "the cheapest bag" – "in leather?"
        # A kind said anew is said in its own word: "the duffel then" is one of the travel bags.
        anew = (left_over(asked) and not refuses_first(asked)) or "category" in said
        if not anew:
            return {**kept, **{n: v for n, v in asked.filters.items() if n in IN_WORDS}}
        return {**kept, **in_words(asked, search_words(asked))}
    words = asked.args.get("search")
    if words is None and not asked.args and not compared:
        words = search_words(asked)
    fresh = refined(_kept_by_the_vague(asked, said), said)
    heard = asked.args and fresh.get("category") in asked.heard("category")
    if not words and not heard:
        return fresh
    return {**fresh, **in_words(asked, str(words or "")[:400])}


def _within(limit: dict[str, str], said: dict[str, Any]) -> dict[str, Any]:
    """Leave out the price of what is in view: "349 euro!! Isn't there anything cheaper?"."""
    highest, named = as_price(limit.get("max_price")), as_price(said.get("max_price"))
    above = highest is not None and named is not None and named >= highest
    return {name: v for name, v in said.items() if not (above and name == "max_price")}


def _kept_by_the_vague(asked: Asked, said: dict[str, Any]) -> dict[str, Any]:
    """Return what still counts where "anything that smells nice?" names no other kind of thing."""
    if asked.args or "category" in said or not is_vague(asked.text):
        return {}
    lasting = (*PRICES, *PEOPLE)
    return {name: value for name, value in asked.filters.items() if name in lasting}


def _forgetting(shown: Answer, asked: Asked) -> Answer:
    """Give up a limit that nothing keeps to: there is nothing cheaper than the cheapest."""
    if shown.slots["result"].get("exact"):
        return shown
    kept = {name: v for name, v in shown.slots["filters"].items() if name not in PRICES}
    before = {name: asked.filters[name] for name in PRICES if name in asked.filters}
    return Answer(shown.replies, {**shown.slots, "filters": {**kept, **before}})


def _same_kind(before: dict[str, Any], limit: dict[str, str]) -> bool:
    """Tell whether the cheaper one that is wanted is of the kind that was searched for."""
    kinds = {before.get("category"), limit.get("category")} - {None}
    return bool(before) and len(kinds) <= 1


async def _beyond(compared: str, asked: Asked, shop: Shop) -> dict[str, str]:
    """Read "cheaper" as a limit just below what is in view, "dearer" as one above it."""
    named = [str(id_) for id_ in asked.heard("product")]  # "cheaper than the Dante"
    products = await shop.catalog.get(named or ([asked.focus] if asked.focus else asked.shown))
    kinds = {product.category for product in products}
    kind = {"category": kinds.pop()} if len(kinds) == 1 else {}
    prices = [price for p in products if (price := lowest_price(p, shop)) is not None]
    if not prices:
        return {"order": "cheapest" if compared == "cheaper" else "dearest"}
    if compared == "cheaper":
        return {**kind, "max_price": str(min(prices) - CENT)}
    return {**kind, "min_price": str(max(prices) + CENT)}


def _limit(asked: Asked) -> int:
    given = str(asked.args.get("limit", ""))
    return min(max(int(given), 1), MOST_SHOWN) if given.isdecimal() else SHOWN


async def _more(asked: Asked, shop: Shop) -> Answer:
    filters = dict(asked.filters)
    offset = int(filters.get("next", 0))
    found = await find(filters, shop, offset=offset, limit=_limit(asked))
    if not found.products or (not found.exact and asked.filters.get("exact", True)):
        return await _wider(asked, shop) or say("search_no_more", browse(), person(), answer="none")
    return present(found, filters, shop, offset=offset, intro="search_more")


async def _others(asked: Asked, filters: dict[str, Any], shop: Shop) -> Answer:
    """Show others than before; who has seen all of a kind is told so."""
    found = await others(asked, filters, shop, limit=_limit(asked))
    if found is None:
        return await _wider(asked, shop) or say("search_no_more", browse(), person(), answer="none")
    shown = present(found, filters, shop, offset=0, intro="search_more")
    reached = len(asked.shown) + len(found.products)
    return Answer(
        shown.replies, {**shown.slots, "filters": {**shown.slots["filters"], "next": reached}}
    )


async def _wider(asked: Asked, shop: Shop) -> Answer | None:
    """Look once more without the person and the occasion, past what has been shown."""
    filters = {k: v for k, v in asked.filters.items() if k not in (*PEOPLE, "next", "exact")}
    if "without" in filters:  # "altre cose senza pelle?": of any kind
        filters = {"without": filters["without"]}
    if not len(filters) < len(asked.filters.keys() - {"next", "exact"}):
        if "category" not in filters or not filters.keys() & set(IN_WORDS):
            return None
        filters = {"category": filters["category"]}  # "c'è altro?" of the only cabin trolley
    found = await besides(asked.seen, filters, shop, limit=_limit(asked))
    if not found.products or not found.exact:
        return None
    return present(found, filters, shop, offset=0, intro="search_wider")


def _told(found: Found, filters: dict[str, Any], shop: Shop) -> Answer:
    if not found.products:
        nothing = say("search_none", browse(), person(), answer="none")
        result = {"products": "none", "exact": False}
        return Answer(nothing.replies, {**nothing.slots, "filters": filters, "result": result})
    return present(found, filters, shop, offset=0, intro=intro_of(found, filters))


def _missing(shown: Answer, what: Missed) -> Answer:
    """Let the shop know, with the turn, that something was looked for in vain."""
    first, *others = shown.replies
    marked = first.model_copy(update={"missed": what})
    return Answer((marked, *others), shown.slots)
