"""Turning our messages into the bodies that Messenger's send call takes.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages
"""

from typing import Any

from channels import kit
from channels.messenger.echoes import MARK

Body = dict[str, Any]

_ATTACHMENTS = {"image": "image", "video": "video", "audio": "audio", "document": "file"}


def body_of(delivery: kit.Delivery) -> Body:
    """Return the JSON of one send call."""
    content = _content(delivery.message)
    return {
        "recipient": recipient(delivery.to),
        "messaging_type": "RESPONSE",
        "message": {**content, "metadata": f"{MARK}{delivery.correlation}"},
    }


def sender_action(signal: kit.Signal) -> Body:
    """Return the JSON that shows the dots, or that we have read."""
    action = "typing_on" if signal.signal == "typing" else "mark_seen"
    return {"recipient": recipient(signal.to), "sender_action": action}


def recipient(to: dict[str, str]) -> Body:
    """Return whom a call is for."""
    if psid := to.get("psid"):
        return {"id": psid}
    raise kit.MessageRefusedError("the customer has no page-scoped id")


def _content(message: kit.Outbound) -> Body:
    match message:
        case kit.Text():
            return _text(message)
        case kit.Cards():
            return _cards(message)
        case kit.Media():
            return _media(message)
        case kit.Location():
            raise kit.MessageRefusedError("Messenger does not let a page send a place")
        case kit.Template():
            raise kit.MessageRefusedError("Messenger's templates are not supported yet")


def _text(message: kit.Text) -> Body:
    if not message.choices:
        return {"text": message.text}
    if message.layout == "buttons":
        return _template("button", text=message.text, buttons=_buttons(message.choices))
    replies = [
        {"content_type": "text", "title": choice.title, "payload": choice.id}
        for choice in message.choices
    ]
    return {"text": message.text, "quick_replies": replies}


def _cards(message: kit.Cards) -> Body:
    return _template("generic", elements=[_element(card) for card in message.cards])


def _element(card: kit.Card) -> Body:
    element: Body = {"title": card.title}
    if card.subtitle:
        element["subtitle"] = card.subtitle
    if card.image_url:
        element["image_url"] = card.image_url
    if card.url:
        element["default_action"] = {"type": "web_url", "url": card.url}
    if card.choices:
        element["buttons"] = _buttons(card.choices)
    if len(element) == 1:  # Messenger refuses an element with nothing beside its title
        element["subtitle"] = card.title
    return element


def _buttons(choices: tuple[kit.Choice, ...]) -> list[Body]:
    return [{"type": "postback", "title": c.title, "payload": c.id} for c in choices]


def _template(template_type: str, **parts: Any) -> Body:
    payload = {"template_type": template_type, **parts}
    return {"attachment": {"type": "template", "payload": payload}}


def _media(message: kit.Media) -> Body:
    if message.caption:
        raise kit.MessageRefusedError("Messenger has no captions; say it in a message of its own")
    payload = {"url": message.url, "is_reusable": True}
    return {"attachment": {"type": _ATTACHMENTS[message.media], "payload": payload}}
