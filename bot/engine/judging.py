"""How right the purchase decision of a trained model is: the figures of `dialogo bench intent`."""

import json
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.engine.labelled import LabelledRowsError, Row, read_rows
from bot.engine.training import RASA, engine_python
from bot.errors import BadRequestError, EngineError

PURCHASE, OTHER = "purchase", "other"
BINS = 10


def judge_purchases(model: Path, test: Path, *, errors: bool = False) -> dict[str, Any]:
    """Return precision, recall and F1 of the decision on labelled rows, by the words alone.

    Rows are JSON Lines `{"text", "label": "purchase" | "other", "lang"?}`; with several languages
    each has figures of its own. `ece` is the expected calibration error of the score over ten
    bins. A file that cannot be used is a `BadRequestError` that says where and why.
    """
    rows = purchase_rows(test)
    if not model.is_file():
        raise BadRequestError(f"There is no model {model}; run `dialogo train`.")
    found = _run(model, test)
    judged = list(zip(rows, found, strict=True))
    figures: dict[str, Any] = {
        **_figures(judged),
        "rows": len(rows),
        "predict_ms_p50": round(statistics.median(one["milliseconds"] for one in found), 3),
    }
    languages = sorted({str(row["lang"]) for row in rows if row.get("lang")})
    if len(languages) > 1:
        figures["by_language"] = {
            name: _figures([pair for pair in judged if pair[0].get("lang") == name])
            for name in languages
        }
    return {**figures, "errors": _wrong(judged)} if errors else figures


def purchase_rows(test: Path) -> list[Row]:
    """Return the rows of a file, or say in which line what is wrong."""
    rows = read_rows(test)
    for number, row in enumerate(rows, 1):
        if row["label"] not in (PURCHASE, OTHER):
            reason = f'row {number} is labelled {row["label"]!r}; write "{PURCHASE}" or "{OTHER}".'
            raise LabelledRowsError(f"{test}  {reason}")
    return rows


def _figures(judged: Sequence[tuple[Row, dict[str, Any]]]) -> dict[str, float]:
    labels = [row["label"] == PURCHASE for row, _ in judged]
    said = [bool(one["wants"]) for _, one in judged]
    hits = sum(a and b for a, b in zip(said, labels, strict=True))
    precision = hits / sum(said) if any(said) else 0.0
    recall = hits / sum(labels) if any(labels) else 0.0
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall), 4) if hits else 0.0,
        "ece": _calibration_error([one["score"] for _, one in judged], labels),
    }


def _calibration_error(scores: Sequence[float], labels: Sequence[bool]) -> float:
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, label in zip(scores, labels, strict=True):
        bins[min(int(score * BINS), BINS - 1)].append((score, label))
    gaps = [abs(sum(s for s, _ in kept) - sum(label for _, label in kept)) for kept in bins]
    return round(sum(gaps) / len(labels), 4) if labels else 0.0


def _wrong(judged: Sequence[tuple[Row, dict[str, Any]]]) -> list[Row]:
    return [
        {**row, "predicted": PURCHASE if one["wants"] else OTHER, **_why(one)}
        for row, one in judged
        if one["wants"] != (row["label"] == PURCHASE)
    ]


def _why(one: dict[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in ("score", "reasons", "intent")}


def _run(model: Path, test: Path) -> list[dict[str, Any]]:
    python = engine_python()
    if not python.exists():
        raise EngineError(f"The engine's environment is missing ({python}); run `make setup`")
    given = ("--model", str(model.resolve()), "--test", str(test.resolve()))
    done = subprocess.run(  # noqa: S603  our own program and paths that exist
        [str(python), "-W", "ignore", str(RASA / "bench_intent.py"), *given],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise EngineError(f"The measurement failed: {last[0]}")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
