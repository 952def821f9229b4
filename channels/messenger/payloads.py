"""The part of Messenger's webhooks that we read.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks
"""

from typing import Annotated, Any

from pydantic import Field

from channels.kit import LENIENT, Items, Milliseconds, Payload

Id = Annotated[str, Field(min_length=1)]
OptionalId = Annotated[Id | None, LENIENT]


class Envelope(Payload):
    """One webhook call."""

    kind: str = Field(alias="object")
    entry: list[object]


class Entry(Payload):
    """The news of one page; `standby` is what another app is answering."""

    id: OptionalId = None
    messaging: Items = Field(default_factory=list)
    standby: Items = Field(default_factory=list)
    changes: Items = Field(default_factory=list)


class Change(Payload):
    """News of the page that are no messages."""

    field: str


class Party(Payload):
    """A page or a person; a plugin's visitor has a `user_ref` until they write."""

    id: OptionalId = None


class Item(Payload):
    """What every event has; its own part is read by the function for its key."""

    sender: Annotated[Party, LENIENT] = Party()
    recipient: Annotated[Party, LENIENT] = Party()
    timestamp: Milliseconds = None


class Referral(Payload):
    """The link, ad or post that opened the thread."""

    source: str = "SHORTLINK"
    ref: str | None = None
    ad_id: OptionalId = None
    referer_uri: str | None = None


class QuickReply(Payload):
    """The payload of a tapped quick reply."""

    payload: Id


class ReplyTo(Payload):
    """The message that is answered."""

    mid: OptionalId = None


class Product(Payload):
    """A product of the shop, from a click on it."""

    id: Id


class ProductReferral(Payload):
    """What the customer was looking at while writing."""

    product: Annotated[Product | None, LENIENT] = None


class Attachment(Payload):
    """A file, place, sticker, link or product."""

    type: str = ""
    url: str | None = None
    payload: Annotated[dict[str, Any] | None, LENIENT] = None


class Coordinates(Payload):
    """A place on the map."""

    latitude: float = Field(alias="lat", ge=-90, le=90)
    longitude: float = Field(alias="long", ge=-180, le=180)


class SharedProduct(Payload):
    """A product card that the customer shared."""

    id: OptionalId = None
    retailer_id: OptionalId = None


class Message(Payload):
    """Something that was written, by the customer or (an echo) to them."""

    mid: Id
    text: str | None = None
    quick_reply: Annotated[QuickReply | None, LENIENT] = None
    attachments: Annotated[list[Attachment] | None, LENIENT] = None
    reply_to: Annotated[ReplyTo | None, LENIENT] = None
    referral: Annotated[ProductReferral | None, LENIENT] = None
    sticker_id: OptionalId = None
    is_echo: bool = False
    is_deleted: bool = False
    is_unsupported: bool = False
    app_id: OptionalId = None
    metadata: Annotated[str | None, LENIENT] = None


class Postback(Payload):
    """A tapped button, menu entry or Get Started; on standby the payload is missing."""

    mid: OptionalId = None
    title: str | None = None
    payload: OptionalId = None
    referral: Annotated[Referral | None, LENIENT] = None


class OptIn(Payload):
    """A plugin's click, or the wish to get messages on a topic."""

    type: str = ""
    ref: str | None = None
    notification_messages_status: str = ""


class Delivery(Payload):
    """Everything before the watermark has arrived."""

    mids: Annotated[list[Id] | None, LENIENT] = None
    watermark: Milliseconds = None


class Read(Payload):
    """Everything before the watermark has been seen."""

    watermark: Milliseconds = None


class Reaction(Payload):
    """An emoji on a message."""

    mid: Id
    action: str
    reaction: str | None = None
    emoji: str | None = None


class Edit(Payload):
    """The new words of an earlier message."""

    mid: Id
    text: str = ""
    num_edit: str = ""


class Control(Payload):
    """Which app has the thread now; ids come as strings or as numbers, or not at all."""

    previous_owner_app_id: OptionalId = None
    new_owner_app_id: OptionalId = None
    requested_owner_app_id: OptionalId = None
