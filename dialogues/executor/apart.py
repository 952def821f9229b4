"""What is named beside a question, or in words that seem to ask for something else."""

from __future__ import annotations

import re

from dialogues.executor.asking import asks, seeks
from dialogues.executor.questions import last_topic
from dialogues.executor.talk import Heard, Json
from dialogues.executor.wishes import SEARCH, SURE

# Places that sound like a question about the shop's own, or about nothing.
_ELSEWHERE = ("out_of_scope", "ask_location")
_SENTENCE = re.compile(r"[^.;!?…\n]+[.;!?…\n]*")
_SENDS = re.compile(
    r"^\W*(?:(?:e|ed|ma|and|but)\s+)?(?:(?:per|to|for)\s+)?"
    r"(?:mandar|spedir|inviar|consegnar|recapitar|farmel|sending|posting|shipping|delivering|send\b|ship\b|post\b)",
    re.IGNORECASE,
)
_BY_EMAIL = re.compile(
    r"\b(?:anything|something|present|gift|voucher|qualcos\w+|regal\w+|buono)\b[^.;!?]*\be-?mail"
    r"|\be-?mail\w*\b[^.;!?]*\b(?:present|gift|voucher|regal\w+|buono)\b",
    re.IGNORECASE,
)


def another_place(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear a place behind another: "e a Milano dai miei?", "she's in Manchester"."""
    guessed = heard.confidence < SURE and not heard.also
    one = heard.text.count("?") < 2 and not heard.also and given.keys() == {"city"}
    if one and heard.intent == "ask_price" and _SENDS.search(heard.text):
        return "ask_delivery"  # "mandarlo a Lecco quanto costa?"
    if "city" not in given or not guessed or only_told(heard, "city"):
        return None
    alone = given.keys() == {"city"} and heard.intent != "ask_location"
    if "ask_location" in heard.unsure:
        return "ask_location"  # "are you in London too or just Italy"
    asked = heard.intent not in _ELSEWHERE and asks(heard.text)
    asked = asked or heard.intent == "order_status"  # "say i ordered, when would it be in Bristol"
    if alone and (asked or last_topic(facts) == "delivery"):
        return "ask_delivery"  # "e a Lampedusa", "posting it to Vienna?"
    if heard.intent not in _ELSEWHERE:
        return None
    in_view = bool(facts.get("focus") or facts.get("shown")) and heard.intent != "out_of_scope"
    return "ask_delivery" if in_view or last_topic(facts) == "delivery" else None


def only_told(heard: Heard, name: str) -> bool:
    """Tell whether what was named stands in a sentence that does not ask, beside one that does.

    "It rains a great deal in Edinburgh. Is any of them waterproof?" asks for no delivery.
    """
    starts = [e["start"] for e in heard.entities if e.get("entity") == name and "start" in e]
    sentences = [(m.start(), m.end(), asks(m.group())) for m in _SENTENCE.finditer(heard.text)]
    around = [asking for start, end, asking in sentences if any(start <= s < end for s in starts)]
    return bool(starts) and not any(around) and any(asking for _, _, asking in sentences)


def by_email(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "anything you can send by e-mail?" as a search: nobody asks for an address with it."""
    contact = heard.intent == "ask_contact" and not heard.also
    return SEARCH if contact and _BY_EMAIL.search(heard.text) else None


def there_by_name(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "avete la candela Oltrarno?" as whether it is there, not as where the shop is."""
    spans = [e for e in heard.entities if e.get("entity") == "product" and "end" in e]
    named = any(" " in heard.text[e["start"] : e["end"]].strip() for e in spans)
    wanted = heard.intent == "ask_location" and named and "city" not in given
    return "ask_availability" if wanted and seeks(heard.text) else None
