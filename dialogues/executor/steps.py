"""Performing the steps of a flow until the customer or an action has to answer."""

from __future__ import annotations

from collections.abc import Callable

from dialogues.executor.answers import read_at_once
from dialogues.executor.lookup import filled, holds, spoken_values, value_of
from dialogues.executor.numbers import as_number
from dialogues.executor.talk import Json, Talk, Waiting
from dialogues.executor.vocabulary import ANSWER_ACTION, MAX_RUNS, MAX_STEPS, SEARCH_ACTION


def run(talk: Talk) -> Waiting:
    """Go on until there is something to wait for.

    A flow that ends gives way to the next question of the same message, then to the flow it had
    interrupted, whose open question is put again.
    """
    while True:
        frame = talk.top
        if frame is None and not _next_queued(talk):
            return "customer"
        frame = talk.top or {}
        step = talk.step(frame["flow"], frame["step"])
        if step is None:
            _end(talk)
            continue
        talk.state["steps"] += 1
        if talk.state["steps"] > MAX_STEPS or talk.state["runs"] > MAX_RUNS:
            hand_over(talk, {"reason": "trouble", "queue": None, "ref": None})
            return "customer"
        waiting = _PERFORM[step["do"]](talk, frame, step)
        if waiting:
            return waiting


def hand_over(talk: Talk, step: Json) -> None:
    """Give the conversation to a person; every open flow ends with it."""
    talk.do.append(
        {
            "do": "handoff",
            "flow": (talk.top or {}).get("flow"),
            "reason": step["reason"],
            "queue": step.get("queue"),
            "say": step.get("ref"),
            "product": value_of(talk, "product"),
            "values": spoken_values(talk, step),
        }
    )
    talk.clear()


def remember(talk: Talk, frame: Json, step: Json, value: object) -> None:
    """Keep an answer under its name and go on behind the question."""
    talk.state["memory"][step["keep"]] = as_number(value) if "number" in step["kinds"] else value
    frame["step"] = talk.after(frame["flow"], step["id"])
    frame.update({"asked": False, "unclear": False, "tries": 0, "returns": 0})
    for entity in step.get("from", ()):
        frame["given"].pop(entity, None)


def go_to(talk: Talk, flow: str) -> None:
    """Leave the flow on top for another one, which knows what was said so far."""
    frame = talk.state["stack"].pop()
    _done(talk, frame["flow"])
    talk.enter(flow, frame["given"])


def _next_queued(talk: Talk) -> bool:
    queue = talk.state["queue"]
    if queue:
        talk.enter(queue.pop(0), dict(talk.state["given"]))
    return bool(talk.top)


def _end(talk: Talk) -> None:
    frame = talk.state["stack"].pop()
    _done(talk, frame["flow"])
    _next_queued(talk)


def _done(talk: Talk, flow: str) -> None:
    if flow not in talk.state["done"]:
        talk.state["done"].append(flow)


def _move(talk: Talk, frame: Json, step: Json) -> None:
    frame["step"] = talk.after(frame["flow"], step["id"])


def _say(talk: Talk, frame: Json, step: Json) -> Waiting | None:
    kind = "ask" if step.get("choices") else "say"
    _speak(talk, frame, step, kind=kind, ref=step["ref"])
    talk.state["offer"] = step.get("offer")
    _move(talk, frame, step)
    return None


def _ask(talk: Talk, frame: Json, step: Json) -> Waiting | None:
    if not frame["asked"]:
        for entity in step.get("from", ()):
            if frame["given"].get(entity) not in (None, ""):
                remember(talk, frame, step, frame["given"][entity])
                return None
        if known := read_at_once(talk, step, frame["said"]):
            remember(talk, frame, step, known.value)
            return None
    ref = step["unclear"] if frame["unclear"] and step.get("unclear") else step["ref"]
    frame.update({"asked": True, "unclear": False})
    _speak(talk, frame, step, kind="ask", ref=ref)
    return "customer"


def _speak(talk: Talk, frame: Json, step: Json, *, kind: str, ref: str) -> None:
    values = spoken_values(talk, step)
    talk.do.append({"do": kind, "flow": frame["flow"], "ref": ref, "values": values})


def _products(talk: Talk, frame: Json, step: Json) -> Waiting | None:
    return _run(talk, frame, step, action=SEARCH_ACTION, args=filled(talk, step["args"]))


def _answer(talk: Talk, frame: Json, step: Json) -> Waiting | None:
    product = frame["given"].get("product")
    args = {"product": product} if product else {}
    return _run(talk, frame, step, action=ANSWER_ACTION + step["topic"], args=args)


def _run(talk: Talk, frame: Json, step: Json, *, action: str, args: Json) -> Waiting:
    talk.state["runs"] += 1
    talk.state["result"] = {}
    _move(talk, frame, step)
    talk.do.append({"do": "run", "flow": frame["flow"], "action": action, "args": args})
    return "action"


def _if(talk: Talk, frame: Json, step: Json) -> Waiting | None:
    if all(holds(talk, condition) for condition in step["when"]):
        _move(talk, frame, step)
    else:
        frame["step"] = step["else"]
    return None


def _jump(talk: Talk, frame: Json, step: Json) -> Waiting | None:
    frame["step"] = step["to"]
    return None


def _go_to(talk: Talk, frame: Json, step: Json) -> Waiting | None:
    go_to(talk, step["flow"])
    return None


def _handoff(talk: Talk, frame: Json, step: Json) -> Waiting | None:
    _done(talk, frame["flow"])
    hand_over(talk, step)
    return "customer"


_PERFORM: dict[str, Callable[[Talk, Json, Json], Waiting | None]] = {
    "say": _say,
    "ask": _ask,
    "products": _products,
    "answer": _answer,
    "if": _if,
    "jump": _jump,
    "go_to": _go_to,
    "handoff": _handoff,
}
