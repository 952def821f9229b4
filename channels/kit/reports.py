"""What a platform reports beside the customers' own words, and the union of all events."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from channels.kit.events import BaseEvent, CustomerEvent, Person


class IdentityChanged(BaseEvent):
    """The platform gave the customer a new id; `sender` holds the old, `new_ids` the new ones."""

    kind: Literal["identity"] = "identity"
    sender: Person
    new_ids: dict[str, str]
    reason: str = ""


class OptChanged(BaseEvent):
    """The customer stopped or resumed receiving messages, of one category or ("all") any."""

    kind: Literal["opt"] = "opt"
    sender: Person
    stopped: bool
    category: str = "all"


class DeliveryStatus(BaseEvent):
    """How far a message of ours has come.

    `correlation` is the key we gave with the send (WhatsApp returns it); `watermark` stands in
    for `message_id` where the platform reports "everything before" (Messenger).
    """

    kind: Literal["status"] = "status"
    status: Literal["sent", "delivered", "read", "failed"]
    message_id: str | None = None
    correlation: str | None = None
    watermark: datetime | None = None
    recipient: Person | None = None
    error_code: str | None = None
    error: str | None = None


class Echoed(BaseEvent):
    """A copy of a message that went out from the business side.

    "us" is our own send (its `correlation` reconciles an unknown outcome); "human" is a person
    writing in the phone app or the page inbox, "other_app" another application: both mean that
    somebody took the conversation over.
    """

    kind: Literal["echo"] = "echo"
    by: Literal["us", "human", "other_app"]
    recipient: Person
    message_id: str
    correlation: str | None = None
    text: str = ""


class ControlChanged(BaseEvent):
    """Another application passed, took or asked for the thread (Messenger)."""

    kind: Literal["control"] = "control"
    sender: Person
    action: Literal["pass", "take", "request", "release"]
    to_us: bool = False
    owner: str | None = None


class Ignored(BaseEvent):
    """Something consciously left out, or unknown: counted by `what`, answered 200, not stored."""

    kind: Literal["ignored"] = "ignored"
    what: str


Event = Annotated[
    CustomerEvent
    | IdentityChanged
    | OptChanged
    | DeliveryStatus
    | Echoed
    | ControlChanged
    | Ignored,
    Field(discriminator="kind"),
]
