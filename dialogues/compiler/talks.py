"""Reading the tests in a flow file: small talks between a customer and the bot."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from dialogues.compiler.draft import Reader
from dialogues.compiler.problems import did_you_mean
from dialogues.compiler.source import Block, Items, Node, Scalar

_LINE = (
    "customer",
    "tap",
    "intent",
    "also",
    "heard",
    "knows",
    "products",
    "answer",
    "bot",
)
_EXPECTED = (
    "say",
    "ask",
    "products",
    "answer",
    "flow",
    "handoff",
    "not understood",
    "nothing",
)
_EXAMPLE = "- {customer: ciao, bot: [say]}"


class Line(BaseModel):
    """One exchange: what the customer says or taps, and what the bot should do."""

    model_config = ConfigDict(frozen=True)

    line: int
    customer: str = ""
    tap: str | None = None
    intent: str | None = None
    also: tuple[str, ...] = ()
    heard: dict[str, str] = Field(default_factory=dict)
    knows: dict[str, Any] = Field(default_factory=dict)
    result: dict[str, str] = Field(default_factory=dict)
    bot: tuple[str, ...] = ()


class Talk(BaseModel):
    """Exchanges that belong together; every talk begins with nothing remembered."""

    model_config = ConfigDict(frozen=True)

    file: str
    flow: str
    lines: tuple[Line, ...]


def read_talks(reader: Reader, flow: str, node: Node | None) -> list[Talk]:
    """Return the talks of a flow: the plain lines are one, each `talk:` is one more."""
    if node is None:
        return []
    if not isinstance(node, Items):
        reader.error(node.line, "`tests` is a list.", _EXAMPLE)
        return []
    plain: list[Line] = []
    talks: list[Talk] = []
    for item in node.items:
        if isinstance(item, Block) and item.get("talk") is not None:
            lines = _named_talk(reader, item)
            talks.append(Talk(file=reader.file, flow=flow, lines=tuple(lines)))
        else:
            plain += _line(reader, item)
    first = [Talk(file=reader.file, flow=flow, lines=tuple(plain))] if plain else []
    return first + talks


def _named_talk(reader: Reader, block: Block) -> list[Line]:
    reader.only(block, ("talk", "lines"), "A talk")
    lines = block.get("lines")
    if not isinstance(lines, Items):
        reader.error(block.line, "A talk has `lines`.", _EXAMPLE)
        return []
    return [line for item in lines.items for line in _line(reader, item)]


def _line(reader: Reader, node: Node) -> list[Line]:
    if not isinstance(node, Block):
        reader.error(node.line, "This is not a line of a talk.", _EXAMPLE)
        return []
    reader.only(node, _LINE, "A line of a talk")
    if node.get("customer") is None and node.get("tap") is None:
        reader.error(node.line, "Nobody speaks here.", _EXAMPLE)
        return []
    expected = reader.words(node.get("bot"), "`bot`")
    for word in expected:
        if not _is_known(word.text):
            reader.error(
                word.line,
                f"`{word.text}` is nothing the bot does.",
                did_you_mean(word.text.split()[0], _EXPECTED),
            )
    results = {key: _text(node.get(key)) for key in ("products", "answer")}
    return [
        Line(
            line=node.line,
            customer=_text(node.get("customer")) or "",
            tap=_text(node.get("tap")),
            intent=_text(node.get("intent")),
            also=tuple(word.text for word in reader.words(node.get("also"), "`also`")),
            heard={key: str(value) for key, value in _values(node.get("heard")).items()},
            knows=_values(node.get("knows")),
            result={key: value for key, value in results.items() if value},
            bot=tuple(word.text for word in expected),
        )
    ]


def _is_known(word: str) -> bool:
    first, _, rest = word.partition(" ")
    if word in _EXPECTED:
        return word not in ("ask", "answer", "flow")
    return bool(rest) and first in ("ask", "answer", "flow", "handoff")


def _text(node: Node | None) -> str | None:
    return node.text if isinstance(node, Scalar) and node.given else None


def _values(node: Node | None) -> dict[str, Any]:
    """Read `{max_price: 50, shown: [a, b]}`."""
    if not isinstance(node, Block):
        return {}
    values: dict[str, Any] = {}
    for name, value in node:
        if isinstance(value, Items):
            values[name] = [item.text for item in value.items if isinstance(item, Scalar)]
        elif isinstance(value, Block):
            values[name] = _values(value)
        else:
            values[name] = _text(value)
    return values
