"""What a customer wants so far: a follow-up refines it, a new subject begins afresh.

The wishes are the slot `filters`, in a form that the engine can remember: ids and amounts as text,
a list where several will do, and `without` as a list of `{"kind", "value"}`.
"""

import re
from decimal import Decimal
from typing import Any

from rapidfuzz import process

from bot.actions.asked import Asked, as_price
from dialogues.executor import SUPERLATIVES

FILTERS = ("category", "colour", "size", "material", "recipient", "occasion")
PRICES = ("min_price", "max_price", "about_price")
ABOUT = Decimal("0.25")  # "about 60" is 45 to 75
_HOW_SEARCHED = ("next", "exact", "order", "words", "cheaper")
_REFUSABLE = ("colour", "material")
# Entities that say how, not what: they are no words to look for.
_NO_WORDS = frozenset(
    (*PRICES, "size", "quantity", "needed_by", "without", "ordinal", "compared", "city")
)
_SHORT = 7  # words; where nothing tells which words are left over, a longer message stands alone
_WORD = re.compile(r"[^\W\d_]+")
_CLOSE = 84  # of 100: "vorei" is "vorrei"
_CONNECTING_IT = """
e ed ma però invece anche solo magari anzi allora ok okay bene grazie favore cortesia perfavore
pls in di da con senza su per tra fra a ad al allo alla ai agli alle del dello della dei degli
delle il lo la i gli le l un uno una dell all nel nella nei nelle se sì si no non niente nulla è
sono sia c ce ci ne mi me lo li te ti vi che chi cui come quale quali qual quanto quanti quante
quello quella quelli quelle questo questa questi queste altro altra altri altre qualche qualcosa
qualcuno uguale simile tipo genere modello modelli ho hai ha abbiamo avete hanno avreste aveste
vorrei volevo voglio vorremmo vuole prendo preferisco preferirei preferivo cerco cercavo serve
servirebbe fammi fai vedere mostrami mostra dammi dimmi trovami c'è esiste esistono disponibile
disponibili possibile possibilmente meglio stesso stessa stessi stesse sempre proprio più meno
molto troppo poco po' ancora adesso ora poi forse penso direi diciamo circa massimo minimo euro
budget spesa prezzo colore colori taglia misura numero materiale costa costi costano ciao salve
scusa scusi eh ah mmm boh dai su regalo pensiero
"""
_CONNECTING_EN = """
and or but instead though tho also only maybe rather actually then so ok okay well thanks thank
you please pls in of from with without on for between to at by the a an some any one ones it its
is are there this that these those which what how about same similar kind type sort other others
another something anything else i im i'm id i'd we my me do does did dont don't have has got get
want would like love prefer looking look need take show find see can could you your not no nothing
yes yeah still now again more less most least bit too very around about max min price budget
colour color colours colors size sizes material cost costs euros euro available possible better hi
hello hey gift present it's that's what's whats let's lets rather
"""
_CONNECTING = frozenset((_CONNECTING_IT + _CONNECTING_EN).split())
_LONG_ONES = tuple(word for word in sorted(_CONNECTING) if len(word) > 3)


def goes_on(asked: Asked) -> bool:
    """Tell whether a message refines what was searched for: "e sotto i 50?", "in rosso invece".

    Another kind of thing, or a word that none of this explains, is a new subject.
    """
    said = spoken(asked)
    if asked.args or not said or not asked.filters:
        return False
    wanted, before = _listed(said.get("category")), _listed(asked.filters.get("category"))
    if wanted and before:
        return bool(set(wanted) & set(before))
    if not all(entity.end is not None for entity in asked.entities):
        return len(asked.text.split()) <= _SHORT
    return not (left_over(asked) if not wanted else _before_words(asked))


def spoken(asked: Asked) -> dict[str, Any]:
    """Return the wishes that a message states, or that a flow gives; a flow's prices win."""
    found: dict[str, Any] = {}
    priced = any(asked.args.get(name) not in (None, "") for name in PRICES)
    for name in (*FILTERS, *PRICES, "needed_by", "quantity"):
        given = asked.args.get(name)
        heard = [] if priced and name in PRICES else asked.heard(name)
        values = [str(value) for value in ([given] if given not in (None, "") else heard)]
        if values and (name in FILTERS and len(values) > 1):
            found[name] = values
        elif values:
            found[name] = values[0]
    without = [_refusal(str(value)) for value in asked.heard("without")]
    if without:
        found["without"] = [refusal for refusal in without if refusal]
    order = [value for value in asked.heard("ordinal") if value in SUPERLATIVES]
    if order:
        found["order"] = str(order[0])
    return found


def refined(before: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Put what is said now over what was wished before.

    A new price replaces the old one whole; what is refused now is wanted no longer, and the other
    way round.
    """
    kept = {name: value for name, value in before.items() if name not in _HOW_SEARCHED}
    if any(name in said for name in PRICES):
        kept = {name: value for name, value in kept.items() if name not in PRICES}
    refused = [*kept.get("without", ()), *said.get("without", ())]
    wishes = {**kept, **said}
    wishes["without"] = [r for r in _unique(refused) if not _is_wanted(r, said)]
    for name in _REFUSABLE:
        values = {str(r["value"]) for r in said.get("without", ()) if r["kind"] == name}
        left = [value for value in _listed(wishes.get(name)) if value not in values]
        wishes[name] = left if len(left) > 1 else next(iter(left), None)
    return {name: value for name, value in wishes.items() if value not in (None, "", [])}


def search_words(asked: Asked) -> str:
    """Return the text without what the filters already say: sizes, prices, days, refusals."""
    text = asked.text
    for entity in sorted(asked.entities, key=lambda entity: entity.start or 0, reverse=True):
        if entity.entity in _NO_WORDS and entity.start is not None and entity.end is not None:
            text = f"{text[: entity.start]} {text[entity.end :]}"
    return " ".join(text.split())


def left_over(asked: Asked) -> list[str]:
    """Return the words of a message that neither an entity nor a connecting word explains."""
    text = asked.text
    for entity in asked.entities:
        if entity.start is not None and entity.end is not None:
            text = text[: entity.start] + " " * (entity.end - entity.start) + text[entity.end :]
    return [word for word in _WORD.findall(text.casefold()) if not _connects(word)]


def price_limits(filters: dict[str, Any]) -> dict[str, Decimal]:
    """Return the least and the most that a product may cost; "about" is a range around it."""
    about = as_price(filters.get("about_price"))
    low, high = as_price(filters.get("min_price")), as_price(filters.get("max_price"))
    if about is not None:
        low = about * (1 - ABOUT) if low is None else low
        high = about * (1 + ABOUT) if high is None else high
    limits = {"min_price": low, "max_price": high}
    return {name: value for name, value in limits.items() if value is not None}


def _before_words(asked: Asked) -> bool:
    """Tell whether the last search was for words of its own, as a kind said now replaces them."""
    return bool(asked.filters.get("words")) and not asked.filters.get("category")


def _refusal(said: str) -> dict[str, str] | None:
    kind, _, value = said.partition(":")
    return {"kind": kind, "value": value} if value else None


def _is_wanted(refusal: dict[str, str], said: dict[str, Any]) -> bool:
    refused_now = refusal in said.get("without", ())
    return not refused_now and refusal["value"] in _listed(said.get(refusal["kind"]))


def _connects(word: str) -> bool:
    if word in _CONNECTING or len(word) == 1:
        return True
    if len(word) < 4:
        return True
    return process.extractOne(word, _LONG_ONES, score_cutoff=_CLOSE) is not None


def _listed(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one) for one in values if one not in (None, "")]


def _unique(refused: list[dict[str, str]]) -> list[dict[str, str]]:
    return [one for place, one in enumerate(refused) if one not in refused[:place]]
