"""Why a conversation is passed to a person, in lines that a sales agent can check."""

from typing import Any

from bot.engine import TurnReply
from channels.kit import ChoiceTapped, CustomerEvent, OrderPlaced


def evidence(event: CustomerEvent, reply: TurnReply | None, facts: dict[str, Any]) -> list[str]:
    """Return what was said or tapped, how sure the engine is, and what was asked before."""
    lines = [_act(event)]
    if reply and reply.understood.intent:
        understood = reply.understood
        lines.append(f"intent {understood.intent} {understood.confidence:.2f}")
    asked = facts.get("asked") or []
    topics = list(dict.fromkeys(str(entry.get("topic")) for entry in asked))
    if topics:
        lines.append("asked before: " + ", ".join(topics))
    if facts.get("focus"):
        lines.append(f"product in view: {facts['focus']}")
    return lines


def _act(event: CustomerEvent) -> str:
    match event:
        case ChoiceTapped():
            return f"tapped «{event.title or event.choice_id}»"
        case OrderPlaced():
            return f"sent an order of {sum(item.quantity for item in event.items)} pieces"
        case _:
            return f"said «{event.words()}»"
