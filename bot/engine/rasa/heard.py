"""What was heard, in the form Rasa keeps it, where no classifier is needed."""

from typing import Any, Dict, List, Optional, Text

from rasa.shared.core.events import UserUttered

# Rasa reads a text that begins with a slash as an intent; a customer may write what they like.
WORD_JOINER = "\u2060"
ASK = "ask:"
NOT_UNDERSTOOD = "nlu_fallback"  # what Rasa's FallbackClassifier calls it


def safe_text(text: Text) -> Text:
    """Return the text so that Rasa cannot take it for a command."""
    return WORD_JOINER + text if text.lstrip().startswith("/") else text


def plain_text(text: Optional[Text]) -> Text:
    """Return what the customer has written, without the escape."""
    return (text or "").replace(WORD_JOINER, "")


def asked_text(message: UserUttered) -> Text:
    """Return what the customer asks, without the story around it (`components.background`)."""
    return plain_text(message.parse_data.get("text") or message.text)


def known_intent(intent: Dict[Text, Any]) -> Optional[Text]:
    """Return the intent's name, None where the message was not understood."""
    name: Optional[Text] = intent.get("name")
    return None if name == NOT_UNDERSTOOD else name


def heard_choice(text: Text, choice: Text) -> Dict[Text, Any]:
    """Read a tap: `ask:<intent>[:<product>]` says an intent, `pick:...` answers a question."""
    if not isinstance(choice, str) or not choice:
        raise ValueError("choice.id must be a text")
    intent: Optional[Text] = None
    entities: List[Dict[Text, Any]] = []
    if choice.startswith(ASK):
        intent, _, product = choice[len(ASK) :].partition(":")
        if product:
            entities.append({"entity": "product", "value": product, "extractor": "choice"})
    return _parsed(text, intent, entities)


def heard_nothing() -> Dict[Text, Any]:
    """Stand for a message without words; what it was is in its context."""
    return _parsed("", None, [])


def _parsed(text: Text, intent: Optional[Text], entities: List[Dict[Text, Any]]) -> Dict[Text, Any]:
    confidence = 1.0 if intent else 0.0
    known = {"name": intent, "confidence": confidence}
    return {
        "text": text,
        "intent": known,
        "entities": entities,
        "intent_ranking": [known] if intent else [],
    }
