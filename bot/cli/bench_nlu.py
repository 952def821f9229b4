"""`dialogo bench nlu`: how well labelled messages are understood."""

import json
import sys
from pathlib import Path

import typer
from rich.console import Console

from bot.cli.steps import Steps
from bot.engine.measuring import Pipeline, Plan, measure_nlu
from bot.errors import BadRequestError


def run(*, train: Path, test: Path, pipeline: Pipeline, errors: bool) -> None:
    """Print JSON on standard output; progress and complaints go to standard error."""
    console = Console(stderr=True, highlight=False)
    try:
        with Steps(console).step(f"Measuring {pipeline}") as step:
            plan = Plan(test=test, train=train, pipeline=pipeline)
            found = measure_nlu(plan, errors=errors, progress=step.tell)
    except BadRequestError as error:
        sys.stderr.write(f"dialogo: {error}\n")
        raise typer.Exit(2) from error
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
