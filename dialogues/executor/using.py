"""Questions of what can be done with the thing in view: "can I take it to the beach", "si suda?".

They sound like a purchase, a yes or a wish for a person, and are none.
"""

from __future__ import annotations

import re

from dialogues.executor.asking import asks, holds
from dialogues.executor.talk import Heard, Json
from dialogues.executor.wishes import DETAILS, GIFT, SEARCH

# Heard in such a question without being meant.
_NOT_MEANT = (
    None, "buy", "talk_to_human", "ask_payment", "ask_contact", "ask_location", "out_of_scope",
    "affirm", "deny", "complaint", "browse_catalog", "ask_opening_hours", SEARCH, GIFT,
)  # fmt: skip
# What "does it ...?" never asks of the shop.
_NEVER_OF_IT = (
    "help", "out_of_scope", "talk_to_human", "bot_challenge", "browse_catalog", "restart",
    "ask_location", "ask_opening_hours", "ask_about_shop",
)  # fmt: skip
_OF_IT = re.compile(
    r"^\W*(?:(?:and|but|ok|so|oh)\W+)?(?:does|do|will|would|is|are|has|have) (?:it|they|these)\b",
    re.IGNORECASE,
)
_SURELY = 0.95
_SAYS_ITSELF = (SEARCH, "buy", "affirm", "deny")  # "hanno detto di sì, lo prendiamo"
_BESIDE_IT = frozenset(
    ("category", "ordinal", "recipient", "occasion", "quantity", "product", "material")
)
_WHO = r"\b(?:can|could|may|would|will|should) (?:i|you|one|we|she|he|they)"
_USED = re.compile(
    rf"{_WHO} (?:(?:still|also|even|really|just|actually) )?"
    r"(?:(?:take|get|bring|put|keep|leave|throw|have) (?:it|them|this|these) "
    r"(?:to|on|onto|in|into|inside|under|over|through|around|round|outside|outdoors)"
    r" (?:the|a|an|my|your|his|her|their|water|rain|hand)\b"
    r"|take (?:it|them|this|these) (?!shopping)[a-z]{3,}ing\b"
    r"|(?:wear|use|carry|hang|open|fold|text|type|drive|walk|swim|run|travel|fly|cycle|sit|write"
    r"|draw|tie|clip|attach|slide|roll|hide)\b)"
    r"|\b(?:put|keep|fit|store|carry|hold|get|slip|stuff)\b(?:\W+\w+){1,4}?\W+"
    r"(?:in|inside|into|on|onto) (?:it|them|this|there)\b"
    r"|^\W*(?:will|would|do|does|can) (?!(?:i|you|u|we|it|they|that|this)\b)"
    r"(?:(?:the|my|your|a|an) )?\w+ (?:get|fit|go|come|fall|stay|work|show|read|reach|see|open)\b",
    re.IGNORECASE,
)
_USATO = re.compile(
    r"\b(?:(?:ci )?si (?:pu[oò]|possono)|posso|possiamo|potrei|potrebbe)\s+(?:anche\s+|pure\s+)?"
    r"(?:port|mett|us|indoss|appogg|append|ten[eg]|lasci|pieg|scriver(?!vi|ti)|scrivere|incid|apr"
    r"|chiud|attacc|infil|strin|allung|accorci|regol|camminar|corr|guid|uscir|nasc)\w*"
    r"|\bdove (?:va|vanno|si mett\w+|l[oaie] metto|metto)\b",
    re.IGNORECASE,
)
# "Si apre bene?" with a verb behind it is no yes.
_IT_DOES = re.compile(r"^\W*(?:(?:e|ma|ok|poi)\W+)?(?:ci )?s[iì] (?!s[iì]\b)[^\W\d_]{3,}", re.I)
_ASIDE = re.compile(
    r"\bon hold\b|\baside\b|\bda parte\b|\b(?:my|your|the) (?:card|account|tab|bill|name|order)\b"
    r"|\bnumero vostro\b|\bvostr[oa]\b|\b(?:vi|ti) (?:posso|possiamo)\b",
    re.IGNORECASE,
)


def used_so(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "can I take it to the beach", said of the thing in view, as a question about it."""
    may = heard.intent in (*_NOT_MEANT, *_NEVER_OF_IT) and not heard.also
    if not (may and facts.get("focus")) or given.keys() - _BESIDE_IT or _ASIDE.search(heard.text):
        return None
    does = heard.intent == "affirm" and "?" in heard.text and _IT_DOES.search(heard.text)
    used = _USED.search(heard.text) or _USATO.search(heard.text)
    guessed = heard.intent in _NEVER_OF_IT and heard.confidence < _SURELY
    of_it = guessed and _OF_IT.search(heard.text)
    free = heard.intent not in _SAYS_ITSELF and "category" not in given
    inside = free and holds(heard.text) and asks(heard.text)
    return DETAILS if used or does or inside or of_it else None
