"""Checking titles of choices against what each channel can show."""

from collections.abc import Mapping
from typing import Any

from dialogues.compiler.draft import Draft

Limits = Mapping[str, Mapping[str, Any]]
_TITLES = {"whatsapp": "WhatsApp", "wechat": "WeChat", "webchat": "The web chat"}


def check_labels(draft: Draft, limits: Limits) -> None:
    """Warn about titles that a channel would cut, or show in a less handy way."""
    for ref, choices in draft.choices.items():
        if ref.endswith(".unclear"):
            continue  # the same choices as under the question
        for channel, limit in limits.items():
            longest, shown = _allowed(limit, len(choices))
            for choice in choices if longest else ():
                place = draft.places[f"{ref}={choice['value']}"]
                _check_title(draft, place, choice["titles"], _Room(channel, longest, shown))


class _Room:
    """How long a title may be on one channel, and what it stands on there."""

    def __init__(self, channel: str, longest: int, shown: str) -> None:
        self.channel = _TITLES.get(channel, channel.title())
        self.longest = longest
        self.shown = shown


def _allowed(limit: Mapping[str, Any], count: int) -> tuple[int, str]:
    """Return the longest title and what carries it: buttons, a list, or quick replies."""
    buttons = int(limit.get("buttons", 0) or 0)
    if "button_label" in limit and ("buttons" not in limit or 0 < count <= buttons):
        return int(limit["button_label"]), "on a button"
    if limit.get("quick_replies") and count <= int(limit["quick_replies"]):
        return int(limit.get("quick_reply_label", 0)), "on a quick reply"
    if limit.get("list_rows"):
        return int(limit.get("list_title", 0)), "in a list"
    return 0, ""


def _check_title(
    draft: Draft, place: tuple[str, int], titles: Mapping[str, str], room: _Room
) -> None:
    for title in titles.values():
        if len(title) > room.longest:
            draft.problems.warn(
                *place,
                f"{room.channel} shows at most {room.longest} characters {room.shown}: "
                f'"{title}" has {len(title)}.',
                "Shorten it.",
            )
