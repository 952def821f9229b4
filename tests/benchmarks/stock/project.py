"""Stock Rasa 3.6.21 on the same phrases: what `rasa init` gives, to compare ourselves with.

`prepare` writes the project, `train` trains it once per content, `StockServer` runs it with its own
`rest` channel. Nothing of ours is imported by it: same interpreter, another working directory.

    python -m tests.benchmarks.stock.project --turns 200
"""

import argparse
import asyncio
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from bot.engine.phrases import Phrase, read_phrases
from bot.engine.process import free_port
from bot.engine.training import PHRASES, ROOT, engine_python
from tests.benchmarks.engine_turns import TALK
from tests.benchmarks.load import together
from tests.benchmarks.posting import quick_client

CACHE = ROOT / ".cache" / "stock"
# As `rasa init` writes it: with both keys empty Rasa 3.6.21 takes its default pipeline
# (WhitespaceTokenizer, RegexFeaturizer, LexicalSyntacticFeaturizer, two CountVectorsFeaturizers,
# DIETClassifier with 100 epochs, EntitySynonymMapper, ResponseSelector, FallbackClassifier) and
# its default policies (MemoizationPolicy, RulePolicy, UnexpecTEDIntentPolicy, TEDPolicy).
CONFIG = "recipe: default.v1\nassistant_id: stock\nlanguage: it\npipeline:\npolicies:\n"
EPOCHS = 100  # of every network, as the defaults say
# The same written out, as Rasa's `default_recipe` has it, to learn for fewer epochs: speed does not
# depend on how long a network has learned, accuracy does.
WRITTEN_OUT = """recipe: default.v1
assistant_id: stock
language: it
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: {epochs}
  constrain_similarities: true
- name: EntitySynonymMapper
- name: ResponseSelector
  epochs: {epochs}
  constrain_similarities: true
- name: FallbackClassifier
  threshold: 0.3
  ambiguity_threshold: 0.1
policies:
- name: MemoizationPolicy
- name: RulePolicy
- name: UnexpecTEDIntentPolicy
  max_history: 5
  epochs: {epochs}
- name: TEDPolicy
  max_history: 5
  epochs: {epochs}
  constrain_similarities: true
"""
CREDENTIALS = "rest:\n"
# Rasa has a rule of its own for this intent (`action_restart`, which says `utter_restart`) and
# refuses another.
BUILT_IN = ("restart",)
READY_SECONDS = 180.0
JSON = {"content-type": "application/json"}


def prepare(
    languages: Sequence[str] = ("it", "en"), phrases: Path = PHRASES, *, epochs: int = EPOCHS
) -> Path:
    """Write the project for these phrases and return its folder, named by its content."""
    said = read_phrases(phrases, languages)[0]
    files = {
        "config.yml": CONFIG if epochs == EPOCHS else WRITTEN_OUT.format(epochs=epochs),
        "credentials.yml": CREDENTIALS,
        "endpoints.yml": "",
        "domain.yml": _domain(said),
        "data/nlu.yml": _nlu(said),
        "data/rules.yml": _rules(said),
        "data/stories.yml": _stories(said),
    }
    digest = hashlib.sha256("\n".join(files.values()).encode()).hexdigest()[:16]
    folder = CACHE / digest
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def train(folder: Path) -> Path:
    """Train the project as `rasa train` does, unless it has been trained before.

    Two cores need some minutes: DIET reads every phrase a hundred times.
    """
    model = folder / "models" / "stock.tar.gz"
    if not model.exists():
        with (folder / "train.log").open("wb") as sink:
            arguments = ["train", "--fixed-model-name", "stock"]
            _rasa(folder, arguments, sink.fileno()).communicate()
        if not model.exists():
            tail = (folder / "train.log").read_text(errors="replace")[-2000:]
            raise RuntimeError(f"stock Rasa could not be trained:\n{tail}")
    return model


class StockServer:
    """A stock Rasa server; a context manager that ends it and all its threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where its `rest` channel takes messages: `{"sender", "message"}`."""
        return f"http://127.0.0.1:{self.port}/webhooks/rest/webhook"

    @property
    def pid(self) -> int:
        """The server's process id."""
        if self._child is None:
            raise RuntimeError("the stock server is not running")
        return self._child.pid

    def __enter__(self) -> Self:
        with (self._folder / "run.log").open("wb") as sink:
            arguments = ["run", "--port", str(self.port), "--interface", "127.0.0.1"]
            self._child = _rasa(self._folder, arguments, sink.fileno())
        began = time.monotonic()
        while time.monotonic() - began < READY_SECONDS:
            try:
                reply = httpx.post(self.url, json={"sender": "ready", "message": "ciao"}, timeout=5)
                if reply.status_code == httpx.codes.OK and reply.json():
                    return self
            except httpx.HTTPError:
                time.sleep(0.25)
        self._end()
        raise RuntimeError(f"stock Rasa was not ready; see {self._folder / 'run.log'}")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _end(self) -> None:
        if self._child is not None:
            os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
            self._child = None


async def throughput(
    url: str, *, clients: int, turns: int, talk: Sequence[str] = TALK
) -> dict[str, float]:
    """Let so many customers talk at once, over kept connections."""
    stamp = time.time_ns()
    async with quick_client() as http:

        async def say(name: int, number: int, text: str) -> float:
            began = time.perf_counter()
            said = json.dumps({"sender": f"s{stamp}-{name}-{number}", "message": text}).encode()
            reply = await http.post(url, content=said, headers=JSON)
            if reply.status_code != httpx.codes.OK:
                raise RuntimeError(f"stock answers {reply.status_code}")
            return (time.perf_counter() - began) * 1000

        taken = await together(say, customers=clients, turns=turns, talk=talk)
    return taken.summary


def _rasa(folder: Path, arguments: Sequence[str], sink: int) -> "subprocess.Popen[bytes]":
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    return subprocess.Popen(
        [str(engine_python()), "-m", "rasa", *arguments],
        cwd=folder,
        env={**kept, **quiet},
        stdin=subprocess.DEVNULL,
        stdout=sink,
        stderr=sink,
        start_new_session=True,
    )


def _intents(said: Sequence[Phrase]) -> list[str]:
    return sorted({phrase.intent for phrase in said})


def _answered(said: Sequence[Phrase]) -> list[str]:
    return [intent for intent in _intents(said) if intent not in BUILT_IN]


def _domain(said: Sequence[Phrase]) -> str:
    intents = _intents(said)
    lines = ['version: "3.1"', "intents:", *(f"  - {intent}" for intent in intents), "responses:"]
    for intent in intents:
        lines += [f"  utter_{intent}:", f'    - text: "Risposta: {intent}"']
    session = ["session_config:", "  session_expiration_time: 60"]
    return "\n".join([*lines, *session, "  carry_over_slots_to_new_session: true", ""])


def _nlu(said: Sequence[Phrase]) -> str:
    lines = ['version: "3.1"', "nlu:"]
    for intent in _intents(said):
        lines += [f"- intent: {intent}", "  examples: |"]
        lines += [f"    - {phrase.text}" for phrase in said if phrase.intent == intent]
    return "\n".join([*lines, ""])


def _rules(said: Sequence[Phrase]) -> str:
    lines = ['version: "3.1"', "rules:"]
    for intent in [*_answered(said), "nlu_fallback"]:
        spoken = "out_of_scope" if intent == "nlu_fallback" else intent
        lines += [f"- rule: {intent}", "  steps:", f"  - intent: {intent}"]
        lines += [f"  - action: utter_{spoken}"]
    return "\n".join([*lines, ""])


def _stories(said: Sequence[Phrase]) -> str:
    """Tell one short talk about each intent, so that the learning policies have what to learn."""
    lines = ['version: "3.1"', "stories:"]
    for intent in _answered(said):
        steps = dict.fromkeys(("greet", intent, "thanks"))
        lines += [f"- story: about {intent}", "  steps:"]
        for step in steps:
            lines += [f"  - intent: {step}", f"  - action: utter_{step}"]
    return "\n".join([*lines, ""])


def main() -> int:
    """Prepare, train, run and measure; print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=200)
    given = parser.parse_args()
    folder = prepare()
    train(folder)
    with StockServer(folder) as server:
        asyncio.run(throughput(server.url, clients=2, turns=40))
        found = {
            f"clients_{clients}": asyncio.run(
                throughput(server.url, clients=clients, turns=given.turns)
            )
            for clients in (1, 8)
        }
    json.dump(found, sys.stdout, indent=1)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
