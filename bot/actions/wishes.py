"""What a customer wants so far: a follow-up refines it, a new subject begins afresh.

The wishes are the slot `filters`, in a form that the engine can remember: ids and amounts as text,
a list where several will do, and `without` as a list of `{"kind", "value"}`.
"""

import re
from decimal import Decimal
from typing import Any

from bot.actions.asked import Asked, Entity, as_price
from bot.actions.carrying import aboard, kept_there, told_at_length
from bot.actions.core import NO_WORDS, PRICES, core_words
from bot.actions.holding import besides_it, held, holds_that, kinds_wanted, made_of, without_places
from catalog import Need
from dialogues import executor
from dialogues.executor import SUPERLATIVES

FILTERS = ("category", "colour", "size", "material", "recipient", "occasion")
ABOUT = Decimal("0.25")  # "about 60" is 45 to 75
# How it was said; `thing` is what the kind was called, `having` what it must hold or have in it.
IN_WORDS = ("words", "core", "thing", "having")
_HOW_SEARCHED = ("next", "exact", "order", *IN_WORDS, "cheaper")
_REFUSABLE = ("colour", "material")
PEOPLE = frozenset(("recipient", "occasion"))
_SOMETHING_ELSE = re.compile(
    r"\banche qualcos|\bpensierin|\bqualcos\w* anche|\bsomething else\b"
    r"|\balso (?:something|anything|need|want|looking)|\b(?:something|anything) (?:also|too)\b",
    re.IGNORECASE,
)
_SOMETHING = re.compile(r"(?:qualcosa|something|anything)\b", re.IGNORECASE)
_INSTEAD = re.compile(
    r"\b(?:magari|piuttosto|invece|meglio|maybe|perhaps|rather|instead|(?:how|what) about)\b",
    re.IGNORECASE,
)
# "Something she can use every day" names nothing that a shop could be without.
_VAGUE = re.compile(
    r"\b(?:qualcosa|qlcs|qualcs|una (?:cosa|roba)|something|anything|smth|sth"
    r"|what (?:have|do|else have) (?:you|ye|u|ya)(?: got| have)? (?:that['’]?s|that is|that are)"
    r"|cosa avete (?:di|che))\b"
    r"(?!\s+(?:per|for|da)\b)",
    re.IGNORECASE,
)
_FOR_THEM = re.compile(
    r"\b(?:mett|ten|port|ripor|conserv|protegg)\w*(?:erl|arl)[ie]\b|\bper (?:loro|quelli|quelle)\b"
    r"|\b(?:for|to (?:put|keep|carry|store)) (?:them|those)\b",
    re.IGNORECASE,
)
_LONGEST = 200  # letters
_OR_ANOTHER = re.compile(
    r"\s*(?:,|\b(?:e|o|ed|oppure|or|and)\b)\s*(?:(?:an?|some|un[ao]?|dei|delle|degli)\b['’]?\s*)?"
    r"(?P<what>[^\W\d_]+(?:[ -][^\W\d_]+){0,2})",
    re.IGNORECASE,
)
_SHORT = 7  # words; where nothing tells which words are left over, a longer message stands alone

_NEGATION_WORDS = """
non nn no not niente nessun nessuna senza tranne eccetto without except but dont don't nothing né ne
nor neither evita evitiamo odio hate avoid
"""
_NEGATIONS = frozenset(_NEGATION_WORDS.split())


def goes_on(asked: Asked) -> bool:
    """Tell whether a message refines what was searched for: "e sotto i 50?", "in rosso invece".

    Another kind of thing, or a word that none of this explains, is a new subject.
    """
    said = spoken(asked)
    if asked.args or not said or not asked.filters:
        return False
    if said.keys() <= PEOPLE and _SOMETHING_ELSE.search(asked.text):
        return False  # "avete anche qualcosa per le testimoni?"
    wanted, before = _listed(said.get("category")), _listed(asked.filters.get("category"))
    if "category" not in said and refuses_first(asked):
        return True  # "no scarves, she has a drawer of them"
    if wanted and before:  # of two kinds looked for at once, one said now is looked for alone
        return bool(set(wanted) & set(before)) and len(before) <= len(wanted)
    if not all(entity.end is not None for entity in asked.entities):
        return len(asked.text.split()) <= _SHORT
    return not (left_over(asked) if not wanted else _before_words(asked))


def is_vague(text: str) -> bool:
    """Tell whether a wish leaves the kind of thing open: "qualcosa di elegante"."""
    return bool(_VAGUE.search(text))


def spoken(asked: Asked) -> dict[str, Any]:
    """Return the wishes that a message states, or that a flow gives; a flow's prices win."""
    found: dict[str, Any] = {}
    priced = any(asked.args.get(name) not in (None, "") for name in PRICES)
    for name in (*FILTERS, *PRICES, "needed_by", "quantity"):
        given = asked.args.get(name)
        heard = [] if priced and name in PRICES else asked.heard(name)
        if name == "category":
            heard = list(dict.fromkeys(kind.value for kind in kinds_wanted(asked)))
        values = [str(value) for value in ([given] if given not in (None, "") else heard)]
        if values and (name in FILTERS and len(values) > 1):
            found[name] = values
        elif values:
            found[name] = values[0]
    without = [_refusal(str(value)) for value in asked.heard("without")]
    if without:
        found["without"] = [refusal for refusal in without if refusal]
    if whole := made_of(asked):
        found["category"] = str(whole[0].value)
    order = [value for value in asked.heard("ordinal") if value in SUPERLATIVES]
    if order:
        found["order"] = str(order[0])
    need = _need_of(asked)
    return _told_by_it(found, need) if need else found


def _need_of(asked: Asked) -> Need | None:
    return None if asked.args else asked.need


def _told_by_it(said: dict[str, Any], need: Need) -> dict[str, Any]:
    """Leave out what a message refuses in words, and the kind where its need says what is wanted.

    "Candles are banned here, something that smells nice without fire" is no wish for a candle, and
    what is free of nickel says the word.
    """
    refused = [r for r in said.get("without", ()) if r["kind"] != "word"]
    aside = ("category", "without") if need.names_it else ("without",)
    kept = {name: value for name, value in said.items() if name not in aside}
    return {**kept, "without": refused} if refused else kept


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
    beside = besides_it(asked)
    for entity in sorted(asked.entities, key=lambda entity: entity.start or 0, reverse=True):
        no_words = entity.entity in NO_WORDS or entity in beside or told_at_length(entity)
        if no_words and entity.start is not None and entity.end is not None:
            text = f"{text[: entity.start]} {text[entity.end :]}"
    # "Non voglio borse nere" refuses the colour; the bag that is left must not look refused.
    refuses = bool(asked.heard("without"))
    words = without_places(executor.without_mine(text)).split()
    kept = [word for word in words if not (refuses and _plain(word) in _NEGATIONS)]
    return " ".join((*kept, *_what_they_are(asked).split()))


def _what_they_are(asked: Asked) -> str:
    """Return what "them" are in "a case to put them in": what was looked for before."""
    before = str(asked.filters.get("core") or asked.filters.get("words") or "")
    return " ".join(executor.left_over(before, ())) if _FOR_THEM.search(asked.text) else ""


def in_words(asked: Asked, words: str) -> dict[str, str]:
    """Return how it was said: whole, in the few words that name it, and what it is to hold.

    A flow that searches by its own arguments still hears the name of the thing.
    """
    need = _need_of(asked)
    told = need.told[asked.language] if need and asked.language in need.told else None
    if told and need and need.names_it:
        return {"words": told}
    core = None if asked.args else core_words(asked)
    kinds = [kind for kind in kinds_wanted(asked) if kind.end is not None]
    whole = made_of(asked)
    called = [whole[0]] if whole else kinds
    named = "; ".join(_called(asked.text, kind) for kind in called)
    having = told or (
        whole[1] if whole else aboard(asked, kinds) or held(asked) or kept_there(asked, kinds) or ""
    )
    if _SOMETHING.match(named):
        having = ""  # "something for the home" is a kind by itself, and holds no home
    if having and not kinds and holds_that(asked.text):
        words = having  # the rest tells how it fares now, and where
    found = {
        "words": words,
        "core": core if core != words else None,
        "thing": (named or core or "")[:_LONGEST],
        "having": having[:_LONGEST],
    }
    return {name: value for name, value in found.items() if value}


def _called(text: str, kind: Entity) -> str:
    """Return the words for a kind, and those for another that is said in one breath with it."""
    another = _OR_ANOTHER.match(text, kind.end or 0)
    return f"{text[kind.start : kind.end]}{'; ' + another['what'] if another else ''}"


def left_over(asked: Asked) -> list[str]:
    """Return the words of a message that neither an entity nor a connecting word explains."""
    spans = [(e.start, e.end) for e in asked.entities if e.start is not None and e.end is not None]
    return executor.left_over(asked.text, spans)


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


def refuses_first(asked: Asked) -> bool:
    """Tell whether a message begins with what is not wanted, whatever reason follows."""
    return _refused_first(asked) is not None


def instead(asked: Asked) -> bool:
    """Tell whether a message names what is wanted after what is not: "no bags, maybe a ring?"."""
    first = _refused_first(asked)
    if first is None or first.end is None:
        return False
    return bool(_INSTEAD.search(asked.text, first.end))


def _refused_first(asked: Asked) -> Entity | None:
    first = next((e for e in asked.entities if e.entity == "without"), None)
    if first is None or first.start is None:
        return None
    return None if executor.left_over(asked.text[: first.start], ()) else first


def _refusal(said: str) -> dict[str, str] | None:
    kind, _, value = said.partition(":")
    return {"kind": kind, "value": value} if value else None


def _is_wanted(refusal: dict[str, str], said: dict[str, Any]) -> bool:
    refused_now = refusal in said.get("without", ())
    return not refused_now and refusal["value"] in _listed(said.get(refusal["kind"]))


def _plain(word: str) -> str:
    return word.casefold().strip(",.;:!?").replace("\u2019", "'")


def _listed(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one) for one in values if one not in (None, "")]


def _unique(refused: list[dict[str, str]]) -> list[dict[str, str]]:
    return [one for place, one in enumerate(refused) if one not in refused[:place]]
