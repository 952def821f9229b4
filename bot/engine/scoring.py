"""How right an understanding is, and how well it knows that: figures from rows and answers."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

OUT_OF_SCOPE = "oos"
# What a pipeline calls a message that it does not know: nothing, Rasa's fallback, our own intent.
UNKNOWN = (None, "", "nlu_fallback", "out_of_scope")
BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled message and what was made of it.

    `said` is the intent that the bot would act on, `best` the first of the ranking whatever the
    threshold says, `confidence` how sure it was of that one, `options` what it would ask about.
    """

    label: str
    said: str
    best: str
    confidence: float
    options: tuple[str, ...] = ()

    @property
    def inside(self) -> bool:
        """Whether the message is one of those that the training rows are about."""
        return self.label != OUT_OF_SCOPE


def judged(label: str, answer: dict[str, Any]) -> Judged:
    """Read what a pipeline said about one message."""
    ranking = [rank for rank in answer.get("intent_ranking") or [] if _is_known(rank)]
    best: dict[str, Any] = ranking[0] if ranking else {"name": None, "confidence": 0.0}
    return Judged(
        label=_named(label),
        said=_named(answer["intent"].get("name")),
        best=_named(best["name"]),
        confidence=float(best["confidence"]),
        options=tuple(answer.get("unsure") or ()),
    )


def scores(rows: Sequence[Judged]) -> dict[str, float]:
    """Return the figures of `dialogo bench nlu`, each a share from 0 to 1.

    In scope counts the best intent alone; overall goes by the rule that is shipped, where a
    message that the bot would ask back about counts as not known.
    """
    inside = [row for row in rows if row.inside]
    asked = [row for row in rows if row.options]
    return {
        "accuracy_in_scope": _share(row.best == row.label for row in inside),
        "accuracy_in_scope_with_threshold": _share(row.said == row.label for row in inside),
        "accuracy_overall": _share(row.said == row.label for row in rows),
        "oos_recall": _share(row.said == OUT_OF_SCOPE for row in rows if not row.inside),
        "oos_precision": _share(not row.inside for row in rows if row.said == OUT_OF_SCOPE),
        "ece": calibration_error(inside),
        "ece_overall": calibration_error(rows),
        "asked": _share(bool(row.options) for row in rows),
        "asked_in_scope_right": _share(row.label in row.options for row in asked if row.inside),
    }


def calibration_error(rows: Sequence[Judged]) -> float:
    """Return the expected calibration error over ten bins of equal width.

    That is how far, on average, the confidence lies from the share of messages it is right about;
    a message out of scope counts as wrong.
    """
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for row in rows:
        bins[min(int(row.confidence * BINS), BINS - 1)].append(row)
    gaps = [
        len(kept)
        * abs(
            statistics.fmean(row.confidence for row in kept)
            - statistics.fmean(row.best == row.label for row in kept)
        )
        for kept in bins
        if kept
    ]
    return round(sum(gaps) / len(rows), 4) if rows else 0.0


def _is_known(rank: dict[str, Any]) -> bool:
    return rank.get("name") != "nlu_fallback"


def _named(name: str | None) -> str:
    return OUT_OF_SCOPE if name in UNKNOWN else str(name)


def _share(right: Any) -> float:
    counted = [bool(one) for one in right]
    return round(sum(counted) / len(counted), 4) if counted else 0.0
