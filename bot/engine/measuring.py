"""Measures what the engine understands, on rows that people have labelled."""

import json
import statistics
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Literal

from bot.engine.labelled import LabelledRowsError, Row, read_rows
from bot.engine.scoring import OUT_OF_SCOPE, Judged, judged, scores
from bot.engine.training import RASA, engine_python
from bot.errors import BadRequestError, EngineError

Pipeline = Literal["ours", "stock"]
Progress = Callable[[str], None]
FEWEST_LABELS = 2
# Where the border between known and unknown comes from; nothing is chosen on the test rows.
THRESHOLDS = {
    "ours": "learned from the training rows alone: see docs/benchmarks.md",
    "stock": "Rasa's defaults: FallbackClassifier with threshold 0.3 and ambiguity_threshold 0.1",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be judged: rows to train a pipeline on, or a trained model."""

    test: Path
    train: Path | None = None
    model: Path | None = None
    pipeline: Pipeline = "ours"


def measure_nlu(
    plan: Plan, *, errors: bool = False, progress: Progress | None = None
) -> dict[str, Any]:
    """Return the figures of `dialogo bench nlu`.

    The pipeline is trained by Rasa's own training of an NLU model and asked through Rasa's message
    processor, in the engine's environment. A file that cannot be used is a `BadRequestError`.
    """
    test = read_rows(plan.test)
    _check_training(plan)
    named = {"--train": plan.train, "--model": plan.model, "--test": plan.test}
    given = [part for name, path in named.items() if path for part in (name, str(path.resolve()))]
    said = _run("bench_nlu.py", [*given, "--pipeline", plan.pipeline], progress)
    rows = [
        judged(row["label"], said_of) for row, said_of in zip(test, said["answers"], strict=True)
    ]
    taken: list[float] = said["milliseconds"]
    found: dict[str, Any] = {
        **scores(rows),
        "train_seconds": said["train_seconds"],
        "predict_ms_p50": round(statistics.median(taken), 3),
        "threshold": THRESHOLDS[plan.pipeline],
        "rows": len(rows),
    }
    return {**found, "errors": _wrong(test, rows)} if errors else found


def measure_languages(*, test: Path, model: Path) -> dict[str, Any]:
    """Return how often the language of the rows is found; their label is the language.

    `changed` counts where the words would change the language of a talk, `changed_wrongly` where
    they would change it to the wrong one.
    """
    test_rows = read_rows(test)
    said = _run("bench_nlu.py", ["--model", str(model), "--test", str(test)], None)
    found = [answer["language"] for answer in said["answers"]]
    pairs = list(zip(test_rows, found, strict=True))
    wrong = [row for row, one in pairs if one["name"] != row["label"]]
    sure = [one["name"] == row["label"] for row, one in pairs if one["sure"]]
    return {
        "accuracy": round(1 - len(wrong) / len(pairs), 4),
        "changed": round(len(sure) / len(pairs), 4),
        "changed_wrongly": sure.count(False),
        "rows": len(pairs),
        "errors": wrong,
    }


def measure(
    bench: Literal["nlu", "intent"],
    *,
    test: Path,
    train: Path | None = None,
    model: Path | None = None,
    errors: bool = False,
) -> dict[str, Any]:
    """Return the figures of `dialogo bench nlu` or `bench intent` for our own pipeline."""
    if bench == "nlu":
        return measure_nlu(Plan(test=test, train=train, model=model), errors=errors)
    read_rows(test)
    if model is None or not model.is_file():
        raise BadRequestError("Give a model to judge")
    named = ["intent", "--model", str(model), "--test", str(test)]
    return _run("bench.py", [*named, "--errors"] if errors else named, None)


def _check_training(plan: Plan) -> None:
    """Refuse what no classifier can learn from, before minutes are spent."""
    if plan.train is None:
        if plan.model is None or not plan.model.is_file():
            raise BadRequestError("Give a file to train on or a model to judge")
        return
    rows = read_rows(plan.train)
    for number, row in enumerate(rows, 1):
        if row["label"] == OUT_OF_SCOPE:
            reason = (
                f'row {number} is labelled "{OUT_OF_SCOPE}"; only test rows may be out of scope.'
            )
            raise LabelledRowsError(f"{plan.train}  {reason}")
    if len({row["label"] for row in rows}) < FEWEST_LABELS:
        raise LabelledRowsError(f"{plan.train}  There is one label only; give at least two.")


def _run(program: str, given: list[str], progress: Progress | None) -> dict[str, Any]:
    """Run a program of the engine's environment and read the JSON that it prints."""
    python = engine_python()
    if not python.exists():
        raise EngineError(f"The engine's environment is missing ({python}); run `make setup`")
    last = "no reason given"
    with TemporaryFile("w+", encoding="utf-8") as printed:
        command = [str(python), "-W", "ignore", str(RASA / program), *given]
        with subprocess.Popen(  # noqa: S603  our own program and paths that exist
            command, stdout=printed, stderr=subprocess.PIPE, text=True, errors="replace"
        ) as child:
            for line in child.stderr or ():
                last = _tell(line.strip(), progress) or last
        if child.returncode:
            raise EngineError(f"The measurement failed: {last}")
        printed.seek(0)
        found: dict[str, Any] = json.load(printed)
    return found


def _tell(line: str, progress: Progress | None) -> str:
    """Pass on how far it is; return any other line, which may be the reason of a failure."""
    step = line.removeprefix("step: ")
    if step == line and not line.startswith("Epochs:"):
        return line
    if progress:
        progress(step)
    return ""


def _wrong(rows: list[Row], found: list[Judged]) -> list[Row]:
    return [
        {**row, "predicted": one.said, "best": one.best, "confidence": one.confidence}
        for row, one in zip(rows, found, strict=True)
        if one.said != (one.label if one.inside else OUT_OF_SCOPE)
    ]
