"""What Messenger refuses: for the stand-in of its API.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages
"""

import re
from typing import Any

from channels.testing import Json

_MEDIA = {"image", "video", "audio", "file"}


class RefusedError(Exception):
    """The API says no."""

    def __init__(self, details: str, code: int = 100, subcode: int | None = None) -> None:
        super().__init__(details)
        self.code = code
        self.subcode = subcode
        self.details = details


def check(body: Json) -> None:
    """Raise RefusedError for a message that the API would not take."""
    if body.get("messaging_type") not in ("RESPONSE", "UPDATE", "MESSAGE_TAG"):
        raise RefusedError("Param messaging_type is required")
    message = _part(body, "message")
    _length("message[metadata]", message.get("metadata", ""), 1000, 0)
    if "attachment" in message:
        _check_attachment(_part(message, "attachment"))
    else:
        _length("message[text]", message.get("text"), 2000)
    if "quick_replies" in message:
        _check_quick_replies(message)


def recipient_of(body: Json) -> str:
    """Return whom a call is for."""
    found = _part(body, "recipient").get("id")
    if not isinstance(found, str) or not found:
        raise RefusedError("Param recipient[id] must be a non-empty string")
    return found


def _part(holder: Json, name: str) -> Json:
    part = holder.get(name)
    if not isinstance(part, dict):
        raise RefusedError(f"Param {name} is required")
    return part


def _items(holder: Json, name: str, most: int) -> list[Json]:
    items = holder.get(name)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise RefusedError(f"Param {name} must be an array")
    if not 1 <= len(items) <= most:
        raise RefusedError(f"Param {name} must have between 1 and {most} elements")
    return items


def _length(name: str, value: Any, most: int, least: int = 1) -> None:
    if not isinstance(value, str) or not least <= len(value) <= most:
        raise RefusedError(f"Length of param {name} must be between {least} and {most}")


def _check_quick_replies(message: Json) -> None:
    for reply in _items(message, "quick_replies", 13):
        if reply.get("content_type") == "text":
            # A longer title is no error: it is cut on the screen.
            _length("quick_replies[title]", reply.get("title"), 1_000_000)
            _length("quick_replies[payload]", reply.get("payload"), 1000)
        elif reply.get("content_type") not in ("user_phone_number", "user_email"):
            raise RefusedError("Param quick_replies[content_type] is not valid")


def _check_attachment(attachment: Json) -> None:
    kind, payload = attachment.get("type"), _part(attachment, "payload")
    if kind in _MEDIA:
        url = payload.get("url")
        if not isinstance(url, str) or not re.match(r"^https?://[^\s/]+", url):
            raise RefusedError("Param attachment[payload][url] must be a URL")
        return
    if kind != "template":
        raise RefusedError(f"Attachment type {kind!r} is not valid")
    match payload.get("template_type"):
        case "button":
            _length("text", payload.get("text"), 640)
            _check_buttons(payload)
        case "generic":
            for element in _items(payload, "elements", 10):
                _check_element(element)
        case other:
            raise RefusedError(f"Template type {other!r} is not supported here")


def _check_element(element: Json) -> None:
    _length("title", element.get("title"), 80)
    _length("subtitle", element.get("subtitle", "x"), 80)
    if not element.keys() & {"subtitle", "image_url", "buttons", "default_action"}:
        raise RefusedError("An element needs one field besides its title")
    if "buttons" in element:
        _check_buttons(element)


def _check_buttons(holder: Json) -> None:
    for button in _items(holder, "buttons", 3):
        _length("title", button.get("title"), 20)
        match button.get("type"):
            case "postback":
                _length("payload", button.get("payload"), 1000)
            case "web_url":
                _length("url", button.get("url"), 2000)
            case other:
                raise RefusedError(f"Button type {other!r} is not supported here")
