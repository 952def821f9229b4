"""Everything about the flows that can be said without the engine: for `dialogo check`."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from dialogues.compiler.compile import compile_flows
from dialogues.compiler.limits import Limits
from dialogues.compiler.problems import Problem
from dialogues.compiler.trials import run_tests


def check(
    folder: Path,
    *,
    languages: Sequence[str],
    intents: Collection[str] | None = None,
    limits: Limits | None = None,
    phrases: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Return every problem of the flows; where they compile, their tests are run too.

    Intents are taken from `phrases` where they are not given on their own.
    """
    if intents is None and phrases is not None:
        intents = set(phrases.values())
    compiled = compile_flows(folder, languages=languages, intents=intents, limits=limits)
    problems = list(compiled.problems)
    if compiled.bundle is not None:
        problems += run_tests(compiled.bundle, compiled.talks, phrases=phrases)
    return problems


def pretty(problems: Sequence[Problem]) -> str:
    """Return the problems as lines to print, errors before warnings."""
    ordered = sorted(problems, key=lambda problem: problem.severity != "error")
    return "\n".join(str(problem) for problem in ordered)
