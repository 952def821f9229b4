"""The door's work: a folder of flow files in, one immutable bundle and all problems out."""

import hashlib
import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from dialogues.compiler.checks import check_flows, starts
from dialogues.compiler.draft import Draft, Reader
from dialogues.compiler.flowfile import read_file
from dialogues.compiler.limits import Limits, check_labels
from dialogues.compiler.problems import Problem
from dialogues.compiler.talks import Talk, read_talks

Bundle = dict[str, Any]


class Compiled(BaseModel):
    """The outcome: the bundle is None while there are errors.

    `places` tells where each text, question and choice was written; `talks` are the tests of the
    flow files. Neither is part of the bundle, so a moved line changes no version.
    """

    model_config = ConfigDict(frozen=True)

    bundle: Bundle | None
    problems: tuple[Problem, ...]
    places: dict[str, tuple[str, int]]
    talks: tuple[Talk, ...]


def compile_flows(
    folder: Path,
    *,
    languages: Sequence[str],
    intents: Collection[str] | None = None,
    limits: Limits | None = None,
) -> Compiled:
    """Read every YAML file of a folder; nothing is raised, every mistake is in `problems`.

    `intents` are those with example phrases; without them intents are not checked. `limits` maps
    a channel's name to what it can show, as plain numbers.
    """
    draft = Draft(tuple(languages))
    paths = sorted([*folder.rglob("*.yaml"), *folder.rglob("*.yml")])
    for path in paths:
        read_file(draft, path, _shown(path, folder))
    if not draft.flows and not draft.problems.sorted():
        draft.problems.add(str(folder), 1, "There are no flows here.", "Add a file `saluto.yaml`.")
    check_flows(draft, frozenset(intents) if intents is not None else None)
    check_labels(draft, limits or {})
    talks = [
        talk
        for flow in draft.flows.values()
        for talk in read_talks(Reader(draft, flow.file), flow.name, flow.tests)
    ]
    problems = draft.problems.sorted()
    wrong = any(problem.severity == "error" for problem in problems)
    return Compiled(
        bundle=None if wrong else _bundle(draft),
        problems=problems,
        places=draft.places,
        talks=tuple(talks),
    )


def _shown(path: Path, folder: Path) -> str:
    """Name a file as a person sees it: dialogues/flows/regalo.yaml."""
    root = folder.resolve().parent.parent
    resolved = path.resolve()
    return str(resolved.relative_to(root) if resolved.is_relative_to(root) else path)


def _bundle(draft: Draft) -> Bundle:
    flows = {
        name: {
            "title": flow.title,
            "start": {"intents": list(flow.intents), "links": list(flow.links)},
            "steps": flow.steps,
        }
        for name, flow in draft.flows.items()
    }
    content: Bundle = {
        "languages": list(draft.languages),
        "flows": flows,
        "starts": starts(draft),
        "links": {link: flow.name for flow in draft.flows.values() for link in flow.links},
        "texts": draft.texts,
        "choices": draft.choices,
    }
    return {"version": version_of(content), **content}


def version_of(content: Bundle) -> str:
    """Name a bundle by what is in it: the same flows have the same version everywhere."""
    inner = {key: value for key, value in content.items() if key != "version"}
    canonical = json.dumps(inner, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
