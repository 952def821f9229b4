"""What a customer's event means for the turn: words for the engine, or an answer of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.engine import Choice
from bot.rendering import OpenChoice, page_number, resolve
from channels.kit import (
    ChoiceTapped,
    ContactsShared,
    CustomerEvent,
    LocationShared,
    MediaSent,
    MessageEdited,
    OrderPlaced,
    Reacted,
    ReferralOpened,
    TextSaid,
    UnsupportedSent,
)


@dataclass(frozen=True, slots=True)
class ForEngine:
    """The engine shall answer these words or this choice."""

    text: str | None = None
    choice: Choice | None = None
    product: str | None = None


@dataclass(frozen=True, slots=True)
class ForPage:
    """The customer wants the next page of choices."""

    number: int


@dataclass(frozen=True, slots=True)
class ForPerson:
    """A person shall take over without asking the engine."""

    reason: str


@dataclass(frozen=True, slots=True)
class Say:
    """A fixed text answers; `ref` is looked up in the bundle."""

    ref: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing needs to be said."""


Reading = ForEngine | ForPage | ForPerson | Say | Nothing


def origin(event: CustomerEvent) -> dict[str, Any]:
    """Return what the dialogues may want to know of an event besides its words."""
    found: dict[str, Any] = {"kind": event.kind}
    if event.referral:
        found["referral"] = event.referral.model_dump(mode="json", exclude_none=True)
    return found


def today(timezone: str) -> str:
    """Return the shop's date, which "tomorrow" is reckoned from."""
    return datetime.now(ZoneInfo(timezone)).date().isoformat()


_MEDIA_TEXTS = {
    "image": "text.media_image",
    "video": "text.media_video",
    "audio": "text.media_voice",
    "voice": "text.media_voice",
    "document": "text.media_document",
    "sticker": "text.media_sticker",
    "share": "text.media_share",
}


def read(event: CustomerEvent, open_choices: list[OpenChoice]) -> Reading:
    """Decide who answers an event and with what."""
    match event:
        case TextSaid() | ChoiceTapped():
            return _words(event, open_choices)
        case MediaSent():
            return _media(event)
        case OrderPlaced():
            return ForPerson("order")
        case ReferralOpened():
            return ForEngine(choice=Choice(id="ask:greet"))
        case Reacted() | MessageEdited():
            return Nothing()
        case _:
            return _shared(event)


def _words(event: TextSaid | ChoiceTapped, open_choices: list[OpenChoice]) -> Reading:
    product = event.product.product_id if event.product else None
    if isinstance(event, ChoiceTapped):
        picked = Choice(id=event.choice_id, title=event.title)
    else:
        found = resolve(event.text, open_choices)
        if found is None:
            return ForEngine(text=event.text, product=product)
        picked = Choice(id=found.id, title=found.title)
    number = page_number(picked.id)
    return ForPage(number) if number is not None else ForEngine(choice=picked, product=product)


def _media(event: MediaSent) -> Reading:
    if event.caption.strip():
        return ForEngine(text=event.caption)
    return Say(_MEDIA_TEXTS[event.media])


def _shared(event: CustomerEvent) -> Reading:
    match event:
        case ContactsShared(contacts=(first, *_)) if first.phones or first.emails:
            return ForEngine(text=(first.phones or first.emails)[0])
        case LocationShared():
            return Say("text.location_received")
        case UnsupportedSent():
            return Say("text.unsupported")
        case _:
            return Say("text.unsupported")
