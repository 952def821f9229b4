"""What a scrap of a talk means: "e neri?", "ok burgundy then?", "e a Milano?".

No classifier can know it, because the question stands in the turns before. What was named says
what kind of thing is asked; what is on the table says of which product.
"""

from __future__ import annotations

import re

from dialogues.executor.talk import Heard, Json
from dialogues.executor.wishes import DETAILS, SEARCH, SURE, wished

# Places that sound like a question about the shop's own, or about nothing.
_ELSEWHERE = ("out_of_scope", "ask_location")
_SIZED = (None, "affirm", "deny", "out_of_scope", "ask_size_guide", SEARCH)
# Longer messages say enough by themselves.
MOST_WORDS = 8
# Words that may stand before a scrap and change nothing: "ok burgundy then?".
_SCRAPPY = (None, "affirm", "thanks", "greet", "deny")
_CLEAR = (("ask_details", "product"), ("search_product", "category"), ("ask_delivery", "city"))
_NARROWING = frozenset(("category", "material", "recipient", "occasion", "max_price", "min_price"))
_NOBODY: frozenset[str] = frozenset()
_VERSION = frozenset(("colour", "size"))
# "Quello in tela", "the braided one": one of those shown, described instead of named.
_POINTING = re.compile(r"\bquell[oaie]\b|\b(?:the|that)\b.*\bone\b")
# "E orologi?", "what about hats?": a kind of thing that the shop has no word for.
_AND_THIS = re.compile(
    r"^(?:\w{1,4}\W+){0,2}(?:(?:ed?|e invece|and)\s+(?:[^\W\d_]{4,}\s*){1,3}\?+"
    r"|(?:what about|how about)\s+(?:[^\W\d_]{4,}\s*){1,3}\?*)\s*$",
    re.IGNORECASE,
)
# "No, non una borsa, solo la custodia": not a no, but another wish.
_INSTEAD = re.compile(
    r"\b(?:solo|soltanto|invece|piuttosto|meglio|preferi\w+|anzi|aspett\w+|scusa|sbagliat\w*"
    r"|just|only|instead|rather|prefer|actually|wait|sorry)\b|^\W*(?:\w+\W+)?no\s*[,.;:]",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"\b(?:non|nn|not|don'?t|niente|nessun\w*)\b", re.IGNORECASE)
_ONLY_THE = re.compile(
    r"\b(?:solo|soltanto|meglio|preferisco|piuttosto|only|just|rather)\s+(?:(?:il|lo|la|i|gli|le|the)\s|l['’])",
    re.IGNORECASE,
)
# "And on Saturday?" asks again what was just asked: the hours, or whether it arrives.
_DAYS_OF = {"hours": "opening_hours", "delivery": "delivery"}
_DAY = re.compile(
    r"\b(?:luned|marted|mercoled|gioved|venerd|sabat|domenic|doman|oggi|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|tomorrow|today)",
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
_PRESENT = frozenset(("category", "product"))
# What a scrap asks of the product in view goes before a new or a narrower search.
_LEFT_TO_WISHES = (None, SEARCH, DETAILS)
_PURCHASE = "buy"
_NUMBER = re.compile(r"(?<![\w.,/])\d{1,3}(?![\w/]|[.,]\d)")
_NOT_A_SIZE = re.compile(r"€|\beuro?\b|\bquid\b|\bpounds?\b|\bmax\b|\bbudget\b", re.IGNORECASE)


def meaning(heard: Heard, given: Json, facts: Json, *, asking: bool = False) -> str | None:
    """Return the intent that a scrap or a mere wish stands for, None where the words say it all.

    `asking` tells that a question is open, whose answer is nobody's wish.
    """
    found = _scrap(heard, given, facts)
    if asking or heard.choice or heard.intent == _PURCHASE or found not in _LEFT_TO_WISHES:
        return found
    wish = wished(heard, facts)
    return found if wish == heard.intent else wish


def _scrap(heard: Heard, given: Json, facts: Json) -> str | None:
    """Read a message by the turns before it."""
    short = len(re.findall(r"\w+", heard.text)) <= MOST_WORDS
    if goes_on := _going_on(heard, given, facts, short=short):
        return goes_on
    if not given or heard.also or heard.intent not in _SCRAPPY:
        return None
    if heard.intent == "deny":
        turns = _INSTEAD.search(heard.text) and not _REFUSES.search(heard.text)
        return _rather(given, facts) if turns and "without" not in given else None
    if heard.intent == "greet" or not short:
        return _clear(heard, given)
    return _again(facts, given) if _points(heard, given, facts) else _by_kind(given, facts)


def _going_on(heard: Heard, given: Json, facts: Json, *, short: bool) -> str | None:
    """Read what sounds like something else, or like nothing, and goes on with the talk."""
    if _asks_delivery(heard, given, facts):
        return "ask_delivery"
    if heard.intent == "out_of_scope" and heard.confidence < SURE and given.keys() & _PRESENT:
        return DETAILS if "product" in given else SEARCH
    if short and heard.intent in _SIZED and not heard.also and _names_a_size(heard, given, facts):
        return "ask_availability"  # "ah peccato. e 39?"
    if not heard.intent and short and (unnamed := _without_names(heard, given, facts)):
        return unnamed
    if heard.intent == "deny" and facts.get("shown") and _ONLY_THE.search(heard.text):
        return "back_to_product"
    return None


def _asks_delivery(heard: Heard, given: Json, facts: Json) -> bool:
    """Hear a place behind another, and the price of what was spoken of last."""
    on_delivery = _last_topic(facts) == "delivery"
    if heard.intent == "ask_price":  # "spedite in Sardegna?" – "quanto costa?"
        return on_delivery and not given and not (facts.get("focus") or facts.get("shown"))
    guessed = heard.intent in _ELSEWHERE and heard.confidence < SURE and not heard.also
    # "E a Milano dai miei?", "she's in Manchester": where something in view shall go.
    in_view = bool(facts.get("focus") or facts.get("shown")) and heard.intent != "out_of_scope"
    return "city" in given and guessed and (on_delivery or in_view)


def _names_a_size(heard: Heard, given: Json, facts: Json) -> bool:
    """Tell whether a bare number is a size of something on the table."""
    marks = facts.get("marks") or {}
    if given.keys() - {"colour", "quantity"} or _NOT_A_SIZE.search(heard.text):
        return False
    return any(f"size:{number}" in marks for number in _NUMBER.findall(heard.text))


def _without_names(heard: Heard, given: Json, facts: Json) -> str | None:
    """Read "e sabato?" after the hours, and "e orologi?", which the shop has no word for."""
    day = _DAYS_OF.get(_last_topic(facts))
    if day and _DAY.search(heard.text):
        return f"ask_{day}"
    if day == "delivery" and not given and _AND_TO.search(heard.text):
        return "ask_delivery"
    return "search_product" if not given and _AND_THIS.search(heard.text) else None


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
    of_one = _VERSION if facts.get("focus") or facts.get("shown") else _NOBODY
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
    last = _last_topic(facts)
    return f"ask_{last}" if last in _ABOUT_ONE else "ask_details"


def _last_topic(facts: Json) -> str:
    notes = facts.get("asked")
    last = notes[-1] if isinstance(notes, list) and notes else None
    return str(last.get("topic")) if isinstance(last, dict) else ""
