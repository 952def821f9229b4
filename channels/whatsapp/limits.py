"""What WhatsApp refuses: for the stand-in of its API.

https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
"""

import re
from collections.abc import Callable
from typing import Any

from channels.testing import Json

MISSING, INVALID = 131008, 131009

_NUMBER = re.compile(r"^\+?[0-9]{6,15}$")
_USER_ID = re.compile(r"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$")
_TEMPLATE = re.compile(r"^[a-z0-9_]{1,512}$")

_CAPTIONED = {"image", "video", "document"}


class RefusedError(Exception):
    """The API says no."""

    def __init__(self, code: int, details: str) -> None:
        super().__init__(details)
        self.code = code
        self.details = details


def check(body: Json, media: set[str]) -> None:
    """Raise RefusedError for a message that the API would not take; `media` are uploaded files."""
    if body.get("messaging_product") != "whatsapp":
        raise RefusedError(100, "The parameter messaging_product is required.")
    _check_recipient(body)
    _length("biz_opaque_callback_data", body.get("biz_opaque_callback_data", "x"), 512)
    kind = body.get("type", "text")
    checks = _CHECKS.get(kind)
    if checks is None:
        raise RefusedError(INVALID, f"type {kind!r} is not one of the known ones")
    part = _part(body, kind)
    checks(part)
    if kind in _CAPTIONED or kind in ("audio", "sticker"):
        _check_source(part, kind, media)


def _check_recipient(body: Json) -> None:
    to, user_id = body.get("to"), body.get("recipient")
    if to is None and user_id is None:
        raise RefusedError(MISSING, "The parameter to is required.")
    if to is not None and not (isinstance(to, str) and _NUMBER.match(to)):
        raise RefusedError(INVALID, "Recipient is not a valid phone number")
    if to is None and not (isinstance(user_id, str) and _USER_ID.match(user_id)):
        raise RefusedError(INVALID, "recipient is not a valid business-scoped user ID")


def _part(holder: Json, name: str) -> Json:
    part = holder.get(name)
    if not isinstance(part, dict):
        raise RefusedError(MISSING, f"The parameter {name} is required.")
    return part


def _items(holder: Json, name: str, most: int, kind: str) -> list[Json]:
    items = holder.get(name)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise RefusedError(MISSING, f"The parameter {name} is required.")
    if not 1 <= len(items) <= most:
        raise RefusedError(INVALID, f"Invalid {kind} count. Min allowed: 1, Max allowed: {most}")
    return items


def _length(name: str, value: Any, most: int, least: int = 1) -> str:
    if not isinstance(value, str):
        raise RefusedError(MISSING, f"The parameter {name} is required.")
    if not least <= len(value) <= most:
        raise RefusedError(
            INVALID, f"{name} length invalid. Min length: {least}, Max length: {most}"
        )
    return value


def _unique(name: str, values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise RefusedError(INVALID, f"Duplicated {name}: each must be unique")


def _text(part: Json) -> None:
    _length("body", part.get("body"), 4096)


def _interactive(part: Json) -> None:
    match part.get("type"):
        case "button":
            _header(part, ("text", "image", "video", "document"))
            _length("Body text", _part(part, "body").get("text"), 1024)
            _buttons(_part(part, "action"))
        case "list":
            _header(part, ("text",))
            _length("Body text", _part(part, "body").get("text"), 4096)
            _rows(_part(part, "action"))
        case "carousel":
            _carousel(part)
        case other:
            raise RefusedError(INVALID, f"interactive type {other!r} is not supported here")
    if "footer" in part:
        _length("Footer text", _part(part, "footer").get("text"), 60)


def _header(part: Json, kinds: tuple[str, ...]) -> None:
    if "header" not in part:
        return
    header = _part(part, "header")
    kind = header.get("type")
    if kind not in kinds:
        raise RefusedError(INVALID, f"header type {kind!r} is not allowed here")
    if kind == "text":
        _length("Header text", header.get("text"), 60)
    else:
        _link(_part(header, kind))


def _buttons(action: Json) -> None:
    replies = [_part(button, "reply") for button in _items(action, "buttons", 3, "button")]
    ids = [_length("Button id", reply.get("id"), 256) for reply in replies]
    titles = [_length("Button title", reply.get("title"), 20) for reply in replies]
    _unique("button id", ids)
    _unique("button title", titles)


def _carousel(part: Json) -> None:
    if "header" in part or "footer" in part:
        raise RefusedError(INVALID, "header and footer are not supported for carousel messages")
    _length("Body text", _part(part, "body").get("text"), 1024)
    cards = _items(_part(part, "action"), "cards", 10, "card")
    if len(cards) < 2:
        raise RefusedError(INVALID, "Invalid card count. Min allowed: 2, Max allowed: 10")
    counts = {_card(place, card) for place, card in enumerate(cards)}
    if len(counts) > 1:
        raise RefusedError(INVALID, "The number of buttons must be the same on all cards")


def _card(place: int, card: Json) -> int:
    """Check a card that is told by its place, and return how many buttons it has."""
    if card.get("card_index") != place or card.get("type") != "cta_url":
        raise RefusedError(INVALID, f"card_index or type of card {place} is not valid")
    _part(card, "header")
    _header(card, ("image", "video"))
    text = _length("Card body text", _part(card, "body").get("text"), 160)
    if text.count("\n") > 2:
        raise RefusedError(INVALID, "Card body text has more than 2 line breaks")
    buttons = _items(_part(card, "action"), "buttons", 2, "button")
    replies = [_part(button, "quick_reply") for button in buttons]
    _unique("button id", [_length("Button id", reply.get("id"), 20) for reply in replies])
    _unique("button title", [_length("Button title", r.get("title"), 20) for r in replies])
    return len(buttons)


def _rows(action: Json) -> None:
    _length("Button label", action.get("button"), 20)
    sections = _items(action, "sections", 10, "section")
    rows = [row for section in sections for row in _items(section, "rows", 10, "row")]
    if len(rows) > 10:
        raise RefusedError(INVALID, "Total row count exceed max allowed count: 10")
    if len(sections) > 1:
        for section in sections:
            _length("Section title", section.get("title"), 24)
    _unique("row id", [_length("Row id", row.get("id"), 200) for row in rows])
    for row in rows:
        _length("Row title", row.get("title"), 24)
        _length("Row description", row.get("description", ""), 72, 0)


def _media(part: Json) -> None:
    _length("Caption", part.get("caption", ""), 1024, 0)


def _sound(part: Json) -> None:
    if "caption" in part:
        raise RefusedError(INVALID, "Captions are not supported for this type")


def _check_source(part: Json, kind: str, media: set[str]) -> None:
    if "id" in part:
        if part["id"] not in media:
            raise RefusedError(INVALID, f"{kind} id {part['id']!r} is not an uploaded file")
        return
    _link(part)


def _link(part: Json) -> None:
    link = part.get("link")
    if not isinstance(link, str):
        raise RefusedError(MISSING, "The parameter link is required.")
    if not re.match(r"^https?://[^\s/]+", link):
        raise RefusedError(INVALID, f"{link!r} is not a valid URL")


def _location(part: Json) -> None:
    for name, most in (("latitude", 90), ("longitude", 180)):
        value = part.get(name)
        if not isinstance(value, int | float) or not -most <= value <= most:
            raise RefusedError(INVALID, f"{name} is not valid")


def _template(part: Json) -> None:
    name = _length("template name", part.get("name"), 512)
    if not _TEMPLATE.match(name):
        raise RefusedError(132001, f"template name ({name}) does not exist")
    _length("language code", _part(part, "language").get("code"), 10)


_CHECKS: dict[Any, Callable[[Json], None]] = {
    "text": _text,
    "interactive": _interactive,
    **dict.fromkeys(sorted(_CAPTIONED), _media),
    "audio": _sound,
    "sticker": _sound,
    "location": _location,
    "template": _template,
}
