"""What the engine asks of an action: its arguments, the customer's words and what was shown."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.actions.needs import needed
from catalog import Need

TAP = "choice"  # what the engine names as the source of a tapped product
_ASIDE = "aside"  # what the engine calls words that ask for nothing: taken back, or a person's name


# What an action reads of a conversation; over a line the engine sends nothing else (`read_call`).
SLOTS = ("language", "shown", "focus", "filters", "asked", "flow")


class Part(BaseModel):
    """A piece of Rasa's tracker; the rest of it is none of our business."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Entity(Part):
    """Something found in the message."""

    entity: str
    value: Any = None
    start: int | None = None
    end: int | None = None
    extractor: str | None = None


class Message(Part):
    """What the customer said last."""

    text: str | None = None
    entities: tuple[Entity, ...] = ()


class Tracker(Part):
    """The conversation as far as an action needs it."""

    slots: dict[str, Any] = Field(default_factory=dict)
    latest_message: Message = Message()

    @field_validator("latest_message", mode="before")
    @classmethod
    def _none_is_empty(cls, value: object) -> object:
        return value or Message()


class Call(Part):
    """The body of a call in Rasa's action protocol."""

    next_action: str
    sender_id: str = ""
    tracker: Tracker = Tracker()


class Asked(Part):
    """A call put into the shop's words; `args` of the flow win over what was heard."""

    text: str = ""
    language: str = "it"
    args: dict[str, Any] = Field(default_factory=dict)
    entities: tuple[Entity, ...] = ()
    shown: tuple[str, ...] = ()
    focus: str | None = None
    filters: dict[str, Any] = Field(default_factory=dict)
    noted: tuple[dict[str, Any], ...] = ()
    remembered: dict[str, Any] = Field(default_factory=dict)
    home: str | None = None
    needs: tuple[Need, ...] = ()

    @property
    def need(self) -> Need | None:
        """What the message needs a thing for, in the shop's words; None where it tells no need."""
        return needed(self.text, self.needs)

    @property
    def tapped(self) -> bool:
        """Whether a choice was tapped; its title asks nothing by its words."""
        return any(entity.extractor == TAP for entity in self.entities)

    @property
    def spoken_of(self) -> list[str]:
        """The products that were talked about, the first one first, as often as they were."""
        return [str(note["product"]) for note in self.noted if note.get("product")]

    @property
    def spoken_lately(self) -> list[str]:
        """The products that were talked about, the last one first, each once."""
        return list(dict.fromkeys(reversed(self.spoken_of)))

    @property
    def seen(self) -> tuple[str, ...]:
        """The products shown last and those spoken of before, each once."""
        return tuple(dict.fromkeys((*self.shown, *self.spoken_of)))

    def heard(self, name: str) -> list[Any]:
        """Return every value of an entity in the message, in order, without repetition."""
        found = [e.value for e in self.entities if e.entity == name and e.value not in (None, "")]
        return list(dict.fromkeys(found))

    def value(self, name: str) -> str | None:
        """Return what the flow gave for a name, else what was heard."""
        given = self.args.get(name)
        if given in (None, ""):
            given = next(iter(self.heard(name)), None)
        return None if given is None else str(given)

    def price(self, name: str) -> Decimal | None:
        """Return an amount, None where there is none that can be read."""
        return as_price(self.value(name))

    def last_note(self, product: str) -> Mapping[str, Any]:
        """Return what was last asked about a product: topic, colour, size."""
        return next((n for n in reversed(self.noted) if n.get("product") == product), {})

    def last_version(self, product: str) -> Mapping[str, Any]:
        """Return the note of the colour and size last spoken of, whatever was asked since."""
        notes = [n for n in reversed(self.noted) if n.get("product") == product]
        return next((n for n in notes if n.get("colour") or n.get("size")), {})


def read_call(call: Call, languages: tuple[str, ...]) -> Asked:
    """Read a call; slots that hold nothing useful count as empty."""
    slots = call.tracker.slots
    message = call.tracker.latest_message
    language = slots.get("language")
    state = _dict(_dict(slots.get("flow")).get("state"))
    return Asked(
        text=_plain(message),
        language=language if language in languages else languages[0],
        args=_args(slots.get("flow"), call.next_action),
        entities=tuple(e for e in message.entities if e.entity != _ASIDE),
        shown=tuple(str(id_) for id_ in _list(slots.get("shown"))),
        focus=str(slots["focus"]) if slots.get("focus") else None,
        filters=_dict(slots.get("filters")),
        remembered=_dict(state.get("memory")),
        home=str(state["home"]) if state.get("home") else None,
        noted=tuple(note for note in _list(slots.get("asked")) if isinstance(note, dict)),
    )


def _plain(message: Message) -> str:
    """Return what was said, with blanks for what was said aside: all else keeps its place."""
    text = message.text or ""
    for entity in message.entities:
        if entity.entity == _ASIDE and entity.start is not None and entity.end is not None:
            blank = " " * (entity.end - entity.start)
            text = f"{text[: entity.start]}{blank}{text[entity.end :]}"
    return text


def as_price(value: object) -> Decimal | None:
    """Read an amount that came as a number or as digits."""
    if value is None or isinstance(value, bool):
        return None
    try:
        amount = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount >= 0 else None


def _args(flow: object, action: str) -> dict[str, Any]:
    """Return the arguments that the flow policy left for the action it has just predicted."""
    run = _dict(_dict(flow).get("run"))
    return _dict(run.get("args")) if run.get("action") == action else {}


def _dict(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []
