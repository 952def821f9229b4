"""Asking what was meant where two things are possible, and reading the answer."""

from __future__ import annotations

from dataclasses import replace

from dialogues.executor.answers import plain_words
from dialogues.executor.talk import Heard, Json, Talk
from dialogues.executor.vocabulary import (
    DID_YOU_MEAN,
    DID_YOU_MEAN_ONE,
    MAX_OPTIONS,
    POLITENESS,
    SOMETHING_ELSE,
    SOMETHING_ELSE_TITLE,
)


def ask_back(talk: Talk, heard: Heard) -> bool:
    """Ask "did you mean A or B?" with both to tap; False where nothing likely is known."""
    options = _options(talk, heard.unsure)
    if heard.choice or not options:
        return False
    titles = [_title(talk, intent) for intent in options]
    product = talk.state["given"].get("product")
    ids = [f"ask:{intent}:{product}" if product else f"ask:{intent}" for intent in options]
    choices: list[Json] = [
        {"id": id_, "title": title} for id_, title in zip(ids, titles, strict=True)
    ]
    choices.append({"id": f"ask:{SOMETHING_ELSE}", "ref": SOMETHING_ELSE_TITLE})
    values = dict(zip(("first", "second"), titles, strict=False))
    ref = DID_YOU_MEAN if len(options) > 1 else DID_YOU_MEAN_ONE
    talk.do.append({"do": "say", "ref": ref, "values": values, "choices": choices})
    talk.state["options"] = options
    # With one thing to choose, "yes" is an answer too.
    talk.state["offer"] = options[0] if len(options) == 1 else None
    return True


def settle(talk: Talk, heard: Heard, options: list[str]) -> Heard:
    """Read the number or the title of an option that was typed instead of tapped."""
    words = plain_words(heard.text)
    if not options or heard.choice or not words:
        return heard
    named = [*options, SOMETHING_ELSE]
    meant = _by_place(words, named) or _by_title(talk, words, options)
    return replace(heard, intent=meant, also=[], unsure=[]) if meant else heard


def _options(talk: Talk, unsure: list[str]) -> list[str]:
    """Keep what starts a flow of its own; nobody is asked whether "thanks" was meant."""
    starts = talk.bundle.get("starts", {})
    kept: dict[str, str] = {}
    for intent in unsure:
        flow = starts.get(intent)
        if flow and intent not in POLITENESS and _title(talk, intent):
            kept.setdefault(flow, intent)
    return list(kept.values())[:MAX_OPTIONS]


def _title(talk: Talk, intent: str) -> str:
    """What the flow is called in the customer's language."""
    flow = talk.bundle.get("starts", {}).get(intent)
    titles: Json = talk.bundle.get("flows", {}).get(flow, {}).get("title") or {}
    return str(titles.get(talk.language) or next(iter(titles.values()), ""))


def _by_place(words: str, options: list[str]) -> str | None:
    place = int(words) - 1 if words.isdecimal() and len(words) == 1 else -1
    return options[place] if 0 <= place < len(options) else None


def _by_title(talk: Talk, words: str, options: list[str]) -> str | None:
    return next((one for one in options if plain_words(_title(talk, one)) == words), None)
