"""Turning a WhatsApp webhook into events: every update of the batch, in order."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError

from channels import kit
from channels.whatsapp import payloads
from channels.whatsapp.said import read_message

_RANKS = {"sent": "sent", "delivered": "delivered", "read": "read", "played": "read"}


def read(body: bytes, our_number: str) -> list[kit.Event]:
    """Read a whole call; `our_number` stands in where an update does not name its number."""
    try:
        envelope = payloads.Envelope.model_validate(kit.read_json(body))
    except ValidationError:
        raise kit.PayloadError("not an envelope with object and entry") from None
    if envelope.kind != "whatsapp_business_account":
        return [_ignored(f"object.{envelope.kind}", our_number, {})]
    return [event for entry in envelope.entry for event in _entry(entry, our_number)]


def _entry(item: object, our_number: str) -> Iterator[kit.Event]:
    try:
        changes = payloads.Entry.model_validate(item).changes
    except ValidationError:
        yield _ignored("unreadable.entry", our_number, item)
        return
    for found in changes:
        try:
            change = payloads.Change.model_validate(found)
        except ValidationError:
            yield _ignored("unreadable.change", our_number, found)
            continue
        yield from _change(change, found, our_number)


def _change(change: payloads.Change, item: object, our_number: str) -> Iterator[kit.Event]:
    value = change.value
    metadata = value.metadata or payloads.Metadata()
    account = metadata.phone_number_id or our_number
    match change.field:
        case "messages":
            contacts = _contacts(value.contacts or [])
            yield from _each(value.messages, account, lambda one: _message(one, contacts, account))
            yield from _each(value.statuses, account, lambda one: _status(one, account))
            for fault in value.errors:
                yield _ignored(_fault(fault), account, fault)
        case "smb_message_echoes":
            yield from _each(value.message_echoes, account, lambda one: _echo(one, account))
        case "user_preferences":
            yield from _each(value.user_preferences, account, lambda one: _preference(one, account))
        case other:
            yield _ignored(f"field.{other}", account, item)


def _each(
    items: list[Any], account: str, read_one: Callable[[Any], kit.Event]
) -> Iterator[kit.Event]:
    """Read items one by one: an unreadable one is counted and does not lose the others."""
    for item in items:
        try:
            yield read_one(item)
        except (ValidationError, TypeError, AttributeError):
            yield _ignored("unreadable.item", account, item)


def _ignored(what: str, account: str, item: object) -> kit.Ignored:
    return kit.Ignored(event_id="", account=account, what=what[:60], raw=kit.as_raw(item))


def _fault(item: object) -> str:
    try:
        return f"error.{payloads.Fault.model_validate(item).code}"
    except ValidationError:
        return "error"


def _contacts(items: list[Any]) -> list[payloads.Contact]:
    found = []
    for item in items:
        try:
            found.append(payloads.Contact.model_validate(item))
        except ValidationError:  # the message is worth more than its sender's name
            continue
    return found


def _message(item: Any, contacts: list[payloads.Contact], account: str) -> kit.Event:
    message = payloads.Message.model_validate(item)
    if message.group_id:
        return _ignored("messages.group", account, item)
    sender = _sender(message, contacts)
    if sender is None:
        return _ignored("unreadable.sender", account, item)
    return read_message(item, message, sender, account)


def _sender(message: payloads.Message, contacts: list[payloads.Contact]) -> kit.Person | None:
    """Return everything that is known of who wrote; the phone number may be missing."""
    contact = next((c for c in contacts if _belongs(c, message)), payloads.Contact())
    given = {
        "wa_id": message.sender or contact.wa_id,
        "user_id": message.from_user_id or contact.user_id,
        "parent_user_id": message.from_parent_user_id or contact.parent_user_id,
    }
    ids = {kind: value for kind, value in given.items() if value}
    profile = contact.profile or payloads.Profile()
    return kit.Person(ids=ids, name=profile.name or profile.username) if ids else None


def _belongs(contact: payloads.Contact, message: payloads.Message) -> bool:
    if message.sender and message.sender == contact.wa_id:
        return True
    return message.from_user_id is not None and message.from_user_id == contact.user_id


def _person(wa_id: str | None, user_id: str | None) -> kit.Person | None:
    given = {"wa_id": wa_id, "user_id": user_id}
    ids = {kind: value for kind, value in given.items() if value}
    return kit.Person(ids=ids) if ids else None


def _status(item: Any, account: str) -> kit.Event:
    status = payloads.Status.model_validate(item)
    if status.recipient_type == "group":
        return _ignored("status.group", account, item)
    rank = "failed" if status.status == "failed" else _RANKS.get(status.status)
    if rank is None:
        return _ignored(f"status.{status.status}", account, item)
    fault = status.errors[0] if status.errors else payloads.Fault()
    return kit.DeliveryStatus(
        event_id=f"{rank}:{status.id}",
        account=account,
        sent_at=status.timestamp,
        raw=item,
        status=rank,
        message_id=status.id,
        correlation=status.biz_opaque_callback_data,
        recipient=_person(status.recipient_id, status.recipient_user_id),
        error_code=fault.code or None,
        error=fault.reason or None,
    )


def _echo(item: Any, account: str) -> kit.Event:
    """A person answered in the phone app: that is a takeover, never words of the customer."""
    echo = payloads.Echo.model_validate(item)
    recipient = _person(echo.to, echo.to_user_id)
    if recipient is None:
        return _ignored("unreadable.recipient", account, item)
    return kit.Echoed(
        event_id=echo.id,
        account=account,
        sent_at=echo.timestamp,
        raw=item,
        by="human",
        recipient=recipient,
        message_id=echo.id,
        text=echo.text.body if echo.text else f"[{echo.type}]",
    )


def _preference(item: Any, account: str) -> kit.Event:
    wish = payloads.Preference.model_validate(item)
    sender = _person(wish.wa_id, wish.user_id)
    if sender is None or wish.value not in ("stop", "resume"):
        return _ignored("unreadable.preference", account, item)
    at = int(wish.timestamp.timestamp()) if wish.timestamp else 0
    who = wish.wa_id or wish.user_id
    return kit.OptChanged(
        event_id=f"preference:{who}:{wish.category}:{wish.value}:{at}",
        account=account,
        sent_at=wish.timestamp,
        raw=item,
        sender=sender,
        stopped=wish.value == "stop",
        category=wish.category,
    )
