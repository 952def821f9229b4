"""One message as the desk shows it, whatever channel it came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.conversations import Message
from bot.web.office.clock import Locale
from bot.web.office.terms import KINDS, STATUSES, named

_TICKS = {
    "queued": "◷",
    "sent": "✓",
    "delivered": "✓✓",
    "read": "✓✓",
    "failed": "!",
    "dropped": "×",
}
# Two messages of one speaker within three minutes are read as one.
_JOINED_WITHIN = 180_000


@dataclass(slots=True)
class Bubble:
    """What a template needs to show a message."""

    id: int
    side: str
    author: str
    speaker: str
    kind: str
    text: str
    time: str
    status: str = ""
    tick: str = ""
    status_title: str = ""
    trouble: str = ""
    joined: bool = False
    lost: bool = False
    deleted: bool = False
    label: str = ""
    image: str | None = None
    link: str | None = None
    link_title: str = ""
    lines: list[str] = field(default_factory=list)
    cards: list[dict[str, str | None]] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)


def bubble(message: Message, before: Message | None, locale: Locale, *, me: str) -> Bubble:
    """Return how a message looks beside the one before it."""
    words = locale.words
    out = message.direction == "out"
    speaker = {
        "bot": words["bot"],
        "system": words["bot"],
        "agent": words["you"] if message.agent == me else message.agent or "",
        "other": message.agent or words["somebody"],
    }.get(message.author, "")
    shown = Bubble(
        id=message.id,
        side="out" if out else "in",
        author=message.author,
        speaker=speaker,
        kind=message.kind,
        text=message.text,
        time=locale.time(message.created_at),
        joined=_continues(message, before),
        deleted=bool((message.flags or {}).get("deleted")),
    )
    if out:
        _show_status(shown, message, locale)
        _show_canonical(shown, message.body, locale)
    else:
        _show_event(shown, message.body, locale)
    return shown


def safe_url(url: Any) -> str | None:
    """Return an address that is safe to show: ours or on the web, nothing that runs."""
    if not isinstance(url, str):
        return None
    own = url.startswith("/") and not url.startswith("//")
    return url if own or urlsplit(url).scheme in ("http", "https") else None


def _continues(message: Message, before: Message | None) -> bool:
    return (
        before is not None
        and (before.direction, before.author, before.agent)
        == (message.direction, message.author, message.agent)
        and message.created_at - before.created_at < _JOINED_WITHIN
    )


def _show_status(shown: Bubble, message: Message, locale: Locale) -> None:
    shown.status = message.status
    shown.tick = _TICKS.get(message.status, "")
    shown.status_title = named(STATUSES, message.status, locale.language)
    shown.lost = message.status in ("failed", "dropped")
    if message.status == "failed":
        shown.trouble = f"{shown.status_title}: {message.error}" if message.error else ""
    if message.status == "dropped":
        shown.trouble = shown.status_title


def _show_canonical(shown: Bubble, body: Mapping[str, Any], locale: Locale) -> None:
    """Show one of our own messages from its canonical form."""
    match body.get("kind"):
        case "text":
            shown.text = str(body.get("text") or shown.text)
            shown.choices = [str(choice.get("title", "")) for choice in body.get("choices") or ()]
        case "cards":
            shown.text = str(body.get("text") or "")
            shown.cards = [_card(card) for card in body.get("cards") or ()]
        case "media":
            _show_media(shown, body, locale)
            shown.text = str(body.get("caption") or "")
        case "location":
            shown.text = ""
            _show_place(shown, body, locale)
        case "template":
            shown.label = f"{named(KINDS, 'template', locale.language)} · {body.get('name', '')}"


def _show_event(shown: Bubble, body: Mapping[str, Any], locale: Locale) -> None:
    """Show what the customer did from its event."""
    match body.get("kind"):
        case "choice":
            shown.text = str(body.get("title") or body.get("choice_id") or shown.text)
        case "media":
            _show_media(shown, body, locale)
            shown.text = str(body.get("caption") or "")
        case "location":
            shown.text = ""
            _show_place(shown, body, locale)
        case "order":
            shown.label = named(KINDS, "order", locale.language)
            shown.lines = list(_order_lines(body.get("items") or (), locale))
            shown.text = str(body.get("text") or "")
        case "contact":
            shown.label = named(KINDS, "contact", locale.language)
            shown.lines = [_contact(card) for card in body.get("contacts") or ()]
            shown.text = ""
        case "reaction":
            shown.text = str(body.get("emoji") or "")
            shown.label = named(KINDS, "reaction", locale.language)
        case "unsupported" | "referral" | "edit" as kind:
            shown.label = named(KINDS, kind, locale.language)
            shown.text = str(body.get("text") or body.get("what") or "")


def _show_media(shown: Bubble, body: Mapping[str, Any], locale: Locale) -> None:
    kind = str(body.get("media") or "")
    url = safe_url(body.get("url"))
    shown.label = "" if kind == "image" and url else named(KINDS, kind, locale.language)
    if kind == "image":
        shown.image = url
    elif url:
        shown.link = url
        shown.link_title = str(body.get("filename") or shown.label)


def _show_place(shown: Bubble, body: Mapping[str, Any], locale: Locale) -> None:
    latitude, longitude = body.get("latitude"), body.get("longitude")
    shown.label = named(KINDS, "location", locale.language)
    shown.link = f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"
    parts = [str(part) for part in (body.get("name"), body.get("address")) if part]
    shown.link_title = ", ".join(parts) or f"{latitude}, {longitude}"


def _card(card: Mapping[str, Any]) -> dict[str, str | None]:
    return {
        "title": str(card.get("title", "")),
        "subtitle": str(card.get("subtitle") or ""),
        "image": safe_url(card.get("image_url")),
    }


def _order_lines(items: Iterable[Mapping[str, Any]], locale: Locale) -> Iterable[str]:
    for item in items:
        price = locale.money(item.get("price"), item.get("currency"))
        line = f"{item.get('quantity', 1)} × {item.get('product_id', '?')}"
        yield f"{line} · {price}" if price else line


def _contact(card: Mapping[str, Any]) -> str:
    ways = [*(card.get("phones") or ()), *(card.get("emails") or ())]
    return " · ".join([str(card.get("name", "")), *map(str, ways)])
