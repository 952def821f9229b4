"""What a scrap of a talk means: "e neri?", "ok burgundy then?", "e a Milano?".

No classifier can know it, because the question stands in the turns before. What was named says
what kind of thing is asked; what is on the table says of which product.
"""

from __future__ import annotations

import re
from typing import Any

from dialogues.executor.talk import Heard, Json

# Longer messages say enough by themselves.
MOST_WORDS = 8
# Words that may stand before a scrap and change nothing: "ok burgundy then?".
_MANNERS = ("affirm", "thanks", "greet")
_CLEAR = (("ask_details", "product"), ("search_product", "category"), ("ask_delivery", "city"))
_NARROWING = frozenset(("category", "material", "recipient", "occasion", "max_price", "min_price"))
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
# Topics of a product that a scrap may ask again of another one: "e la Luna?".
_ABOUT_ONE = ("price", "availability", "details", "reviews")


def meaning(heard: Heard, given: Json, facts: Json) -> str | None:
    """Return the intent that a scrap stands for, None where the message is no scrap."""
    short = len(re.findall(r"\w+", heard.text)) <= MOST_WORDS
    if not given or heard.also:
        unknown = not heard.intent and not given and short and _AND_THIS.search(heard.text)
        return "search_product" if unknown else None
    if heard.intent == "deny" and _INSTEAD.search(heard.text):
        return _rather(given, facts)
    if heard.intent and heard.intent not in _MANNERS:
        return None
    if heard.intent == "greet" or not short:
        # Too long for a scrap, or a greeting with a wish in it: only a product is clear enough.
        clear = given if heard.intent in (None, "greet") else {}
        if heard.intent == "greet":
            clear = {name: value for name, value in clear.items() if name != "city"}
        return next((intent for intent, name in _CLEAR if name in clear), None)
    if _points(heard, given, facts):
        return _again(facts, given)
    return _by_kind(given, facts)


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
    of_one = _VERSION if facts.get("focus") or facts.get("shown") else frozenset()
    return (
        ("order_status", frozenset({"order_number"})),
        ("ask_availability", of_one),
        ("ask_delivery", frozenset({"city"})),
        ("search_product", _NARROWING | _VERSION),
    )


def _again(facts: Json, given: Json) -> str:
    """Ask of the product named now what was asked before, its version first."""
    if any(name in given for name in _VERSION):
        return "ask_availability"
    topics = [note.get("topic") for note in _notes(facts) if isinstance(note, dict)]
    last = topics[-1] if topics else None
    return f"ask_{last}" if last in _ABOUT_ONE else "ask_details"


def _notes(facts: Json) -> list[Any]:
    notes = facts.get("asked")
    return notes if isinstance(notes, list) else []
