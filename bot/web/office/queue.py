"""The list on the left: who waits, whom I look after, what is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.desk import Entry, turn
from bot.web.office.clock import Locale
from bot.web.office.terms import (
    KINDS,
    OUTCOMES,
    REASONS,
    channel_icon,
    channel_title,
    named,
)

STATES = {"waiting": ("waiting",), "mine": ("claimed",), "closed": ("closed",)}


@dataclass(frozen=True, slots=True)
class Looking:
    """What the agent has before them: their name, the tab, the opened call, what they have seen."""

    agent: str
    tab: str
    selected: str | None
    seen: Mapping[str, int]


def _turn(entry: Entry) -> int:
    return turn(entry.handoff.reason, entry.handoff.created_at)


def queue_view(
    open_calls: Sequence[Entry], closed: Sequence[Entry], looking: Looking, locale: Locale
) -> dict[str, Any]:
    """Return what the queue's template needs."""
    words = locale.words
    waiting = [entry for entry in open_calls if entry.handoff.state == "waiting"]
    claimed = [entry for entry in open_calls if entry.handoff.state == "claimed"]
    mine = [entry for entry in claimed if entry.handoff.agent == looking.agent]
    others = [entry for entry in claimed if entry.handoff.agent != looking.agent]
    lists: dict[str, list[tuple[str, list[Entry]]]] = {
        "waiting": [("", sorted(waiting, key=_turn))],
        "mine": [
            (words["in_my_hands"] if others else "", sorted(mine, key=_latest, reverse=True)),
            (words["colleagues"], sorted(others, key=_latest, reverse=True)),
        ],
        "closed": [("", sorted(closed, key=lambda e: e.handoff.closed_at or 0, reverse=True))],
    }
    groups = [
        (title, [_line(entry, looking, locale) for entry in entries])
        for title, entries in lists[looking.tab]
        if entries
    ]
    counts = {"waiting": len(waiting), "mine": len(mine), "closed": None}
    return {
        "w": words,
        "tab": looking.tab,
        "tabs": [(name, words[name], counts[name]) for name in lists],
        "groups": groups,
        "empty": words[f"empty_{looking.tab}"],
        "selected": looking.selected,
    }


def face(name: str) -> tuple[str, int]:
    """Return the letter and the hue that stand for somebody without a picture."""
    letters = [letter for letter in name if letter.isalnum()]
    return (letters[0].upper() if letters else "?", sum(map(ord, name)) * 47 % 360)


def customer_name(entry: Entry, locale: Locale) -> str:
    """Return the customer's name, else the end of a number, else "customer"."""
    row = entry.conversation
    if row.name:
        return row.name
    known = next(iter(row.recipient.values()), "") if row.channel != "webchat" else ""
    phone = known if known.isdigit() and len(known) > 8 else ""
    return f"+{phone}" if phone and row.channel == "whatsapp" else str(locale.words["customer"])


def _latest(entry: Entry) -> int:
    return entry.last.id if entry.last else 0


def _line(entry: Entry, looking: Looking, locale: Locale) -> dict[str, Any]:
    call, row, last = entry.handoff, entry.conversation, entry.last
    name = customer_name(entry, locale)
    initial, hue = face(name)
    unread = (
        call.state == "claimed"
        and call.agent == looking.agent
        and last is not None
        and last.direction == "in"
        and last.id > looking.seen.get(row.id, 0)
    )
    since = call.created_at
    at = call.closed_at or (last.created_at if last else call.created_at)
    return {
        "id": call.id,
        "name": name,
        "initial": initial,
        "hue": hue,
        "channel": row.channel,
        "channel_title": channel_title(row.channel),
        "icon": channel_icon(row.channel),
        "language": row.language,
        "state": call.state,
        "since": since,
        "when": locale.when(at),
        "said": _snippet(entry, locale),
        "said_by": _said_by(entry, looking, locale),
        "reason": call.reason,
        "reason_title": named(REASONS, call.reason, locale.language),
        "outcome": call.outcome,
        "outcome_title": _outcome(entry, locale),
        "contact": call.contact,
        "holder": call.agent if call.state == "claimed" and call.agent != looking.agent else None,
        "unread": unread,
    }


def _snippet(entry: Entry, locale: Locale) -> str:
    last = entry.last
    if last is None:
        return ""
    if last.text and not last.text.startswith("["):
        return " ".join(last.text.split())[:140]
    media = str(last.body.get("media") or last.kind)
    return named(KINDS, media, locale.language) if media in KINDS else last.text[:140]


def _said_by(entry: Entry, looking: Looking, locale: Locale) -> str:
    last = entry.last
    if last is None or last.direction == "in":
        return ""
    if last.author == "agent":
        return str(locale.words["you"]) if last.agent == looking.agent else last.agent or ""
    return str(locale.words["bot"]) if last.author in ("bot", "system") else ""


def _outcome(entry: Entry, locale: Locale) -> str:
    title = named(OUTCOMES, entry.handoff.outcome, locale.language)
    amount = locale.money(entry.handoff.amount, entry.handoff.currency)
    return f"{title} · {amount}" if amount else title
