"""What comes in from a channel, in the words of a conversation instead of a platform's.

One webhook call becomes a list of events. Every event carries the platform's own id (or one
derived from it) so that the inbox keeps it once, and the raw item, so that nothing is lost.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, override

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """A value that never changes and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(Shape):
    """The customer as the platform names them.

    `ids` maps a kind of id to its value, most useful for sending first, for example
    `{"wa_id": "393331234567", "user_id": "IT.1349..."}` or `{"psid": "123"}`. Several ids in one
    event belong to one person, which is how identities are merged.
    """

    ids: dict[str, str] = Field(min_length=1)
    name: str | None = None
    language: str | None = None


class Referral(Shape):
    """How the customer came to us: an ad, a post, an m.me or wa.me link."""

    source: str
    source_id: str | None = None
    ref: str | None = None
    url: str | None = None
    headline: str | None = None
    body: str | None = None
    click_id: str | None = None


class ProductRef(Shape):
    """A product of the shop that the customer's message points at."""

    product_id: str
    catalog_id: str | None = None


class BaseEvent(Shape):
    """What every event has; `event_id` is unique within the channel account."""

    kind: str
    event_id: str
    account: str
    sent_at: datetime | None = None
    standby: bool = Field(
        False, description="Another app owns the thread: for the transcript only."
    )
    raw: dict[str, Any] = Field(default_factory=dict)


class FromCustomer(BaseEvent):
    """Something a customer did; these events go through the conversation's lane in order."""

    sender: Person
    reply_to: str | None = Field(None, description="The platform's id of the message answered.")
    referral: Referral | None = None
    product: ProductRef | None = None

    def words(self) -> str:
        """Return what a person should read for this event in a transcript."""
        return f"[{self.kind}]"


class TextSaid(FromCustomer):
    """The customer wrote."""

    kind: Literal["text"] = "text"
    text: str
    forwarded: bool = False

    @override
    def words(self) -> str:
        return self.text


class ChoiceTapped(FromCustomer):
    """The customer tapped a button, a list row, a quick reply or a menu entry of ours."""

    kind: Literal["choice"] = "choice"
    choice_id: str
    title: str = ""
    source: Literal["button", "list", "quick_reply", "postback", "template_button", "form"]

    @override
    def words(self) -> str:
        return self.title or self.choice_id


class MediaSent(FromCustomer):
    """The customer sent a picture, a voice note, a sticker, a file, a shared post."""

    kind: Literal["media"] = "media"
    media: Literal["image", "video", "audio", "voice", "document", "sticker", "share"]
    ref: str | None = Field(None, description="The platform's media id, fetched with our token.")
    url: str | None = None
    mime: str | None = None
    caption: str = ""
    filename: str | None = None

    @override
    def words(self) -> str:
        return f"[{self.media}] {self.caption}".strip()


class LocationShared(FromCustomer):
    """The customer shared a place."""

    kind: Literal["location"] = "location"
    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None

    @override
    def words(self) -> str:
        place = self.name or self.address or f"{self.latitude:.5f}, {self.longitude:.5f}"
        return f"[location] {place}"


class ContactCard(Shape):
    """One person in a shared contact message."""

    name: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


class ContactsShared(FromCustomer):
    """The customer shared address-book entries."""

    kind: Literal["contact"] = "contact"
    contacts: tuple[ContactCard, ...]

    @override
    def words(self) -> str:
        return "[contact] " + ", ".join(card.name for card in self.contacts)


class OrderItem(Shape):
    """One line of a cart; the price is what the customer saw, parsed from the raw literal."""

    product_id: str
    quantity: int = 1
    price: Decimal | None = None
    currency: str | None = None


class OrderPlaced(FromCustomer):
    """The customer sent a cart; stock is not reserved by the platform."""

    kind: Literal["order"] = "order"
    items: tuple[OrderItem, ...]
    catalog_id: str | None = None
    text: str = ""

    @override
    def words(self) -> str:
        lines = ", ".join(f"{item.quantity} x {item.product_id}" for item in self.items)
        return f"[order] {lines} {self.text}".strip()


class ReferralOpened(FromCustomer):
    """The customer came through a link or an ad without writing yet; `referral` is set."""

    kind: Literal["referral"] = "referral"


class Reacted(FromCustomer):
    """The customer put an emoji on a message of ours, or took it off (`emoji` is None)."""

    kind: Literal["reaction"] = "reaction"
    target: str
    emoji: str | None = None

    @override
    def words(self) -> str:
        return f"[reaction] {self.emoji or '-'}"


class MessageEdited(FromCustomer):
    """The customer changed an earlier message."""

    kind: Literal["edit"] = "edit"
    target: str
    text: str = ""

    @override
    def words(self) -> str:
        return f"[edit] {self.text}"


class MessageDeleted(FromCustomer):
    """The customer took an earlier message back: our stored copy must go."""

    kind: Literal["delete"] = "delete"
    target: str


class UnsupportedSent(FromCustomer):
    """The customer sent something the platform does not hand over (a poll, view-once media)."""

    kind: Literal["unsupported"] = "unsupported"
    what: str = ""

    @override
    def words(self) -> str:
        return f"[unsupported] {self.what}".strip()


CustomerEvent = (
    TextSaid
    | ChoiceTapped
    | MediaSent
    | LocationShared
    | ContactsShared
    | OrderPlaced
    | ReferralOpened
    | Reacted
    | MessageEdited
    | MessageDeleted
    | UnsupportedSent
)
