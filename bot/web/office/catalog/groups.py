"""The synonym file as lines that can be shown, added and changed one by one."""

from dataclasses import dataclass
from typing import Final

SIGNS: Final = {"same": "=", "near": "~", "skip": "-", "accessory": "+"}


class GroupError(Exception):
    """A group that makes no sense; `reason` names the words of the page that say why."""

    def __init__(self, reason: str, **values: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True, slots=True)
class Group:
    """One line: what means the same, what comes near, what is passed over."""

    line: int
    kind: str
    phrases: tuple[str, ...]
    ours: tuple[str, ...]
    raw: str


def read_groups(text: str) -> list[Group]:
    """Return the lines that say something, in the file's order."""
    groups = []
    for number, raw in enumerate(text.splitlines()):
        line = raw.partition("#")[0].strip()
        if line:
            groups.append(_group(number, line, raw))
    return groups


def _group(number: int, line: str, raw: str) -> Group:
    if line[0] in "-+":
        kind = "skip" if line[0] == "-" else "accessory"
        return Group(number, kind, _parts(line[1:], ","), (), raw)
    if "~" in line:
        asked, _, ours = line.partition("~")
        return Group(number, "near", _parts(asked, ","), _parts(ours, ","), raw)
    return Group(number, "same", _parts(line, "="), (), raw)


def write_group(kind: str, phrases: str, ours: str) -> str:
    """Return a line of the file; GroupError when there is too little in it."""
    told = _parts(phrases.replace("=", ",").replace("\n", ","), ",")
    near = _parts(ours.replace("\n", ","), ",")
    sign = SIGNS.get(kind, "=")
    for phrase in (*told, *near):
        _check(phrase)
    if not told:
        raise GroupError("group_empty")
    if kind == "near":
        if not near:
            raise GroupError("group_no_ours", phrase=told[0])
        return f"{', '.join(told)} ~ {', '.join(near)}"
    if kind in ("skip", "accessory"):
        return f"{sign} {', '.join(told)}"
    if len({phrase.casefold() for phrase in told}) < 2:
        raise GroupError("group_alone", phrase=told[0])
    return " = ".join(told)


def _check(phrase: str) -> None:
    """Refuse what the file would read as something else."""
    signs = [sign for sign in "~=#" if sign in phrase]
    signs += [phrase[0]] if phrase[0] in "-+" else []
    if signs:
        raise GroupError("group_sign", sign=signs[0], phrase=phrase)


def with_line(text: str, new: str) -> str:
    """Return the file with one line more."""
    return f"{text.rstrip()}\n{new}\n" if text.strip() else f"{new}\n"


def with_change(text: str, line: int, before: str, new: str | None) -> str:
    """Return the file with a line changed or, with None, gone; GroupError if it is another now."""
    lines = text.splitlines()
    if line >= len(lines) or lines[line] != before:
        raise GroupError("group_moved")
    lines[line : line + 1] = [] if new is None else [new]
    return "\n".join(lines) + "\n"


def _parts(text: str, separator: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(p for part in text.split(separator) if (p := " ".join(part.split())))
    )
