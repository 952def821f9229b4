"""Reading the steps that talk: a text, a question, the way to a person."""

import re

from dialogues.compiler.draft import FlowReader, Step
from dialogues.compiler.problems import did_you_mean
from dialogues.compiler.source import Block, Node, Scalar
from dialogues.compiler.texts import read_choices, read_texts
from dialogues.executor.vocabulary import CIRCUMSTANCES, FACTS, KINDS, REASONS, RESULTS

NAME = re.compile(r"[a-z][a-z0-9_]*")


def read_say(here: FlowReader, node: Block, step_id: str) -> None:
    """Read a text, with questions of the customer to tap under it."""
    ref = here.ref(step_id)
    read_texts(here.reader, node.get("say"), ref, node.line)
    choices = read_choices(here.reader, node.get("choices"), ref)
    step: Step = {"id": step_id, "do": "say", "ref": ref, "uses": here.uses(ref)}
    for choice in choices:
        if not choice["value"].startswith("ask:"):
            here.reader.error(
                node.lines["choices"],
                "Choices under a `say` must be questions: `{ask: <intent>, …}`.",
                "To keep what was chosen, use an `ask` step.",
            )
    step["choices"] = bool(choices)
    if node.get("offer") is not None:
        step["offer"] = here.reader.word(node.get("offer"), "`offer`", node.line)
    here.add(step, node.line)


def read_ask(here: FlowReader, node: Block, step_id: str) -> None:
    """Read a question: its name, kinds of answer, choices, and what else may happen."""
    name = here.reader.word(node.get("ask"), "The name after `ask`", node.line)
    if name is None or not _good_name(here, name, node.lines["ask"]):
        return
    ref = here.ref(name)
    read_texts(here.reader, node.get("say"), ref, node.line)
    choices = read_choices(here.reader, node.get("choices"), ref)
    step: Step = {
        "id": name,
        "do": "ask",
        "ref": ref,
        "keep": name,
        "kinds": _kinds(here, node, choices=bool(choices)),
        "uses": here.uses(ref),
    }
    if node.get("from") is not None:
        step["from"] = [word.text for word in here.reader.words(node.get("from"), "`from`")]
    if node.get("unclear") is not None:
        step["unclear"] = f"{ref}.unclear"
        read_texts(here.reader, node.get("unclear"), step["unclear"], node.line)
        step["uses"] = sorted({*step["uses"], *here.uses(step["unclear"])})
        if choices:
            here.reader.draft.choices[step["unclear"]] = choices
    if node.get("otherwise") is not None:
        step["otherwise"] = _way_out(here, node.get("otherwise"), f"{name}.otherwise", node.line)
    here.add(step, node.line)


def _good_name(here: FlowReader, name: str, line: int) -> bool:
    if name in (*CIRCUMSTANCES, *FACTS, *RESULTS):
        here.reader.error(line, f"`{name}` already has a meaning.", "Choose another name.")
        return False
    if not NAME.fullmatch(name):
        here.reader.error(
            line, f"`{name}` cannot be a name.", "Use small letters, digits and _: `budget_max`."
        )
        return False
    if name in here.flow.lines:
        here.reader.error(
            line, f"This flow asks `{name}` twice.", "Give the second question another name."
        )
        return False
    return True


def _kinds(here: FlowReader, node: Block, *, choices: bool) -> list[str]:
    words = here.reader.words(node.get("as"), "`as`")
    for word in words:
        if word.text not in KINDS:
            here.reader.error(
                word.line, f"An answer cannot be a `{word.text}`.", did_you_mean(word.text, KINDS)
            )
    kinds = [word.text for word in words if word.text in KINDS]
    if "choice" in kinds and not choices:
        here.reader.error(node.line, "A question with `as: choice` needs `choices`.")
    return kinds or (["choice"] if choices else ["text"])


def _way_out(here: FlowReader, node: Node | None, step_id: str, line: int) -> Step:
    """Read where an unanswerable question leads: a person, or another flow."""
    if isinstance(node, Scalar) and node.text == "handoff":
        return {"do": "handoff", "reason": "not_understood", "queue": None}
    if isinstance(node, Block) and node.get("go_to") is not None:
        flow = here.reader.word(node.get("go_to"), "`go_to`", line)
        return {"do": "go_to", "flow": flow or ""}
    if isinstance(node, Block) and node.get("handoff") is not None:
        return _person(here, node.get("handoff"), step_id, line)
    here.reader.error(
        node.line if node else line,
        "`otherwise` leads to a person or to another flow.",
        "Write `otherwise: handoff` or `otherwise: {go_to: <flow>}`.",
    )
    return {"do": "handoff", "reason": "not_understood", "queue": None}


def _person(here: FlowReader, node: Node | None, step_id: str, line: int) -> Step:
    step: Step = {"do": "handoff", "reason": "other", "queue": None, "ref": None, "uses": []}
    if isinstance(node, Scalar) and node.given:
        step["reason"] = node.text
    elif isinstance(node, Block):
        here.reader.only(node, ("reason", "queue", "say"), "A `handoff`")
        step["reason"] = here.reader.word(node.get("reason"), "The reason", node.line) or "other"
        if node.get("queue") is not None:
            step["queue"] = here.reader.word(node.get("queue"), "`queue`", node.line)
        if node.get("say") is not None:
            step["ref"] = here.ref(step_id)
            read_texts(here.reader, node.get("say"), step["ref"], node.line)
            step["uses"] = here.uses(step["ref"])
    else:
        here.reader.error(line, "A `handoff` needs a reason.", "Write `handoff: purchase`.")
    if not NAME.fullmatch(step["reason"]):
        here.reader.error(
            line, f"`{step['reason']}` is not a reason.", did_you_mean(step["reason"], REASONS)
        )
    return step


def read_handoff(here: FlowReader, node: Block, step_id: str) -> None:
    """Read the step that gives the conversation to a person."""
    step = _person(here, node.get("handoff"), step_id, node.line)
    here.add({"id": step_id, **step}, node.line)
