"""Reading the conditions of an `if`, and how a list of steps branches."""

from dialogues.compiler.draft import Reader, Step
from dialogues.compiler.problems import did_you_mean
from dialogues.compiler.source import Block, Node, Scalar
from dialogues.executor.vocabulary import TESTS, WORDS_FOR_PRESENCE

_EXAMPLE = "Write {budget: {more_than: 100}}, {products: none} or {channel: whatsapp}."


def read_conditions(reader: Reader, node: Node | None, line: int) -> list[Step]:
    """Return the conditions of an `if`; all of them must hold."""
    if not isinstance(node, Block) or not node.values:
        reader.error(line, "An `if` needs a condition.", _EXAMPLE)
        return []
    found = []
    for name, wanted in node:
        found += [{"name": name, **test} for test in _tests(reader, wanted, name)]
    return found


def _tests(reader: Reader, node: Node, name: str) -> list[Step]:
    if isinstance(node, Scalar):
        if not node.given:
            reader.error(node.line, f"`{name}` is compared with nothing.", _EXAMPLE)
            return []
        if node.text in WORDS_FOR_PRESENCE:
            return [{"test": "known", "value": WORDS_FOR_PRESENCE[node.text]}]
        return [{"test": "is", "value": node.text}]
    if not isinstance(node, Block):
        reader.error(node.line, f"`{name}` cannot be compared with a list.", f"{name}: {{in: […]}}")
        return []
    return [test for key, value in node for test in _test(reader, node, key, value)]


def _test(reader: Reader, block: Block, key: str, value: Node) -> list[Step]:
    line = block.lines[key]
    if key not in TESTS or key == "known":
        reader.error(
            line,
            f"`{key}` is not a comparison.",
            did_you_mean(key, [test for test in TESTS if test != "known"]),
        )
        return []
    if key == "in":
        return [{"test": "in", "value": [one.text for one in reader.words(value, "`in`")]}]
    text = reader.word(value, f"`{key}`", line)
    if text is None:
        return []
    if key in ("more_than", "less_than") and not text.replace(".", "", 1).isdigit():
        reader.error(line, f"`{key}` needs a number, not `{text}`.", "Write digits: 99.50")
    return [{"test": key, "value": text}]
