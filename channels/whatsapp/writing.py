"""Turning our messages into the bodies that WhatsApp's send call takes.

https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
"""

from typing import Any

from channels import kit

Body = dict[str, Any]


def body_of(delivery: kit.Delivery) -> Body:
    """Return the JSON of one send call."""
    body: Body = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(delivery.to),
        "biz_opaque_callback_data": delivery.correlation,
    }
    if delivery.reply_to:
        body["context"] = {"message_id": delivery.reply_to}
    return body | _content(delivery.message)


def read_mark(message_id: str, *, typing: bool) -> Body:
    """Return the JSON that marks a customer's message as read, and shows that we write."""
    body: Body = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
    if typing:
        body["typing_indicator"] = {"type": "text"}
    return body


def _recipient(to: dict[str, str]) -> Body:
    """Without the plus, Meta puts our own country code before the number."""
    if number := to.get("wa_id"):
        return {"to": f"+{number.lstrip('+')}"}
    if user_id := to.get("user_id") or to.get("parent_user_id"):
        return {"recipient": user_id}
    raise kit.MessageRefusedError("the customer has neither a phone number nor a user id")


def _content(message: kit.Outbound) -> Body:
    match message:
        case kit.Text():
            return _text(message)
        case kit.Cards():
            return _card(message)
        case kit.Media():
            return _media(message)
        case kit.Location():
            return _location(message)
        case kit.Template():
            return _template(message)


def _text(message: kit.Text) -> Body:
    if not message.choices:
        return {"type": "text", "text": {"body": message.text, "preview_url": False}}
    if message.layout == "list" or len(message.choices) > 3:
        return _list(message)
    return _buttons({}, message.text, message.choices)


def _buttons(header: Body, text: str, choices: tuple[kit.Choice, ...]) -> Body:
    buttons = [{"type": "reply", "reply": {"id": c.id, "title": c.title}} for c in choices]
    interactive = {"type": "button", **header, "body": {"text": text}}
    return {"type": "interactive", "interactive": {**interactive, "action": {"buttons": buttons}}}


def _list(message: kit.Text) -> Body:
    rows = [_row(choice) for choice in message.choices]
    action = {"button": message.list_label or "≡", "sections": [{"rows": rows}]}
    interactive = {"type": "list", "body": {"text": message.text}, "action": action}
    return {"type": "interactive", "interactive": interactive}


def _row(choice: kit.Choice) -> Body:
    row = {"id": choice.id, "title": choice.title}
    return row | {"description": choice.description} if choice.description else row


def _card(message: kit.Cards) -> Body:
    """One product: picture above, words, buttons below.

    WhatsApp shows products of a shop side by side only when they live in its own catalog, so
    our capabilities ask for one card per message.
    """
    if len(message.cards) > 1:
        raise kit.MessageRefusedError("WhatsApp shows one card per message")
    card = message.cards[0]
    text = _words(card)
    if card.choices:
        header: Body = {}
        if card.image_url:
            header = {"header": {"type": "image", "image": {"link": card.image_url}}}
        return _buttons(header, text, card.choices)
    if card.image_url:
        return {"type": "image", "image": {"link": card.image_url, "caption": text}}
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def _words(card: kit.Card) -> str:
    """Return title and lines; the address goes along where the body has room for it."""
    # An asterisk inside the title would end the bold print early.
    text = "\n".join(part for part in (f"*{card.title.replace('*', '')}*", card.subtitle) if part)
    with_url = f"{text}\n{card.url}"
    return with_url if card.url and len(with_url) <= 1024 else text


def _media(message: kit.Media) -> Body:
    media: Body = {"link": message.url}
    if message.caption and message.media != "audio":
        media["caption"] = message.caption
    if message.filename and message.media == "document":
        media["filename"] = message.filename
    return {"type": message.media, message.media: media}


def _location(message: kit.Location) -> Body:
    location: Body = {"latitude": message.latitude, "longitude": message.longitude}
    if message.name:
        location["name"] = message.name
    if message.address:
        location["address"] = message.address
    return {"type": "location", "location": location}


def _template(message: kit.Template) -> Body:
    template: Body = {"name": message.name, "language": {"code": message.language}}
    if message.parameters:
        parameters = [{"type": "text", "text": value} for value in message.parameters]
        template["components"] = [{"type": "body", "parameters": parameters}]
    return {"type": "template", "template": template}
