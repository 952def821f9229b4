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

__all__ = [
    "Bundle",
    "Bundles",
    "Choice",
    "Context",
    "EngineClient",
    "EngineDownError",
    "Publication",
    "Rank",
    "TurnFailedError",
    "TurnRefusedError",
    "TurnReply",
    "TurnRequest",
    "Understood",
]
