"""Trains one model: `python train.py --data FOLDER --output FOLDER --name NAME`.

The folder comes from `bot.engine.train`, which has checked what stands in it.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import environment


def main() -> int:
    """Train and return the exit code; lines that begin with `step:` tell how far it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--output", required=True, type=Path)
    parser.add_argument("--name", required=True)
    given = parser.parse_args()
    environment.prepare()
    with tempfile.TemporaryDirectory() as cache:
        # Whether to train is decided by the fingerprint of our own files; Rasa's cache would only
        # keep a second copy of every model.
        os.environ["RASA_CACHE_DIRECTORY"] = cache
        os.environ["RASA_MAX_CACHE_SIZE"] = "0"
        os.environ["DIALOGO_PURCHASE_EXAMPLES"] = str(given.data / "purchase")
        _say("Loading Rasa")
        import corrections
        from rasa.model_training import train
        from rasa.shared.exceptions import RasaException

        corrections.apply_to_training()
        _say("Training")
        try:
            result = train(
                domain=str(given.data / "domain"),
                config=str(environment.HERE / "config.yml"),
                training_files=[str(given.data / "nlu"), str(environment.HERE / "rules.yml")],
                output=str(given.output),
                force_training=True,
                fixed_model_name=given.name,
            )
        except RasaException as error:
            _say("Failed")
            print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
            return 1
    _say("Done")
    return int(result.code)


def _say(step: str) -> None:
    print(f"step: {step}", flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
