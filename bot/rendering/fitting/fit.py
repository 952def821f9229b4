"""Fits canonical messages to what a channel can show; no choice is lost on the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import batched

from bot.rendering.fitting.cards import small_card, swiped, words_above
from bot.rendering.fitting.ladder import Asked, OpenChoice, Shown, Words, climb_down, leaf
from bot.rendering.fitting.split import measure, shorten, split
from channels.kit import Capabilities, Card, Cards, Choice, Location, Media, Outbound, Text


@dataclass(slots=True)
class Fitted:
    """The messages of one turn as a channel can show them, and what may be picked from them."""

    capabilities: Capabilities
    words: Words
    messages: list[Outbound] = field(default_factory=list)
    open_choices: list[OpenChoice] = field(default_factory=list)
    numbers: int = 0  # the last number that the customer has seen in this turn
    unnumbered: tuple[str, ...] = ()  # ids of the last choices that only their place numbers


def fit(messages: Sequence[Outbound], capabilities: Capabilities, words: Words) -> Fitted:
    """Fit one turn's messages; "the second one" means what stands second on the screen."""
    fitted = Fitted(capabilities, words)
    for position, message in enumerate(messages):
        _fit_one(fitted, message, last=position == len(messages) - 1)
    if not fitted.numbers:
        _number_by_place(fitted)
    return fitted


def fit_page(
    open_choices: Sequence[OpenChoice], number: int, capabilities: Capabilities, words: Words
) -> Fitted:
    """Show one page of the choices that did not fit on one screen; all of them stay open."""
    fitted = Fitted(capabilities, words)
    kept = [choice.model_copy(update={"number": None, "listed": False}) for choice in open_choices]
    paged = tuple(
        Choice(id=choice.id, title=choice.title, description=choice.description)
        for choice in (kept if not any(c.paged for c in kept) else [c for c in kept if c.paged])
    )
    if not paged:
        return fitted
    shown = leaf(Asked(paged, capabilities, words, page=number))
    _show(fitted, words.further, shown)
    numbered = {choice.id: choice for choice in fitted.open_choices}
    fitted.open_choices = [numbered.pop(choice.id, choice) for choice in kept]
    if not fitted.numbers:
        _number_by_place(fitted)
    return fitted


def _fit_one(fitted: Fitted, message: Outbound, *, last: bool) -> None:
    match message:
        case Text():
            _fit_text(fitted, message, last=last)
        case Cards():
            _fit_cards(fitted, message, last=last)
        case Media():
            _fit_media(fitted, message)
        case Location() if not fitted.capabilities.location:
            _say(fitted, _place(message))
        case _:
            fitted.messages.append(message)


def _fit_text(fitted: Fitted, message: Text, *, last: bool) -> None:
    choices = _clean(message.choices)
    if not choices:
        _say(fitted, message.text)
        return
    asked = Asked(choices, fitted.capabilities, fitted.words, last=last)
    shown = climb_down(asked)
    _show(fitted, message.text, shown)
    on_screen = {choice.id for choice in shown.here}
    fitted.open_choices += [
        _open(choice, paged=True) for choice in choices if choice.id not in on_screen
    ]


def _show(fitted: Fitted, text: str, shown: Shown) -> None:
    """Put words and choices on screen, the full titles in the text where labels are too short."""
    first = fitted.numbers + 1
    numbers = range(first, first + len(shown.listed))
    lines = [f"{n}. {_in_full(choice)}" for n, choice in zip(numbers, shown.listed, strict=True)]
    if lines:
        fitted.numbers = numbers[-1]
    by_number = fitted.words.by_number if lines and shown.layout == "none" else ""
    blocks = [text.strip(), "\n".join(lines), by_number]
    body = "\n\n".join(block for block in blocks if block)
    _say_with_taps(fitted, body or fitted.words.choose, shown)
    listed = dict(zip((c.id for c in shown.listed), numbers, strict=True))
    fitted.open_choices += [
        _open(choice, number=listed.get(choice.id), paged=shown.paged) for choice in shown.here
    ]
    if not lines:
        fitted.unnumbered = tuple(choice.id for choice in shown.here)


def _say_with_taps(fitted: Fitted, body: str, shown: Shown) -> None:
    if shown.layout == "none":
        _say(fitted, body)
        return
    before, under = _last_part(body, shown.body_limit, fitted.capabilities)
    _say(fitted, before)
    label = ""
    if shown.layout == "list":
        room, unit = fitted.capabilities.list_button, fitted.capabilities.text_unit
        label = shorten(fitted.words.list_button, room, unit)
    fitted.messages.append(
        Text(text=under, choices=shown.taps, layout=shown.layout, list_label=label)
    )


def _last_part(body: str, limit: int, capabilities: Capabilities) -> tuple[str, str]:
    """Divide a text into what is said before and what stands above the choices."""
    unit = capabilities.text_unit
    if measure(body, unit) <= limit:
        return "", body
    pieces = split(body, min(limit, capabilities.max_text), unit)
    under = pieces[-1]
    return body.rstrip()[: -len(under)].rstrip(), under


def _say(fitted: Fitted, text: str) -> None:
    capabilities = fitted.capabilities
    for piece in split(text, capabilities.max_text, capabilities.text_unit):
        fitted.messages.append(Text(text=piece))


def _fit_cards(fitted: Fitted, message: Cards, *, last: bool) -> None:
    capabilities = fitted.capabilities
    if not capabilities.cards:
        _fit_text(fitted, _as_text(message), last=last)
        return
    choices = [_clean(card.choices) for card in message.cards]
    if together := swiped(message.cards, choices, capabilities):
        _say_with_cards(fitted, together)
        _open_cards(fitted, message, together)
        return
    alone = len(message.cards) == 1
    spare: list[Choice] = []
    shown: list[Card] = []
    for card, of_card in zip(message.cards, choices, strict=True):
        small, left = small_card(card, of_card, capabilities)
        shown.append(small)
        spare += [_belonging(choice, card, alone=alone) for choice in left]
    if alone:
        _say_with_cards(fitted, shown)
    else:
        fitted.messages += [Cards(cards=batch) for batch in batched(shown, capabilities.cards)]
    _open_cards(fitted, message, shown)
    if spare:
        _fit_text(fitted, Text(text=fitted.words.choose, choices=tuple(spare)), last=last)


def _say_with_cards(fitted: Fitted, cards: Sequence[Card]) -> None:
    """Say the words before cards in the same message, where the channel has room for them."""
    before = fitted.messages[-1] if fitted.messages else None
    words = fitted.words.choose if len(cards) > 1 and fitted.capabilities.carousel else ""
    if isinstance(before, Text) and words_above(before, cards, fitted.capabilities):
        fitted.messages.pop()
        words = before.text
    fitted.messages.append(Cards(cards=tuple(cards), text=words))


def _open_cards(fitted: Fitted, message: Cards, shown: Sequence[Card]) -> None:
    """Number several cards: naming one means its first choice. One card is numbered by place."""
    pairs = list(zip(message.cards, shown, strict=True))
    if len(pairs) == 1:
        card, small = pairs[0]
        kept = {choice.id for choice in small.choices}
        here = [choice for choice in _clean(card.choices) if choice.id in kept]
        fitted.open_choices += [_open(choice) for choice in here]
        fitted.unnumbered = tuple(choice.id for choice in here)
        return
    for card, small in pairs:
        fitted.numbers += 1
        for place, choice in enumerate(small.choices):
            full = next(c for c in card.choices if c.id == choice.id)
            title = card.title if place == 0 else _belonging(full, card, alone=False).title
            number = fitted.numbers if place == 0 else None
            fitted.open_choices.append(OpenChoice(id=choice.id, title=title, number=number))


def _as_text(message: Cards) -> Text:
    """Write cards as text; each card's first choice comes first, so that "2" means the second."""
    alone = len(message.cards) == 1
    blocks = [
        "\n".join(part for part in (c.title, c.subtitle, c.url) if part) for c in message.cards
    ]
    firsts = [(card, card.choices[0]) for card in message.cards if card.choices]
    others = [(card, choice) for card in message.cards for choice in card.choices[1:]]
    choices = tuple(_belonging(choice, card, alone=alone) for card, choice in (*firsts, *others))
    return Text(text="\n\n".join(blocks), choices=choices)


def _belonging(choice: Choice, card: Card, *, alone: bool) -> Choice:
    if alone:
        return choice
    return choice.model_copy(update={"title": f"{choice.title} · {card.title}"})


def _fit_media(fitted: Fitted, message: Media) -> None:
    capabilities = fitted.capabilities
    if message.media not in capabilities.media:
        _say(fitted, "\n".join(part for part in (message.caption, message.url) if part))
    elif measure(message.caption, capabilities.text_unit) > capabilities.caption:
        fitted.messages.append(message.model_copy(update={"caption": ""}))
        _say(fitted, message.caption)
    else:
        fitted.messages.append(message)


def _place(message: Location) -> str:
    link = f"https://maps.google.com/?q={message.latitude},{message.longitude}"
    return "\n".join(part for part in (message.name, message.address, link) if part)


def _clean(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Drop repeated ids (platforms refuse them) and give nameless choices a name."""
    kept: dict[str, Choice] = {}
    for choice in choices:
        titled = choice if choice.title.strip() else choice.model_copy(update={"title": choice.id})
        kept.setdefault(choice.id, titled)
    return tuple(kept.values())


def _in_full(choice: Choice) -> str:
    return f"{choice.title} – {choice.description}" if choice.description else choice.title


def _open(choice: Choice, *, number: int | None = None, paged: bool = False) -> OpenChoice:
    return OpenChoice(
        id=choice.id,
        title=choice.title,
        number=number,
        listed=number is not None,
        paged=paged,
        description=choice.description,
    )


def _number_by_place(fitted: Fitted) -> None:
    places = {choice_id: place for place, choice_id in enumerate(fitted.unnumbered, start=1)}
    fitted.open_choices = [
        choice.model_copy(update={"number": places[choice.id]}) if choice.id in places else choice
        for choice in fitted.open_choices
    ]
