"""Reading YAML so that every word keeps its line and stays what was written.

Scalars are strings: a choice called `no` is not false, and `050` is not 40.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from dialogues.compiler.problems import Problems

MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word or a text; `given` is False where nothing was written after the colon."""

    text: str
    line: int
    given: bool = True


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: list["Node"]
    line: int


@dataclass(slots=True)
class Block:
    """Keys and what belongs to them, with the line of each key."""

    line: int
    values: dict[str, "Node"] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[tuple[str, "Node"]]:
        return iter(self.values.items())

    def get(self, key: str) -> "Node | None":
        """Return what belongs to a key, None where it is absent."""
        return self.values.get(key)


Node = Scalar | Items | Block


class _Refused(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, line: int, message: str, suggestion: str) -> None:
        super().__init__(message)
        self.line, self.message, self.suggestion = line, message, suggestion


def read_documents(text: str, file: str, problems: Problems) -> list[Block]:
    """Return the documents of a file; what cannot be read is reported and left out."""
    documents: list[Block] = []
    try:
        for node in YAML(typ="rt", pure=True).compose_all(text):
            built = _build(node, file, problems, depth=0)
            if isinstance(built, Block):
                documents.append(built)
            elif isinstance(built, Items) or built.given:
                problems.add(file, built.line, "A flow file begins with `flow: <name>`.")
    except MarkedYAMLError as error:
        line, message, suggestion = _explained(error, text)
        problems.add(file, line, message, suggestion)
    except _Refused as refused:
        problems.add(file, refused.line, refused.message, refused.suggestion)
    except (YAMLError, ValueError) as error:
        problems.add(file, 1, f"This file cannot be read: {error}".splitlines()[0])
    return documents


def _build(node: Any, file: str, problems: Problems, *, depth: int) -> Node:
    line = node.start_mark.line + 1
    if node.anchor:
        raise _Refused(line, "`&` and `*` have a special meaning in YAML.", "Put it in quotes.")
    if depth > MAX_DEPTH:
        raise _Refused(line, "This is nested too deeply.", "Split it into several flows.")
    match node:
        case ScalarNode():
            empty = node.value == "" and node.style is None
            return Scalar(str(node.value), line, given=not empty)
        case SequenceNode():
            inner = [_build(one, file, problems, depth=depth + 1) for one in node.value]
            return Items(inner, line)
        case MappingNode():
            return _block(node, file, problems, depth=depth)
    raise _Refused(line, "This cannot be read.", "")


def _block(node: MappingNode, file: str, problems: Problems, *, depth: int) -> Block:
    block = Block(node.start_mark.line + 1)
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            raise _Refused(line, "A key must be a single word.", "")
        name = str(key.value)
        if name in block.values:
            problems.add(file, line, f"`{name}` is written twice here.", "Keep one of the two.")
        block.values[name] = _build(value, file, problems, depth=depth + 1)
        block.lines[name] = line
    return block


_EXPLAINED = (
    (
        "mapping values are not allowed",
        "There is a colon in the middle of this line, or the line is indented further than it "
        "should be.",
        'Put a text with a colon in quotes ("così: va bene"), or line the word up with its '
        "neighbours.",
    ),
    (
        "cannot start any token",
        "This line begins with a character that has a special meaning (a tab, @, ` or %).",
        "Indent with spaces; put a text that begins with such a character in quotes.",
    ),
    (
        "could not find expected ':'",
        "A colon is missing after the word that begins this line.",
        "Write `word: value`, with a space after the colon.",
    ),
    (
        "expected <block end>",
        "This line is not lined up with the lines it belongs to: it has too many or too few "
        "spaces at its beginning.",
        "Give it as many spaces as its neighbours (two for each level).",
    ),
    (
        "unexpected end of stream",
        "A quotation mark that is opened here is never closed.",
        'Close it: "così".',
    ),
    (
        "expected ',' or",
        "A comma or a closing bracket is missing in this line.",
        "A list in one line is [a, b], a group of values is {it: …, en: …}; put texts with : or "
        "{ in quotes.",
    ),
    (
        "undefined alias",
        "A text must not begin with *.",
        "Put it in quotes.",
    ),
)


def _explained(error: MarkedYAMLError, text: str) -> tuple[int, str, str]:
    """Turn the YAML reader's message into words for a person who does not know YAML."""
    mark = error.problem_mark or error.context_mark
    line = min((mark.line if mark else 0) + 1, max(1, len(text.splitlines())))
    said = f"{error.problem} {error.context or ''}"
    begun_here = "quoted scalar" in said or "expected ':'" in said
    if begun_here and error.context_mark:
        line = error.context_mark.line + 1
    for part, message, suggestion in _EXPLAINED:
        if part in said:
            return line, message, suggestion
    return line, f"This line cannot be read ({error.problem}).", "Compare it with its neighbours."
