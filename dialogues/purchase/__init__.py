"""Whether a customer wants to buy now, why, and what is still missing: one decision, one place.

Pure functions of what is known, standard library only and Python 3.10: the engine asks before it
calls a person, the gateway asks for orders, which never reach the engine, and for the brief.
"""

from dialogues.purchase.decision import AGAINST, THRESHOLD, Decision, Evidence, decide
from dialogues.purchase.details import details_in, merged
from dialogues.purchase.missing import Options, missing
from dialogues.purchase.wishing import only_wishes

__all__ = [
    "AGAINST",
    "THRESHOLD",
    "Decision",
    "Evidence",
    "Options",
    "decide",
    "details_in",
    "merged",
    "missing",
    "only_wishes",
]
