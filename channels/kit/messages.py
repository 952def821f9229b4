"""What goes out to a channel: canonical messages, and what a platform can show of them."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from channels.kit.events import Shape

Layout = Literal["none", "buttons", "list", "quick_replies"]


class Choice(Shape):
    """Something the customer can tap; `id` comes back unchanged, `title` is what they see."""

    id: str
    title: str
    description: str = ""


class Text(Shape):
    """Words, and choices under them.

    `layout` says how the choices are to be shown; the renderer sets it from the channel's
    capabilities. `list_label` is the label of the button that opens a list.
    """

    kind: Literal["text"] = "text"
    text: str
    choices: tuple[Choice, ...] = ()
    layout: Layout = "none"
    list_label: str = ""


class Card(Shape):
    """One product: picture, title, two or three short lines, choices."""

    id: str
    title: str
    subtitle: str = ""
    image_url: str | None = None
    url: str | None = None
    choices: tuple[Choice, ...] = ()


class Cards(Shape):
    """Product cards side by side (or one below the other where that is all a channel can).

    `text` is what is said with them in the same message. The renderer sets it where the channel's
    capabilities say so: above a `carousel`, or with a single card (`words_with_card`).
    """

    kind: Literal["cards"] = "cards"
    cards: tuple[Card, ...] = Field(min_length=1)
    text: str = ""


class Media(Shape):
    """A picture, video, sound or file behind a public address."""

    kind: Literal["media"] = "media"
    media: Literal["image", "video", "audio", "document"]
    url: str
    caption: str = ""
    filename: str | None = None


class Location(Shape):
    """A place, such as the shop."""

    kind: Literal["location"] = "location"
    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


class Template(Shape):
    """A message approved by the platform beforehand, allowed outside the window."""

    kind: Literal["template"] = "template"
    name: str
    language: str
    parameters: tuple[str, ...] = ()


Outbound = Annotated[Text | Cards | Media | Location | Template, Field(discriminator="kind")]


class Delivery(Shape):
    """One message for one customer, already fitted to what the channel can show.

    `correlation` is our own key; adapters pass it along where the platform gives it back
    (WhatsApp `biz_opaque_callback_data`, Messenger `metadata`).
    """

    account: str
    to: dict[str, str] = Field(min_length=1)
    message: Outbound
    correlation: str
    reply_to: str | None = None
    agent: str | None = Field(None, description="The person who speaks, where it is not the bot.")
    waiting: bool = Field(False, description="A person has been called, none has come yet.")


class Signal(Shape):
    """Typing or read marks: nice to have, sent once, never retried."""

    account: str
    to: dict[str, str] = Field(min_length=1)
    signal: Literal["typing", "read"]
    message_id: str | None = Field(None, description="The customer's message being answered.")


@dataclass(frozen=True, slots=True)
class Carousel:
    """Cards to be swiped through, on a platform where these hold less than a card alone.

    There are two or more of them, each with a picture and the same number of buttons, below words
    that may not be missing. Title, lines and address of a card share `card_text` and `card_lines`.
    """

    cards: int
    text: int
    card_text: int
    card_lines: int
    buttons: int


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the platform can show and do; renderer, linter and simulator read it.

    Lengths count characters unless `text_unit` says bytes. 0 means "does not have it".
    """

    max_text: int
    text_unit: Literal["characters", "bytes"] = "characters"
    buttons: int = 0
    button_label: int = 20
    buttons_text: int = 1024
    list_rows: int = 0
    list_title: int = 24
    list_description: int = 72
    list_text: int = 4096
    list_button: int = 20
    quick_replies: int = 0
    quick_reply_label: int = 20
    choice_id: int = 256
    cards: int = 0
    card_title: int = 80
    card_subtitle: int = 80
    card_buttons: int = 0
    words_with_card: int = 0  # of a card with the words said in the same message, all together
    carousel: Carousel | None = None  # of a channel that otherwise shows one card in a message
    caption: int = 1024
    media: frozenset[str] = frozenset()
    location: bool = False
    typing: bool = False
    read_marks: bool = False
    templates: bool = False
    receipts: bool = False
    correlation: bool = False
    window_hours: int | None = None
    unknown_outcome: Literal["resend", "give_up"] = "resend"
    messages_per_second: float = 20.0
