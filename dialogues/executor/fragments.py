"""What a scrap of a talk means: "e neri?", "ok burgundy then?", "e a Milano?".

No classifier can know it, because the question stands in the turns before. What was named says
what kind of thing is asked; what is on the table says of which product.
"""

from __future__ import annotations

import re

from dialogues.executor.apart import OF_A_STORY, another_place, by_email, there_by_name
from dialogues.executor.asking import names_a_kind
from dialogues.executor.comparing import side_by_side
from dialogues.executor.hidden import HIDDEN
from dialogues.executor.measuring import MEASURED, OF_ITS_MAKE
from dialogues.executor.moments import for_a_moment
from dialogues.executor.pricing import its_price
from dialogues.executor.questions import (
    SURELY,
    an_order,
    between_searches,
    by_a_day,
    for_a_place,
    in_a_version,
    inside_of_it,
    instead_of_mine,
    is_short,
    last_topic,
    more_or_less,
    of_the_named,
    of_the_one_before,
    of_the_one_in_view,
    one_of_these,
    something_cheaper,
    to_go_with_it,
    which_of_these,
    would_like_it,
)
from dialogues.executor.services import (
    OF_A_SERVICE,
    no_call_on_a_guess,
    of_another_day,
    of_the_service,
    the_price_of_it,
    the_question_in_it,
)
from dialogues.executor.talk import Heard, Json
from dialogues.executor.using import used_so
from dialogues.executor.versions import (
    OF_A_VERSION,
    a_size,
    is_its_kind,
    only_its_name,
    would_do,
)
from dialogues.executor.wishes import DETAILS, SEARCH, SURE, is_alone, known, wished

FEW_WORDS = 3
_GUESSED = (
    None,
    "ask_availability",
    "ask_details",
    "ask_price",
    "compare_products",
    "back_to_product",
)
_OF_ONE = ("ask_details", "ask_availability", "ask_care", "ask_size_guide")
# Words that may stand before a scrap and change nothing: "ok burgundy then?".
_SCRAPPY = (None, "affirm", "thanks", "greet", "deny")
_CLEAR = (("ask_details", "product"), ("search_product", "category"), ("ask_delivery", "city"))
_NARROWING = frozenset(("category", "material", "recipient", "occasion", "max_price", "min_price"))
_NOBODY: frozenset[str] = frozenset()
_VERSION = frozenset(("colour", "size"))
# "Quello in tela", "the braided one": one of those shown, described instead of named.
_POINTING = re.compile(r"\bquell[oaie]\b|\b(?:the|that)\b.*\bone\b")
# "No, non una borsa, solo la custodia": not a no, but another wish.
_INSTEAD = re.compile(
    r"\b(?:solo|soltanto|invece|rest[oa]|torn[oa] (?:a|su)\w*|tengo|piuttosto"
    r"|meglio|preferi\w+|anzi|aspett\w+|scusa|sbagliat\w*"
    r"|just|only|instead|rather|prefer|actually|wait|sorry)\b|^\W*(?:\w+\W+)?no\s*[,.;:]",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"\b(?:non|nn|not|don'?t|niente|nessun\w*)\b", re.IGNORECASE)
# "And on Saturday?" asks again what was just asked: the hours, or whether it arrives.
_DAYS_OF = {"hours": "opening_hours", "delivery": "delivery"}
_THIS_ALONE = re.compile(
    r"^(?:(?:ok|e|ah|and|mm+)\W+)?(?!(?:davvero|sicur[oa]|perch[eé]|quando|quanto|quale|really|seriously"
    r"|where|which|hello|pronto|scusa|scusi)\b)[^\W\d_]{5,}\s*\?+\s*$",
    re.IGNORECASE,
)
# "E a Lampedusa?", said about delivery: a place that no list knows.
_AND_TO = re.compile(
    r"^(?:\w{1,7}\W+){0,2}(?:e|and|what about)\s+(?:a|ad|in|fino a|to|for)"
    r"\s+[^\W\d_]{3,}(?:\s+[^\W\d_]+)?\W*$",
    re.IGNORECASE,
)
# Topics of a product that a scrap may ask again of another one: "e la Luna?".
_ABOUT_ONE = ("price", "availability", "details", "reviews")


# Heard where a wish for something of the shop was named all the same: a guess below this gives way.
_LIMITS = frozenset(("max_price", "min_price", "about_price"))
_PRESENT = frozenset(("category", "product"))
# What a scrap asks of the product in view goes before a new or a narrower search.
_LEFT_TO_WISHES = (None, SEARCH, DETAILS)
_PURCHASE = "buy"


def meaning(heard: Heard, given: Json, facts: Json, *, asking: bool = False) -> str | None:
    """Return the intent that a scrap or a mere wish stands for, None where the words say it all.

    `asking` tells that a question is open, whose answer is nobody's wish.
    """
    about_it = (read(heard, given, facts) for read in _OF_THE_THING)
    if settled := next((intent for intent in about_it if intent), None):
        return settled
    found = _scrap(heard, given, facts)
    if asking or heard.choice or heard.intent == _PURCHASE or found not in _LEFT_TO_WISHES:
        return found
    wish = wished(heard, facts)
    return found if wish == heard.intent else wish


def _scrap(heard: Heard, given: Json, facts: Json) -> str | None:
    """Read a message by the turns before it."""
    if heard.intent == "show_more" and "category" in given:
        return SEARCH  # "any other candles?"
    goes_on = (read(heard, given, facts) for read in _READERS)
    if found := next((intent for intent in goes_on if intent), None):
        return found
    if not given or heard.also or heard.intent not in _SCRAPPY:
        return None
    if heard.intent == "deny":
        turns = _INSTEAD.search(heard.text) or heard.text.rstrip().endswith("?")  # "nooo e verdi?"
        turns = turns and not _REFUSES.search(heard.text)
        return _rather(given, facts) if turns and "without" not in given else None
    # "Eccomi, il secondo in L?" greets and asks of what is on the table.
    points = (facts.get("shown") or facts.get("focus")) and given.keys() & {"ordinal", *_VERSION}
    if not is_short(heard) or (heard.intent == "greet" and not points):
        return _clear(heard, given)
    return _again(facts, given) if _points(heard, given, facts) else _by_kind(given, facts)


def _of_the_shop(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear a thing of the shop in what seemed to be none of its business."""
    if heard.intent != "out_of_scope":
        return None
    if "ordinal" in given and facts.get("shown") and heard.confidence < SURELY:
        return DETAILS  # "il secondo non è male, raccontami qualcosa in più"
    if heard.confidence >= SURE:
        return None
    named = given.keys() & _PRESENT
    if facts.get("filters") and given.keys() & _LIMITS:
        return SEARCH  # "aspetta, siamo in 4, facciamo max 80"
    return (DETAILS if "product" in named else SEARCH) if named else None


def _likely(heard: Heard, given: Json, facts: Json) -> str | None:
    """Settle what may have been meant by what is on the table, where that leaves no doubt."""
    if heard.intent or (not given and names_a_kind(heard.text)):
        return None  # "cravatte ne tenete?"
    if "?" in heard.text and "category" in given and is_its_kind(given["category"], facts):
        return DETAILS  # "profuma tanto?", said of the candle in view
    if facts.get("focus") and not given.keys() & {"category", "product", "ordinal"}:
        if given.keys() == {"quantity"} and len(heard.text.split()) <= FEW_WORDS:
            return "affirm"  # "two pairs", said of the one in view
        of_one = (name for name in heard.unsure if name in _OF_ONE)
        return None if given.keys() & _VERSION else next(of_one, None)
    alone = heard.unsure == [SEARCH] and facts.get("filters")
    return SEARCH if alone else None


def _the_same_of(heard: Heard, given: Json, facts: Json) -> str | None:
    """Ask of a product named or pointed at alone what was asked of another: "e la Luna?"."""
    guessed = heard.intent in _GUESSED and heard.confidence < SURELY
    another = given.keys() == {"product"} or given == {"ordinal": "other"}
    if not another or not guessed or heard.also or not is_alone(heard):
        return None
    last = last_topic(facts)
    return f"ask_{last}" if last in _ABOUT_ONE else None


def _without_names(heard: Heard, given: Json, facts: Json) -> str | None:
    """Read "e sabato?" after the hours, and "e orologi?", which the shop has no word for."""
    day = _DAYS_OF.get(last_topic(facts))
    if day and not heard.intent and "needed_by" in given:
        return f"ask_{day}"  # "and the 24th of June, which I think is a holiday with you?"
    if day and is_short(heard) and of_another_day(heard):
        return f"ask_{day}"
    if heard.intent or not is_short(heard):
        return None
    if day == "delivery" and not given and _AND_TO.search(heard.text):
        return "ask_delivery"
    if not given and _THIS_ALONE.search(
        heard.text
    ):  # "guinzagli?", or "pizzica?" of the one in view
        return DETAILS if facts.get("focus") else SEARCH
    return "search_product" if not given and names_a_kind(heard.text) else None


def _clear(heard: Heard, given: Json) -> str | None:
    """Too long for a scrap, or a greeting with a wish in it: only what is clear by itself."""
    if heard.intent not in (None, "greet"):
        return None
    clear = given.keys() - ({"city"} if heard.intent == "greet" else set())
    return next((intent for intent, name in _CLEAR if name in clear), None)


def _by_kind(given: Json, facts: Json) -> str | None:
    return next((intent for intent, names in _kinds(facts) if given.keys() & names), None)


def _rather(given: Json, facts: Json) -> str | None:
    """Read "no, solo la custodia": one of those shown is meant, or another version or kind."""
    one_of_these = bool(facts.get("shown")) and given.keys() & {"product", "category", "ordinal"}
    return "back_to_product" if one_of_these else _by_kind(given, facts)


def _points(heard: Heard, given: Json, facts: Json) -> bool:
    pointed = bool(facts.get("shown")) and bool(_POINTING.search(heard.text.lower()))
    return bool(given.get("product") or given.get("ordinal")) or pointed


def _kinds(facts: Json) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return what the things that can be said ask for; the first that fits counts."""
    # After a search for red ones "no, black" searches anew; of the one in view it asks.
    searched = frozenset() if facts.get("focus") else _VERSION & known(facts, "filters").keys()
    on_the_table = facts.get("focus") or facts.get("shown")
    of_one = _VERSION - searched if on_the_table else _NOBODY
    # Said before anything was looked for, a person or an occasion is the wish for a present.
    of_somebody = _NOBODY if facts.get("filters") else frozenset({"recipient", "occasion"})
    return (
        ("order_status", frozenset({"order_number"})),
        ("ask_availability", of_one),
        ("ask_delivery", frozenset({"city"})),
        ("recommend_gift", of_somebody),
        ("search_product", _NARROWING | _VERSION),
    )


def _again(facts: Json, given: Json) -> str:
    """Ask of the product named now what was asked before, its version first."""
    if any(name in given for name in _VERSION):
        return "ask_availability"
    last = last_topic(facts)
    return f"ask_{last}" if last in _ABOUT_ONE else "ask_details"


# Questions that name a kind and yet look for nothing.
_OF_THE_THING = (*OF_ITS_MAKE, inside_of_it, of_the_one_before, used_so, would_do)
_READERS = (
    an_order,
    for_a_moment,
    *HIDDEN,
    there_by_name,
    *OF_A_STORY,
    by_email,
    its_price,
    only_its_name,
    *OF_A_VERSION,
    no_call_on_a_guess,
    *OF_A_SERVICE,
    *MEASURED,
    instead_of_mine,
    side_by_side,
    to_go_with_it,
    would_like_it,
    in_a_version,
    more_or_less,
    something_cheaper,
    between_searches,
    the_price_of_it,
    by_a_day,
    of_the_named,
    of_the_service,
    which_of_these,
    another_place,
    _of_the_shop,
    a_size,
    _the_same_of,
    _likely,
    _without_names,
    the_question_in_it,
    of_the_one_in_view,
    for_a_place,
    one_of_these,
)
