"""The decision: evidence added up as log odds, with a line for everything that counted."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from dialogues.purchase.missing import missing

Json = dict[str, Any]

THRESHOLD = 0.5
BUY = "buy"
REFUSAL = "deny"
# What is said with one of these is not "I buy", whatever words it uses.
AGAINST = (
    REFUSAL,
    "cancel_order",
    "request_refund",
    "advise_against",
    "complaint",
    "order_status",
    "ask_returns",
    "talk_to_human",
    "restart",
    "leave_review",
)
CALLING = ("complaint", "request_refund", "cancel_order")
# Learned: a logistic regression over held-out scores and the intents of the training examples
# gave these weights (docs/benchmarks.md). The intents add little, since both know the same phrases.
INTENT_BUY, INTENT_AGAINST, INTENT_ASKS = 0.3, -0.9, -0.4
# Set by hand, as no labelled talks exist to learn them from: all together they turn only a message
# that could be read both ways (above one in four by its words), and questions alone never do.
PRODUCT_IN_VIEW, NOTHING_IN_VIEW, EACH_QUESTION, CART = 0.3, -0.5, 0.15, 0.3
# Who looks for something in a talk in which nothing is in view has not chosen yet.
LOOKING = ("search_product", "recommend_gift", "browse_catalog", "show_more")
NOT_CHOSEN = -2.0
COMPARING = "compare_products"  # "I'd like to compare the two" puts them side by side first
WARM_TOPICS = ("price", "availability", "delivery", "payment", "details", "discount")
MOST_QUESTIONS = 3
# A mere yes in a talk answers what the bot has said last; outside of one it may be all there is.
MERE_YES = -2.5
# In a talk most messages are short and point at something ("quello in tela", "a nice one"): words
# without an act ("prendo", "I'll have") that nothing understood as buying are seldom a purchase.
NO_ACT = -2.0
SURE_OF_BUYING = 0.75
# "I might take", "me ne servirebbero due", "what can I get": an act said under a condition, in
# doubt or in a question commits only where the words are very sure.
HELD_BACK = ("if", "would", "maybe", "ask", "past", "other")
CERTAIN_OF_BUYING = 0.9
# A limit of price narrows a search: who says one is still looking, unless a product is named too.
LIMITS = frozenset(("max_price", "min_price", "about_price", "compared"))
STILL_LOOKING = -4.0
# Understood as a wish for a person, a refusal, a complaint: "put me thru" puts nothing in a bag.
AGAINST_IN_A_TALK = -2.5
CALLS_SURELY = -6.0  # a complaint without a doubt, in whatever words of buying it is told
CHOSEN = frozenset(("product", "ordinal"))
# "I shall buy the brown pair", "la prendo, spedite a Lecce?": said freely of the one in view, it
# is a purchase, whatever else is said or asked, unless the words as a whole hardly commit.
BUYS, BUYS_FREELY, HARDLY = "buys", 1.5, 0.25
# "Can you put initials on it?", "ne prendo 10, mi fate lo sconto?": who asks so clearly wants the
# answer first, and who asks for a discount has not agreed yet.
ASKS_FIRST = -5.0
CLEAR_QUESTION, ASKS_CLEARLY, BARGAINING, BARGAINS = 0.85, -3.0, "ask_discount", -1.5
# A tap on "I'll take it" and an order say it themselves; one in a hundred is a slip of the thumb.
ACTED = math.log(99)
NO_WORDS = -4.0  # a message without a word or an act
BOUND = 1e-4


@dataclass(frozen=True)
class Evidence:
    """What is known at the moment of the decision; None and empty mean "not known".

    `score` is the probability by the words alone, `cues` what was found in them. `act` is "tap" or
    "order". `view` tells whether exactly one product can be meant, None outside of a conversation.
    `asked` holds the topics asked before about that product, `named` what the message names: the
    kinds of its entities. `question` tells that it has a question mark.
    """

    score: float | None = None
    cues: tuple[str, ...] = ()
    intents: tuple[tuple[str, float], ...] = ()
    act: str | None = None
    view: bool | None = None
    asked: tuple[str, ...] = ()
    question: bool = False
    named: tuple[str, ...] = ()
    cart: int = 0
    details: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """Whether a person should close a sale now: a probability, why, and what is not yet known."""

    score: float
    reasons: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def wants(self) -> bool:
        """Tell whether the customer wants to buy now."""
        return self.score >= THRESHOLD


def decide(evidence: Evidence) -> Decision:
    """Weigh everything; each reason is a short line in English that the desk can translate."""
    reasons: list[str] = []
    odds = _words(evidence, reasons) if evidence.act is None else _act(evidence, reasons)
    odds += _talk(evidence, reasons)
    score = 1.0 / (1.0 + math.exp(-odds))
    return Decision(round(score, 4), tuple(reasons), missing(evidence.details))


def _act(evidence: Evidence, reasons: list[str]) -> float:
    reasons.append("tapped to buy" if evidence.act == "tap" else "sent an order")
    return ACTED


def _words(evidence: Evidence, reasons: list[str]) -> float:
    odds = _odds(evidence.score) if evidence.score is not None else _by_intent(evidence)
    if evidence.score is not None:
        reasons.append(f"the words commit: {evidence.score:.2f}")
        odds += _intents(evidence, reasons)
    agreed = "accept" in evidence.cues and "act" not in evidence.cues
    if evidence.view is not None and agreed and BUYS not in evidence.cues:
        odds += MERE_YES
    if evidence.view is not None:
        odds += _in_a_talk(evidence, reasons)
    hindering = [cue for cue in evidence.cues if cue not in ("act", "accept", BUYS)]
    if hindering:
        reasons.append("the words also say: " + ", ".join(hindering))
    return odds


def _in_a_talk(evidence: Evidence, reasons: list[str]) -> float:
    """Weigh what the words leave out: an act, or agreement before a question is answered."""
    sure = dict(evidence.intents)
    if sure.get(BARGAINING, 0.0) >= CLEAR_QUESTION:
        reasons.append("asks for a discount first")
        return BARGAINS
    # "Ah ecco. L'avevo ordinata rosa e mi avete mandato la nera": said second, it counts, too.
    calling = max((sure.get(name, 0.0) for name in CALLING), default=0.0)
    freely = BUYS in evidence.cues and evidence.view and (evidence.score or 0.0) >= HARDLY
    calls = calling >= (CERTAIN_OF_BUYING if freely else SURE_OF_BUYING)
    main = next(iter(sure), None)
    # "No no, I have plenty of those, I'll take the collar" refuses another thing.
    refuses = main in AGAINST and BUY not in sure and not (freely and main == REFUSAL)
    if calls or refuses:
        # The reason is told by the intent itself.
        return CALLS_SURELY if calling >= CERTAIN_OF_BUYING else AGAINST_IN_A_TALK
    if LIMITS & set(evidence.named) and not CHOSEN & set(evidence.named):
        reasons.append("still narrows the choice by price")
        return STILL_LOOKING
    if freely:
        reasons.append("buys in so many words")
        return BUYS_FREELY
    return _by_the_words(evidence, sure, reasons)


def _by_the_words(evidence: Evidence, sure: dict[str, float], reasons: list[str]) -> float:
    """Weigh how the words commit: with an act, under a condition, in a question."""
    done = bool({"act", "accept"} & set(evidence.cues))
    if evidence.question and (not done or (evidence.score or 0.0) < SURE_OF_BUYING):
        reasons.append("asks, and commits to nothing")
        return NO_ACT  # "me lo mandate via mail?", "green in 38 please?"
    # "I'll think about that one. First I would like to buy two cards": one clause buys freely.
    held = BUYS not in evidence.cues and any(cue in evidence.cues for cue in HELD_BACK)
    compares = COMPARING in sure and BUY not in sure and BUYS not in evidence.cues
    if compares or (BUY in sure and _asked_first(sure)):
        return ASKS_FIRST
    if BUY in sure:
        enough = CERTAIN_OF_BUYING if held else SURE_OF_BUYING
        done = done or (evidence.score or 0.0) >= SURE_OF_BUYING  # both voices say so
        return 0.0 if (done and not held) or sure[BUY] >= enough else NO_ACT
    # "I need one with a coin pocket" looks for it, with one in view, too; "prendo" does not.
    looks = () if done else LOOKING
    asking = (sure[name] for name in sure if name.startswith("ask_") or name in looks)
    asks = max(asking, default=0.0)
    # "Do u have it in navy": where the words commit to little, a less clear question counts too.
    clear = CLEAR_QUESTION if (evidence.score or 0.0) >= SURE_OF_BUYING else SURE_OF_BUYING
    odds = ASKS_CLEARLY * asks if asks >= clear else 0.0
    return odds if done and not held else odds + NO_ACT


def _asked_first(sure: dict[str, float]) -> bool:
    """Tell whether a clear question stands before what may buy: "a card? I'd like two lines"."""
    main, best = next(iter(sure.items()))
    return sure[BUY] < SURE_OF_BUYING and main.startswith("ask_") and best >= CLEAR_QUESTION


def _by_intent(evidence: Evidence) -> float:
    """Without a judgement of the words, as before the first training with examples of it."""
    sure = dict(evidence.intents).get(BUY)
    return NO_WORDS if sure is None else _odds(sure)


def _intents(evidence: Evidence, reasons: list[str]) -> float:
    sure = dict(evidence.intents)
    if BUY in sure:
        reasons.append(f"intent {BUY} {sure[BUY]:.2f}")
        return INTENT_BUY * sure[BUY]
    against = next((name for name in sure if name in AGAINST), None)
    if against:
        reasons.append(f"intent {against} {sure[against]:.2f}")
        return INTENT_AGAINST * sure[against]
    asks = next((name for name in sure if name.startswith("ask_")), None)
    return INTENT_ASKS * sure[asks] if asks else 0.0


def _talk(evidence: Evidence, reasons: list[str]) -> float:
    odds = 0.0
    if evidence.view is not None:
        odds += PRODUCT_IN_VIEW if evidence.view else NOTHING_IN_VIEW
    main = evidence.intents[0][0] if evidence.intents else None
    if evidence.view is False and main in LOOKING:
        reasons.append("nothing chosen yet")
        odds += NOT_CHOSEN
    warm = [topic for topic in dict.fromkeys(evidence.asked) if topic in WARM_TOPICS]
    if warm:
        reasons.append("asked about this product: " + ", ".join(warm))
        odds += EACH_QUESTION * min(len(warm), MOST_QUESTIONS)
    if evidence.cart:
        reasons.append(f"pieces in the cart: {evidence.cart}")
        odds += CART
    return odds


def _odds(probability: float) -> float:
    bounded = min(max(probability, BOUND), 1.0 - BOUND)
    return math.log(bounded / (1.0 - bounded))
