"""What must be said before Rasa is imported, for the server and for training alike."""

import logging
import os
import sys
import warnings
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]


def prepare() -> None:
    """Silence telemetry and TensorFlow, and make `dialogues.executor` importable."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    for folder in (str(HERE), str(ROOT)):
        if folder not in sys.path:
            sys.path.append(folder)
    # What Rasa's dependencies say about themselves is not for the operator.
    warnings.filterwarnings("ignore")
    logging.basicConfig(
        level=os.environ.get("LOG_LEVEL", "INFO").upper(),
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        stream=sys.stderr,
    )
