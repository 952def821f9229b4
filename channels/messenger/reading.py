"""Turning a Messenger webhook into events: every event of the batch, in order."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import ValidationError

from channels import kit
from channels.messenger import payloads
from channels.messenger.echoes import control, echo
from channels.messenger.said import Context, read_message, referral_of

Reader = Callable[[Any, Context], list[kit.Event]]


class Reading:
    """Reads calls for one page; `app_id` tells our own echoes from other apps' ones."""

    def __init__(self, page_id: str, app_id: str | None) -> None:
        self.page_id = page_id
        self.app_id = app_id
        self._readers: Mapping[str, Reader] = {
            "message": self._message,
            "postback": _postback,
            "referral": _referral,
            "optin": _opt_in,
            "delivery": _delivery,
            "read": _read,
            "reaction": _reaction,
            "message_edit": _edit,
            "pass_thread_control": self._control("pass"),
            "take_thread_control": self._control("take"),
            "request_thread_control": self._control("request"),
        }

    def read(self, body: bytes) -> list[kit.Event]:
        """Return every event of a call."""
        try:
            envelope = payloads.Envelope.model_validate(kit.read_json(body))
        except ValidationError:
            raise kit.PayloadError("not an envelope with object and entry") from None
        if envelope.kind != "page":
            return [_ignored(f"object.{envelope.kind}", self.page_id, {})]
        return [event for entry in envelope.entry for event in self._entry(entry)]

    def _entry(self, found: object) -> Iterator[kit.Event]:
        try:
            entry = payloads.Entry.model_validate(found)
        except ValidationError:
            yield _ignored("unreadable.entry", self.page_id, found)
            return
        page = entry.id or self.page_id
        for item in entry.messaging:
            yield from self._item(item, page, standby=False)
        for item in entry.standby:
            yield from self._item(item, page, standby=True)
        for change in entry.changes:
            yield _ignored(_field(change), page, change)

    def _item(self, item: Any, page: str, *, standby: bool) -> list[kit.Event]:
        """Read one event; an unreadable one is counted and does not lose the others."""
        try:
            frame = payloads.Item.model_validate(item)
            customer = frame.sender.id
            if _is_echo(item):
                customer = frame.recipient.id
            if customer is None:
                return [_ignored("unreadable.sender", page, item)]
            context = Context(item, page, customer, frame.timestamp, standby)
            return self._by_key(item, context)
        except (ValidationError, TypeError, AttributeError):
            return [_ignored("unreadable.item", page, item)]

    def _by_key(self, item: dict[str, Any], context: Context) -> list[kit.Event]:
        for key, read in self._readers.items():
            if key in item:
                return read(item[key], context)
        rest = sorted(item.keys() - {"sender", "recipient", "timestamp"})
        return [context.ignored(f"messaging.{rest[0] if rest else 'empty'}")]

    def _message(self, part: Any, context: Context) -> list[kit.Event]:
        message = payloads.Message.model_validate(part)
        if message.is_echo:
            return [echo(message, context, self.app_id)]
        return read_message(message, context)

    def _control(self, action: Literal["pass", "take", "request"]) -> Reader:
        def read(part: Any, context: Context) -> list[kit.Event]:
            found = payloads.Control.model_validate(part)
            return [control(action, found, context, self.app_id)]

        return read


def _is_echo(item: Any) -> bool:
    message = item.get("message")
    return isinstance(message, dict) and message.get("is_echo") is True


def _ignored(what: str, account: str, item: object) -> kit.Ignored:
    return kit.Ignored(event_id="", account=account, what=what[:60], raw=kit.as_raw(item))


def _field(change: object) -> str:
    try:
        return f"changes.{payloads.Change.model_validate(change).field}"
    except ValidationError:
        return "unreadable.change"


def _postback(part: Any, context: Context) -> list[kit.Event]:
    postback = payloads.Postback.model_validate(part)
    choice_id = postback.payload or postback.title
    if not choice_id:
        return [context.ignored("postback.empty")]
    return [
        kit.ChoiceTapped(
            event_id=postback.mid or context.own_id("postback"),
            sender=context.person,
            choice_id=choice_id,
            title=postback.title or "",
            source="postback",
            referral=referral_of(postback.referral),
            **context.common,
        )
    ]


def _referral(part: Any, context: Context) -> list[kit.Event]:
    referral = referral_of(payloads.Referral.model_validate(part))
    return [_opened(referral, "referral", context)]


def _opened(referral: kit.Referral | None, what: str, context: Context) -> kit.Event:
    return kit.ReferralOpened(
        event_id=context.own_id(what), sender=context.person, referral=referral, **context.common
    )


def _opt_in(part: Any, context: Context) -> list[kit.Event]:
    wish = payloads.OptIn.model_validate(part)
    if wish.type == "notification_messages":
        stopped = wish.notification_messages_status == "STOP_NOTIFICATIONS"
        return [
            kit.OptChanged(
                event_id=context.own_id("optin"),
                sender=context.person,
                stopped=stopped,
                category="marketing_messages",
                **context.common,
            )
        ]
    return [_opened(kit.Referral(source="OPTIN", ref=wish.ref), "optin", context)]


def _delivery(part: Any, context: Context) -> list[kit.Event]:
    """The list of ids is exact but may be missing; the watermark covers what was before."""
    delivery = payloads.Delivery.model_validate(part)
    exact = [
        kit.DeliveryStatus(
            event_id=f"delivered:{mid}",
            status="delivered",
            message_id=mid,
            recipient=context.person,
            **context.common,
        )
        for mid in delivery.mids or []
    ]
    return [*exact, *_watermark("delivered", delivery.watermark, context)]


def _read(part: Any, context: Context) -> list[kit.Event]:
    watermark = payloads.Read.model_validate(part).watermark
    return _watermark("read", watermark, context) or [context.ignored("read.empty")]


def _watermark(
    status: Literal["delivered", "read"], watermark: datetime | None, context: Context
) -> list[kit.Event]:
    if watermark is None:
        return []
    at = round(watermark.timestamp() * 1000)
    return [
        kit.DeliveryStatus(
            event_id=f"{status}:{context.sender}:{at}",
            status=status,
            watermark=watermark,
            recipient=context.person,
            **context.common,
        )
    ]


def _reaction(part: Any, context: Context) -> list[kit.Event]:
    reaction = payloads.Reaction.model_validate(part)
    emoji = (reaction.emoji or reaction.reaction) if reaction.action == "react" else None
    return [
        kit.Reacted(
            event_id=f"{context.own_id(reaction.action)}:{reaction.mid}",
            sender=context.person,
            target=reaction.mid,
            emoji=emoji,
            **context.common,
        )
    ]


def _edit(part: Any, context: Context) -> list[kit.Event]:
    edit = payloads.Edit.model_validate(part)
    return [
        kit.MessageEdited(
            event_id=f"edit:{edit.num_edit}:{edit.mid}",
            sender=context.person,
            target=edit.mid,
            text=edit.text,
            **context.common,
        )
    ]
