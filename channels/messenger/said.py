"""What a customer wrote or tapped in Messenger."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from pydantic import ValidationError

from channels import kit
from channels.messenger import payloads

Media = Literal["image", "video", "audio", "voice", "document", "sticker", "share"]

_MEDIA: dict[str, Media] = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "file": "document",
    "sticker": "sticker",
    "fallback": "share",
    "share": "share",
    "template": "share",
    "post": "share",
    "ig_post": "share",
    "reel": "share",
    "ig_reel": "share",
}

# What can have words under it.
_CAPTIONED = {"image", "video", "audio", "file"}

# The blue thumb in its three sizes: how people say yes in Messenger.
_THUMBS = {"369239263222822", "369239343222814", "369239383222810"}

Base = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader of one event knows about it before looking inside."""

    item: dict[str, Any]
    account: str
    sender: str
    sent_at: Any
    standby: bool

    @property
    def common(self) -> dict[str, Any]:
        """The fields that all events share."""
        return {
            "account": self.account,
            "sent_at": self.sent_at,
            "standby": self.standby,
            "raw": self.item,
        }

    @property
    def person(self) -> kit.Person:
        """The customer."""
        return kit.Person(ids={"psid": self.sender})

    def own_id(self, what: str) -> str:
        """Return an id for an event to which Messenger gives none."""
        at = self.item.get("timestamp", "")
        return f"{what}:{self.sender}:{at}"

    def ignored(self, what: str) -> kit.Ignored:
        """Return the event for something that is left out."""
        return kit.Ignored(event_id="", what=what[:60], **self.common)


def referral_of(found: payloads.Referral | None) -> kit.Referral | None:
    """Return how the customer came, in our words."""
    if found is None:
        return None
    return kit.Referral(
        source=found.source, source_id=found.ad_id, ref=found.ref, url=found.referer_uri
    )


def read_message(message: payloads.Message, context: Context) -> list[kit.Event]:
    """Turn a customer's message into events: one, or one for each of its attachments."""
    base = {**context.common, "sender": context.person}
    if message.is_deleted:
        # The id of the message itself stays the id of what was said.
        event_id = f"deleted:{message.mid}"
        return [kit.MessageDeleted(event_id=event_id, target=message.mid, **base)]
    base |= _decorations(message)
    if message.quick_reply:
        return [
            kit.ChoiceTapped(
                event_id=message.mid,
                choice_id=message.quick_reply.payload,
                title=message.text or "",
                source="quick_reply",
                **base,
            )
        ]
    return _numbered(message.mid, _parts(message, base))


def _decorations(message: payloads.Message) -> dict[str, Any]:
    product = message.referral.product if message.referral else None
    return {
        "reply_to": message.reply_to.mid if message.reply_to else None,
        "product": kit.ProductRef(product_id=product.id) if product else None,
    }


Part = Callable[..., kit.Event]


def _numbered(mid: str, parts: list[Part]) -> list[kit.Event]:
    """The first part bears the message's own id, so that answers and deletions find it."""
    return [make(event_id=f"{n}#{mid}" if n else mid) for n, make in enumerate(parts)]


def _parts(message: payloads.Message, base: Base) -> list[Part]:
    if message.is_unsupported:
        return [partial(kit.UnsupportedSent, **base)]
    if message.sticker_id:
        # Until autumn 2026 a sticker comes twice: as an image and as a sticker.
        return [_sticker(message, base)]
    attachments = message.attachments or []
    if message.text is None:
        return [_attached(one, "", base) for one in attachments] or [
            partial(kit.UnsupportedSent, what="empty", **base)
        ]
    if attachments and attachments[0].type in _CAPTIONED:
        captions = [message.text] + [""] * len(attachments)
        return [
            _attached(one, text, base) for one, text in zip(attachments, captions, strict=False)
        ]
    others = [one for one in attachments if one.type != "fallback"]  # the text's link preview
    words = partial(kit.TextSaid, text=message.text, **base)
    return [words, *(_attached(one, "", base) for one in others)]


def _sticker(message: payloads.Message, base: Base) -> Part:
    url = next((_url(one) for one in message.attachments or []), None)
    caption = "👍" if message.sticker_id in _THUMBS else ""
    return partial(
        kit.MediaSent,
        media="sticker",
        ref=message.sticker_id,
        url=url,
        caption=caption,
        **base,
    )


def _attached(attachment: payloads.Attachment, caption: str, base: Base) -> Part:
    if attachment.type == "location" and (place := _coordinates(attachment)):
        return partial(
            kit.LocationShared, latitude=place.latitude, longitude=place.longitude, **base
        )
    media = _MEDIA.get(attachment.type)
    if media is None:
        what = f"attachment.{attachment.type}"[:60]
        return partial(kit.UnsupportedSent, what=what, **base)
    product = _product(attachment) or base["product"]
    return partial(
        kit.MediaSent,
        media=media,
        url=_url(attachment),
        caption=caption,
        **{**base, "product": product},
    )


def _url(attachment: payloads.Attachment) -> str | None:
    found = (attachment.payload or {}).get("url") or attachment.url
    return found if isinstance(found, str) else None


def _coordinates(attachment: payloads.Attachment) -> payloads.Coordinates | None:
    try:
        found = (attachment.payload or {}).get("coordinates")
        return payloads.Coordinates.model_validate(found)
    except ValidationError:
        return None


def _product(attachment: payloads.Attachment) -> kit.ProductRef | None:
    """Return the first product of a shared card, by the shop's own number if it is there."""
    holder = (attachment.payload or {}).get("product")
    elements = holder.get("elements") if isinstance(holder, dict) else None
    if not isinstance(elements, list) or not elements:
        return None
    try:
        product = payloads.SharedProduct.model_validate(elements[0])
    except ValidationError:
        return None
    product_id = product.retailer_id or product.id
    return kit.ProductRef(product_id=product_id) if product_id else None
