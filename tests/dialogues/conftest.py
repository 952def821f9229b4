"""A small shop's flows to talk with, and a customer who talks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from dialogues.compiler import Compiled, compile_flows
from dialogues.executor import Heard, Turn, advance, resume, start
from tests.dialogues.giulia import giulia

__all__ = ["giulia"]

REPOSITORY = Path(__file__).parents[2]
FLOWS = REPOSITORY / "dialogues" / "flows"


@dataclass
class Customer:
    """Talks with a bundle; actions answer with `result`."""

    bundle: dict[str, Any]
    state: dict[str, Any] = field(default_factory=start)
    facts: dict[str, Any] = field(default_factory=dict)
    language: str = "it"
    result: dict[str, Any] = field(default_factory=lambda: {"products": "some"})

    def hear(self, text: str = "", intent: str | None = None, **more: Any) -> Turn:
        """Say or tap something and return the first turn, before any action has answered."""
        entities = [{"entity": k, "value": v} for k, v in more.pop("entities", {}).items()]
        heard = Heard(
            text=text,
            intent=intent,
            confidence=1.0 if intent else 0.0,
            entities=entities,
            choice=more.pop("choice", None),
            language=self.language,
            facts=self.facts,
            **more,
        )
        turn = advance(self.bundle, self.state, heard)
        self.state = turn.state
        return turn

    def say(self, text: str = "", intent: str | None = None, **more: Any) -> list[str]:
        """Say something and return everything the bot does, in short."""
        return [short(item) for item in self.done(text, intent, **more)]

    def done(self, text: str = "", intent: str | None = None, **more: Any) -> list[dict[str, Any]]:
        """Say something and return everything the bot does.

        Words that nothing explains are looked up; where `result` has no answer, nothing is found.
        """
        turn = self.hear(text, intent, **more)
        done = list(turn.do)
        while turn.waiting == "action":
            if turn.state["doubt"] and not self.result.get("answer"):
                done.pop()
            turn = resume(self.bundle, turn.state, self.result, self.facts)
            done += turn.do
        self.state = turn.state
        return done

    def tap(self, choice: str) -> list[str]:
        """Tap a choice."""
        return self.say(choice=choice)


def short(item: dict[str, Any]) -> str:
    """Write a step as `say regalo.1`, `run action_...` or `handoff purchase`."""
    what = item.get("ref") or item.get("action") or item.get("reason")
    return f"{item['do']} {what}"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write flow files into a folder: write(regalo="flow: regalo ...")."""

    def write_files(**files: str) -> Path:
        folder = tmp_path / "dialogues" / "flows"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
        return folder

    return write_files


@pytest.fixture
def compiled(write: Callable[..., Path]) -> Callable[..., Compiled]:
    """Compile flows written in the test, in Italian and English."""

    def compile_files(**files: str) -> Compiled:
        return compile_flows(write(**files), languages=("it", "en"))

    return compile_files


@pytest.fixture
def customer(compiled: Callable[..., Compiled]) -> Callable[..., Customer]:
    """Return a customer who talks with the flows written in the test."""

    def talk_with(**files: str) -> Customer:
        made = compiled(**files)
        assert made.bundle is not None, [str(problem) for problem in made.problems]
        return Customer(made.bundle)

    return talk_with
