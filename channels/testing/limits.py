"""What is too much for a channel, by its own capabilities."""

from collections.abc import Sequence

from channels.kit import Capabilities, Cards, Choice, Media, Outbound, Template, Text


def excess(message: Outbound, can: Capabilities) -> str:
    """Return what is too much in a message for a channel, or an empty string."""
    match message:
        case Text():
            return _excess_of_text(message, can)
        case Cards():
            return _excess_of_cards(message, can)
        case Media():
            known = message.media in can.media and len(message.caption) <= can.caption
            return "" if known else f"{message.media} with {len(message.caption)} characters"
        case Template():
            return "" if can.templates else "a template"
        case _:
            return "" if can.location else "a location"


def _excess_of_cards(message: Cards, can: Capabilities) -> str:
    count, frame = len(message.cards), can.carousel
    room, buttons, words = can.cards, can.card_buttons, can.words_with_card
    if frame and count > 1:
        room, buttons, words = frame.cards, frame.buttons, frame.text
    if count > room:
        return f"{count} cards"
    if len(message.text) > words:
        return f"{len(message.text)} characters with cards"
    choices = [choice for card in message.cards for choice in card.choices]
    wide = any(len(card.choices) > buttons for card in message.cards)
    return "card buttons" if wide else _excess_of_labels(choices, can.button_label, can)


def _excess_of_text(message: Text, can: Capabilities) -> str:
    count, room, label, limit = len(message.choices), 0, 0, can.max_text
    match message.layout:
        case "buttons":
            room, label, limit = can.buttons, can.button_label, can.buttons_text
        case "list":
            room, label, limit = can.list_rows, can.list_title, can.list_text
        case "quick_replies":
            room, label = can.quick_replies, can.quick_reply_label
    if message.layout != "none" and count > room:
        return f"{count} choices as {message.layout}"
    size = len(message.text.encode()) if can.text_unit == "bytes" else len(message.text)
    if size > limit:
        return f"a text of {size}"
    return _excess_of_labels(message.choices, label or can.button_label, can)


def _excess_of_labels(choices: Sequence[Choice], label: int, can: Capabilities) -> str:
    if any(len(choice.title) > label for choice in choices):
        return "a label"
    return "the id of a choice" if any(len(c.id) > can.choice_id for c in choices) else ""
