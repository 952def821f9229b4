"""Scraps that ask of the thing in view in a colour or size: "per lui 42 grigie?", "solo verde?"."""

from __future__ import annotations

import re

from dialogues.executor.asking import asks, seeks
from dialogues.executor.questions import MOST_WORDS, last_topic
from dialogues.executor.talk import Heard, Json
from dialogues.executor.wishes import DETAILS, GIFT, GIFT_WORDS, SEARCH, SURE, is_alone, known

AVAILABILITY = "ask_availability"
_LONGER = 14  # words; a size with its wearer: "e per mio marito, che porta il 44, grigie?"
_NUMBER = re.compile(r"(?<![\w.,/])\d{1,3}(?![\w/]|[.,]\d)")
_LETTERS = re.compile(r"(?<![\w'’.])(?:XXS|XS|S|M|L|XL|XXL)(?![\w'’.])")
_NOT_A_SIZE = re.compile(
    r"€|\beuro?\b|\bquid\b|\bpounds?\b|\bmax\b|\bbudget\b|\bann[oi]\b|\byears?\b|\byrs?\b|\bold\b"
    r"|\bcompi\w+|\bturn(?:s|ing)\b|\bgiorn[oi]\b|\bdays?\b",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"\b(?:quale|quali|che|which|what|how|come|sapere|know|conviene)\b", re.IGNORECASE
)
_SAYING_LITTLE = (None, "affirm", "deny", "out_of_scope", SEARCH)
_SIZED = (*_SAYING_LITTLE, "ask_size_guide", "goodbye", "thanks")
_OF_A_WEARER = (*_SAYING_LITTLE, GIFT, DETAILS, "show_more", AVAILABILITY)
_HARDLY_OF_A_NAME = (
    "complaint", "out_of_scope", "order_status", "request_refund", "deny", "ask_location",
)  # fmt: skip
_ABOUT_ONE = ("price", "availability", "details", "reviews")
_OF_ITS_VERSION = frozenset(("colour", "size", "recipient", "quantity"))
_COLOURS = r"(?:colou?rs?|color[ei]|tint[ae]|colorazion[ei]|tonalit[aà]|shades?)"
# "Which other colours?", "solo in verde?", "apart from blue?": what there is beside the one named.
_OTHER_COLOURS = re.compile(
    rf"\b(?:altr[aeio]|divers[aeio]|pi[uù]|other|different|more|what|which|che|quali)\s+(?:\w+\s+)?{_COLOURS}\b"
    rf"|\b{_COLOURS}\s+(?:divers[aeio]|other\s+than|besides|apart|except|oltre)"
    rf"|\bany\s+(?:other|more)\s+{_COLOURS}\b",
    re.IGNORECASE,
)
_BESIDE_THAT = re.compile(
    r"\b(?:oltre|a parte|tranne|besides|apart from|other than|except(?: for)?|aside from)\b"
    r"|\b(?:solo|soltanto|unicamente|only|just)\b(?=[^.!?;…]*\?)",
    re.IGNORECASE,
)
# "Ce ne sono ancora?", "is that the last one?": of the version that was just spoken of.
_LEFT = re.compile(
    r"\bce n(?:e sono|['’][eè]) (?:ancora|almeno)\b|\bne (?:[eè]|sono) rimast\w|\bne rest\w+"
    r"|\b(?:[eè]|sar[aà]|sono) (?:l['’]ultim[ao]|gli ultimi|le ultime)\b"
    r"|\b(?:one|any|many|some) left\b"
    r"|\b(?:the|your) last one\b|\b(?:only|just) (?:the )?(?:one|1|two|2)(?: left)?\s*\?"
    r"|\bne (?:avete|hai) (?:ancora|solo|almeno|(?:un[oa]|du[eo]|tre|[1-9])\s*\?*$)"
    r"|\bstill (?:got|have) (?:it|one|some)\b"
    r"|\bsolo (?:un[oa]|1)\s*\?"
    r"|\bquant[ei] (?:ne|ce ne)\b(?! (?:tien|contien|port|st[aà]|stann|entr))"
    r"|\bhow many (?:(?:of (?:them|those|it)|more) )?(?:do you (?:still )?have|have you got"
    r"|are (?:there )?left|left)\b",
    re.IGNORECASE,
)
# "La Dante va bene?", "would the Leo do?": whether it is what was wished for.
_FITS = re.compile(
    r"\b(?:v[ao]|andrebbe(?:ro)?|vanno|andr[aà]) bene\b|\bfarebbe al caso\b|\b[eè] adatt[oa]\b"
    r"|\bpu[oò] andare\b|\b(?:is|are|would)\b[^?.!]*\b(?:ok(?:ay)?|fine|suitable|any good"
    r"|good for (?:that|it)|alright"
    r"|all right|do|work|right for (?:that|it))\s*\?"
    r"|\b(?:is|are|would|will)\b[^?.!]*\b(?:ok(?:ay)?|fine|good|suitable|right|appropriate) for"
    r" (?:an?|my|his|her|their|the|men|women|kids|him|her|them)\b|\bwould (?:it|they|this) suit\b",
    re.IGNORECASE,
)

# "Rosso ce ne sono?", "ne avete 12 blu?", "bianco ci sta?": whether there is one of it like that.
_OF_IT = re.compile(
    r"\bne (?:avete|avreste|hai|tenete|son\w*|rest\w+)\b|\bce n(?:e\b|['’])|\bc['’]\s?(?:è"
    r"|e['’]?|era)"
    r"|\bci (?:sta|stanno|sono)\b(?!\s+(?:dentro|in)\b)|\bsi trov\w+|\bquant[ei]\b|\bl['’]avete\b"
    r"|\bhow many\b|\b(?:do|have) you (?:have|got)\b|\bany (?:left|in)\b|\bis there\b",
    re.IGNORECASE,
)
_GOES_BACK = re.compile(
    r"\bcambi|\bres[oi]\b|\brend|\brestitu|\brimand|\bindietro|\bexchang|\breturn|\bswap|\bback\b|\brefund",
    re.IGNORECASE,
)
# "Se le sta stretto?", "what if they're too small?": whether it can be sent back.
_IF_IT_DOES_NOT_FIT = re.compile(
    r"\b(?:se|e se)\b[^.;!?]*\b(?:st(?:a|anno|esse|essero)|v(?:a|anno)|è|sono|foss\w+|risult\w+"
    r"|calz\w+)"
    r"\b[^.;!?]*\b(?:strett|larg[oaih]|piccol|grand[ei]|cort[oaie]|lung[oaih])"
    r"|\b(?:if|when)\b[^.;!?]*\b(?:too (?:small|big|tight|large|loose|long|short)|don['’]?t fit"
    r"|doesn['’]?t fit|pinch)",
    re.IGNORECASE,
)
_OF_THOSE = re.compile(
    r"\b(?:me |ce |gliene |mi )?ne (?:serv\w+|occorr\w+|vorre\w+|voglio|avete|avreste"
    r"|ho bisogno)\b|\bce ne sono\b"
    r"|\bof (?:them|those|these)\b|\b(?:need|want|like) \w+ ?\?*$",
    re.IGNORECASE,
)
_IS_A_CALL = ("buy", "complaint", "request_refund", "order_status", "cancel_order", "talk_to_human")


def asks_other_colours(text: str, *, named: bool) -> bool:
    """Tell whether it is asked what colours there are beside one; `named`: one is named."""
    return bool(_OTHER_COLOURS.search(text) or (named and _BESIDE_THAT.search(text)))


def asks_what_is_left(text: str) -> bool:
    """Tell whether it is asked how many there are of what was just spoken of."""
    return bool(_LEFT.search(text))


def asks_if_it_fits(text: str) -> bool:
    """Tell whether it is asked if a thing is what was wished for: "la Dante va bene?"."""
    return bool(_FITS.search(text))


def without_fitting(text: str) -> str:
    """Return a question without the words that only ask if a thing will do."""
    return _FITS.sub(" ", text)


def asks_if_it_does_not_fit(text: str) -> bool:
    """Tell whether it is asked what then: "se le sta stretto?", "what if they're too small?"."""
    return bool(_IF_IT_DOES_NOT_FIT.search(text))


def a_size(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear a bare number that is a size of something on the table: "ah peccato. e 39?"."""
    marks = known(facts, "marks")
    if len(heard.text.split()) > MOST_WORDS or heard.intent not in _SIZED or heard.also:
        return None
    if given.keys() - {"colour", "quantity"} or _NOT_A_SIZE.search(heard.text):
        return None
    named = any(f"size:{number}" in marks for number in _NUMBER.findall(heard.text))
    return AVAILABILITY if named else None


def for_somebody(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "per lui 42 grigie?" as whether the thing in view is there so: he is to wear it."""
    told = heard.intent == "ask_size_guide" and not asks(heard.text)  # "size S for my sister"
    guessed = (told or heard.intent in _OF_A_WEARER) and not heard.also
    if not facts.get("focus") or not guessed or given.keys() - _OF_ITS_VERSION:
        return None
    looks = (
        seeks(heard.text)
        or _WHICH.search(heard.text)
        or GIFT_WORDS.search(heard.text)
        or _NOT_A_SIZE.search(heard.text)
    )
    if looks or len(heard.text.split()) > _LONGER:
        return None
    sizes = [*_NUMBER.findall(heard.text), *_LETTERS.findall(heard.text), given.get("size")]
    sized = any(_comes_in(f"size:{size}", facts) for size in sizes)
    return AVAILABILITY if sized else None


def other_colours(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "c'è solo in cuoio?" as a question of the colours of the thing in view."""
    guessed = heard.intent in _OF_A_WEARER and not heard.also
    if not facts.get("focus") or not guessed or given.keys() - {"colour", "without", "ordinal"}:
        return None
    if not asks_other_colours(heard.text, named=bool(given.keys() & {"colour", "without"})):
        return None
    return None if len(heard.text.split()) > _LONGER else AVAILABILITY


def what_is_left(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "ce ne sono ancora?", said of the thing in view, as no wish to see others."""
    guessed = heard.intent in _OF_A_WEARER and not heard.also
    of_it = facts.get("focus") and not given.keys() - {"quantity", "ordinal"}
    return AVAILABILITY if of_it and guessed and asks_what_is_left(heard.text) else None


def of_it_in_a_version(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "rosso ce ne sono?" and "la L rossa?" as whether the thing in view is there so."""
    versions = given.keys() & {"colour", "size"}
    others = given.keys() - {*_OF_ITS_VERSION, "category"}
    if not (facts.get("focus") and versions) or others or heard.also or heard.intent in _IS_A_CALL:
        return None
    if "category" in given and not is_its_kind(given["category"], facts):
        return None
    both = len(versions) > 1 and "?" in heard.text
    if heard.intent == "ask_about_shop" and heard.confidence < SURE and "colour" in given:
        return DETAILS  # "il rosso è proprio rosso acceso? voi che dite"
    at_first = _OF_IT.search(re.split(r"[,.;:!?]", heard.text, maxsplit=1)[0])
    most = _LONGER if both or at_first else MOST_WORDS
    if len(heard.text.split()) > most or _GOES_BACK.search(heard.text):
        return None
    return AVAILABILITY if both or _OF_IT.search(heard.text) else None


def so_many_of_it(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "me ne servono 20, ci sono?" as a question of the thing in view, and no new search."""
    others = given.keys() - {"quantity", "occasion", "recipient", "needed_by", "colour"}
    of_it = facts.get("focus") and "quantity" in given and not others and not heard.also
    if not of_it or heard.intent not in _OF_A_WEARER or not asks(heard.text):
        return None  # "me ne servono 10, li incartate voi?" asks for the wrapping
    return AVAILABILITY if _OF_THOSE.search(heard.text) else None


def if_it_does_not_fit(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "se il 38 le sta stretto?" as a question of returns, whatever size is named."""
    on_the_table = facts.get("focus") or facts.get("shown")
    open_ = heard.intent not in _IS_A_CALL and heard.intent != "ask_returns" and not heard.also
    named = given.keys() & {"colour", "product", "order_number"}
    if not on_the_table or not open_ or named or not asks(heard.text):
        return None
    return "ask_returns" if asks_if_it_does_not_fit(heard.text) else None


def is_its_kind(kind: str, facts: Json) -> bool:
    """Tell whether the product in view is of a kind."""
    return facts.get("focus") in (known(facts, "marks").get(f"category:{kind}") or ())


def would_do(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "la Dante va bene?" as a question of that thing: nothing is agreed to."""
    named = "product" in given and not given.keys() - {"product", "category", "ordinal"}
    whom = given.keys() <= {"recipient", "occasion", "ordinal"} and given.keys() & {"recipient"}
    of_it = whom and facts.get("focus") and not seeks(heard.text)
    fits = (named or of_it) and asks(heard.text) and asks_if_it_fits(heard.text)
    return DETAILS if fits and not heard.also and heard.intent != "buy" else None


def only_its_name(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear nothing bad in a name alone: "and the Rotta tag?" tells of nothing broken."""
    alone = given.keys() == {"product"} and is_alone(heard) and not heard.also
    if not alone or heard.intent not in _HARDLY_OF_A_NAME:
        return None
    last = last_topic(facts)
    return f"ask_{last}" if last in _ABOUT_ONE else DETAILS


def _comes_in(mark: str, facts: Json) -> bool:
    marks = known(facts, "marks")  # a sleeve for 13" is sized in inches
    return facts.get("focus") in (*(marks.get(mark) or ()), *(marks.get(f'{mark}"') or ()))


OF_A_VERSION = (
    if_it_does_not_fit,
    so_many_of_it,
    for_somebody,
    other_colours,
    what_is_left,
    of_it_in_a_version,
)
