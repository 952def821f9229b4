"""What has been read so far of all files: compiled steps, texts, choices, and their lines."""

import re
from dataclasses import dataclass, field
from typing import Any

from dialogues.compiler.problems import Problems, did_you_mean
from dialogues.compiler.source import Block, Items, Node, Scalar

Step = dict[str, Any]
Variants = dict[str, list[str]]
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def placeholders(variants: Variants) -> set[str]:
    """Return the names in braces that these texts use."""
    return {name for texts in variants.values() for text in texts for name in holes(text)}


def holes(text: str) -> list[str]:
    """Return the names in braces in one text."""
    return PLACEHOLDER.findall(text)


@dataclass(slots=True)
class FlowDraft:
    """One flow as read: its flat list of steps, where each came from, and its tests."""

    name: str
    file: str
    line: int
    title: dict[str, str] = field(default_factory=dict)
    intents: dict[str, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    tests: Node | None = None

    def asks(self) -> list[Step]:
        """The questions of this flow."""
        return [step for step in self.steps if step["do"] == "ask"]


@dataclass(slots=True)
class Draft:
    """All files together, before they are checked against each other."""

    languages: tuple[str, ...]
    problems: Problems = field(default_factory=Problems)
    flows: dict[str, FlowDraft] = field(default_factory=dict)
    texts: dict[str, Variants] = field(default_factory=dict)
    choices: dict[str, list[Step]] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)  # ref -> file, line


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the parts of one file, reporting what is not as it should be."""

    draft: Draft
    file: str

    def error(self, line: int, message: str, suggestion: str = "") -> None:
        """Report a mistake in this file."""
        self.draft.problems.add(self.file, line, message, suggestion)

    def only(self, block: Block, known: tuple[str, ...], what: str) -> None:
        """Report keys that do not belong here."""
        for key, _ in block:
            if key not in known:
                self.error(block.lines[key], f"{what} has no `{key}`.", did_you_mean(key, known))

    def word(self, node: Node | None, what: str, line: int) -> str | None:
        """Return a single word or text; report anything else."""
        if isinstance(node, Scalar) and node.given:
            return node.text
        at = node.line if node is not None else line
        self.error(at, f"{what} is missing or is not a single value.")
        return None

    def words(self, node: Node | None, what: str) -> list[Scalar]:
        """Return a list of words; one word alone is a list of one."""
        if node is None:
            return []
        if isinstance(node, Scalar):
            return [node] if node.given else []
        if isinstance(node, Items):
            found = [item for item in node.items if isinstance(item, Scalar) and item.given]
            if len(found) == len(node.items):
                return found
        self.error(node.line, f"{what} should be a list of words: [one, two].")
        return []

    def place(self, ref: str, line: int) -> None:
        """Remember where a text or step was written."""
        self.draft.places.setdefault(ref, (self.file, line))


@dataclass(frozen=True, slots=True)
class FlowReader:
    """Reads the steps of one flow into its draft."""

    reader: Reader
    flow: FlowDraft

    def add(self, step: Step, line: int) -> None:
        """Append a compiled step and remember its line."""
        self.flow.steps.append(step)
        self.flow.lines[step["id"]] = line

    def ref(self, step_id: str) -> str:
        """The reference of a text of this flow."""
        return f"{self.flow.name}.{step_id}"

    def uses(self, ref: str) -> list[str]:
        """The values that a text needs."""
        return sorted(placeholders(self.reader.draft.texts.get(ref, {})))
