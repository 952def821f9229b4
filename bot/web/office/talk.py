"""The opened conversation: its heading, its messages, whether one may write."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.conversations import Message
from bot.db import now
from bot.desk import Entry, window_end
from bot.web.office.bubbles import Bubble, bubble
from bot.web.office.clock import Locale
from bot.web.office.queue import customer_name, face
from bot.web.office.terms import (
    LANGUAGES,
    OUTCOMES,
    REASONS,
    channel_icon,
    channel_title,
    named,
)

_SOON = 3 * 3_600_000


@dataclass(frozen=True, slots=True)
class Piece:
    """One element of the transcript: a message, a day, or a note about who took over."""

    key: str
    message: Bubble | None = None
    day: str = ""
    note: str = ""


def heading(
    entry: Entry, locale: Locale, *, agent: str, window_hours: int | None
) -> dict[str, Any]:
    """Return what the heading and the reply box need."""
    call, row, words = entry.handoff, entry.conversation, locale.words
    name = customer_name(entry, locale)
    initial, hue = face(name)
    mine = call.state == "claimed" and call.agent == agent and row.owner == "human"
    left = _left(entry, window_hours)
    return {
        "conversation": row.id,
        "handoff": call.id,
        "name": name,
        "initial": initial,
        "hue": hue,
        "channel": row.channel,
        "icon": channel_icon(row.channel),
        "channel_title": channel_title(row.channel),
        "language_title": named(LANGUAGES, row.language, locale.language),
        "state_title": _state(entry, locale, agent=agent),
        "may_claim": call.state == "waiting"
        or (call.agent == agent and row.owner != "human" and call.state == "claimed"),
        "may_take_over": call.state == "claimed" and call.agent != agent,
        "may_release": mine,
        "may_close": call.state == "waiting" or (call.state == "claimed" and call.agent == agent),
        "may_write": mine and (left is None or left > 0),
        "placeholder": words["write_to"].format(name=name),
        "window_soon": words["window_soon"].format(left=locale.span(left))
        if left is not None and 0 < left < _SOON
        else "",
        **_why_not(entry, locale, mine=mine, window_hours=window_hours),
    }


def pieces(
    messages: Sequence[Message], entry: Entry, locale: Locale, *, agent: str
) -> Iterator[Piece]:
    """Return the transcript with its days, and the moments of the handoff in their places."""
    notes = _notes(entry, locale)
    day = ""
    before: Message | None = None
    for message in messages:
        while notes and notes[0][0] <= message.created_at:
            at, text = notes.pop(0)
            yield Piece(f"note:{at}:{text}", note=f"{text} · {locale.time(at)}")
            before = None
        if (today := locale.day(message.created_at)) != day:
            day, before = today, None
            yield Piece(f"day:{message.created_at // 86_400_000}:{day}", day=day)
        yield Piece(f"message:{message.id}", bubble(message, before, locale, me=agent))
        before = message
    for at, text in notes:
        yield Piece(f"note:{at}:{text}", note=f"{text} · {locale.time(at)}")


def _notes(entry: Entry, locale: Locale) -> list[tuple[int, str]]:
    call, words = entry.handoff, locale.words
    reason = named(REASONS, call.reason, locale.language)
    notes = [(call.created_at, words["handed_over"].format(reason=reason))]
    if call.claimed_at and call.agent:
        notes.append((call.claimed_at, words["claimed_by"].format(agent=call.agent)))
    if call.closed_at:
        outcome = named(OUTCOMES, call.outcome, locale.language)
        form = words["closed_by"] if call.agent else words["closed_plain"]
        notes.append((call.closed_at, form.format(agent=call.agent, outcome=outcome)))
    return notes


def _left(entry: Entry, window_hours: int | None) -> int | None:
    until = window_end(entry.conversation.last_in_at, window_hours)
    return None if until is None else until - now()


def _state(entry: Entry, locale: Locale, *, agent: str) -> str:
    call, words = entry.handoff, locale.words
    if call.state == "waiting":
        return str(words["waiting"])
    if call.state == "closed":
        return str(words["closed"])
    if call.agent == agent:
        return str(words["in_my_hands"])
    return call.agent or str(words["somebody"])


def _why_not(
    entry: Entry, locale: Locale, *, mine: bool, window_hours: int | None
) -> dict[str, str]:
    """Return why one cannot write, in words."""
    call, words = entry.handoff, locale.words
    if mine:
        text = words["why_window"].format(
            hours=window_hours, channel=channel_title(entry.conversation.channel)
        )
        return {"why_not": text, "why_class": "warn"}
    if call.state == "closed":
        return {"why_not": words["why_closed"], "why_class": ""}
    if call.state == "claimed" and call.agent:
        return {"why_not": words["why_colleague"].format(agent=call.agent), "why_class": ""}
    return {"why_not": words["why_waiting"], "why_class": ""}
