"""What to do with words that nothing explains: look them up, ask what was meant, or say so.

The shop's own texts, the product in view or a search may hold what the words ask for though no
intent was recognised; so the gateway looks before the customer is asked to say it again.
"""

from __future__ import annotations

from dataclasses import replace

from dialogues.executor.answers import plain_words
from dialogues.executor.asking import asks
from dialogues.executor.steps import go_to, hand_over
from dialogues.executor.talk import Heard, Json, Talk, Waiting
from dialogues.executor.vocabulary import (
    ANSWER_ACTION,
    ANYTHING,
    DID_YOU_MEAN,
    DID_YOU_MEAN_ONE,
    MAX_MISSES,
    MAX_OPTIONS,
    MAX_RETURNS,
    MAX_TRIES,
    NOT_KNOWN,
    NOT_UNDERSTOOD,
    PERSON_TITLE,
    POLITENESS,
    SOMETHING_ELSE,
    SOMETHING_ELSE_TITLE,
)


def look_it_up(talk: Talk, heard: Heard, *, asked_back: bool) -> Waiting:
    """Let the gateway look whether it has an answer; what was tapped is not looked up."""
    unsure = [] if heard.choice else heard.unsure
    # Who was asked back once and is still not understood is not asked again.
    doubt = {"unsure": [] if asked_back else unsure, "in_question": False}
    if heard.choice or not plain_words(heard.text):
        give_up(talk, doubt)
        return "customer"
    _look_up(talk, doubt)
    return "action"


def doubt_answer(talk: Talk, heard: Heard) -> None:
    """Take what is no answer to the open question as one of its own, else as unclear."""
    if not heard.choice and asks(heard.text):
        _look_up(talk, {"unsure": [], "in_question": True})
    else:
        _unclear(talk)


def give_up(talk: Talk, doubt: Json) -> None:
    """Ask what was meant, say that it is not clear or, the second time, call a person."""
    if doubt["in_question"]:
        _open_question(talk)
    elif not _ask_back(talk, doubt["unsure"]):
        _missed(talk)


def _open_question(talk: Talk) -> None:
    """Say that a question beside the open one has no answer here; it is no try at answering that.

    The open one comes back, as behind any interruption, but not for ever.
    """
    person = {"id": "ask:talk_to_human", "ref": PERSON_TITLE}
    talk.do.append({"do": "say", "ref": NOT_KNOWN, "values": {}, "choices": [person]})
    frame = talk.top
    if frame is not None:
        put_aside(talk, frame)


def put_aside(talk: Talk, frame: Json) -> None:
    """Let the question come back after an interruption, but not for ever."""
    frame["returns"] += 1
    if frame["returns"] > MAX_RETURNS:
        talk.state["stack"].remove(frame)


def _look_up(talk: Talk, doubt: Json) -> None:
    talk.state["doubt"] = doubt
    talk.do.append({"do": "run", "flow": None, "action": ANSWER_ACTION + ANYTHING, "args": {}})


def _ask_back(talk: Talk, unsure: list[str]) -> bool:
    """Ask "did you mean A or B?" with both to tap; False where nothing likely is known."""
    options = _options(talk, unsure)
    if not options:
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
    """Read the number or the title of an option that was typed as if it had been tapped."""
    words = plain_words(heard.text)
    if not options or heard.choice or not words:
        return heard
    named = [*options, SOMETHING_ELSE]
    meant = _by_place(words, named) or _by_title(talk, words, options)
    if not meant:
        return heard
    return replace(heard, choice=f"ask:{meant}", intent=meant, also=[], unsure=[])


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


def _unclear(talk: Talk) -> None:
    """Say what kind of answer would do; after two tries take the question's way out."""
    frame = talk.top
    if frame is None:
        return
    step = talk.step(frame["flow"], frame["step"]) or {}
    frame["tries"] += 1
    if frame["tries"] < MAX_TRIES:
        frame["unclear"] = True
        return
    way_out = step.get("otherwise") or {"do": "handoff", "reason": "not_understood"}
    if way_out["do"] == "go_to":
        go_to(talk, way_out["flow"])
    else:
        hand_over(talk, way_out)


def _missed(talk: Talk) -> None:
    talk.state["misses"] += 1
    if talk.state["misses"] < MAX_MISSES:
        talk.do.append({"do": "say", "ref": NOT_UNDERSTOOD, "values": {}})
        return
    talk.state["misses"] = 0
    hand_over(talk, {"reason": "not_understood", "queue": None, "ref": None})
