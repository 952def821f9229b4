"""Measures what the engine understands, on rows that people have labelled."""

import json
import subprocess
from pathlib import Path
from typing import Any, Literal

from bot.engine.training import RASA, engine_python
from bot.errors import BadRequestError, EngineError


def measure(
    bench: Literal["nlu", "intent"],
    *,
    test: Path,
    train: Path | None = None,
    model: Path | None = None,
    errors: bool = False,
) -> dict[str, Any]:
    """Return the figures of `dialogo bench nlu` and `bench intent`; see `rasa/bench.py`.

    Either a file to train on or a trained model is judged. It runs in the engine's environment,
    where the classifier lives, and says in a `BadRequestError` which file cannot be read.
    """
    given = {"--test": test, "--train": train, "--model": model}
    for path in given.values():
        if path is not None and not path.is_file():
            raise BadRequestError(f"There is no file {path}")
    if train is None and model is None:
        raise BadRequestError("Give a file to train on or a model to judge")
    named = [part for name, path in given.items() if path for part in (name, str(path))]
    command = [str(engine_python()), str(RASA / "bench.py"), bench, *named]
    done = subprocess.run(  # noqa: S603  our own program and paths that exist
        [*command, "--errors"] if errors else command, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise EngineError(f"The measurement failed: {last[0]}")
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures
