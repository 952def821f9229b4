"""Product cards in the room that a channel has for them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.rendering.fitting.labels import labels
from bot.rendering.fitting.split import measure, shorten
from channels.kit import Capabilities, Card, Choice, Text

# What stands above a card in its message should not push the card out of sight.
SHORT = 300
_BOLD = 2  # the characters that a channel may put around a title


def small_card(
    card: Card, choices: Sequence[Choice], can: Capabilities, lines: int | None = None
) -> tuple[Card, list[Choice]]:
    """Fit a card, and return the choices that found no place on it."""
    unit = can.text_unit
    fits = [c for c in choices if measure(c.id, unit) <= can.choice_id]
    kept = fits[: can.card_buttons]
    titles = labels([choice.title for choice in kept], can.button_label, unit)
    if titles is None:
        kept, titles = [], []
    small = card.model_copy(
        update={
            "title": shorten(card.title, can.card_title, unit),
            "subtitle": _whole_lines(card.subtitle, can.card_subtitle, unit, lines),
            "choices": tuple(
                Choice(id=c.id, title=title) for c, title in zip(kept, titles, strict=True)
            ),
        }
    )
    ids = {choice.id for choice in kept}
    return small, [choice for choice in choices if choice.id not in ids]


def swiped(
    cards: Sequence[Card], choices: Sequence[Sequence[Choice]], can: Capabilities
) -> list[Card] | None:
    """Return cards as they can be swiped through in one message, None if these cannot."""
    frame = can.carousel
    if frame is None or not 2 <= len(cards) <= frame.cards or not all(c.image_url for c in cards):
        return None
    counts = {len(of_card) for of_card in choices}
    if len(counts) > 1 or not 1 <= counts.pop() <= frame.buttons:
        return None
    found = []
    for card, of_card in zip(cards, choices, strict=True):
        title = shorten(card.title, min(can.card_title, frame.card_text - _BOLD), can.text_unit)
        left = frame.card_text - measure(title, can.text_unit) - _BOLD - 1
        narrow = replace(can, card_buttons=frame.buttons, card_subtitle=max(left, 0))
        named = card.model_copy(update={"title": title})
        small, spare = small_card(named, of_card, narrow, frame.card_lines - 1)
        if spare:
            return None
        found.append(small)
    return found


def words_above(before: Text, cards: Sequence[Card], can: Capabilities) -> bool:
    """Whether a text without choices may be said in the message of the cards that follow it."""
    size = measure(before.text, can.text_unit)
    if before.choices:
        return False
    if len(cards) > 1:
        return can.carousel is not None and size <= can.carousel.text
    card = cards[0]
    below = sum(measure(part, can.text_unit) + 2 for part in (card.title, card.subtitle))
    return size <= min(SHORT, can.words_with_card - below)


def _whole_lines(text: str, limit: int, unit: str, most: int | None) -> str:
    """Keep as many whole lines as fit: half a quotation says nothing."""
    lines = text.split("\n")[:most]
    while len(lines) > 1 and measure("\n".join(lines), unit) > limit:
        lines.pop()
    return shorten("\n".join(lines), limit, unit)
