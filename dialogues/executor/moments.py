"""Who puts the talk off for a moment, and who begins it anew: "one sec, phone", "start over"."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues.executor.asking import asks
from dialogues.executor.talk import Heard, Json
from dialogues.executor.vocabulary import POLITENESS

_MOST_WORDS = 12
_LIKELY = 0.8
_SURE = 0.75
RESTART = "restart"
_UNITS = r"(?:sec(?:ond)?s?|mins?|minutes?|moment[o]?|attim(?:o|ino)|minut(?:o|ino|i)|second[oi])"
_SOME = r"(?:one|a|two|five|un|due|tre|cinque|qualche|few|couple of|\d{1,2})"
_COUNTED = rf"(?:{_SOME}\s+)?{_UNITS}"
_BEFORE = r"(?:(?:ok|oh|sorry|scus[ai]\w*|give me|dammi|just|solo)\W+)*"
_BEHIND = r"\s*(?:[,.!:…]|$|e arrivo|che\b|please\b)"
# "One sec, phone", "torno subito", "choir's here, 2 secs": nothing is asked, and nothing refused.
_A_MOMENT = re.compile(
    r"\bbrb\b|\bback (?:in (?:a|an|\d+) \w+|soon|shortly|later)\b|\bbe right back\b"
    r"|\b(?:torno|arrivo|rispondo) (?:subito|tra (?:un|poco|\d+)\b)"
    rf"|^\W*{_BEFORE}{_COUNTED}{_BEHIND}|[,.!]\s*{_BEFORE}{_COUNTED}\W*$"
    r"|\bmi (?:stanno )?chiama(?:no|ndo)?\W*$|\b(?:suona|squilla) il \w+"
    r"|\bphone(?:['’]?s| is) ringing|\b(?:someone|somebody)(?:['’]s| is)? at the door"
    r"|\b(?:aspett[ai]|attend[ia]) che (?:arriva|suona|mi chiam)"
    r"|^\W*(?:hang on|hold on|wait)\W+"
    r"(?:my|the|our|a|someone|somebody|customer|phone|kids?|boss)\b",
    re.IGNORECASE,
)
# What a pause is never taken for, where it was said plainly.
_PLAINLY = ("buy", "cancel_order", "request_refund", "order_status")
_BESIDE_IT = frozenset(("recipient", "quantity", "needed_by", "occasion"))
_QUESTION = re.compile(
    r"\b(?:quant\w*|come|dove|qual\w*|quando|cosa|how|what|which|when|where|who|can you|do you"
    r"|have you|avete|c['’]\s?[eè])\b",
    re.IGNORECASE,
)
_ANEW = re.compile(
    r"\b(?:start|begin|go|back) (?:\w+ )?(?:over|again|afresh|anew|from)\b"
    r"|\bfrom (?:scratch|the top|zero)\b"
    r"|\b(?:restart|reset|menu|clean slate|scrap|wipe|erase|reboot|redo)\b"
    r"|\bda (?:capo|zero)\b|\b(?:ri)?(?:cominci|part|inizi)\w*|\b(?:azzer|cancell)\w+",
    re.IGNORECASE,
)
_THINGS = ("product", "category", "colour", "ordinal", "material", "size")


def for_a_moment(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "hang on, my boss is here" as a mere no: nothing is looked for, and nobody is called."""
    if asks(heard.text) or given.keys() - _BESIDE_IT or len(heard.text.split()) > _MOST_WORDS:
        return None
    plainly = heard.intent in _PLAINLY and heard.confidence >= _SURE
    pause = None if plainly else _A_MOMENT.search(heard.text)
    if pause is None or _QUESTION.search(heard.text.replace(pause.group(), " ")):
        return None  # "un attimo, quanto costa"
    return "deny"


def not_anew(heard: Heard) -> Heard:
    """Hear "clear. and the Leo?" as no wish to begin anew: who asks of a thing goes on."""
    goes_on = asks(heard.text) or any(heard.names(name) for name in _THINGS)
    if heard.choice or heard.intent != RESTART or not goes_on or _ANEW.search(heard.text):
        return heard
    found = [*heard.also, *heard.ranked]
    named = [
        (str(one.get("name")), float(one.get("confidence") or 0.0))
        for one in found
        if isinstance(one, dict)
    ]
    likely = (
        (name, sure)
        for name, sure in named
        if name not in (RESTART, *POLITENESS) and sure >= _LIKELY
    )
    name, sure = next(likely, (None, 0.0))
    return replace(heard, intent=name, confidence=sure, also=[], unsure=[])
