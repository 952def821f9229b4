"""Questions of how long a thing lasts and what it weighs, which sound like hours and prices."""

from __future__ import annotations

import re

from dialogues.executor.asking import asks, seeks
from dialogues.executor.talk import Heard, Json
from dialogues.executor.wishes import DETAILS, SEARCH, known

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
# "I'm between 42 and 43", "tra il 38 e il 40": two sizes, and no two prices.
_BETWEEN = re.compile(
    r"\b(?:tra|fra|between)\s+(?:(?:il|la|un[ao]?|an?|the|size)\s+)?(\d{2,3})\s*(?:ed?|and|or|o)\s+"
    r"(?:(?:il|la|un[ao]?|an?|the)\s+)?(\d{2,3})\b(?!\s*(?:€|eur|cm|quid|pounds))",
    re.IGNORECASE,
)
_OF_THE_TWO = re.compile(
    r"\bbetween (?:the two|the sizes|sizes)\b|\b(?:tra|fra) (?:i|le) due\b", re.IGNORECASE
)
# "Where are the 105 cm measured from?", "dalla fibbia al foro?"
_MEASURED_HOW = re.compile(
    r"\bmisura(?:no|ta|ti|te|re)?\b|\bmeasured?\b|\bda dove\b|\bfrom where\b|\bfibbia\b|\bbuckle\b"
    r"|\bfor[oi]\b|\bholes?\b|\btotal length\b|\blunghezza totale\b",
    re.IGNORECASE,
)
_IN_SIZE = re.compile(r"\bgot\b[^.;!?]*\bin (?:an? )?\d{2,3}\s*\?", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,/])\d{2,3}(?![\w/]|[.,]\d)")
# "Di che cera è?", "what kind of leather is it?"
_OF_WHAT_STUFF = re.compile(
    r"\b(?:di|in|con) (?:che|quale) (?:tipo di )?\w+ (?:è|e['’]|sono|[eè] fatt|sono fatt)"
    r"|\bwhat (?:kind|sort|type) of \w+ (?:is|are)\b",
    re.IGNORECASE,
)
# "Quanti ce ne sono in una confezione?" asks for no gift wrap.
_HOW_MANY_IN_IT = re.compile(
    r"\b(?:quant[ie]|how many)\b.*\b(?:in|nella|nel|per|a|ogni|inside|each|to)\b\W*"
    r"(?:(?:un[ao]?|ogni|the|an?|each|one|1)\W+)?(?:confezion\w|scatol\w|pacchett\w|bust\w|pack\w*|box\w*|set)\b",
    re.IGNORECASE,
)
_NO_WRAP = (None, "ask_gift_wrap")
SIZES = "ask_size_guide"
_SURELY = 0.95


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


def between_sizes(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "what if she's between 38 and 40?", said of shoes, as which size is hers."""
    said = _BETWEEN.search(heard.text)
    if not said and _OF_THE_TWO.search(heard.text):
        return SIZES if _size_was_asked(facts) else None
    return SIZES if said and all(_is_a_size(number, facts) for number in said.groups()) else None


def where_measured(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "da dove si misurano i 105 cm?" as how sizes are taken, not as whether it is there."""
    sized = any(_is_a_size(number, facts) for number in _NUMBER.findall(heard.text))
    free = heard.confidence < _SURELY or heard.intent == SIZES
    asking = asks(heard.text) and not seeks(heard.text)  # "misurata viene 104, avete la 105?"
    how = sized and free and asking and _MEASURED_HOW.search(heard.text)
    there = "product" in given and _IN_SIZE.search(heard.text)  # "106. got the Giano in 105?"
    return SIZES if how and "colour" not in given and not there else None


def of_what_stuff(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "di che cera è?", said of the thing in view, as no search for what is of wax."""
    free = heard.intent in (None, SEARCH, "out_of_scope") and not given.keys() - {"material"}
    asked = _OF_WHAT_STUFF.search(heard.text) and not seeks(heard.text)
    return DETAILS if facts.get("focus") and free and asked and not heard.also else None


def how_many_in_it(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "quante ce ne sono in una scatola?" as a question of the thing."""
    kind = known(facts, "marks").get(f"category:{given.get('category')}")
    on_the_table = facts.get("focus") or kind or "product" in given
    may = heard.intent in _NO_WRAP and not heard.also and on_the_table
    return DETAILS if may and _HOW_MANY_IN_IT.search(heard.text) else None


def _size_was_asked(facts: Json) -> bool:
    """Tell whether a size of the thing in view was spoken of last: "45? i am between the two"."""
    notes = facts.get("asked")
    last = notes[-1] if isinstance(notes, list) and notes else None
    return bool(facts.get("focus") and isinstance(last, dict) and last.get("size"))


def _is_a_size(number: str, facts: Json) -> bool:
    """Tell whether something on the table comes in this size, or in the ones beside it."""
    marks = known(facts, "marks")
    near = (str(int(number) + step) for step in (-1, 0, 1))
    return any(f"size:{size}" in marks for size in near)


MEASURED = (
    between_sizes,
    where_measured,
    hours_of_a_thing,
    how_much_it_weighs,
)
OF_ITS_MAKE = (of_what_stuff, how_many_in_it)
