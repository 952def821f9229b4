"""The dialogue engine as the rest of the gateway sees it: turns, dialogues, training, process."""

from bot.engine.bundles import Bundle, Bundles, Publication
from bot.engine.client import (
    Choice,
    Context,
    EngineClient,
    EngineDownError,
    Rank,
    TurnFailedError,
    TurnRefusedError,
    TurnReply,
    TurnRequest,
    Understood,
)
from bot.engine.judging import judge_purchases, purchase_rows
from bot.engine.measuring import measure
from bot.engine.measuring_entities import measure_entities
from bot.engine.phrases import Phrase, Problem, read_phrases
from bot.engine.process import EngineProcess, EngineSetup
from bot.engine.training import (
    PHRASES,
    RASA,
    ROOT,
    TrainingDataError,
    TrainingError,
    check_phrases,
    current_model,
    engine_python,
    fingerprint,
    latest_model,
    model_is_current,
    train,
)

__all__ = [
    "PHRASES",
    "RASA",
    "ROOT",
    "Bundle",
    "Bundles",
    "Choice",
    "Context",
    "EngineClient",
    "EngineDownError",
    "EngineProcess",
    "EngineSetup",
    "Phrase",
    "Problem",
    "Publication",
    "Rank",
    "TrainingDataError",
    "TrainingError",
    "TurnFailedError",
    "TurnRefusedError",
    "TurnReply",
    "TurnRequest",
    "Understood",
    "check_phrases",
    "current_model",
    "engine_python",
    "fingerprint",
    "judge_purchases",
    "latest_model",
    "measure",
    "measure_entities",
    "model_is_current",
    "purchase_rows",
    "read_phrases",
    "train",
]
