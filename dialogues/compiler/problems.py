"""A mistake in a flow, in words that the person who wrote the flow understands."""

import difflib
from collections.abc import Iterable
from typing import Literal, override

from pydantic import BaseModel, ConfigDict

Severity = Literal["error", "warning"]


class Problem(BaseModel):
    """What is wrong, where, and what to do; an error keeps the dialogues from being published."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    line: int
    message: str
    suggestion: str = ""
    severity: Severity = "error"

    @override
    def __str__(self) -> str:
        note = "" if self.severity == "error" else "(warning) "
        text = f"{self.file}:{self.line}  {note}{self.message}"
        return f"{text} {self.suggestion}" if self.suggestion else text


class Problems:
    """Collects every problem of a run, so that one reading shows them all."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, file: str, line: int, message: str, suggestion: str = "") -> None:
        """Note an error."""
        self._found.append(Problem(file=file, line=line, message=message, suggestion=suggestion))

    def warn(self, file: str, line: int, message: str, suggestion: str = "") -> None:
        """Note something that works, but not as well as it should."""
        self._found.append(
            Problem(
                file=file, line=line, message=message, suggestion=suggestion, severity="warning"
            )
        )

    def sorted(self) -> tuple[Problem, ...]:
        """Return each problem once, in the order in which files are read."""
        unique = dict.fromkeys(self._found)
        return tuple(sorted(unique, key=lambda p: (p.file, p.line, p.message)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "did you mean `say`?" for the nearest known word, or the short list of them."""
    words = sorted(set(known))
    close = difflib.get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    if close:
        return f"Did you mean `{close[0]}`?"
    shown = ", ".join(f"`{one}`" for one in words[:16])
    return f"Known here: {shown}." if shown else ""
