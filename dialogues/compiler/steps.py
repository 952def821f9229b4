"""Reading the steps of a flow into a flat list that the executor runs one after the other."""

from collections.abc import Callable
from dataclasses import dataclass

from dialogues.compiler.conditions import read_conditions
from dialogues.compiler.draft import FlowReader, Step
from dialogues.compiler.problems import did_you_mean
from dialogues.compiler.source import Block, Items, Node, Scalar
from dialogues.compiler.speaking import read_ask, read_handoff, read_say
from dialogues.executor.vocabulary import SEARCH, TOPICS

STEPS = ("say", "ask", "products", "answer", "if", "go_to", "handoff")
_PARTS = {
    "say": ("say", "choices", "offer"),
    "ask": ("ask", "as", "say", "choices", "unclear", "otherwise", "from"),
    "products": ("products",),
    "answer": ("answer",),
    "if": ("if", "then", "else"),
    "go_to": ("go_to",),
    "handoff": ("handoff",),
}


@dataclass(frozen=True, slots=True)
class StepReader(FlowReader):
    """Reads one flow's steps; nested branches become jumps."""

    def read(self, node: Node | None, line: int) -> None:
        """Read the whole list of a flow."""
        if not isinstance(node, Items) or not node.items:
            self.reader.error(line, "This flow has no steps.", "Add `steps:` and `- say: …` below.")
            return
        self._list(node, prefix="")
        self._close_jumps()

    def _list(self, node: Items, *, prefix: str) -> None:
        ended = ""
        for number, item in enumerate(node.items, start=1):
            if ended:
                self.reader.error(
                    item.line,
                    f"This step is never reached: `{ended}` before it leaves the flow.",
                    f"Move it above `{ended}`, or remove it.",
                )
                ended = ""
            done = self._step(item, f"{prefix}{number}")
            ended = done if done in ("go_to", "handoff") else ""

    def _step(self, node: Node, step_id: str) -> str:
        if isinstance(node, Scalar) and node.text in STEPS:
            self.reader.error(node.line, f"`{node.text}` says nothing.", f"Write `{node.text}: …`.")
            return ""
        if not isinstance(node, Block):
            self.reader.error(node.line, "This is not a step.", "Begin with `- say: …`.")
            return ""
        kind = self._kind(node)
        if kind is None:
            return ""
        article = "An" if kind[0] in "ai" else "A"
        self.reader.only(node, _PARTS[kind], f"{article} `{kind}` step")
        _READ[kind](self, node, step_id)
        return kind

    def _kind(self, node: Block) -> str | None:
        if node.get("ask") is not None:  # an ask also says
            return "ask"
        kinds = [key for key, _ in node if key in STEPS]
        if len(kinds) == 1:
            return kinds[0]
        if kinds:
            told = " and ".join(f"`{kind}`" for kind in kinds)
            self.reader.error(node.line, f"{told} are one step here.", "Begin each with a `-`.")
            return None
        first, line = next(iter(node.lines.items()), ("", node.line))
        self.reader.error(line, f"unknown step `{first}`.", did_you_mean(first, STEPS))
        return None

    def branch(self, node: Node | None, prefix: str) -> None:
        """Read the steps under `then` or `else`."""
        if isinstance(node, Block):
            node = Items([node], node.line)
        if isinstance(node, Items):
            self._list(node, prefix=prefix)

    def _close_jumps(self) -> None:
        """Let every branch know where it goes on: at the step behind it, or at the end."""
        steps = self.flow.steps
        ends = {step["id"]: place for place, step in enumerate(steps) if step["do"] == "end"}
        kept = [step for step in steps if step["do"] != "end"]

        def behind(marker: str) -> str | None:
            later = (s["id"] for s in steps[ends[marker] :] if s["do"] != "end")
            return next(later, None)

        for step in kept:
            for key in ("else", "to"):
                if str(step.get(key, "")).endswith(".end"):
                    step[key] = behind(step[key])
        self.flow.steps[:] = kept


def _products(here: StepReader, node: Block, step_id: str) -> None:
    wanted, args = node.get("products"), {}
    if isinstance(wanted, Block):
        here.reader.only(wanted, SEARCH, "A `products` step")
        for name, value in wanted:
            args[name] = here.reader.word(value, f"`{name}`", node.line)
    elif wanted is None or not isinstance(wanted, Scalar) or wanted.given:
        here.reader.error(
            node.line, "`products` says what to look for.", "{search: borsa, limit: 5}, or nothing."
        )
    here.add({"id": step_id, "do": "products", "args": _typed(args)}, node.line)


def _typed(args: dict[str, str | None]) -> Step:
    """Numbers and yes/no where the search wants them; everything else stays as written."""
    typed: Step = {}
    for name, value in args.items():
        typed[name] = value
        if name == "limit" and value and value.isdigit():
            typed[name] = int(value)
        if name == "more":
            typed[name] = value in ("yes", "true", "sì", "si")
    return typed


def _answer(here: StepReader, node: Block, step_id: str) -> None:
    topic = here.reader.word(node.get("answer"), "The topic after `answer`", node.line) or ""
    if topic and topic not in TOPICS:
        here.reader.error(node.line, f"Nobody can answer `{topic}`.", did_you_mean(topic, TOPICS))
    here.add({"id": step_id, "do": "answer", "topic": topic}, node.line)


def _if(here: StepReader, node: Block, step_id: str) -> None:
    when = read_conditions(here.reader, node.get("if"), node.line)
    step: Step = {"id": step_id, "do": "if", "when": when, "else": f"{step_id}.end"}
    here.add(step, node.line)
    if not isinstance(node.get("then"), Items | Block):
        here.reader.error(node.line, "An `if` needs steps under `then`.", "then: [{say: …}]")
    here.branch(node.get("then"), f"{step_id}.then.")
    if node.get("else") is not None:
        here.add({"id": f"{step_id}.skip", "do": "jump", "to": f"{step_id}.end"}, node.line)
        before = len(here.flow.steps)
        here.branch(node.get("else"), f"{step_id}.else.")
        if len(here.flow.steps) > before:
            step["else"] = here.flow.steps[before]["id"]
    here.add({"id": f"{step_id}.end", "do": "end"}, node.line)


def _go_to(here: StepReader, node: Block, step_id: str) -> None:
    flow = here.reader.word(node.get("go_to"), "The flow after `go_to`", node.line)
    here.add({"id": step_id, "do": "go_to", "flow": flow or ""}, node.line)


_READ: dict[str, Callable[[StepReader, Block, str], None]] = {
    "say": read_say,
    "ask": read_ask,
    "products": _products,
    "answer": _answer,
    "if": _if,
    "go_to": _go_to,
    "handoff": read_handoff,
}
