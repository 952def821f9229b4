"""What do several things cost together: "both pairs, how much in all?", "e cinque pezzi?"."""

import re
from decimal import Decimal
from typing import Any

from bot.actions.adding import adds_up, counted_words, pieces, said_alone
from bot.actions.answer import Answer, buy, ref, say, tap
from bot.actions.asked import Asked
from bot.actions.concepts import content_words, counts, mentions
from bot.actions.focus import Action, named, talked_about
from bot.actions.shop import Shop, cash
from catalog import Product

_IN_ALL = re.compile(
    r"\bin tutto\b|\btutto (?:compreso|incluso)\b|\ball included\b|\btotale\b"
    r"|\btutt[eio] insieme\b|\bcomplessiv\w+|\btotal\b|\baltogether\b"
    r"|\ball together\b|\bin all\b|\ball in\b|\badd(?:s)? up\b"
    r"|\b(?:what|how much)\b.*\bcom(?:e|es|ing) to\b|\bcomes? to\W*$"
    r"|\bwould (?:be|come|cost|make)\W*$|\b(?:what|how much)(?:['’]s| is| would)? (?:that|it) be\b"
    r"|\bwhat (?:does|would|do|will) (?:that|it|they|this|those) make\b|\bset me back\b"
    r"|\bfor the (?:lot|pair|two|both)\b"
    r"|\binsieme\b(?=.*\b(?:quant|fann|fa\b|vengon|vien|cost))|\b(?:quant|fann|vengon|cost).*\binsieme\b"
    r"|\btogether\b(?=.*\b(?:cost|much|price))|\b(?:cost|much|price).*\btogether\b",
    re.IGNORECASE,
)
# "Just so we both have the same number" counts nothing.
_BOTH = re.compile(
    r"\btutt[ei] e due\b|\bentramb[ei]\b|(?<!\bwe )(?<!\bwe['’]re )(?<!\byou )(?<!\bus )\bboth\b"
    r"|\bthe two\b",
    re.IGNORECASE,
)
# "E se ne prendo 6?", "and for 3?", said after a price.
_SO_MANY = re.compile(
    r"^\W*(?:(?:e|ed|and|ok|so|allora|what|how about|invece)\W+)*(?:se|if|for|per|x)\b",
    re.IGNORECASE,
)
_THREE = re.compile(r"\btutt[ei] e tre\b|\ball (?:of the )?three\b|\bthe three\b", re.IGNORECASE)
_ADDED = re.compile(
    r"\baggiung\w*|\bmett\w* (?:anche|pure)\b|\bprend\w* (?:anche|pure)\b|\be con\b|\badd\w*\b"
    r"|\bthrow in\b|\band with\b|\bplus\b|\bin pi[uù]\b|\bas well\b|\btoo\b",
    re.IGNORECASE,
)
# The two that were talked about, of which one is in view.
_THE_PAIR = re.compile(
    r"\b(?:the )?(?:pair|two|both) of them\b|\btogether\b|\binsieme\b", re.IGNORECASE
)
_TOGETHER = re.compile(r"\btogether\b|\binsieme\b|\bin all\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"\bplus\b|\band\b|\btogether\b|\bwith\b|\bpi[uù]\b|\be\b|\binsieme\b|\banche\b|\bcon\b",
    re.IGNORECASE,
)
_SENT = r"(?:spedizion\w*|consegna|shipping|delivery|postage|p ?& ?p)"
# "The belt plus shipping", "spedizione compresa"; the express costs something else.
_DELIVERED = re.compile(
    rf"\b(?:plus|pi[uù]|con|with|incl\w*|compres[ao]|inclus[ao])\W+(?:(?:la|the|your)\W+)?{_SENT}\b"
    rf"|\b{_SENT}\W+(?:compres[ao]|inclus[ao]|includ\w+|and all)\b",
    re.IGNORECASE,
)
_DELIVERY = re.compile(
    rf"(?<!without )(?<!before )(?<!senza )\b(?:{_SENT}|delivered|shipped|posted|spedit[oaie]"
    r"|consegnat[oaie])\b",
    re.IGNORECASE,
)
_EXPRESS = re.compile(r"\bespress\w+|\bexpress\w*", re.IGNORECASE)
_HOW_MUCH = re.compile(r"\b(?:quanto|fanno|viene|vengono|how much|what|come to)\b", re.IGNORECASE)
_STAMPED = re.compile(
    r"\binizial\w+|\bletter[es]?\b|\binitials?\b|\bincis\w+|\bmonogram\w*|\bengrav\w+",
    re.IGNORECASE,
)
_PLUS = re.compile(
    r"\b(?:plus|with|incl\w*|compres[ao]|inclus[ao]|con|pi[uù]|insieme|together|and|e)\b",
    re.IGNORECASE,
)
# "La Aurora con le iniziali quanto viene?"
_WITH_INITIALS = re.compile(
    r"\b(?:con|compres[eo]|pi[uù]) (?:anche |pure )?(?:le |due |tre )?(?:mie |sue )?inizial\w+"
    r"|\b(?:with|plus|including) (?:my |his |her |the )?(?:initials|monogram)",
    re.IGNORECASE,
)
# "10 blu e 2 verdi": the pieces of each colour.
_BEFORE_A_COLOUR = re.compile(r"(?<![\w.,])(?P<n>\d{1,2})\s+$")
_DOZEN = re.compile(r"\b(?P<half>mezza |half a )?(?:dozzina|dozen)\b", re.IGNORECASE)
_LESS = re.compile(
    r"\bscont|\bdiscount|\bdeal\b|\bcheaper\b|\bmeno\b|\boff\b"
    r"|\bun prezzo\b|\b(?:better|best|good|special) price\b",
    re.IGNORECASE,
)
_MOST = 99
_FEW_WORDS = 12
_ALL_THREE = 3


def or_else(action: Action) -> Action:
    """Add up where a sum is asked for, whatever it sounds like; else answer as the action does."""

    async def answered(asked: Asked, shop: Shop) -> Answer:
        free = not asked.tapped and not counts(asked.text)
        before = await _summed_before(asked, shop) if free else []
        counted = free and _HOW_MUCH.search(asked.text) and await _each_counted(asked, shop)
        summed = free and (before or counted or _asks_sum(asked))
        told = await _sum(asked, shop, before, in_all=True) if summed else None
        return told or await action(asked, shop)

    return answered


async def answer(asked: Asked, shop: Shop) -> Answer | None:
    """Add up what was named, for so many pieces as were said; None where no sum is asked for."""
    before = await _summed_before(asked, shop)
    in_all = bool(before) or _asks_sum(asked)
    alone = len(asked.text.split()) <= _FEW_WORDS and bool(said_alone(asked.text, ()))
    if not in_all and not alone and not asked.value("quantity"):
        return None
    return await _sum(asked, shop, before, in_all=in_all)


async def _sum(asked: Asked, shop: Shop, before: list[Product], *, in_all: bool) -> Answer | None:
    """Add up what was named to what was added up before; None where there is nothing to add."""
    delivered = _with_delivery(asked.text)
    stamped = bool(_STAMPED.search(asked.text) and _PLUS.search(asked.text))
    each = {} if before else await _each_counted(asked, shop)
    products = await shop.catalog.get(list(each)) or [*before, *await _all_meant(asked, shop)]
    products = list({product.id: product for product in products}.values())
    if not in_all and not each and len(products) > 1:
        return None  # "how much are the two wallets?" asks for each
    each = each or (pieces(asked) if len(products) > 1 else {})
    count = 1 if each else _count(asked, products)
    amounts = [each.get(product.id, count) for product in products]
    prices = [shop.price(product) for product in products]
    fixed = [price for price in prices if price and price.low.amount == price.high.amount]
    if not fixed or len(fixed) < len(products) or not (delivered or stamped or sum(amounts) > 1):
        return None
    costs = [price.low.amount * n for price, n in zip(fixed, amounts, strict=True)]
    total = sum(costs, Decimal(0))
    currency = fixed[0].low.currency
    items: list[Any] = [
        ref(
            "price_total_item",
            count=n,
            product=product.name(shop.language),
            cost=cash(cost, currency),
        )
        for product, n, cost in zip(products, amounts, costs, strict=True)
    ]
    further: dict[str, Decimal] = {}
    if stamped:
        further["price_total_initials"] = (await shop.catalog.shop()).personalisation.cost * sum(
            amounts
        )
    if delivered:
        of_all = total + sum(further.values(), Decimal(0))
        further["price_total_delivery"] = await _cost_of_delivery(asked, shop, of_all)
    total += sum(further.values(), Decimal(0))
    items += [
        ref(text if cost else f"{text}_free", cost=cash(cost, currency))
        for text, cost in further.items()
    ]
    last = products[-1].id
    choices = buy(last), tap("ask_delivery", last, text="choice_delivery")
    said = say("price_total", *choices, total=cash(total, currency), items={"list": items})
    return said.noting(asked, "price", last, summed=[product.id for product in products])


def _asks_sum(asked: Asked) -> bool:
    """Tell whether several things are to be added up: "A + B", "all three, how much?"."""
    text = asked.text
    several = _BOTH.search(text) or _THREE.search(text)
    of_prices = bool(asked.noted) and asked.noted[-1].get("topic") == "price"
    return bool(
        _IN_ALL.search(text)
        or _with_delivery(text)
        or (of_prices and asked.value("quantity") and _goes_on_with(text))
        or (several and (_HOW_MUCH.search(text) or (of_prices and _TOGETHER.search(text))))
        or adds_up(asked)
        or (_WITH_INITIALS.search(text) and _HOW_MUCH.search(text))
    )


def _goes_on_with(text: str) -> bool:
    """Tell whether so many are wanted without a word of a discount: "e se ne prendo 6?"."""
    return bool(_SO_MANY.search(text)) and not _LESS.search(text)


async def _summed_before(asked: Asked, shop: Shop) -> list[Product]:
    """Return what the last sum was of, where something is added: "e se aggiungo il Nodo?"."""
    last = asked.noted[-1] if asked.noted else {}
    summed = [str(id_) for id_ in last.get("summed") or ()]
    adds = (
        summed
        and asked.heard("product")
        and (_ADDED.search(asked.text) or _THREE.search(asked.text))
    )
    return await shop.catalog.get(summed) if adds else []


def _with_delivery(text: str) -> bool:
    """Tell whether the sum shall hold the delivery: "what's the belt plus postage?"."""
    if _EXPRESS.search(text):
        return False
    joined = _DELIVERED.search(text) and _HOW_MUCH.search(text)
    return bool(joined or (_IN_ALL.search(text) and _DELIVERY.search(text)))


async def _cost_of_delivery(asked: Asked, shop: Shop, total: Decimal) -> Decimal:
    """Return what delivery costs to the place that was named, now or before."""
    before = (note.get("city") for note in reversed(asked.noted) if note.get("city"))
    city = asked.value("city") or next(before, None)
    zone = (await shop.catalog.shop()).delivery.to(str(city) if city else None)
    return zone.cost_of(total)


async def _all_meant(asked: Asked, shop: Shop) -> list[Product]:
    """Return what the sum is of: named, of a kind talked about, and what is in view beside it."""
    found = await named(asked, shop)
    if not adds_up(asked):
        found = [*found, *await _by_its_words(asked, shop)]
    if not found:
        for kind in asked.heard("category"):
            known = await talked_about(asked, shop, str(kind))
            found += [known] if known else []
    in_view = await shop.catalog.get([asked.focus]) if asked.focus else []
    before = [id_ for id_ in asked.spoken_lately if id_ != asked.focus]
    if _THREE.search(asked.text) and len(found) < _ALL_THREE <= len(found) + len(asked.spoken_of):
        ids = dict.fromkeys([p.id for p in found] + asked.spoken_lately)
        found = (await shop.catalog.get(list(ids)))[:_ALL_THREE]
    pair = _THE_PAIR.search(asked.text) or _BOTH.search(asked.text)
    if not found and in_view and before and pair:
        found = [*await shop.catalog.get(before[:1]), *in_view]
    stamped = _WITH_INITIALS.search(asked.text)  # "la Aurora con le iniziali": nothing beside it
    if not found or (len(found) == 1 and _BESIDE.search(asked.text) and not stamped):
        found = [*in_view, *found]
    if not found:
        found = await shop.catalog.get(asked.shown)
    return list({product.id: product for product in found}.values())


async def _by_its_words(asked: Asked, shop: Shop) -> list[Product]:
    """Return for each word the product seen that is called so, the one spoken of last first."""
    noted = asked.spoken_lately
    seen = await shop.catalog.get(list(dict.fromkeys([*noted, *asked.shown])))
    found = []
    for word in content_words(asked.text):
        called_so = [p for p in seen if mentions(p.name(shop.language), [word])]
        if called_so and (called_so[0].id in noted or len(called_so) == 1):
            found.append(called_so[0])
    return list({product.id: product for product in found}.values())


async def _each_counted(asked: Asked, shop: Shop) -> dict[str, int]:
    """Return how many of several things seen, each by a word of its name: "6 candles, 3 sachets".

    Empty where no two are counted so.
    """
    counted = counted_words(asked.text)
    if len(counted) < 2 or asked.heard("product"):
        return {}  # most messages count nothing: no product is read for them
    seen = await shop.catalog.get(list(dict.fromkeys([*asked.spoken_lately, *asked.shown])))
    found: dict[str, int] = {}
    for number, words in counted:
        so_called = (
            p
            for p in seen
            if any(len(w) > 3 and mentions(p.name(shop.language), [w]) for w in words)
        )
        if one := next(so_called, None):
            found.setdefault(one.id, number)
    return found if len(found) > 1 else {}


def _count(asked: Asked, products: list[Product]) -> int:
    colours = [e.start for e in asked.entities if e.entity == "colour" and e.start is not None]
    each = [m for start in colours if (m := _BEFORE_A_COLOUR.search(asked.text[:start]))]
    if len(products) == 1 and len(each) > 1:
        return min(sum(int(match["n"]) for match in each), _MOST)
    if len(products) == 1 and (alone := said_alone(asked.text, products[0].sizes())):
        return min(alone, _MOST)
    said = asked.value("quantity")
    if said and said.isdecimal():
        return min(max(int(said), 1), _MOST)
    if dozen := _DOZEN.search(asked.text):
        return 6 if dozen["half"] else 12
    return 2 if len(products) == 1 and _BOTH.search(asked.text) else 1
