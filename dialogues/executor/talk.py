"""What a turn is made of: what was heard, what comes of it, and the state in between."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from dialogues.executor.vocabulary import MAX_DEPTH

Json = dict[str, Any]
Waiting = Literal["customer", "action"]


@dataclass
class Heard:
    """A customer's message as the engine understood it.

    `intent` is None when the classifier was not sure. `choice` is the id of what was tapped.
    `also` holds further intents of the same message ("is it in stock, and how do you ship?"),
    `unsure` what may have been meant where `intent` is None because nothing was clear enough.
    `ranked` holds the best guesses with their confidence, whatever was understood.
    `at` is when it came, in seconds since 1970; None where time does not matter.
    """

    text: str
    intent: str | None
    confidence: float
    entities: list[Json]
    choice: str | None
    language: str
    facts: Json
    also: list[Any] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    ranked: list[Json] = field(default_factory=list)
    at: float | None = None

    def names(self, entity: str) -> bool:
        """Tell whether an entity of this kind was found in it."""
        return any(one.get("entity") == entity for one in self.entities)


@dataclass
class Turn:
    """What to do now, and what to remember until the customer or the action answers."""

    do: list[Json]
    state: Json
    waiting: Waiting


def start() -> Json:
    """Return the state of a conversation in which nothing has happened yet."""
    return {
        "version": None,
        "stack": [],
        "queue": [],
        "memory": {},
        "given": {},
        "done": [],
        "result": {},
        "offer": None,
        "options": [],
        "language": None,
        "misses": 0,
        "greeted": None,
        "steps": 0,
        "runs": 0,
        "together": False,
        "doubt": None,
        "said": "",
        "home": None,
    }


@dataclass
class Talk:
    """One turn at work: the bundle, a copy of the state, and what has been decided so far."""

    bundle: Json
    state: Json
    facts: Json
    do: list[Json] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The customer's language, as far as it is known."""
        known = self.state["language"] or self.facts.get("language")
        return str(known or (self.bundle.get("languages") or ["it"])[0])

    @property
    def context(self) -> Json:
        """What the gateway says about the conversation: channel, name, outcome, event."""
        context = self.facts.get("context")
        return context if isinstance(context, dict) else {}

    @property
    def top(self) -> Json | None:
        """The flow that is being run, or None."""
        stack: list[Json] = self.state["stack"]
        return stack[-1] if stack else None

    def steps(self, flow: str) -> list[Json]:
        """The compiled steps of a flow; none for a flow that is not in this bundle."""
        steps: list[Json] = self.bundle.get("flows", {}).get(flow, {}).get("steps", [])
        return steps

    def step(self, flow: str, step_id: str | None) -> Json | None:
        """One step of a flow by its id."""
        return next((step for step in self.steps(flow) if step["id"] == step_id), None)

    def after(self, flow: str, step_id: str) -> str | None:
        """The id of the step that follows, None at the end."""
        ids = [step["id"] for step in self.steps(flow)]
        place = ids.index(step_id) + 1
        return ids[place] if place < len(ids) else None

    def enter(self, flow: str, given: Json, *, fresh: bool = True) -> Json:
        """Begin a flow on top of what is open; its own questions are asked anew if `fresh`."""
        steps = self.steps(flow)
        if fresh:
            for step in steps:
                self.state["memory"].pop(step.get("keep"), None)
        said = self.state["said"] if fresh else ""
        frame = _frame(flow=flow, step=steps[0]["id"] if steps else None, given=given, said=said)
        below = [other for other in self.state["stack"] if other["flow"] != flow]
        self.state["stack"] = [*below, frame][-MAX_DEPTH:]
        return frame

    def clear(self) -> None:
        """Leave every open flow."""
        self.state["stack"] = []
        self.state["queue"] = []


def open_talk(bundle: Json, state: Any, facts: Any) -> Talk:
    """Take up a conversation; a state that does not fit this bundle begins afresh.

    What was remembered survives: only the place in a flow that no longer exists is given up.
    """
    kept = start()
    kept.update(_copy(state) if isinstance(state, dict) else {})
    kept["stack"] = [_frame(**frame) for frame in kept["stack"] if isinstance(frame, dict)]
    talk = Talk(bundle, kept, facts if isinstance(facts, dict) else {})
    if not all(_fits(talk, frame) for frame in kept["stack"]):
        talk.clear()
    kept["queue"] = [flow for flow in kept["queue"] if flow in bundle.get("flows", {})]
    return talk


def _copy(value: Any) -> Any:
    """Copy plain data; `copy.deepcopy`, which also looks for cycles, takes five times as long."""
    if isinstance(value, dict):
        return {key: _copy(part) for key, part in value.items()}
    return [_copy(part) for part in value] if isinstance(value, list) else value


def close_talk(talk: Talk, waiting: Waiting) -> Turn:
    """Hand the decided turn over; the bundle's version is kept while a flow is open."""
    talk.state["version"] = talk.bundle.get("version") if talk.state["stack"] else None
    return Turn(talk.do, talk.state, waiting)


def _frame(**known: Any) -> Json:
    """A place in a flow: the next step, whether its question was put, and what was said."""
    fresh = {"flow": None, "step": None, "asked": False, "unclear": False, "tries": 0, "returns": 0}
    return {**fresh, "given": {}, "said": "", **known}


def _fits(talk: Talk, frame: Json) -> bool:
    if frame["flow"] not in talk.bundle.get("flows", {}):
        return False
    if frame["step"] is None:
        return not frame["asked"]
    step = talk.step(frame["flow"], frame["step"])
    return step is not None and (step["do"] == "ask" or not frame["asked"])
