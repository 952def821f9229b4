"""What a customer did on WhatsApp, one function per type of message."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from channels import kit
from channels.whatsapp import payloads

# Whole types that are no part of a talk with one customer.
_LEFT_OUT = {"request_welcome", "ephemeral", "group_invite"}

# Emitted when the customer answers a request for permission to call; v1 makes no calls.
_LEFT_OUT_TAPS = {"call_permission_reply"}

Base = Mapping[str, Any]
Reader = Callable[[Any, Base], kit.Event]


def read_message(
    item: Any, message: payloads.Message, sender: kit.Person, account: str
) -> kit.Event:
    """Turn one message into an event; raises ValidationError if its own part is unreadable.

    A type that nobody knows yet still comes from a customer who waits for an answer, so it is
    an `UnsupportedSent`.
    """
    base = _base(item, message, sender, account)
    if message.type == "system":
        return _system(payloads.System.model_validate(item.get("system")), message, base)
    if message.type in _LEFT_OUT:
        return _ignored(f"messages.{message.type}", base)
    read = _READERS.get(message.type)
    if read is None or message.type not in item:
        return _unsupported(item, message, base)
    context = message.context
    if message.type == "text" and context:
        base["forwarded"] = context.forwarded or context.frequently_forwarded
    return read(item[message.type], base)


def _base(
    item: dict[str, Any], message: payloads.Message, sender: kit.Person, account: str
) -> dict[str, Any]:
    context = message.context or payloads.Context()
    product = context.referred_product
    return {
        "event_id": message.id,
        "account": account,
        "sent_at": message.timestamp,
        "raw": item,
        "sender": sender,
        "reply_to": context.id,
        "referral": _referral(message.referral),
        "product": product
        and kit.ProductRef(product_id=product.product_retailer_id, catalog_id=product.catalog_id),
    }


def _referral(found: payloads.Referral | None) -> kit.Referral | None:
    if found is None:
        return None
    return kit.Referral(
        source=found.source_type,
        source_id=found.source_id,
        url=found.source_url,
        headline=found.headline,
        body=found.body,
        click_id=found.ctwa_clid,
    )


def _ignored(what: str, base: Base) -> kit.Ignored:
    kept = ("event_id", "account", "sent_at", "raw")
    return kit.Ignored(what=what[:60], **{key: base[key] for key in kept})


def _text(part: Any, base: Base) -> kit.Event:
    return kit.TextSaid(text=payloads.Text.model_validate(part).body, **base)


def _interactive(part: Any, base: Base) -> kit.Event:
    chosen = payloads.Interactive.model_validate(part)
    if tap := chosen.button_reply:
        return kit.ChoiceTapped(choice_id=tap.id, title=tap.title, source="button", **base)
    if tap := chosen.list_reply:
        return kit.ChoiceTapped(choice_id=tap.id, title=tap.title, source="list", **base)
    if form := chosen.nfm_reply:
        choice_id = f"form:{form.name}"
        return kit.ChoiceTapped(choice_id=choice_id, title=form.body, source="form", **base)
    what = f"interactive.{chosen.type}"[:60]
    if chosen.type in _LEFT_OUT_TAPS:
        return _ignored(what, base)
    return kit.UnsupportedSent(what=what, **base)


def _button(part: Any, base: Base) -> kit.Event:
    button = payloads.TemplateButton.model_validate(part)
    return kit.ChoiceTapped(
        choice_id=button.payload, title=button.text, source="template_button", **base
    )


def _media(kind: Literal["image", "video", "audio", "document", "sticker"]) -> Reader:
    def read(part: Any, base: Base) -> kit.Event:
        media = payloads.Media.model_validate(part)
        return kit.MediaSent(
            media="voice" if media.voice else kind,
            ref=media.id,
            url=media.url,
            mime=media.mime_type,
            caption=media.caption or "",
            filename=media.filename,
            **base,
        )

    return read


def _location(part: Any, base: Base) -> kit.Event:
    place = payloads.Location.model_validate(part)
    return kit.LocationShared(
        latitude=place.latitude,
        longitude=place.longitude,
        name=place.name,
        address=place.address,
        **base,
    )


def _contacts(part: Any, base: Base) -> kit.Event:
    cards = [payloads.Card.model_validate(card) for card in part]
    contacts = tuple(
        kit.ContactCard(
            name=card.name.formatted_name,
            phones=tuple(phone.phone or f"+{phone.wa_id}" for phone in card.phones),
            emails=tuple(email.email for email in card.emails if email.email),
        )
        for card in cards
    )
    return kit.ContactsShared(contacts=contacts, **base)


def _order(part: Any, base: Base) -> kit.Event:
    order = payloads.Order.model_validate(part)
    items = tuple(
        kit.OrderItem(
            product_id=line.product_retailer_id,
            quantity=line.quantity,
            price=line.item_price,
            currency=line.currency,
        )
        for line in order.product_items
    )
    return kit.OrderPlaced(items=items, catalog_id=order.catalog_id, text=order.text or "", **base)


def _reaction(part: Any, base: Base) -> kit.Event:
    reaction = payloads.Reaction.model_validate(part)
    return kit.Reacted(target=reaction.message_id, emoji=reaction.emoji or None, **base)


def _edit(part: Any, base: Base) -> kit.Event:
    edit = payloads.Earlier.model_validate(part)
    message = edit.message or {}
    body = message.get(str(message.get("type", "text")))
    words = (body.get("body") or body.get("caption")) if isinstance(body, dict) else None
    text = words if isinstance(words, str) else ""
    return kit.MessageEdited(target=edit.original_message_id, text=text, **base)


def _revoke(part: Any, base: Base) -> kit.Event:
    return kit.MessageDeleted(
        target=payloads.Earlier.model_validate(part).original_message_id, **base
    )


def _system(system: payloads.System, message: payloads.Message, base: Base) -> kit.Event:
    """Read a change of number or of business-scoped id; `base` holds the ids until now."""
    given = {
        "wa_id": system.wa_id,
        "user_id": system.user_id,
        "parent_user_id": system.parent_user_id,
    }
    new = {kind: value for kind, value in given.items() if value}
    old = dict(base["sender"].ids)
    if system.previous_user_id:
        old["user_id"] = system.previous_user_id
    elif new.get("user_id") == message.from_user_id:
        old.pop("user_id", None)
    changed = {kind: value for kind, value in new.items() if old.get(kind) != value}
    if not old or not changed:  # for example a new encryption key on the same number
        return _ignored(f"system.{system.type}", base)
    return kit.IdentityChanged(
        sender=kit.Person(ids=old),
        new_ids=changed,
        reason=system.type,
        event_id=message.id,
        account=base["account"],
        sent_at=message.timestamp,
        raw=base["raw"],
    )


def _unsupported(item: dict[str, Any], message: payloads.Message, base: Base) -> kit.Event:
    faults = message.errors or []
    kind = ""
    if isinstance(found := item.get("unsupported"), dict):
        kind = payloads.Unsupported.model_validate(found).type
    named = message.type if message.type not in ("unsupported", "unknown") else ""
    what = kind or named or next((fault.reason for fault in faults), "")
    return kit.UnsupportedSent(what=what[:60], **base)


_READERS: dict[str, Reader] = {
    "text": _text,
    "interactive": _interactive,
    "button": _button,
    "image": _media("image"),
    "video": _media("video"),
    "audio": _media("audio"),
    "document": _media("document"),
    "sticker": _media("sticker"),
    "location": _location,
    "contacts": _contacts,
    "order": _order,
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
}
