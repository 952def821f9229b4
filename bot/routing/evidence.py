"""Why a conversation is passed to a person, in lines that a sales agent can check."""

from typing import Any

from bot.engine import TurnReply
from channels.kit import ChoiceTapped, CustomerEvent, OrderPlaced
from dialogues import purchase

_SHOWN = ("tapped to buy", "sent an order")  # the line on what the customer did says so


def evidence(event: CustomerEvent, reply: TurnReply | None, facts: dict[str, Any]) -> list[str]:
    """Return what was said or tapped, why that is a purchase or what it means else, and the view.

    The reasons of a purchase are those of the decision that called the person.
    """
    lines = [_act(event)]
    judged = facts.get("purchase") or {}
    if judged.get("wants"):
        lines += [reason for reason in judged["reasons"] if reason not in _SHOWN]
    else:
        lines += _understood(reply, facts)
    if facts.get("focus"):
        lines.append(f"product in view: {facts['focus']}")
    return lines


def with_order(facts: dict[str, Any], event: CustomerEvent) -> dict[str, Any]:
    """Return the facts with the cart that the customer sent, and the decision about it."""
    if not isinstance(event, OrderPlaced):
        return facts
    items = [item.model_dump(mode="json") for item in event.items]
    known = {**facts, "cart": {"items": items, "catalog": event.catalog_id}}
    return {**known, "purchase": _ordered(known, items)}


def _ordered(facts: dict[str, Any], items: list[dict[str, Any]]) -> dict[str, Any]:
    """Decide about an order: it never reaches the engine, the decision is the same."""
    pieces = sum(int(item.get("quantity") or 1) for item in items)
    ids = [str(item.get("product_id")) for item in items]
    said = {"quantity": str(pieces), "product": ", ".join(ids)}
    details = {**((facts.get("purchase") or {}).get("details") or {}), **said}
    topics = [str(note.get("topic")) for note in facts.get("asked") or () if note]
    decision = purchase.decide(
        purchase.Evidence(act="order", view=True, asked=tuple(topics), cart=pieces, details=details)
    )
    return {
        "score": decision.score,
        "wants": decision.wants,
        "reasons": list(decision.reasons),
        "missing": list(decision.missing),
        "details": details,
    }


def _understood(reply: TurnReply | None, facts: dict[str, Any]) -> list[str]:
    lines = []
    if reply and reply.understood.intent:
        lines.append(f"intent {reply.understood.intent} {reply.understood.confidence:.2f}")
    topics = list(dict.fromkeys(str(entry.get("topic")) for entry in facts.get("asked") or []))
    return [*lines, "asked before: " + ", ".join(topics)] if topics else lines


def _act(event: CustomerEvent) -> str:
    match event:
        case ChoiceTapped():
            return f"tapped «{event.title or event.choice_id}»"
        case OrderPlaced():
            return f"sent an order of {sum(item.quantity for item in event.items)} pieces"
        case _:
            return f"said «{event.words()}»"
