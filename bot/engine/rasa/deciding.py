"""Asks `dialogues.purchase` whether a message buys, before the flows hear what it means.

The classifier may be sure of an intent; whether somebody wants to buy is decided here, with the
talk so far, and the flows see `buy` exactly when the decision says so.
"""

from typing import Any, Dict, List, Optional, Text

from components.amending import ASIDE
from heard import ASK, asked_text, known_intent
from rasa.shared.core.trackers import DialogueStateTracker

from dialogues import executor, purchase

Json = Dict[Text, Any]
BUY = "buy"
TAP = f"{ASK}{BUY}"
# Said together with a purchase, these are answered too; anything else it said means the purchase.
BESIDE = ("greet", "ask_")
# What may be answered instead where the classifier heard a purchase and there is none: nothing that
# calls a person on a second guess.
INSTEAD = (
    "ask_",
    "search_product",
    "recommend_gift",
    "compare_products",
    "show_more",
    "browse_catalog",
    "thanks",
)
# So sure must a question beside a purchase be where nothing in the words asks.
SURELY_ASKED = 0.85
WORTH_A_TRY = 0.25
HOLDING_BACK = ("not", "maybe")
VERSIONS = ("colour", "size")


def judge(tracker: DialogueStateTracker, facts: Json) -> Json:
    """Return the decision on the last message: score, wants, reasons, missing, details."""
    message = tracker.latest_message
    given: Json = {}
    text = asked_text(message)
    question = "?" in text
    entities = [one for one in message.entities if one.get("entity") != ASIDE]
    for entity in entities:
        given.setdefault(str(entity.get("entity")), entity.get("value"))
    product = executor.product_in_view(facts, given)
    before = facts.get("purchase") or {}
    said = purchase.details_in(text, entities)
    details = purchase.merged(before.get("details") or {}, said, product)
    words = message.parse_data.get("purchase") or {}
    decision = purchase.decide(
        purchase.Evidence(
            score=words.get("score"),
            cues=tuple(words.get("cues") or ()),
            intents=tuple(understood(message.parse_data).items()),
            act="tap" if _is_tap(message.metadata.get("choice")) else None,
            view=product is not None,
            asked=_asked(facts.get("asked"), product),
            question=question,
            named=tuple(name for name in given if not _is_a_version(given[name], name, facts)),
            details=details,
        )
    )
    # "Li vorrei entro venerdì", said of three shown, asks whether they arrive; nothing is chosen.
    # "Posso averla per sabato?" asks it too; "la prendo, arriva sabato?" is clear of buying.
    clear = understood(message.parse_data).get(BUY, 0.0) >= SURELY_ASKED
    open_ = product is None or (question and not clear)
    # "Want a little tray for my keys": where nothing was shown there is nothing to buy yet.
    seen = facts.get("shown") or facts.get("asked") or message.metadata.get("choice")
    nothing = product is None and not seen and "product" not in given
    asks_when = open_ and "needed_by" in given and not message.metadata.get("choice")
    # "Lo vorrei rosso", said of three shown, asks which of them come in red.
    narrows = product is None and bool(given.keys() & set(VERSIONS)) and purchase.only_wishes(text)
    return {
        "score": decision.score,
        "wants": decision.wants and not (asks_when or narrows or nothing),
        "reasons": list(decision.reasons),
        "missing": list(decision.missing),
        "details": details,
    }


def _is_a_version(value: Any, kind: Text, facts: Json) -> bool:
    """Tell whether an amount of money is a size that was shown: a gift card of 50 euro."""
    marks = facts.get("marks") or {}
    return kind in ("max_price", "about_price") and f"size:{value}" in marks


def understood(parsed: Json) -> Dict[Text, float]:
    """Return the intents that were understood, the main one first, with their confidence."""
    main = parsed.get("intent") or {}
    heard = [{**main, "name": known_intent(main)}, *(parsed.get("also") or [])]
    return {one["name"]: float(one.get("confidence") or 0.0) for one in heard if one.get("name")}


def intents(judged: Json, parsed: Json) -> List[Text]:
    """Return what the flows shall hear: `buy` exactly when the decision says so."""
    names = list(understood(parsed))
    if judged["wants"]:
        return [*_beside(parsed), BUY]
    if BUY not in names:
        return names
    others = [name for name in names if name != BUY]
    return others or [_instead(parsed)]


def _beside(parsed: Json) -> List[Text]:
    """Return what is answered beside a purchase: "preso" is heard as a question and asks none."""
    cues = (parsed.get("purchase") or {}).get("cues") or ()
    asks = "?" in str(parsed.get("text")) or "ask" in cues
    return [
        name
        for name, sure in understood(parsed).items()
        if name.startswith(BESIDE) and (asks or name == "greet" or sure >= SURELY_ASKED)
    ]


def settled(
    judged: Json, before: Optional[Json], turn: executor.Turn, flow: Optional[Text]
) -> Json:
    """Return what to remember: a purchase stays one while its flow asks which product.

    `flow` is the one that a purchase starts. What was said since is added to its details.
    """
    if judged["wants"] or not (before or {}).get("wants"):
        return judged
    asking = any(frame["flow"] == flow for frame in turn.state["stack"])
    calling = [step for step in turn.do if step["do"] == "handoff" and step["flow"] == flow]
    if not asking and not calling:
        return judged
    details = dict(judged["details"])
    if calling and calling[0].get("product"):
        details["product"] = calling[0]["product"]
    return {**(before or {}), "details": details, "missing": list(purchase.missing(details))}


def _is_tap(choice: Optional[Text]) -> bool:
    return choice is not None and (choice == TAP or choice.startswith(f"{TAP}:"))


def _asked(notes: Any, product: Optional[Text]) -> tuple:
    """Return the topics asked about this product."""
    if product is None:
        return ()
    return tuple(
        str(note.get("topic")) for note in notes or () if note and note.get("product") == product
    )


def _leaves_the_choice(parsed: Json) -> bool:
    """Tell whether two versions are named: "u decide for me, red or tan" refuses nothing."""
    kinds = [entity.get("entity") for entity in parsed.get("entities") or ()]
    return any(kinds.count(kind) > 1 for kind in VERSIONS)


def _instead(parsed: Json) -> Text:
    """Return what else a message may mean that does not buy: a refusal, or the second guess."""
    cues = (parsed.get("purchase") or {}).get("cues") or ()
    if "not" not in cues and _leaves_the_choice(parsed):
        return "ask_availability"
    if any(cue in cues for cue in HOLDING_BACK):
        return "deny"
    named = {str(entity.get("entity")) for entity in parsed.get("entities") or ()}
    if "needed_by" in named:
        return "ask_delivery"
    if named & {"product", "size", "colour"}:  # "e se prendo il 43?": at least whether it is there
        return "ask_availability"
    for rank in parsed.get("intent_ranking") or []:
        if str(rank["name"]).startswith(INSTEAD) and rank["confidence"] >= WORTH_A_TRY:
            return str(rank["name"])
    return "deny"
