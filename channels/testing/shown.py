"""What a customer has on the screen: words, a picture, and things to tap."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tap:
    """Something that can be tapped; `source` is where the platform put it."""

    id: str
    title: str
    source: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as it arrived at the customer."""

    id: str
    to: str
    text: str = ""
    taps: tuple[Tap, ...] = ()
    image: str | None = None
    key: str | None = None


def rendered(messages: Iterable[Shown]) -> str:
    """Return messages as plain text; what can be tapped is numbered through all of them."""
    blocks, number = [], 0
    for message in messages:
        lines = [f"[picture {message.image}]"] if message.image else []
        if message.text:
            lines.append(message.text)
        for tap in message.taps:
            number += 1
            about = f" – {tap.description}" if tap.description else ""
            lines.append(f"  [{number}] {tap.title}{about}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
