"""Checking the flows against each other and against what the rest of the shop knows."""

from collections.abc import Iterable

from dialogues.compiler.draft import Draft, FlowDraft, Step, holes
from dialogues.compiler.problems import did_you_mean
from dialogues.executor.vocabulary import (
    CIRCUMSTANCES,
    ENTITIES,
    FACTS,
    FILLED_LATER,
    INNER_INTENTS,
    REASONS,
    RESULTS,
)

# Understood in context: an open yes/no question, or what was offered last.
_IN_CONTEXT = ("affirm", "deny")


def check_flows(draft: Draft, intents: frozenset[str] | None) -> None:
    """Report everything that is wrong between flows."""
    known = _known_names(draft)
    for flow in draft.flows.values():
        _check_targets(draft, flow)
        _check_names(draft, flow, known)
        _check_questions(draft, flow)
        _check_reasons(draft, flow)
    _check_starts(draft, intents)
    _check_circles(draft)
    if intents is not None:
        _check_taps(draft, intents)


def starts(draft: Draft) -> dict[str, str]:
    """Return which flow begins on which intent."""
    return {intent: flow.name for flow in draft.flows.values() for intent in flow.intents}


def _known_names(draft: Draft) -> frozenset[str]:
    asked = (step["keep"] for flow in draft.flows.values() for step in flow.asks())
    return frozenset((*asked, *ENTITIES, *FACTS, *CIRCUMSTANCES, *FILLED_LATER, *RESULTS))


def _check_targets(draft: Draft, flow: FlowDraft) -> None:
    for step, target in _targets(flow):
        if target and target not in draft.flows:
            draft.problems.add(
                flow.file,
                flow.lines[step["id"]],
                f"There is no flow `{target}` to go to.",
                did_you_mean(target, draft.flows),
            )


def _targets(flow: FlowDraft) -> Iterable[tuple[Step, str]]:
    for step in flow.steps:
        way_out = step.get("otherwise", {})
        if step["do"] == "go_to":
            yield step, step["flow"]
        elif way_out.get("do") == "go_to":
            yield step, way_out["flow"]


def _check_names(draft: Draft, flow: FlowDraft, known: frozenset[str]) -> None:
    for step in flow.steps:
        used = {
            *step.get("uses", ()),
            *(condition["name"] for condition in step.get("when", ())),
            *(name for arg in step.get("args", {}).values() for name in holes(str(arg))),
        }
        for name in sorted(used - known):
            draft.problems.add(
                flow.file,
                flow.lines[step["id"]],
                f"Nobody knows `{name}`: no question keeps it, and it is not a known fact.",
                did_you_mean(name, known),
            )
        for name in step.get("from", ()):
            if name not in ENTITIES:
                draft.problems.add(
                    flow.file,
                    flow.lines[step["id"]],
                    f"`from: {name}` is nothing that can be heard in a message.",
                    did_you_mean(name, ENTITIES),
                )


def _check_questions(draft: Draft, flow: FlowDraft) -> None:
    for step in flow.asks():
        if "text" not in step["kinds"] and "unclear" not in step:
            draft.problems.warn(
                flow.file,
                flow.lines[step["id"]],
                f"`{step['keep']}` has no `unclear` text: after an answer that does not fit, the "
                "question would be repeated word for word.",
                "Add `unclear: {…}`.",
            )


def _check_reasons(draft: Draft, flow: FlowDraft) -> None:
    for step in flow.steps:
        reason = step.get("reason") or step.get("otherwise", {}).get("reason")
        if reason and reason not in REASONS:
            draft.problems.warn(
                flow.file,
                flow.lines[step["id"]],
                f"The desk has no words for the reason `{reason}`.",
                did_you_mean(reason, REASONS),
            )


def _check_starts(draft: Draft, intents: frozenset[str] | None) -> None:
    begun: dict[str, FlowDraft] = {}
    linked: dict[str, FlowDraft] = {}
    for flow in draft.flows.values():
        for kind, words, seen in (
            ("intent", flow.intents, begun),
            ("link", flow.links, linked),
        ):
            for word, line in words.items():
                if word in seen:
                    draft.problems.add(
                        flow.file,
                        line,
                        f"The {kind} `{word}` already starts the flow `{seen[word].name}` "
                        f"({seen[word].file}).",
                        "One message can start one flow only; remove it from one of the two.",
                    )
                seen.setdefault(word, flow)
    if intents is not None:
        _check_intents(draft, begun, intents)


def _check_intents(draft: Draft, begun: dict[str, FlowDraft], intents: frozenset[str]) -> None:
    known = intents | set(INNER_INTENTS)
    for word, flow in begun.items():
        if word not in known:
            draft.problems.add(
                flow.file,
                flow.intents[word],
                f"No example phrases exist for the intent `{word}`.",
                did_you_mean(word, known),
            )
    first = next(iter(draft.flows.values()), None)
    for word in sorted(intents - begun.keys() - set(_IN_CONTEXT)):
        if first:
            draft.problems.warn(
                first.file,
                first.line,
                f"No flow starts on the intent `{word}`: customers who say it are not understood.",
                "Add it to the `start` of a flow.",
            )


def _check_taps(draft: Draft, intents: frozenset[str]) -> None:
    known = intents | set(INNER_INTENTS)
    for ref, choices in draft.choices.items():
        for choice in choices:
            kind, _, intent = choice["value"].partition(":")
            word = intent.partition(":")[0]
            if kind == "ask" and word not in known:
                file, line = draft.places[f"{ref}={choice['value']}"]
                draft.problems.add(
                    file, line, f"A tap asks for `{word}`, which nobody answers.",
                    did_you_mean(word, known),
                )  # fmt: skip


def _check_circles(draft: Draft) -> None:
    """Flows that lead to each other without a question in between would never stop."""
    leads = {name: _leads_at_once(flow) for name, flow in draft.flows.items()}
    for name, flow in draft.flows.items():
        seen: set[str] = set()
        ahead = [name]
        while ahead:
            for target in leads.get(ahead.pop(), ()):
                if target == name and name not in seen:
                    draft.problems.add(
                        flow.file,
                        flow.line,
                        f"`{name}` comes back to itself without asking anything: it would go "
                        "round in a circle.",
                        "Put an `ask` in between, or remove a `go_to`.",
                    )
                if target not in seen:
                    seen.add(target)
                    ahead.append(target)


def _leads_at_once(flow: FlowDraft) -> set[str]:
    """The flows that this one can go to before its first question."""
    by_id = {step["id"]: place for place, step in enumerate(flow.steps)}
    found: set[str] = set()
    seen: set[int] = set()
    ahead = [0]
    while ahead:
        place = ahead.pop()
        if place in seen or place >= len(flow.steps):
            continue
        seen.add(place)
        step = flow.steps[place]
        if step["do"] == "go_to":
            found.add(step["flow"])
        elif step["do"] == "jump":
            ahead += [by_id[step["to"]]] if step["to"] else []
        elif step["do"] not in ("ask", "handoff"):
            ahead.append(place + 1)
            if step.get("else"):
                ahead.append(by_id[step["else"]])
    return found
