"""What of a turn's events the tracker's table keeps, and as which row."""

from typing import Any, Dict, List, Text

import ujson
from rasa.shared.core.events import DefinePrevUserUtteredFeaturization, Event, SlotSet


def worth_keeping(events: List[Event]) -> List[Event]:
    """Return what a turn leaves behind: of a slot that it sets twice the last value.

    Whether a policy looked at the words or at the intent is told in memory alone: it is one answer
    for all messages here. A sixth of the rows were such.
    """
    kept: List[Event] = []
    set_later = set()
    for event in reversed(events):
        if event.type_name == SlotSet.type_name:
            if event.key in set_later:
                continue
            set_later.add(event.key)
        if event.type_name != DefinePrevUserUtteredFeaturization.type_name:
            kept.append(event)
    kept.reverse()
    return kept


def row_of(sender_id: Text, event: Event) -> Dict[Text, Any]:
    """Return the columns of Rasa's own table of events."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": event.timestamp,
        "intent_name": (data.get("parse_data") or {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": ujson.dumps(data),
    }
