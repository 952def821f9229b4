"""Running flows: a pure function of a bundle, a state and a message, the same everywhere.

Standard library only and Python 3.10: this package also runs inside the engine.
"""

from dialogues.executor.asking import (
    asked_apart,
    asks,
    holds,
    names_a_kind,
    replaces_mine,
    seeks,
    wants,
    without_mine,
)
from dialogues.executor.connecting import left_over
from dialogues.executor.listen import advance, resume
from dialogues.executor.lookup import product_in_view
from dialogues.executor.pointing import SUPERLATIVES, pointed_at
from dialogues.executor.talk import Heard, Turn, start
from dialogues.executor.versions import (
    asks_if_it_does_not_fit,
    asks_if_it_fits,
    asks_other_colours,
    asks_what_is_left,
    without_fitting,
)
from dialogues.executor.vocabulary import KINDS, REASONS, TOPICS
from dialogues.executor.wishes import asks_versions, wished

__all__ = [
    "KINDS",
    "REASONS",
    "SUPERLATIVES",
    "TOPICS",
    "Heard",
    "Turn",
    "advance",
    "asked_apart",
    "asks",
    "asks_if_it_does_not_fit",
    "asks_if_it_fits",
    "asks_other_colours",
    "asks_versions",
    "asks_what_is_left",
    "holds",
    "left_over",
    "names_a_kind",
    "pointed_at",
    "product_in_view",
    "replaces_mine",
    "resume",
    "seeks",
    "start",
    "wants",
    "wished",
    "without_fitting",
    "without_mine",
]
