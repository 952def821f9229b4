"""Which of the intents heard in a message are worth answering, and when to greet."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from dialogues.executor.asking import asks
from dialogues.executor.comparing import only_compared
from dialogues.executor.complaints import GIFT, PRESENT
from dialogues.executor.services import SENT, asks_how_refunds_work
from dialogues.executor.talk import Heard, Talk
from dialogues.executor.vocabulary import GREETED_FOR, GREETING, MAX_ALSO, POLITENESS

_LOOKING = ("search_product", "browse_catalog", "show_more")
# Of several reasons to call a person the first counts: what somebody wants done, then what they
# complain of. All others are answered before, in their order.
_CALLS = ("cancel_order", "request_refund", "complaint", "advise_against", "order_status")
_SERVICES = frozenset(("ask_delivery", "ask_gift_wrap", "ask_returns"))

_OF_A_THING = frozenset((GREETING, "ask_price", "ask_availability", "ask_details"))
_REFUNDS = re.compile(
    r"refund|money|return|rivogli|send(?:ing)? (?:\w+ )?back|\bback\b.*\b(?:bag|it|them|order)"
    r"|rimbors|\bres[oi]\b|restitu|\brend|indietro|soldi|rimand|riport|rispedi|storn|credit"
    r"|cash back|reimburs|riaver|ridat",
    re.IGNORECASE,
)
_CANCELS = re.compile(
    r"cancel|annull|stop|block|blocc|disd|revoc|undo|don'?t (?:want|need|send)"
    r"|non (?:la|lo|le|li)? ?(?:vogli|sped|mand)",
    re.IGNORECASE,
)
# Who names an order and says that they complain does not ask where it is.
_COMPLAINS = re.compile(
    r"\b(?:make|lodge|file|raise|log|register) (?:a|an|another) (?:\w+ )?complaint\b|\bcomplain\b"
    r"|\breclamo\b",
    re.IGNORECASE,
)
# "How big is it? I need to carry a folder": what the thing in view is for, and no other wish.
_FOR_THAT = re.compile(
    r"\b(?:i|we|it|he|she|they) (?:needs?|has|have|must|want|wants)(?: to| it for)\b"
    r"|\b(?:dev[eo]|devono|dobbiamo|bisogna|serve per|servono per)\b",
    re.IGNORECASE,
)
# "Avete scarpine? Ho un battesimo" asks for the thing first, whatever it is for.
_SELLS = re.compile(
    r"\b(?:avet\w+|vendet\w+|tenet\w+|fate|do (?:you|u|ya) (?:have|sell|do|make)"
    r"|(?:have|has) (?:you|u) got|got any|sell)\b[^?.!]*\?",
    re.IGNORECASE,
)

AFRESH = re.compile(
    r"\bda capo\b|\bricominc|\briparti|\bda zero\b|\bresett?\w*|\bstart (?:over|again|afresh)"
    r"|\bscratch\b"
    r"|\brestart|\bbegin again",
    re.IGNORECASE,
)


def with_greeting(heard: Heard, intent: str) -> list[str]:
    """Return what a few words mean, behind the greeting that they were heard as."""
    meant = wanted(replace(heard, intent=intent))
    return [GREETING, *ungreeted(meant)] if heard.intent == GREETING else meant


def wanted(heard: Heard) -> list[str]:
    """The intents worth answering, a greeting first.

    Politeness beside a real question is left alone; of "grazie, ciao!" the goodbye is answered.
    """
    further = [_name(one) for one in heard.also]
    named = [name for name in (heard.intent, *further) if name]
    unique = _without_echo(list(dict.fromkeys(named)), heard)
    real = _asked_for([name for name in unique if name not in POLITENESS], heard)
    if _to_a_place(heard, real):  # "in nero è disponibile? e a Modena quando arriva"
        real = [*real, "ask_delivery"]
    if len(real) > 1 and not AFRESH.search(heard.text):  # "torniamo all'altro, che colori fa"
        real = [name for name in real if name != "restart"] or real
    if len(real) > 1:  # "I'm lost, help me pick a bag" asks for bags, not for a menu
        real = [name for name in real if name != "help"] or real
    if "search_product" in real:  # "mi serve una candela. che avete?" asks for candles, once
        real = [name for name in real if name != "browse_catalog"]
    real = only_compared(heard, real)
    if real[:1] == ["search_product"] and _SELLS.search(heard.text):
        real = [name for name in real if name != GIFT]
    if GIFT in real:  # a gift is looked for once, with what was said of it
        real = [name for name in real if name not in _LOOKING]
    calls = iter(sorted((name for name in real if name in _CALLS), key=_CALLS.index))
    real = [next(calls) if name in _CALLS else name for name in real]
    if not real:  # what was left out is not what somebody wants either
        polite = [name for name in unique if name in POLITENESS]
        return ["goodbye"] if "goodbye" in polite else polite[-1:]
    asked = [name for name in real if name != GREETING][: MAX_ALSO + 1]
    return [GREETING, *asked] if GREETING in real else asked


def _to_a_place(heard: Heard, real: list[str]) -> bool:
    """Tell whether delivery to a place is asked for beside a question about a thing."""
    return (
        heard.names("city")
        and bool(real)
        and set(real) <= _OF_A_THING
        and bool(SENT.search(heard.text))
    )


def _asked_for(real: list[str], heard: Heard) -> list[str]:
    """Leave out what a story beside the question only sounds like."""
    text = heard.text
    if "order_status" in real and _COMPLAINS.search(text):
        real = ["complaint", *real]
    of_it = real[:1] in (["ask_details"], ["ask_size_guide"]) and heard.facts.get("focus")
    if of_it and _FOR_THAT.search(text):
        real = [name for name in real if name not in _LOOKING]
    if "order_status" in real and text and not _CANCELS.search(text):
        real = [name for name in real if name != "cancel_order"]
    if text and real[:1] != [GIFT] and not PRESENT.search(text):
        real = [name for name in real if name != GIFT]  # "ne parlo con mia moglie"
    if text and not _REFUNDS.search(text):  # "I shall come back to you another day"
        real = [name for name in real if name != "request_refund"]
    if "ask_returns" in real and asks(text):  # who asks for the rules wants nothing back yet
        real = [name for name in real if name != "request_refund"]
    if "request_refund" in real and asks_how_refunds_work(heard):
        real = ["ask_returns" if name == "request_refund" else name for name in real]
    return real


def greeted(talk: Talk, heard: Heard, intents: list[str]) -> list[str]:
    """Return a greeting once: who greets again before a question within hours is just answered."""
    if GREETING not in intents:
        return intents
    before = talk.state["greeted"]
    now = heard.at or 0.0
    talk.state["greeted"] = now
    lately = before is not None and now - before < GREETED_FOR
    return ungreeted(intents) if lately else intents


def ungreeted(intents: list[str]) -> list[str]:
    """Leave a greeting out where there is something else to answer."""
    return [name for name in intents if name != GREETING] or intents


def _without_echo(intents: list[str], heard: Heard) -> list[str]:
    """Leave out a price asked in one breath with a service: "spedite a Cagliari? quanto costa?"."""
    of_product = any(entity.get("entity") in ("product", "ordinal") for entity in heard.entities)
    if of_product or not _SERVICES & set(intents):
        return intents
    in_view = heard.facts.get("focus") or heard.facts.get("shown")
    echoes = ("ask_price",) if in_view else ("ask_price", "ask_details")
    first = min(intents.index(name) for name in _SERVICES & set(intents))
    # "How much is it, and what do you charge for wrapping?": said first, it is of the thing.
    own = intents[:first] if in_view else []
    return [name for name in intents if name in own or name not in echoes]


def _name(intent: Any) -> str | None:
    if isinstance(intent, dict):
        return intent.get("name") or intent.get("intent")
    return intent if isinstance(intent, str) else None
