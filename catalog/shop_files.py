"""The facts about a shop in a file that people write; a mistake is told with its place."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML, MappingNode, Node, SequenceNode
from ruamel.yaml.error import YAMLError

from catalog.shop import ShopInfo


class ShopFileError(Exception):
    """The file has mistakes; `problems` says of each where it stands and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_shop(path: Path, at: datetime, categories: Iterable[str] | None = None) -> ShopInfo:
    """Read such a file, as of `at`; see `parse_shop`."""
    return parse_shop(path.read_text(encoding="utf-8"), path.name, at, categories)


def parse_shop(
    text: str, name: str, at: datetime, categories: Iterable[str] | None = None
) -> ShopInfo:
    """Read the facts as they are written; `categories` are the ids that a size guide may name.

    `name` is what mistakes call the file. Raises ShopFileError.
    """
    try:
        data, root = YAML(typ="safe").load(text), YAML(typ="safe").compose(text)
    except YAMLError as error:
        raise ShopFileError([f"{name}: this is no YAML: {error}"]) from error
    if not isinstance(data, dict):
        raise ShopFileError([f"{name}: begin with the name of the shop: `name: ...`"])
    try:
        info = ShopInfo.model_validate({**data, "updated_at": at})
    except ValidationError as error:
        listed = error.errors(include_url=False)
        told = [f"{name}{_place(root, one)}: {_what_to_do(one)}" for one in listed]
        raise ShopFileError(list(dict.fromkeys(told))) from error
    if strangers := _strangers(info, categories):
        raise ShopFileError([f"{name}, size_guides: {told}" for told in strangers])
    return info


def _strangers(info: ShopInfo, categories: Iterable[str] | None) -> list[str]:
    if categories is None:
        return []
    known = sorted(categories)
    named = [category for guide in info.size_guides for category in guide.categories]
    return [
        f"no category has the id {category}; there are: {', '.join(known)}"
        for category in named
        if category not in known
    ]


def _place(root: Node, error: ErrorDetails) -> str:
    """Return the line and the way to a mistake: " line 12, size_guides 2, steps 1"."""
    node, way = root, ""
    for part in error["loc"]:
        found = _below(node, part)
        if found is None:
            break
        node = found
        way += f" {part + 1}" if isinstance(part, int) else f", {part}"
    if error["type"] == "missing":
        way += f", {error['loc'][-1]}"
    return f" line {node.start_mark.line + 1}{way}"


def _below(node: Node, part: int | str) -> Node | None:
    if isinstance(node, SequenceNode):
        return node.value[part] if isinstance(part, int) and part < len(node.value) else None
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    return None


def _what_to_do(error: ErrorDetails) -> str:
    if error["type"] == "missing":
        return "this is missing; write it"
    if error["type"] == "extra_forbidden":
        return "nothing of this name is known; is it written right?"
    if error["type"] == "tuple_type":
        return "write a list: [...]"
    given: Any = error["input"]
    shown = f" (it says {given})" if isinstance(given, str | int | float) else ""
    return f"{error['msg'].removeprefix('Value error, ')}{shown}"
