"""Two things named together: "Leo vs Ponte?", "I'm torn between the Amerigo and the Corso"."""

from __future__ import annotations

import re

from dialogues.executor.talk import Heard, Json
from dialogues.executor.wishes import DETAILS, GIFT, SEARCH, SURE, UNCLEAR

COMPARE = "compare_products"
# What sets two things side by side, whatever is told beside: they are compared, and nothing else.
_COMPARES = re.compile(
    r"\b(?:differen\w+|compar\w+|paragon\w+|confront\w+|versus|vs|indecis\w+|undecided"
    r"|torn between|(?:can['’]?t|cannot) (?:decide|choose))\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\b(?:contro|or|o|oppure|tra|fra|between)\b", re.IGNORECASE)
_UNCLEAR = (*UNCLEAR, "ask_availability")
_NEVER = ("buy", "cancel_order", "request_refund", "complaint", "talk_to_human", "order_status")
# What a comparison answers, too, or what was only its reason.
_WITHIN = frozenset((SEARCH, DETAILS, GIFT, "ask_price", "ask_availability", "browse_catalog"))


def side_by_side(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear a comparison where two are named with a word for it, or with nothing but an "or"."""
    if not _names_two(heard) or heard.intent in _NEVER:
        return None
    if _COMPARES.search(heard.text):
        return COMPARE
    unclear = heard.intent in _UNCLEAR and heard.confidence < SURE
    return COMPARE if unclear and _OR.search(heard.text) else None


def only_compared(heard: Heard, intents: list[str]) -> list[str]:
    """Leave out what a comparison answers: "I need a work bag. Dante compared with Beatrice?".

    With one thing on the table a comparison guessed beside a question is none.
    """
    if COMPARE not in intents:
        return intents
    if not _names_two(heard):
        alone = _one_on_the_table(heard) and not _COMPARES.search(heard.text)
        rest = [name for name in intents if name != COMPARE]
        return rest if alone and any(name in _WITHIN for name in rest) else intents
    return [name for name in intents if name not in _WITHIN]


def _one_on_the_table(heard: Heard) -> bool:
    """Tell whether there is nothing to compare with: "black is more practical. got that?"."""
    shown = heard.facts.get("shown")
    return not isinstance(shown, list) or len(shown) < 2


def _names_two(heard: Heard) -> bool:
    named = {str(e.get("value")) for e in heard.entities if e.get("entity") == "product"}
    return len(named) > 1
