"""`dialogo bench intent`: how right the purchase decision of the current model is."""

import json
import sys
from pathlib import Path

import typer
from rich.console import Console

from bot.cli.dialogues import train_if_needed
from bot.cli.steps import Steps
from bot.engine import judge_purchases, purchase_rows
from bot.errors import BadRequestError
from bot.settings import Settings


def run(*, test: Path, errors: bool) -> None:
    """Print JSON on standard output; progress and complaints go to standard error.

    The model that belongs to the training data as it is now is judged, and trained first when
    there is none.
    """
    settings = Settings()
    steps = Steps(Console(stderr=True, highlight=False))
    try:
        purchase_rows(test)  # a file that cannot be used shall not wait for a training
        with steps.step("Model") as step:
            step.note = name = train_if_needed(settings, step.tell)
        with steps.step("Judging rows"):
            model = settings.data_dir / "models" / f"{name}.tar.gz"
            found = judge_purchases(model, test, errors=errors)
    except BadRequestError as error:
        sys.stderr.write(f"dialogo: {error}\n")
        raise typer.Exit(2) from error
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
