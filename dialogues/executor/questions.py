"""Questions that only the talk explains: of the product in view, of the service just told of."""

from __future__ import annotations

import re

from dialogues.executor.asking import asks, holds, names_a_kind, replaces_mine, seeks
from dialogues.executor.talk import Heard, Json
from dialogues.executor.wishes import (
    ASKS_VERSIONS,
    DETAILS,
    GIFT,
    GIFT_WORDS,
    SEARCH,
    SURE,
    UNCLEAR,
    known,
)

SURELY = 0.85
_HARDLY = 0.9  # so sure is who asks of something else, with a thing of the shop in view
NOTHING_ELSE = 0.95  # a number of an order alone hardly means another thing
_VERSION = frozenset(("colour", "size"))
_CALLING = ("cancel_order", "request_refund", "complaint", "talk_to_human")
_OF_AN_ORDER = (*_CALLING, "order_status", "ask_returns")
_CANCELLED = re.compile(
    r"\b(?:annull(?:i|a|ate|are|atelo|atela|alo|ala|arlo|arla)|disd(?:ico|ite|ire)|cancel)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:secondo (?:te|voi)|dici che|dite che)\b.*\bpia[cq]\w+|\bpiacer(?:à|a|ebbe|anno)\b.*\?"
    r"|\b(?:do you (?:think|reckon)|d'?you reckon|would) .*\b(?:he|she|they|it)\b"
    r".*\b(?:like|love|suit)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:l['’]|il |lo |la |quell[oa] |quel )(?:\w+ )?(?:di prima|precedente)\b"
    r"|\bfrom (?:before|earlier)\b",
    re.IGNORECASE,
)
_ONLY_THE = re.compile(
    r"\b(?:solo|soltanto|meglio|preferisco|piuttosto|only|just|rather)\s+(?:(?:il|lo|la|i|gli|le|the)\s|l['’])",
    re.IGNORECASE,
)
_FOR_IT = re.compile(
    r"\b(?:avete|vendete|(?:yo)?u (?:got|have|sell))\s+(?:like\s+|anche\s+|pure\s+)?"
    r"(?:an?|any|some|un[ao]?|dei|delle|qualche)\b['’]?.*"
    r"\b(?:for|to go with|that goes with|per|con)\s+(?:it|them|that|quest\w+|quell\w+)\b",
    re.IGNORECASE,
)
_OTHERWISE = frozenset(("category", "product", "colour", "size", "material", "max_price"))
# "Bianco ci sta?": whether there is a white one.
_IS_THERE = re.compile(r"\bci st(?:a|anno)\W*$", re.IGNORECASE)
_OR = re.compile(
    r"\b(?:vs|versus|contro|or|o|oppure|differen\w+|tra|fra|between|compar\w+|paragon\w+)\b",
    re.IGNORECASE,
)
_SOMETHING_FOR = re.compile(
    r"\b(?:qualcos\w*|something|anything)\s+(?:(?:di|che)\s+\w+\s+)?(?:per|x|for)\s+(?:il|lo|la|l['’]|the|my|our)",
    re.IGNORECASE,
)
# "Mio padre lo tiene in tasca, non è troppo spesso?" asks of the thing, whoever has it.
_A_FEW = 5  # words
_SHORT = 14  # words; "rain proof?" is asked of a thing, a story is not
_BESIDE_THE_THING = frozenset(("ordinal", "recipient", "occasion"))
_OF_SOMETHING = ("ask_availability", "buy")
# What nobody says with a question mark while a thing is in view: "sono spessi?", "si allacciano?".
_HARDLY_ASKED = frozenset(
    (
        "deny", "out_of_scope", "affirm", "complaint", "advise_against", "restart",
        "bot_challenge", "browse_catalog", "talk_to_human",
    )
)  # fmt: skip
_SEARCHES = frozenset((SEARCH, GIFT, "browse_catalog", "show_more"))
_MORE_OR_LESS = re.compile(
    r"^\W*(?:(?:\w+\W+){0,2}|(?:(?:do|have|got|you|u|any|anything|something|is|are|there|an?"
    r"|avete|hai|ne|ce|c|è|qualcosa|qualcuna|di|un[ao]?|anche|e|and)\W+){3,6})(?:bigger|smaller|larger|lighter"
    r"|pi[uù] (?:grand[ei]|piccol[aoie]|legger[aoie]))(?:\W+\w+)?\W*$",
    re.IGNORECASE,
)
MOST_WORDS = 8
_OF_A_PRICE = (None, "ask_discount", "ask_price", "complaint", "deny", "out_of_scope", GIFT)
_NAMES_IT = frozenset(("category", "product"))


def an_order(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear the number of an order as a question about it: "eccolo, numero 90233"."""
    enough = NOTHING_ELSE if given.keys() == {"order_number"} else SURE
    guessed = heard.confidence < enough and heard.intent not in _OF_AN_ORDER
    if "order_number" in given and _CANCELLED.search(heard.text) and not asks(heard.text):
        return "cancel_order"  # "ordered two by mistake, cancel 55102 please"
    return "order_status" if "order_number" in given and guessed else None


def more_or_less(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "smaller", said of what was shown, as a search for what is smaller."""
    on_the_table = facts.get("focus") or facts.get("shown")
    alone = not given.keys() - {"compared"} and _MORE_OR_LESS.search(heard.text)
    return SEARCH if on_the_table and alone else None


def something_cheaper(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "349 euro! non c'è qualcosa che costa meno?" as a search, not as a discount."""
    wanted = given.get("compared") == "cheaper" and seeks(heard.text)
    return SEARCH if wanted and heard.intent in _OF_A_PRICE else None


def between_searches(heard: Heard, given: Json, facts: Json) -> str | None:
    """Look for it where only the name of the search is in doubt, and no present is spoken of.

    With nothing on the table, whether it is there and to buy it mean a search, too.
    """
    nothing = not (facts.get("focus") or facts.get("shown") or "product" in given)
    open_too = _OF_SOMETHING if nothing and SEARCH in heard.unsure and seeks(heard.text) else ()
    doubt = len(heard.unsure) > 1 and set(heard.unsure) <= _SEARCHES.union(open_too)
    return SEARCH if doubt and not GIFT_WORDS.search(heard.text) else None


def in_a_version(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear a product with its colour or size as a question whether it is there."""
    enough = SURELY if len(heard.text.split()) <= _A_FEW else SURE  # "the Partenza in tan?"
    guessed = heard.intent in (None, DETAILS) and heard.confidence < enough and not heard.also
    if guessed and "product" in given and given.keys() & _VERSION:
        return "ask_availability"
    unclear = heard.confidence < SURELY and heard.intent != "ask_size_guide"
    in_view = facts.get("focus") and not given and unclear
    return "ask_availability" if in_view and ASKS_VERSIONS.search(heard.text) else None


def for_a_place(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "something for the house" as a search: nobody is asked whom a hallway is for."""
    named = GIFT_WORDS.search(heard.text) or "recipient" in given
    return (
        SEARCH if heard.intent == GIFT and not named and _SOMETHING_FOR.search(heard.text) else None
    )


def of_the_one_in_view(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear a question that nothing else explains as one about the product in view.

    "Has it got a chain?": no list of topics knows what a thing may be asked.
    """
    off_topic = heard.intent == "out_of_scope" and asks(heard.text)  # "how many pens"
    marked = heard.intent in _HARDLY_ASKED and (off_topic or "?" in heard.text)
    unclear = heard.intent == SEARCH or (marked and len(heard.text.split()) <= _SHORT)
    enough = (_HARDLY if off_topic and "?" in heard.text else SURELY) if marked else SURE
    guessed = heard.intent is None or (unclear and heard.confidence < enough)
    if not facts.get("focus") or not guessed or heard.also or given.keys() - _BESIDE_THE_THING:
        return None
    if given.get("ordinal", "this") != "this" or seeks(heard.text):
        return None
    if names_a_kind(heard.text):
        return None
    return DETAILS if asks(heard.text) else None


def instead_of_mine(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear a wish in "a case for them? mine is broken": what somebody had is no complaint here."""
    calls = heard.intent == "complaint" and "order_number" not in given and not heard.also
    named = bool(given.keys() & _NAMES_IT)
    return SEARCH if calls and replaces_mine(heard.text, named=named) else None


def to_go_with_it(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "u got like a sleeve for it?" as a search: it is for the one in view, not part of it."""
    guessed = heard.intent in (None, DETAILS) and heard.confidence < SURE and not heard.also
    return SEARCH if guessed and "product" not in given and _FOR_IT.search(heard.text) else None


def inside_of_it(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "is there a place for shoes?" as a question of the bag in view, not a search for shoes.

    The kind that is named is what the thing shall hold.
    """
    guessed = heard.intent in UNCLEAR or heard.confidence < SURE
    free = not given.keys() - {"category", "colour", "quantity"} and not heard.also
    kind = known(facts, "marks").get(f"category:{given.get('category')}") or ()
    in_a_colour = "colour" in given and facts.get("focus") in kind  # "bianco ci sta il portagioie"
    free = free and not in_a_colour and not ("colour" in given and _IS_THERE.search(heard.text))
    return DETAILS if facts.get("focus") and guessed and free and holds(heard.text) else None


def of_the_one_before(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "does the bag from before have a zip?" as a question of what was talked about."""
    guessed = heard.intent in UNCLEAR and not heard.also and facts.get("asked")
    free = not given.keys() - {"category", "ordinal"}
    return (
        DETAILS if guessed and free and "?" in heard.text and _BEFORE.search(heard.text) else None
    )


def would_like_it(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "do you think he'd like it?", said of the product in view, as asking for opinions."""
    on_the_table = facts.get("focus") or facts.get("shown")
    asked = on_the_table and _OPINION.search(heard.text) and heard.confidence < SURELY
    return "ask_reviews" if asked and not given.keys() & _OTHERWISE else None


def which_of_these(heard: Heard, given: Json, facts: Json) -> str | None:
    """Settle "which is lighter?" between comparing and describing: several are on the table."""
    several = len(_listed(facts.get("shown"))) > 1 and not facts.get("focus")
    compares = "compare_products" in heard.unsure and asks(heard.text)
    return "compare_products" if several and compares and not given else None


def one_of_these(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "no, only the case", said of those shown, as a choice among them."""
    only = heard.intent == "deny" and facts.get("shown") and _ONLY_THE.search(heard.text)
    return "back_to_product" if only else None


def is_short(heard: Heard) -> bool:
    """Tell whether a message is a scrap; longer ones say enough by themselves."""
    return len(re.findall(r"\w+", heard.text)) <= MOST_WORDS


def by_a_day(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "arriva entro il 20 dicembre?" as a question of delivery: hours have no deadline."""
    may = heard.intent is None and "ask_delivery" in heard.unsure
    return "ask_delivery" if may and "needed_by" in given and asks(heard.text) else None


def of_the_named(heard: Heard, given: Json, facts: Json) -> str | None:
    """Settle "what is in the Scriba set?": a thing that is named is asked about.

    It is never off topic, and the first and only one is compared with nothing.
    """
    alone = not (facts.get("focus") or facts.get("shown") or _OR.search(heard.text))
    guessed = heard.confidence < NOTHING_ELSE
    may = heard.intent is None and DETAILS in heard.unsure
    may = may or (guessed and heard.intent == "out_of_scope")
    may = may or (guessed and heard.intent == "compare_products" and alone)
    may = may and not heard.also
    may = may and "compare_products" not in heard.unsure
    named = not given.keys() - {"product", "category", "ordinal"} and "product" in given
    return DETAILS if may and named and asks(heard.text) else None


def last_topic(facts: Json) -> str:
    """Return what was last asked about, nothing where that is not known."""
    notes = facts.get("asked")
    last = notes[-1] if isinstance(notes, list) and notes else None
    return str(last.get("topic")) if isinstance(last, dict) else ""


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
