"""Questions of how long a thing lasts and what it weighs, which sound like hours and prices."""

from __future__ import annotations

import re

from dialogues.executor.talk import Heard, Json
from dialogues.executor.wishes import DETAILS

_HOW_MANY_HOURS = re.compile(
    r"\b(?:how many|quante) (?:hours|ore)\b(?!.*\b(?:open|apert))", re.IGNORECASE
)
# "And the lemon diffuser, how long does that last?"
_HOW_LONG_IT_LASTS = re.compile(
    r"\bhow long (?:does|do|will|would|can)\b.*\b(?:(?<!the )(?<!my )last|burn|keep)\b"
    r"|\bquanto (?:dura|durano|brucia)\b",
    re.IGNORECASE,
)
_NOT_LASTING = ("ask_opening_hours", "ask_delivery", "order_status")
_MEASURES = re.compile(
    r"\bquant\w*\s+(?:pes|misur|contien|tien|dur|(?:è|e'|sono)\s+(?:alt|larg|lung|grand|profond))"
    r"|\bhow much (?:do|does|would) \w+(?: \w+)? (?:weigh|hold)|\bhow much is (?:the|its) weight",
    re.IGNORECASE,
)


def hours_of_a_thing(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "how many hours?", said of a candle, as no question when the shop is open."""
    on_the_table = facts.get("focus") or facts.get("shown") or "product" in given
    counts = heard.intent == "ask_opening_hours" and _HOW_MANY_HOURS.search(heard.text)
    lasts = heard.intent in _NOT_LASTING and _HOW_LONG_IT_LASTS.search(heard.text)
    return DETAILS if on_the_table and (counts or lasts) else None


def how_much_it_weighs(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "quanto pesano, tutti e due?" as no question of the price."""
    price = heard.intent == "ask_price" and not heard.also
    return DETAILS if price and _MEASURES.search(heard.text) else None
