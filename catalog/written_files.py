"""Files in YAML that people write: what is wrong in one is told with its line and what to do."""

from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML, MappingNode, Node, SequenceNode
from ruamel.yaml.error import YAMLError


class ShopFileError(Exception):
    """The file has mistakes; `problems` says of each where it stands and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def parse_file[T: BaseModel](
    text: str, name: str, shape: type[T], *, begin: str, more: dict[str, Any] | None = None
) -> T:
    """Read what a file says in the shape it must have.

    `name` is what mistakes call the file, `begin` how such a file begins, `more` what stands in no
    file. Raises ShopFileError.
    """
    try:
        data, root = YAML(typ="safe").load(text), YAML(typ="safe").compose(text)
    except YAMLError as error:
        raise ShopFileError([f"{name}: this is no YAML: {error}"]) from error
    if not isinstance(data, dict):
        raise ShopFileError([f"{name}: begin with {begin}"])
    try:
        return shape.model_validate({**data, **(more or {})})
    except ValidationError as error:
        listed = error.errors(include_url=False)
        told = [f"{name}{_place(root, one)}: {_what_to_do(one)}" for one in listed]
        raise ShopFileError(list(dict.fromkeys(told))) from error


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
