"""What a few words mean that only say a wish: "e sotto i 50?", "niente nero", "quella rossa".

Alone such words are no question that a classifier could tell from another; what was searched for
and what was shown decide.
"""

import re
from typing import Any, Dict, List, Optional, Text

from dialogues import executor

SEARCH, DETAILS = "search_product", "ask_details"
WISHES = frozenset(
    (
        *("category", "colour", "size", "material", "recipient", "occasion", "quantity"),
        *("min_price", "max_price", "about_price", "without", "compared", "needed_by"),
    )
)
_PRICES = frozenset(("min_price", "max_price", "about_price", "compared", "without"))
_ABOUT_PEOPLE = frozenset(("recipient", "occasion"))
# Said as a wish they are something else: "not suede" denies nothing, "size 95" asks for no guide.
_SAYING_LITTLE = (
    None, "affirm", "deny", "out_of_scope", "show_more", "goodbye", "greet", "thanks",
)  # fmt: skip
_NOT_MEANT = (*_SAYING_LITTLE, "ask_availability", "ask_size_guide")
_NOT_MEANT_WITH_PRICES = (*_NOT_MEANT, "ask_price", "compare_products")
_NOT_MEANT_OF_ONE = (*_SAYING_LITTLE, "ask_reviews")
_FOR = re.compile(r"\b(?:per|x|da|for)\b", re.IGNORECASE)
GIFT = "recommend_gift"
_GIFT_WORDS = re.compile(r"regal|pensier|gift|present", re.IGNORECASE)


# Where nothing but wishes was said, an intent heard with less than this was guessed from a colour
# or a material: "rossa o blu" compares nothing, "niente pelle" asks for no care.
SURE = 0.75


def implied_intent(
    text: Text,
    intent: Optional[Text],
    entities: List[Dict[Text, Any]],
    facts: Dict[Text, Any],
    confidence: float = 1.0,
) -> Optional[Text]:
    """Return the intent that the message has here: the one heard, unless it only says a wish."""
    names = {entity["entity"] for entity in entities}
    spans = [(e["start"], e["end"]) for e in entities if "start" in e and "end" in e]
    alone = bool(spans) and not executor.left_over(text, spans)
    if alone and "ordinal" in names and names <= WISHES | {"ordinal"}:
        return _pointing(intent, entities, facts)
    wished = names & WISHES - {"needed_by", "quantity"}
    if alone and wished and names <= WISHES:
        # "È per mia moglie" goes on with the search; a gift is asked for by its name.
        searched = "category" in names or bool((facts.get("filters") or {}).get("category"))
        gift = intent == GIFT and searched and not _GIFT_WORDS.search(text)
        # "Per il compleanno" goes on with a search, "magari a Natale" puts it off.
        vague = wished <= _ABOUT_PEOPLE and not _FOR.search(text)
        not_meant = _NOT_MEANT_WITH_PRICES if wished & _PRICES else _NOT_MEANT
        guessed = confidence < SURE and intent != GIFT
        if gift or ((guessed or intent in not_meant) and not vague):
            return SEARCH
        return intent
    return SEARCH if intent is None and wished - _ABOUT_PEOPLE else intent


def _pointing(
    intent: Optional[Text], entities: List[Dict[Text, Any]], facts: Dict[Text, Any]
) -> Optional[Text]:
    """Look at what was shown: a pointer that finds its product there asks about that one."""
    said: Dict[Text, Any] = {}
    for entity in entities:
        said.setdefault(entity["entity"], []).append(entity["value"])
    ordinals = said["ordinal"]
    superlative = ordinals[0] in executor.SUPERLATIVES
    # One place is no comparison: "il primo dei due" chooses. "Meglio il nero o il blu?" is one.
    open_ = intent == "compare_products" and ordinals[0] != "one"
    if len(ordinals) > 1 or not (open_ or intent in _NOT_MEANT_OF_ONE):
        return intent
    shown, marks = facts.get("shown") or [], facts.get("marks") or {}
    found = executor.pointed_at(ordinals[0], said, shown, facts.get("focus"), marks)
    if superlative or (len(said) > 1 and (found or ordinals[0] == "one")):
        return SEARCH
    # "E l'altra?" said of three is a question that wants asking back.
    return DETAILS if found or (shown and ordinals[0] == "other") else intent
