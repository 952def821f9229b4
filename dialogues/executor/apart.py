"""What is named beside a question, or in words that seem to ask for something else."""

from __future__ import annotations

import re

from dialogues.executor.asking import asks, seeks
from dialogues.executor.questions import last_topic
from dialogues.executor.talk import Heard, Json
from dialogues.executor.wishes import DETAILS, SEARCH, SURE

# Places that sound like a question about the shop's own, or about nothing.
_ELSEWHERE = ("out_of_scope", "ask_location")
_WHERE = re.compile(
    r"\bwhere(?:['’]?s| is| are| r) (?:\w+ )?(?:shop|store|boutique|place|you|u|ya)\b"
    r"|\bdov['’]?\s?[eè] (?:il|la|lo|vostr\w+)\s*(?:vostr\w+ )?(?:negozio|bottega|sede)\b"
    r"|\bdove siete\b",
    re.IGNORECASE,
)
_PRICE = re.compile(r"\bhow much\b|\bprice\b|\bquanto (?:cost|vien)\w*|\bprezzo\b", re.IGNORECASE)
_NEARLY_SURE = 0.95
_HOW_MANY = re.compile(r"\bhow many\b|\bquant[ei]\b", re.IGNORECASE)
_OF_THE_SHOP = ("out_of_scope", "ask_about_shop", None)
_THERE_IS = re.compile(
    r"\bthere(?:['’]?s| is| are)\b|\b(?:is|are) there\b|\bc['’]\s?[eè]\b|\besiste\b"
    r"|\byou (?:do|have|make|sell)\b",
    re.IGNORECASE,
)
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
    sent = heard.intent in (None, "ask_delivery") and heard.confidence < SURE and seeks(heard.text)
    contact = (heard.intent == "ask_contact" or sent) and not heard.also
    return SEARCH if contact and _BY_EMAIL.search(heard.text) else None


def there_by_name(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "avete la candela Oltrarno?" as whether it is there, not as where the shop is."""
    spans = [e for e in heard.entities if e.get("entity") == "product" and "end" in e]
    named = any(" " in heard.text[e["start"] : e["end"]].strip() for e in spans)
    wanted = heard.intent == "ask_location" and named and "city" not in given
    if heard.intent == "ask_location" and spans and _PRICE.search(heard.text):
        return "ask_price"  # "how much is the Oltrarno?"
    return "ask_availability" if wanted and seeks(heard.text) else None


def where_you_are(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "I live in Florence, where is your shop?" as a question of the place, not of parcels."""
    guessed = heard.intent in ("ask_delivery", "greet", "out_of_scope", None) and "city" in given
    return "ask_location" if guessed and _WHERE.search(heard.text) else None


def how_many_of_it(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "the bookmark, how many in tan?" as a question of what is there."""
    guessed = heard.intent in (None, DETAILS, SEARCH, "out_of_scope") and not heard.also
    version = given.keys() & {"colour", "size"}
    thing = facts.get("focus") or given.keys() & {"product", "category"}
    wanted = guessed and version and thing and _HOW_MANY.search(heard.text)
    return "ask_availability" if wanted else None


def told_of_one(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "is it true there's a candle that smells of leather?" as a search for it."""
    enough = _NEARLY_SURE if heard.intent == "out_of_scope" else SURE
    guessed = heard.intent in _OF_THE_SHOP and heard.confidence < enough and not heard.also
    named = "category" in given and "product" not in given
    return SEARCH if guessed and named and _THERE_IS.search(heard.text) else None


# What a story around the question hides.
OF_A_STORY = (where_you_are, how_many_of_it, told_of_one)
