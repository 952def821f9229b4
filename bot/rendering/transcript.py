"""An outgoing message as a person reads it in a transcript."""

from channels.kit import Card, Cards, Choice, Location, Media, Outbound, Template, Text


def transcript_text(message: Outbound) -> str:
    """Return the words of a message, with its choices in brackets."""
    match message:
        case Text():
            return _lines(message.text, _taps(message.choices))
        case Cards():
            return _lines(message.text, *(_card(card) for card in message.cards))
        case Media():
            return _lines(message.caption, f"[{message.media}] {message.url}")
        case Location():
            return _lines(message.name, message.address)
        case Template():
            return f"[{message.name}] {', '.join(message.parameters)}".rstrip()


def _card(card: Card) -> str:
    about = card.subtitle.replace("\n", " · ")
    return _lines(f"• {card.title} – {about}" if about else f"• {card.title}", _taps(card.choices))


def _taps(choices: tuple[Choice, ...]) -> str:
    return " ".join(f"[{choice.title}]" for choice in choices)


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
