"""What a "no", a "thanks" or a greeting hides: a wish, or a question about a thing that is named.

"Peccato. Lo svuotatasche Conca invece a che serve?" refuses nothing, and "vorrei un braccialetto,
ne tenete? Grazie" is more than a thank-you.
"""

from __future__ import annotations

import re

from dialogues.executor.asking import asks, seeks
from dialogues.executor.intents import AFRESH
from dialogues.executor.services import second_question
from dialogues.executor.talk import Heard, Json
from dialogues.executor.wishes import DETAILS, GIFT, GIFT_WORDS, SEARCH, SURE

_POLITE = ("affirm", "deny", "thanks", "goodbye", "greet")
_GUESSED = (None, "ask_availability", DETAILS, "ask_price")
_A_THING = frozenset(("product", "category", "ordinal"))
_ONE_SUCH = re.compile(
    r"^(?:\W*[^\W\d_]+[.!,…]+\s*)?\W*(?:(?:e|ed|ma|o|and|but|or|what about)\s+)?(?:un[oa]|one"
    r"|ones)\s+"
    r"(?:a|al|alla|in|con|di|da|per|senza|che|pi[uù]|with|in|for|without|that|made)\b",
    re.IGNORECASE,
)
_LIKELY, _NEARLY = 0.5, 0.7  # of a second guess that asks something
_WHERE = re.compile(r"\b(?:dov\w*|where|indirizz\w*|address)\b", re.IGNORECASE)
_VERSION = frozenset(("colour", "size"))
_AMOUNTS = frozenset(("max_price", "min_price", "about_price"))
# A question word in the middle: "lo svuotatasche invece a che serve", "the Leo how heavy is it".
_ASKS_OF_IT = re.compile(
    r"\b(?:a|di|in|con|per|da) (?:che|cosa|quale|quanto)\b|\b(?:quant\w+|qual[ei]?|dove"
    r"|com['’]?\s?[eè])\b"
    r"|\b(?:how|what|which|where)\b",
    re.IGNORECASE,
)
# "Vorrei un braccialetto", "c'è qualcosina", but not "vorrei un attimo", "volevo un'informazione".
_WANTS_A_THING = re.compile(
    r"\b(?:cerc(?:o|avo|hiamo)|vorre(?:i|mmo)|volevo|mi serv\w+|avete|avreste|tenete|vendete"
    r"|c['’]\s?[eè]"
    r"|i(?:['’]m| am)? (?:need|looking for|after)|i(?:['’]d| would) like|do you (?:have|sell)"
    r"|have you got|is there)\s+(?:anche\s+|pure\s+|also\s+)?"
    r"(?:(?:un[oa]?|dei|delle|degli|an?|some|any)(?:['’]\s?|\s+)"
    r"(?!(?:attim|moment|secondo\b|po['’]?\b|consigli|ide[ae]|info|aiut|giorn|min|mano\b|person|operat"
    r"|colleg|bel|bell|buon|sacc|ottim|gran|splendid|altr|problem|question|second\b|look|think|hand\b|person"
    r"|agent|human|bit\b|great|lovely|nice|wonderful|good|minute|idea|help|advice))[^\W\d_]{3,}"
    r"|qualcos\w+|something|anything)",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\bnon (?:mi )?(?:cerc|voglio|vorrei|serv)\w*|\b(?:don['’]?t|do not) (?:need|want)",
    re.IGNORECASE,
)


def named_all_the_same(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "peccato. la Conca invece a che serve" as a question of the thing that is named."""
    if heard.also or "product" not in given:
        return None
    if heard.intent == "ask_location":  # "how much is the Oltrarno?", called like a part of town
        return (
            second_question(heard, _NEARLY)
            if "city" not in given and not _WHERE.search(heard.text)
            else None
        )
    if heard.intent not in _POLITE:
        return None
    if not (asks(heard.text) or _ASKS_OF_IT.search(heard.text)):
        return None
    if given.keys() & _VERSION:
        return "ask_availability"
    return second_question(heard, _LIKELY) or DETAILS


def wished_all_the_same(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear the wish beside a thank-you, a yes or a greeting: "vorrei un braccialetto, grazie"."""
    # "Con i 15 euro che restano c'è qualcosina?" is no question whether the thing in view is there.
    limited = given.keys() & _AMOUNTS and heard.confidence < SURE and "product" not in given
    may = heard.intent in _POLITE or (limited and heard.intent in _GUESSED)
    if not may or heard.also or _REFUSES.search(heard.text):
        return None
    for_somebody = "recipient" in given or "occasion" in given or GIFT_WORDS.search(heard.text)
    if heard.intent == "greet" and given.keys() & _AMOUNTS:  # "che gli prendiamo con 50?"
        return GIFT if for_somebody else SEARCH
    return SEARCH if _WANTS_A_THING.search(heard.text) else None


def no_new_start(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "torniamo allo zaino" as what it says: nobody wants to forget what was said.

    Who begins anew with a wish ("ricominciamo, cerco una candela") is shown that at once.
    """
    if heard.intent != "restart" or heard.also or not given.keys() & _A_THING:
        return None
    if AFRESH.search(heard.text):
        return SEARCH if "category" in given and seeks(heard.text) else None
    return "back_to_product"


def one_like_that(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "e una a tracolla" behind what was shown as a further search."""
    on_the_table = facts.get("shown") or facts.get("filters")
    free = heard.intent is None and not heard.also and not given.keys() & {"product", "city"}
    return SEARCH if on_the_table and free and _ONE_SUCH.search(heard.text) else None


HIDDEN = (named_all_the_same, wished_all_the_same, no_new_start, one_like_that)
