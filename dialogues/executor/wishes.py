"""What a few words mean that only say a wish: "e sotto i 50?", "niente nero", "quella rossa".

Alone such words are no question that a classifier could tell from another; what was searched for
and what was shown decide.
"""

from __future__ import annotations

import re
from typing import Any

from dialogues.executor.connecting import left_over
from dialogues.executor.pointing import SUPERLATIVES, pointed_at
from dialogues.executor.talk import Heard, Json

SEARCH, DETAILS = "search_product", "ask_details"
# What is heard where a message says little: it may be a question about something just told.
UNCLEAR = (None, SEARCH, DETAILS, "out_of_scope")
WISHES = frozenset(
    (
        *("category", "colour", "size", "material", "recipient", "occasion", "quantity"),
        *("min_price", "max_price", "about_price", "without", "compared", "needed_by"),
    )
)
_PRICES = frozenset(("min_price", "max_price", "about_price", "compared", "without"))
_AMOUNTS = frozenset(("min_price", "max_price", "about_price"))
_ABOUT_PEOPLE = frozenset(("recipient", "occasion"))
# Said as a wish they are something else: "not suede" denies nothing, "size 95" asks for no guide.
_SAYING_LITTLE = (
    None, "affirm", "deny", "out_of_scope", "show_more", "goodbye", "greet", "thanks",
)  # fmt: skip
_NOT_MEANT = (*_SAYING_LITTLE, "ask_availability", "ask_size_guide")
_NOT_MEANT_WITH_PRICES = (*_NOT_MEANT, "ask_price", "compare_products")
_NOT_MEANT_OF_ONE = (*_SAYING_LITTLE, "ask_reviews")
_FOR = re.compile(r"\b(?:per|x|da|for)\b", re.IGNORECASE)
_OF_THESE = re.compile(r"\bquell|\bquest|\bones?\b|\bof th|\bde[il] due", re.IGNORECASE)
_OF_EVERYTHING = re.compile(
    r"\b(?:cos[ae]|rob[ae]|articol[oi]|prodott[oi]|oggett[oi]|things?|items?|products?)\b"
    r"|\bin assoluto\b|\bdi tutt[oaie]\b|\bof all\b|\bin the (?:whole )?shop\b",
    re.IGNORECASE,
)
GIFT = "recommend_gift"
GIFT_WORDS = re.compile(r"regal|pensier|gift|present", re.IGNORECASE)


# "It's a present for my wife", said of what is being looked at.
_IT_IS_ONE = re.compile(
    r"^\W*(?:\w+\W+)?(?:è|e'|sono|sarebbe|it'?s|it is|they'?re|this is)\s", re.IGNORECASE
)
# "The bookmark, what colours?" asks about versions, though nothing but a kind was named in it.
ASKS_VERSIONS = re.compile(
    r"\b(?:che|quali|what|which)\s+(?:\w+\s+)?(?:color|colour|tagli|misur|numer|size|version)|\bcolor[ei]\s*\?"
    r"|\b(?:smallest|biggest|largest) (?:size|it|they|you)\b"
    r"|\bhow (?:small|big|high|low) do(?:es)? (?:it|they|the sizes) (?:go|come|run)\b"
    r"|\b(?:taglia|misura|numero) (?:più|massim|minim)\w*"
    r"|\bcolou?rs?(?:\s+options?)?\s*\?|\bsizes\s*\?|\btaglie\s*\?",
    re.IGNORECASE,
)
# Where nothing but wishes was said, an intent heard with less than this was guessed from a colour
# or a material: "rossa o blu" compares nothing, "niente pelle" asks for no care.
SURE = 0.75


def wished(heard: Heard, facts: Json) -> str | None:
    """Return the intent that a message has here: the one heard, unless it only says a wish."""
    names = {str(entity.get("entity")) for entity in heard.entities}
    alone = is_alone(heard)
    if names == {"ordinal"} and _OF_EVERYTHING.search(heard.text) and _extreme(heard):
        return SEARCH
    if alone and "ordinal" in names and names <= WISHES | {"ordinal"}:
        return _pointing(heard, facts)
    wishes = names & WISHES - {"needed_by", "quantity"}
    if alone and wishes and names <= WISHES:
        return SEARCH if _only_wishes(heard, names, wishes, facts) else heard.intent
    # "Something in the middle, like 120": with an amount nobody asks what a thing is like.
    amount = heard.intent == DETAILS and names & _AMOUNTS and not names & {"ordinal", "product"}
    return SEARCH if amount or (heard.intent is None and wishes - _ABOUT_PEOPLE) else heard.intent


def _extreme(heard: Heard) -> bool:
    """Tell whether the first or last by price is asked for: "la cosa più cara che avete?"."""
    return any(e.get("value") in ("cheapest", "dearest") for e in heard.entities)


def asks_versions(text: str) -> bool:
    """Tell whether it is asked which colours or sizes there are: "how small does it go?"."""
    return bool(ASKS_VERSIONS.search(text))


def known(facts: Json, name: str) -> Json:
    """Return a fact that is a mapping; an empty one where it is not known or damaged."""
    found = facts.get(name)
    return found if isinstance(found, dict) else {}


def is_alone(heard: Heard) -> bool:
    """Tell whether a message says nothing but what was recognised in it, and small words."""
    spans = [(e["start"], e["end"]) for e in heard.entities if "start" in e and "end" in e]
    return bool(spans) and not left_over(heard.text, spans)


def _only_wishes(heard: Heard, names: set[str], wishes: set[str], facts: Json) -> bool:
    if heard.intent == "ask_availability" and ASKS_VERSIONS.search(heard.text):
        return False
    # "È per mia moglie" goes on with the search; a gift is asked for by its name.
    searched = "category" in names or bool(known(facts, "filters").get("category"))
    gift = GIFT_WORDS.search(heard.text) and not _IT_IS_ONE.search(heard.text)
    if heard.intent == GIFT and searched and not gift:
        return True
    # "Per il compleanno" goes on with a search, "magari a Natale" puts it off.
    vague = wishes <= _ABOUT_PEOPLE and not _FOR.search(heard.text)
    not_meant = _NOT_MEANT_WITH_PRICES if wishes & _PRICES else _NOT_MEANT
    guessed = heard.confidence < SURE and heard.intent != GIFT
    return (guessed or heard.intent in not_meant) and not vague


def _pointing(heard: Heard, facts: Json) -> str | None:
    """Look at what was shown: a pointer that finds its product there asks about that one."""
    said: dict[str, list[Any]] = {}
    for entity in heard.entities:
        said.setdefault(str(entity.get("entity")), []).append(entity.get("value"))
    ordinals = said["ordinal"]
    superlative = ordinals[0] in SUPERLATIVES
    if superlative and known(facts, "filters").get("order") in SUPERLATIVES:
        return SEARCH  # "and the most expensive?" after the cheapest of all, not of those shown
    # One place is no comparison: "il primo dei due" chooses. "Meglio il nero o il blu?" is one.
    open_ = heard.intent == "compare_products" and ordinals[0] != "one"
    # "La più economica?" alone asks which it is, not what it is like.
    of_these = _OF_THESE.search(heard.text)
    open_ = open_ or (superlative and heard.intent == DETAILS and not of_these)
    if len(ordinals) > 1 or not (open_ or heard.intent in _NOT_MEANT_OF_ONE):
        return heard.intent
    shown, marks = facts.get("shown"), known(facts, "marks")
    shown = shown if isinstance(shown, list) else []
    found = pointed_at(ordinals[0], said, shown, facts.get("focus"), marks)
    if superlative or (len(said) > 1 and (found or ordinals[0] == "one")):
        return SEARCH
    # "E l'altra?" said of three is a question that wants asking back.
    return DETAILS if found or (shown and ordinals[0] == "other") else heard.intent
