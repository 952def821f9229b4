"""What the engine tells the gateway about a turn."""

from typing import Any, Dict, List, Optional, Text

from heard import known_intent
from rasa.shared.core.constants import DEFAULT_SLOT_NAMES
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

# The flows' own memory, how they tell what is shown apart, what came with the message, and Rasa's
# bookkeeping are no facts.
NO_FACTS = frozenset(("flow", "marks", "context", *DEFAULT_SLOT_NAMES))


def report(tracker: DialogueStateTracker, replayed: bool) -> Dict[Text, Any]:
    """Say what the bot answered to the last message and what it knows now."""
    said: List[Dict[Text, Any]] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered):
            said[:0] = _replies(event)
    message = tracker.latest_message
    facts = tracker.current_slot_values()
    return {
        "message_id": message.message_id,
        "replayed": replayed,
        "messages": said,
        "understood": understood(message.parse_data, facts.get("language")),
        "facts": {name: value for name, value in facts.items() if name not in NO_FACTS},
    }


def _replies(event: BotUttered) -> List[Dict[Text, Any]]:
    custom = event.data.get("custom") or {}
    if "replies" in custom:
        return list(custom["replies"])
    if "kind" in custom:
        return [custom]
    # Written by hand in Rasa's own way: a rule with a response, or an action that speaks.
    buttons = event.data.get("buttons") or []
    choices = [{"id": button["payload"], "title": button["title"]} for button in buttons]
    return [{"kind": "text", "text": event.text, "choices": choices}] if event.text else []


def understood(parsed: Dict[Text, Any], language: Optional[Text]) -> Dict[Text, Any]:
    """Say what was made of a message."""
    intent = parsed.get("intent") or {}
    return {
        "intent": known_intent(intent),
        "confidence": intent.get("confidence") or 0.0,
        "ranking": (parsed.get("intent_ranking") or [])[:3],
        "also": parsed.get("also") or [],
        "unsure": parsed.get("unsure") or [],
        "entities": parsed.get("entities") or [],
        "language": language,
    }


def last_id(tracker: DialogueStateTracker) -> Optional[Text]:
    """Return the id of the message that was answered last."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            message_id: Optional[Text] = event.message_id
            return message_id
    return None
