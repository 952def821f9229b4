"""Measures what is found in messages that people have labelled: prices, sizes, days, references."""

import json
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.engine.training import RASA, engine_python
from bot.errors import BadRequestError, EngineError

LABELLED_ON = date(2026, 11, 25)  # a Wednesday: "venerdì" in our own rows is two days later


def measure_entities(
    *,
    tests: Sequence[Path],
    model: Path,
    lookups: Path,
    today: date = LABELLED_ON,
    errors: bool = False,
) -> dict[str, Any]:
    """Return precision, recall and F1 over (entity, value) pairs, of all and of each entity.

    `lookups` holds the catalog's words, as the engine reads them. It runs in the engine's
    environment and says in an error which file or line cannot be read.
    """
    for path in (*tests, model, lookups):
        if not path.is_file():
            raise BadRequestError(f"There is no file {path}")
    named = ["--model", str(model), "--lookups", str(lookups), "--today", today.isoformat()]
    command = [str(engine_python()), "-W", "ignore", str(RASA / "bench_entities.py"), *named]
    command += ["--test", *map(str, tests)]
    done = subprocess.run(  # noqa: S603  our own program and paths that exist
        [*command, "--errors"] if errors else command, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise EngineError(f"The measurement failed: {last[0]}")
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures
