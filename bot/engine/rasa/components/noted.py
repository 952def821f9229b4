"""What comes beside a text: the day of a message, the language of an example."""

from datetime import date
from typing import Optional, Text

from rasa.shared.nlu.constants import METADATA, METADATA_INTENT
from rasa.shared.nlu.training_data.message import Message


def today_of(message: Message) -> Optional[date]:
    """Return the shop's day, as the gateway says it beside the message."""
    context = (message.get(METADATA) or {}).get("context") or {}
    try:
        return date.fromisoformat(str(context.get("today")))
    except ValueError:
        return None


def language_of(example: Message) -> Optional[Text]:
    """Return the folder the phrase came from, as `bot.engine` noted it for the intent."""
    noted = (example.get(METADATA) or {}).get(METADATA_INTENT) or {}
    language: Optional[Text] = noted.get("language")
    return language
