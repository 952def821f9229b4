"""What a scrap of a talk means: "e neri?", "ok burgundy then?", "e a Milano?".

No classifier can know it, because the question stands in the turns before. What was named says
what kind of thing is asked; what is on the table says of which product.
"""

from __future__ import annotations

import re

from dialogues.executor.talk import Heard, Json

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
    r"^(?:\w{1,4}\W+){0,2}(?:ed?|e invece|and|what about|how about)"
    r"\s+(?:[^\W\d_]{4,}\s*){1,3}\?+\s*$",
    re.IGNORECASE,
)
# "No, non una borsa, solo la custodia": not a no, but another wish.
_INSTEAD = re.compile(
    r"\b(?:solo|soltanto|invece|piuttosto|meglio|preferi\w+|just|only|instead|rather|prefer)\b",
    re.IGNORECASE,
)
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
# Topics of a product that a scrap may ask again of another one: "e la Luna?".
_ABOUT_ONE = ("price", "availability", "details", "reviews")


def scrap(heard: Heard) -> str | None:
    """Return what a message means as a scrap of the talk, None where it is none."""
    given: Json = {}
    for entity in heard.entities:
        given.setdefault(str(entity.get("entity")), entity.get("value"))
    return meaning(heard, given, heard.facts)


def meaning(heard: Heard, given: Json, facts: Json) -> str | None:
    """Return the intent that a scrap stands for, None where the message is no scrap."""
    short = len(re.findall(r"\w+", heard.text)) <= MOST_WORDS
    if not heard.intent and short and (unnamed := _without_names(heard, given, facts)):
        return unnamed
    if heard.intent == "deny" and facts.get("shown") and _ONLY_THE.search(heard.text):
        return "back_to_product"
    if not given or heard.also or heard.intent not in _SCRAPPY:
        return None
    if heard.intent == "deny":
        return _rather(given, facts) if _INSTEAD.search(heard.text) else None
    if heard.intent == "greet" or not short:
        return _clear(heard, given)
    return _again(facts, given) if _points(heard, given, facts) else _by_kind(given, facts)


def _without_names(heard: Heard, given: Json, facts: Json) -> str | None:
    """Read "e sabato?" after the hours, and "e orologi?", which the shop has no word for."""
    day = _DAYS_OF.get(_last_topic(facts))
    if day and _DAY.search(heard.text):
        return f"ask_{day}"
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
