"""What a named thing costs, whatever the question sounds like: "quanto lo mettete il Voce?".

Words of a price are among those that only frame a wish, so that "price of the Colle?" would ask
of the Colle what was asked before, as "and the Colle?" does.
"""

from __future__ import annotations

import re

from dialogues.executor.services import SENT
from dialogues.executor.talk import Heard, Json
from dialogues.executor.wishes import DETAILS, SEARCH, UNCLEAR

_MAY_HIDE_IT = frozenset(
    (
        *UNCLEAR,
        DETAILS,
        SEARCH,
        "ask_price",
        "ask_availability",
        "ask_care",
        "back_to_product",
        "deny",
        "affirm",
    )
)
_COSTS = re.compile(
    r"\b(?:prezz\w+|price[ds]?|costs?|costa(?:no|va|vano|rebbe\w*)?|quant['’]\s?[eè]|come to"
    r"|quanto (?:vien\w*|veng\w*|pag\w+|fa|sta|(?:devo|dovrei|mi tocca) (?:spend|pag)\w*"
    r"|(?:l[oaie]|mi) (?:fate|mettete|date|vendete|fai|dai))"
    r"|how much(?= (?:is|are|was|for|would|do you want|['’]?s)\b|\W*$))\b",
    re.IGNORECASE,
)
# What is charged beside a thing, or reckoned with it, has answers of its own.
_OF_SOMETHING_ELSE = re.compile(
    r"inizial|incis|monogramm|initial|engrav|stamp|pacc|confezion|incart|wrap|ripar|repair|mend|\bfix"
    r"|\brat[ae]\b|instal+ment|express|espress|\bres[oi]\b|return|rend\w+|scont|discount|\boff\b"
    r"|insieme|together|in tutto|total|\bplus\b|più (?:car|economic)|chea?p|less"
    r"|meno|\bmore\b|di più"
    r"|perch[eé]|come mai|why",
    re.IGNORECASE,
)
_MOST = 12  # words


def its_price(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear a price asked of a thing that is named as that: "cost of the Tepore?"."""
    free = heard.intent in _MAY_HIDE_IT and not heard.also and "product" in given
    if not free or given.keys() - {"product", "category", "colour", "size", "ordinal"}:
        return None
    beside = _OF_SOMETHING_ELSE.search(heard.text) or SENT.search(heard.text)
    short = len(heard.text.split()) <= _MOST
    return "ask_price" if short and not beside and _COSTS.search(heard.text) else None
