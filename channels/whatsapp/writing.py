"""Turning our messages into the bodies that WhatsApp's send call takes.

https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
"""

from typing import Any

from channels import kit

Body = dict[str, Any]

CARD_ID = 20  # characters in the id of a button on a card of a carousel


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
            return _carousel(message) if len(message.cards) > 1 else _card(message)
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
    """One product: picture above, words, buttons below."""
    card = message.cards[0]
    above = f"{message.text}\n\n" if message.text else ""
    text = above + _words(card, 1024 - len(above))
    if card.choices:
        header: Body = {}
        if card.image_url:
            header = {"header": {"type": "image", "image": {"link": card.image_url}}}
        return _buttons(header, text, card.choices)
    if card.image_url:
        return {"type": "image", "image": {"link": card.image_url, "caption": text}}
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def _carousel(message: kit.Cards) -> Body:
    """Several products to be swiped through, each with picture, words and buttons.

    https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-media-carousel-messages
    """
    cards = [_swiped(place, card) for place, card in enumerate(message.cards)]
    interactive = {
        "type": "carousel",
        "body": {"text": message.text},
        "action": {"cards": cards},
    }
    return {"type": "interactive", "interactive": interactive}


def _swiped(place: int, card: kit.Card) -> Body:
    buttons = [
        {
            "type": "quick_reply",
            "quick_reply": {"id": kit.short_id(choice.id, CARD_ID), "title": choice.title},
        }
        for choice in card.choices
    ]
    return {
        "card_index": place,
        "type": "cta_url",  # so says the documentation, also for cards with other buttons
        "header": {"type": "image", "image": {"link": card.image_url}},
        "body": {"text": _words(card, 160, 3)},
        "action": {"buttons": buttons},
    }


def _words(card: kit.Card, most: int, lines: int = 100) -> str:
    """Return title and lines; the address goes along where there is room for it."""
    # An asterisk inside the title would end the bold print early.
    text = "\n".join(part for part in (f"*{card.title.replace('*', '')}*", card.subtitle) if part)
    with_url = f"{text}\n{card.url}"
    fits = card.url and len(with_url) <= most and with_url.count("\n") < lines
    return with_url if fits else text


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
