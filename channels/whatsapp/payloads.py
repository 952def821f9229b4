"""The part of WhatsApp's webhooks that we read.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from channels.kit import LENIENT, Items, Payload, Seconds

Id = Annotated[str, Field(min_length=1)]
OptionalId = Annotated[Id | None, LENIENT]


class Envelope(Payload):
    """One webhook call: up to 1000 updates, each of them read on its own."""

    kind: str = Field(alias="object")
    entry: list[object]


class Entry(Payload):
    """The updates of one business account."""

    changes: list[object]


class Metadata(Payload):
    """Which of our numbers an update is about."""

    phone_number_id: OptionalId = None


class Value(Payload):
    """What one change brings; several of the lists may be filled."""

    metadata: Annotated[Metadata | None, LENIENT] = None
    contacts: Annotated[Items, LENIENT] = Field(default_factory=list)
    messages: Items = Field(default_factory=list)
    statuses: Items = Field(default_factory=list)
    errors: Items = Field(default_factory=list)
    message_echoes: Items = Field(default_factory=list)
    user_preferences: Items = Field(default_factory=list)


class Change(Payload):
    """A field that was subscribed to, and its news."""

    field: str
    value: Value


class Profile(Payload):
    """What the customer shows of themselves."""

    name: str | None = None
    username: str | None = None


class Contact(Payload):
    """The customer's ids: the number may be missing once they chose a user name."""

    wa_id: OptionalId = None
    user_id: OptionalId = None
    parent_user_id: OptionalId = None
    profile: Annotated[Profile | None, LENIENT] = None


class ReferredProduct(Payload):
    """The product page from which the customer wrote."""

    product_retailer_id: Id
    catalog_id: OptionalId = None


class Context(Payload):
    """What a message refers to."""

    id: OptionalId = None
    forwarded: bool = False
    frequently_forwarded: bool = False
    referred_product: Annotated[ReferredProduct | None, LENIENT] = None


class Referral(Payload):
    """The ad or post that opened the chat; it sits on the first message of any type."""

    source_type: str = "ad"
    source_id: OptionalId = None
    source_url: str | None = None
    headline: str | None = None
    body: str | None = None
    ctwa_clid: str | None = None


class Details(Payload):
    """The longer explanation of a fault."""

    details: str = ""


class Fault(Payload):
    """An error that WhatsApp reports in a webhook."""

    code: str = ""
    title: str = ""
    message: str = ""
    error_data: Annotated[Details | None, LENIENT] = None

    @property
    def reason(self) -> str:
        """The most telling of the texts."""
        details = self.error_data.details if self.error_data else ""
        return details or self.message or self.title


class Message(Payload):
    """What every message has, whatever its type."""

    id: Id
    sender: OptionalId = Field(None, alias="from")
    from_user_id: OptionalId = None
    from_parent_user_id: OptionalId = None
    timestamp: Seconds = None
    type: str = ""
    group_id: OptionalId = None
    context: Annotated[Context | None, LENIENT] = None
    referral: Annotated[Referral | None, LENIENT] = None
    errors: Annotated[list[Fault] | None, LENIENT] = None


class Text(Payload):
    """Words."""

    body: str


class Tapped(Payload):
    """A reply button or a list row of ours."""

    id: Id
    title: str = ""


class Form(Payload):
    """A filled WhatsApp Flow; the answers are a JSON text that we keep with the raw event."""

    name: str = "flow"
    body: str = ""


class Interactive(Payload):
    """What the customer chose."""

    type: str = ""
    button_reply: Tapped | None = None
    list_reply: Tapped | None = None
    nfm_reply: Form | None = None


class TemplateButton(Payload):
    """A quick-reply button of a template of ours."""

    payload: Id
    text: str = ""


class Media(Payload):
    """A file at WhatsApp, kept there for seven days."""

    id: OptionalId = None
    url: str | None = None
    mime_type: str | None = None
    caption: Annotated[str | None, LENIENT] = None
    filename: str | None = None
    voice: bool = False


class Location(Payload):
    """A place on the map."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    name: str | None = None
    address: str | None = None


class Name(Payload):
    """How a contact is called."""

    formatted_name: str = ""


class Phone(Payload):
    """One of a contact's numbers."""

    phone: str | None = None
    wa_id: OptionalId = None


class Email(Payload):
    """One of a contact's addresses."""

    email: str | None = None


class Card(Payload):
    """One address-book entry."""

    name: Name = Name()
    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()


class OrderLine(Payload):
    """One line of a cart; Meta calls the price an integer and shows 7.99."""

    product_retailer_id: Id
    quantity: int = Field(1, ge=1)
    item_price: Annotated[
        Annotated[Decimal, Field(max_digits=18, decimal_places=6)] | None, LENIENT
    ] = None
    currency: str | None = None


class Order(Payload):
    """A cart sent from the shop's catalog in WhatsApp."""

    product_items: list[OrderLine] = Field(min_length=1)
    catalog_id: OptionalId = None
    text: str | None = None


class Reaction(Payload):
    """An emoji under a message; taken off when it is missing or empty."""

    message_id: Id
    emoji: str | None = None


class Earlier(Payload):
    """An earlier message that was edited (`message` is its new state) or taken back."""

    original_message_id: Id
    message: Annotated[dict[str, object] | None, LENIENT] = None


class Unsupported(Payload):
    """What kind of thing WhatsApp did not hand over."""

    type: str = ""


class System(Payload):
    """A change of the customer's ids."""

    type: str = ""
    wa_id: OptionalId = None
    user_id: OptionalId = None
    parent_user_id: OptionalId = None
    previous_user_id: OptionalId = None


class Status(Payload):
    """How far a message of ours has come."""

    id: Id
    status: str
    timestamp: Seconds = None
    recipient_id: OptionalId = None
    recipient_user_id: OptionalId = None
    recipient_type: str = ""
    biz_opaque_callback_data: OptionalId = None
    errors: Annotated[list[Fault] | None, LENIENT] = None


class Echo(Payload):
    """A copy of what a person typed in the WhatsApp Business app."""

    id: Id
    to: OptionalId = None
    to_user_id: OptionalId = None
    timestamp: Seconds = None
    type: str = ""
    text: Annotated[Text | None, LENIENT] = None


class Preference(Payload):
    """The customer stopped or resumed a category of messages."""

    wa_id: OptionalId = None
    user_id: OptionalId = None
    category: str = "marketing_messages"
    value: str
    timestamp: Seconds = None
