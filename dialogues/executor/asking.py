"""Whether a message asks something: with a mark, or by the word that a question begins with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_ASKS = re.compile(
    r"\?|\b(?:wants?|like|need|love) to know (?:if (?:it|they)|how|what)\b"
    r"|\bwonder(?:s|ed|ing)? (?:if|whether|how|what)\b"
    r"|\b(?:let me know|tell me|remind me) (?:if|whether|how|what|which)\b"
    r"|\b(?:vuole|vorrei|vorrebbe|volevo|vogliono) sapere (?!se (?:c['’]|ci sono|avete|vend))"
    r"|[,;.]\s*(?:is|are|has|have|does|do|can|could|will|would) (?:it|they|this|that|you|i)\b"
    r"|\b[ms]i chied\w+ (?:se|come)\b"
    r"|\b(?:dica|dici|dite|dimmi|ditemi|sa dire|sai dire|sapete dire) (?:se|come|quant\w+)\b"
    r"|^\W*(?:(?:e|ed|ma|ok|ah|mm+h?|and|but|so|hm+|oo*h+|aw+|wow|uh+|eh|hey|hi|ciao)\W+){0,2}(?:è|e'|ha|hanno|ci|c['’]"
    r"|si|sono|va|vanno|quant\w*|qual\w*|come|che|cosa|dove|quando|chi|perch[eé]|posso|puo|può|is|are"
    r"|has|have|does|do|did|can|could|will|would|what|which|how|where|when|why|who|whats)\b",
    re.IGNORECASE,
)
# Who names a search asks of no product: "do you have anything waterproof?".
_SEEKS = re.compile(
    r"\b(?:cerc\w*|vorre\w*|qualcos\w*|altr[oiae]|avet\w*|avrest\w*|vend\w*|tenete|trattate"
    r"|mostra\w*|fammi|vedere|roba (?:\w+ )?(?:da|per|di)"
    r"|something|anything|others?|any|do (?:you|u|ya) (?:have|sell|carry|stock)"
    r"|(?:have|you|ya) got"
    r"|(?:cosa|che) mi (?:d[aà]i|date|consigli\w*|propon\w+)"
    r"|whadd?ya got|show|looking|find)\b",
    re.IGNORECASE,
)
# "I need one thing", "forse meglio un buono regalo": who wants something else asks of nothing here.
_WANTS = re.compile(
    r"\b(?:i|we)(?:['’]?d| would)? (?:also )?(?:need|want|like|prefer)\b|\bserv(?:e|ono|irebbe)\b"
    r"|\b(?:voglio|vogliamo|meglio|piuttosto|invece|rather|instead|better)\b",
    re.IGNORECASE,
)
# What is asked of the thing in view, before something is wished for.
_OF_IT = re.compile(
    r"\b(?:it|its|this|that|they|them|quest[oa])\b"
    r"|\b(?:quanto|quanta) (?:è|e'|misura|pesa|tiene)\b|\bche misure\b|^\W*(?:dimensions|misure)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"^\W*(?:dimensions?|measurements?|misure|dimensioni)\W*\?", re.IGNORECASE)
_CLAUSE = re.compile(r"[^.,;:!?…\n]+[.,;:!?…\n]*")
# "C'è un posto per le scarpe?", "any pocket for an umbrella": what a thing holds.
_HOLDS = re.compile(
    r"\b(?:posto|spazio|scompart\w+|tasc\w+|vano|place|space|room|pockets?|compartments?|slots?"
    r"|section)\b(?:\W+\w+){0,3}\W+(?:per|x|dove|for|to (?:put|keep))\b"
    r"|\b(?:slide|slip|hook|clip|attach|hang|strap) (?:it|them|this) (?:on|onto|over|to|around)\b"
    r"|\bsi (?:infila|attacca|aggancia|appende|mette) (?:al|alla|allo|sul|sulla|sopra|ai|alle)\b"
    r"|\b(?:ci (?:sta|stanno|entra|entrano|metto|vanno|va(?= (?:il|lo|la|l|un)))"
    r"|(?:will|does) .* fit|fits?|goe?s? in)\b",
    re.IGNORECASE,
)
# "Ha anche la cinghia per la spalla?", "does it come with a strap?": a part of a thing.
_HAS = re.compile(
    r"^\W*(?:(?:e|ma|ok|and|but|so|oh)\W+)?(?:ha|c[' ]?ha|ce l[' ]?ha|hanno|has it"
    r"|does it (?:have|come)|do they (?:have|come)|have they|(?:è|e'|is) compres[oa]"
    r"|is it sold with)\b",
    re.IGNORECASE,
)
# What somebody has at home and wants another of; what came from here is told apart by its order.
_OLD_ONE = re.compile(
    r"\b(?:(?:la|il|le|i) mi[aoe]i?|quell[aoe] vecchi[aoe])\b(?:\s+vecchi[aoe])?(?:\s+\w+)?"
    r"\s+(?:(?:si )?[eè]|e'|sono|sta|cade|casca)\b"
    r"(?!.*\b(?:arrivat|ordin|consegn|comprat|pres[ao] da voi|vostr))"
    r"|\b(?:mine|my (?:old|last|current)(?: \w+)?)(?:'s|s| is| has| are| have| just| finally)*\s"
    r"(?!.*\b(?:arriv|order|deliver|bought|from you))",
    re.IGNORECASE,
)
# "E orologi?", "what about hats?": a kind of thing that the shop has no word for.
_AND_THIS = re.compile(
    r"^(?:[^.!?]{1,25}[.!]+\s*)?(?:\w{1,4}\W+){0,2}"
    r"(?:(?:ed?|e invece|and)\s+(?:un[ao]?\s+|a\s+|some\s+)?"
    r"(?:[^\W\d_]{4,}\s*){1,3}\?+"
    r"|(?:what about|how about)\s+(?:[^\W\d_]{4,}\s*){1,3}\?*"
    r"|(?:[^\W\d_]{4,}\s+){1,3}(?:ne|ce ne|ce n['’]) ?(?:avete|tenete|vendete|fate|sono)\W*)\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=16)  # one turn asks it of the same words in many places
def asks(text: str) -> bool:
    """Tell whether a message is a question: "has it got a chain", "e come si lava?"."""
    return bool(_ASKS.search(text))


def wants(text: str) -> bool:
    """Tell whether a message says what is needed or would be better: "I need it for a trip"."""
    return bool(_WANTS.search(text))


def seeks(text: str) -> bool:
    """Tell whether a message wants to be shown something: "do you have anything waterproof?"."""
    return bool(_SEEKS.search(text))


def asked_apart(text: str, named: Iterable[tuple[int, int]]) -> str:
    """Return the clauses of a message that ask, and in which none of the named stands.

    "How big is it, she flies with hand luggage only" asks of no luggage. Nothing where the message
    wants to be shown something first; "how big is it? I need it for A4 folders" asks before.
    """
    wants = min((m.start() for m in (_SEEKS.search(text), _WANTS.search(text)) if m), default=None)
    starts = [start for start, _ in named]
    return " ".join(
        clause.group().strip()
        for clause in _CLAUSE.finditer(text)
        if (len(clause.group().split()) > 1 or _MEASURED.search(clause.group()))
        and asks(clause.group())
        and (wants is None or (clause.end() <= wants and _OF_IT.search(clause.group())))
        and not any(clause.start() <= start < clause.end() for start in starts)
    )


def holds(text: str) -> bool:
    """Tell whether a message asks what a thing holds or has: "has it got a shoulder strap?"."""
    return bool(_HOLDS.search(text) or _HAS.search(text))


def replaces_mine(text: str, *, named: bool = False) -> bool:
    """Tell whether another is wanted for one's own: "and a case? mine is broken".

    `named` tells that a thing of the shop is named in it.
    """
    old = _OLD_ONE.search(text)
    return old is not None and (named or "?" in text[: old.start()] or seeks(text))


def without_mine(text: str) -> str:
    """Return what is wanted without the story of one's own: "a case? mine is all broken"."""
    old = _OLD_ONE.search(text)
    if old is None:
        return text
    rest = re.split(r"[.,;!?]", text[old.end() :], maxsplit=1)[1:]
    return " ".join((text[: old.start()], *rest)).strip() or text


def names_a_kind(text: str) -> bool:
    """Tell whether a message only names another kind of thing: "ah. e orologi?"."""
    return bool(_AND_THIS.search(text))
