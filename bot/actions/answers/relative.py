"""More of this and less of that: "qualcosa di più grande?", "anything cheaper?"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.actions.answer import Answer, browse, buy, person, say, tap
from bot.actions.answers import details, kinds, narrowing, search, shop_texts
from bot.actions.answers.by_the_way import asked_by_the_way
from bot.actions.answers.finding import SHOWN
from bot.actions.answers.one_shown import of_one_shown, told_of
from bot.actions.asked import Asked
from bot.actions.beside import asked_of_it
from bot.actions.carrying import goes_with
from bot.actions.features import grams, relevant, told, volume
from bot.actions.focus import meant
from bot.actions.holding import kinds_wanted, made_of
from bot.actions.shop import Shop
from bot.actions.wishes import left_over, refined, spoken
from catalog import Found, Product, ProductQuery
from dialogues import executor

# Enough to choose from in any category of a shop of some hundred products.
LOOKED_AT = 40
# "La più economica" is one of those shown; "più economiche" are others.
_WHICH = re.compile(r"\bwhich\b")
_THE_MOST = re.compile(
    r"\b(?:il|la|lo|i|le|gli|quell[oaie]|quale?) (?:(?:è|e'|dei due|delle due|tra \w+) )*"
    r"(?:pi[uù]|meno)\b"
    r"|\bwhich\b(?: one|ones)?(?:'?s| is| are)? (?:the )?(?:bigg|larg|room|small|light|less)"
)


# "Qual è la borsa di pelle più leggera?", "your lightest bag": of all of a kind.
_OF_ALL = re.compile(
    r"\b(?:qual|quale|quali|la|il|le|i|lo)\b(?:\W+\w+){1,5}\W+(?:pi[uù]|meno)\s"
    r"|\b(?:lightest|smallest|tiniest|biggest|largest|roomiest)\b"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A comparison with what is on the table: its name, its words, and what it measures."""

    name: str
    words: re.Pattern[str]
    measure: Callable[[Product, Shop], float | None]
    more: bool


def _size(product: Product, shop: Shop) -> float | None:
    return volume(product)


def _weight(product: Product, shop: Shop) -> float | None:
    return grams(product)


_WISHES = (
    Wish(
        "bigger",
        re.compile(
            r"pi[uù] grand|pi[uù] capien|troppo piccol|pi[uù] spazios"
            r"|bigge(?:r|st)|large(?:r|st)|roomie(?:r|st)|too small"
        ),
        _size,
        more=True,
    ),
    Wish(
        "smaller",
        re.compile(
            r"pi[uù] piccol|troppo grand|meno ingombrant|small(?:er|est)|tiniest"
            r"|too (?:big|large|bulky)"
        ),
        _size,
        more=False,
    ),
    Wish(
        "lighter",
        re.compile(r"pi[uù] legger|troppo pesant|light(?:er|est)|too heavy|less heavy"),
        _weight,
        more=False,
    ),
)  # fmt: skip


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Compare with what is on the table, or search: the catalog knows what is like what."""
    text = asked.text.casefold()
    wishes = [wish for wish in _WISHES if wish.words.search(text)]
    if asked.args or not wishes or asked.heard("compared"):
        return await _searched(asked, shop)
    if _THE_MOST.search(text) and (best := await _the_most(wishes[0], asked, shop)):
        return best
    base = await meant(asked, shop)
    kinds = {str(kind.value) for kind in kinds_wanted(asked)}
    of_all = _OF_ALL.search(text) and len(kinds) == 1
    if of_all and not (base and base.category in kinds and asked.shown == (base.id,)):
        return await _extreme(wishes[0], asked, shop)
    if base:
        return await _beside(base, wishes, asked, shop)
    if asked.shown:
        return await _extreme(wishes[0], asked, shop)
    return await _searched(asked, shop)


async def _the_most(wish: Wish, asked: Asked, shop: Shop) -> Answer | None:
    """Name the lightest of what is on the table, or of its kind; None for "which is bigger?"."""
    if best := await _of_those_shown(wish, asked, shop):
        return best
    if not _WHICH.search(asked.text.casefold()) and not asked.filters.get("category"):
        return await _searched(asked, shop)
    # "Il più leggero qual è?", with one of its kind on the table.
    return await _extreme(wish, asked, shop) if len(asked.shown) == 1 else None


async def _searched(asked: Asked, shop: Shop) -> Answer:
    """Search; what was found alone has been talked about and can be come back to."""
    if not asked.args and (at_hand := await _of_what_is_at_hand(asked, shop)):
        return at_hand
    if vague := await narrowing.vaguely(asked, shop):
        return vague
    found = await search.answer(asked, shop)
    # "A set with slippers and a candle" is one thing.
    one = _is_exact(found) and bool(made_of(asked))
    apart = not one and (kinds.both(asked) or not _is_exact(found))
    if apart and (each := await kinds.of_each(asked, shop)):
        found = each
    if not _is_exact(found) and (narrowed := await _narrowed(asked, shop)):
        found = narrowed
    of_no_kind = not _is_exact(found) and not spoken(asked)
    if of_no_kind and (told := await shop_texts.answer(asked, shop)):
        return told
    shown = found.slots.get("shown") or []
    if _is_exact(found) and shown and (why := await _what_it_does(asked, shop, str(shown[0]))):
        return Answer((*found.replies, *why.replies), found.slots)
    if _is_exact(found) and (told := await told_of(asked, shop, [str(id_) for id_ in shown])):
        return found.and_then(told)
    alone = len(shown) == 1 and found.slots.get("focus") in (None, str(shown[0]))
    return found.noting(asked, "search", str(shown[0])) if alone else found


async def _what_it_does(asked: Asked, shop: Shop, first: str) -> Answer | None:
    """Tell the line of the first thing found that answers a need: "RFID protection"."""
    need = asked.need
    word = need.told.get(shop.language) if need and not need.names_it else None
    products = await shop.catalog.get([first]) if word else []
    if not word or not products:
        return None
    row = relevant(word, products[0], shop.language)
    about = asked.model_copy(update={"text": word, "entities": ()})
    return await details.about(about, shop, products[0]) if row.features else None


async def _of_what_is_at_hand(asked: Asked, shop: Shop) -> Answer | None:
    """Answer what sounds like a search and is none, or one beside the thing in view."""
    if goes_with(asked):  # "a notebook to go with it?" points at no notebook
        kept = tuple(e for e in asked.entities if e.entity != "ordinal")
        return await search.answer(asked.model_copy(update={"entities": kept}), shop)
    if product := await asked_by_the_way(asked, shop):
        return await details.about(asked, shop, product)
    return (
        await narrowing.of_several(asked, shop)
        or await of_one_shown(asked, shop)
        or await _of_the_one_in_view(asked, shop)
    )


async def _of_the_one_in_view(asked: Asked, shop: Shop) -> Answer | None:
    """Say what is known of the thing in view where nothing in the shop explains a question.

    None where another is named, or something that we do not sell.
    """
    apart = asked_of_it(asked) if asked.focus else ""
    elsewhere = asked.heard("product") or asked.heard("ordinal") or asked.heard("compared")
    if not apart or elsewhere or executor.names_a_kind(asked.text) or asked.need:
        return None
    query = ProductQuery(words=apart[:400], language=shop.language, limit=1)
    if (await shop.catalog.understand(query)).unsold:
        return None
    product = await meant(asked, shop)
    return await details.about(asked, shop, product) if product else None


async def _narrowed(asked: Asked, shop: Shop) -> Answer | None:
    """Look within what was searched for before, where the message as a whole finds nothing."""
    said = spoken(asked)
    named = asked.heard("category") or left_over(asked)  # "un ombrello nero": another thing
    if asked.args or not said or named or not asked.filters.get("category"):
        return None
    filters = {k: v for k, v in refined(asked.filters, said).items() if k != "words"}
    found = await search.within(filters, shop)
    if _is_exact(found) or not asked.heard("material"):
        return found if _is_exact(found) else None
    # "Not leather, in canvas": a canvas one with leather straps is what comes nearest.
    filters.pop("without", None)
    found = await search.within(filters, shop)
    return found if _is_exact(found) else None


def _is_exact(found: Answer) -> bool:
    return bool((found.slots.get("result") or {}).get("exact", True))


async def _of_those_shown(wish: Wish, asked: Asked, shop: Shop) -> Answer | None:
    """Name the lightest, biggest, ... of what is on the table; prices are on the cards already."""
    shown = await shop.catalog.get(asked.shown)
    ranked = [(m, p) for p in shown if (m := wish.measure(p, shop)) is not None]
    if len(ranked) < 2:
        return None
    best = (max if wish.more else min)(ranked, key=lambda pair: pair[0])[1]
    choices = buy(best.id), tap("ask_details", best.id, text="choice_details")
    facts = await told(relevant(asked.text, best, shop.language), best, shop)
    if not facts:
        return None
    name = best.name(shop.language)
    said = say("relative_best", *choices, product=name, facts={"dots": facts})
    return said.noting(asked, "details", best.id)


async def _beside(base: Product, wishes: list[Wish], asked: Asked, shop: Shop) -> Answer:
    """Show what is cheaper, bigger, ... than the product in view."""
    kinds = kinds_wanted(asked)
    category = str(kinds[0].value) if kinds else base.category
    fitting = [p for p in await _all(category, shop) if p.id not in asked.shown]
    for wish in wishes:
        fitting = _fitting(wish, base, fitting, shop)
    if fitting:
        return _answered(wishes[0], fitting, category, shop)
    name = base.name(shop.language)
    return say("relative_none", browse(), person(), answer="none", product=name)


async def _extreme(wish: Wish, asked: Asked, shop: Shop) -> Answer:
    """Several are on the table and none in view: show the cheapest, biggest, ... of their kind."""
    shown = await shop.catalog.get(asked.shown[:1])
    kinds = kinds_wanted(asked)
    category = str(kinds[0].value) if kinds else (shown[0].category if shown else None)
    if category is None:
        return await _searched(asked, shop)
    products = await _all(category, shop)
    materials = set(map(str, asked.heard("material")))
    products = [p for p in products if materials & set(p.listed("materials")[:1])] or products
    ranked = [(measure, p) for p in products if (measure := wish.measure(p, shop)) is not None]
    ranked.sort(key=lambda pair: -pair[0] if wish.more else pair[0])
    return _answered(wish, [p for _, p in ranked] or products, category, shop)


async def _all(category: str, shop: Shop) -> list[Product]:
    query = ProductQuery(language=shop.language, category=category, limit=LOOKED_AT)
    found = await shop.catalog.search(query)
    return [product for product in found.products if product.category == category]


def _fitting(wish: Wish, base: Product, products: Sequence[Product], shop: Shop) -> list[Product]:
    """Keep what is more, or less, than the base; the nearest to it first."""
    limit = wish.measure(base, shop)
    if limit is None:
        return list(products)
    measured = [(measure, p) for p in products if (measure := wish.measure(p, shop)) is not None]
    kept = [(abs(m - limit), p) for m, p in measured if (m > limit if wish.more else m < limit)]
    return [product for _, product in sorted(kept, key=lambda pair: pair[0])]


def _answered(wish: Wish, fitting: Sequence[Product], category: str, shop: Shop) -> Answer:
    few = tuple(fitting[:SHOWN])
    found = Found(products=few, total=len(few))
    filters = {"category": category}
    return search.present(found, filters, shop, offset=0, intro=f"relative_{wish.name}")
