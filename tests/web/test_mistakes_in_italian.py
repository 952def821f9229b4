"""Whatever an importer or a source can say is wrong is known in Italian too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import catalog
from bot.web.office.catalog.told import in_words

ROOT = Path(catalog.__file__).parent
SAYING = ("FetchError", "UnreadableFileError", "RowError", "ValueError")
PLACES = ("importers", "connectors", "sources.py", "reviews.py", "writing.py")

# Two sentences whose values are sentences themselves.
COMPOSED = {
    "'7' is there twice in one product7": "'7' is there twice in one product, first on line 7",
    "the shop was tried 7 times: 7": "the shop was tried 7 times: it answered 7",
}


def _files() -> Iterator[Path]:
    for place in PLACES:
        path = ROOT / place
        yield from [path] if path.is_file() else path.rglob("*.py")


def _sentences(tree: ast.AST) -> Iterator[str]:
    """Find the sentences of raised errors, of reported rows, and those kept as `reason`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in SAYING and node.args:
                yield from _told(node.args[2 if node.func.id == "RowError" else 0])
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "reason":
            yield from _told(node.value)


def _told(node: ast.expr) -> Iterator[str]:
    """Return what a text says, with a 7 for every value."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            part.value if isinstance(part, ast.Constant) else _seven(part) for part in node.values
        )
    elif isinstance(node, ast.Call) and node.args:  # what a table knows nothing about
        yield from _told(node.args[-1])
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _told(value)


def _seven(part: ast.expr) -> str:
    quoted = isinstance(part, ast.FormattedValue) and part.conversion == ord("r")
    return "'7'" if quoted else "7"


SENTENCES = sorted(
    {told for path in _files() for told in _sentences(ast.parse(path.read_text(encoding="utf-8")))}
)


def test_there_are_sentences_to_look_at() -> None:
    assert len(SENTENCES) > 40
    assert "there is no folder 7" in SENTENCES


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_mistake_is_told_in_italian(sentence: str) -> None:
    said = COMPOSED.get(sentence, sentence)
    said = said.removeprefix("price: ")  # the column stands in a place of its own
    assert in_words(said, "it") != said
