"""Measures understanding on rows that people have labelled; prints JSON.

python bench.py nlu --train FILE --test FILE      {"text", "label"}, "oos" for out of scope
python bench.py nlu --model FILE --test FILE      the same, judging a trained model
python bench.py intent --model FILE --test FILE   {"text", "label": "purchase" or "other"}
"""

import argparse
import json
import statistics
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Text, Tuple

import environment

if TYPE_CHECKING:
    from components.linear import LinearModel

Row = Dict[Text, Any]
OUT_OF_SCOPE = "oos"
OURS = "out_of_scope"  # the intent of that name in our own phrases
PURCHASE = "purchase"
BUYING = ("buy",)


def main() -> int:
    """Run the bench that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", choices=("nlu", "intent"))
    parser.add_argument("--train", type=Path)
    parser.add_argument("--test", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--errors", action="store_true", help="Add the rows that went wrong.")
    given = parser.parse_args()
    environment.prepare()
    model, seconds = _load(given.model) if given.model else _learn(_rows(given.train))
    rows = _rows(given.test)
    found = nlu(model, rows) if given.bench == "nlu" else intent(model, rows)
    found["train_seconds"] = round(seconds, 3)
    wrong = found.pop("errors")
    if given.errors:
        found["errors"] = wrong
    json.dump(found, sys.stdout, ensure_ascii=False)
    return 0


def nlu(model: "LinearModel", test: List[Row]) -> Dict[Text, Any]:
    """Judge by the rule that is shipped, and beside it by the best intent alone."""
    understanding = _understanding(model)
    predicted: List[Tuple[Text, Text]] = []  # by the rule, and without it
    taken: List[float] = []
    for row in test:
        began = time.perf_counter()
        parsed = understanding.understand(row["text"])
        taken.append((time.perf_counter() - began) * 1000)
        best = model.weigh(row["text"]).intents[0][0]
        predicted.append((_known(parsed["intent"]["name"]), _known(best)))
    labels = [_known(row["label"]) for row in test]
    return {
        **_scores(labels, predicted),
        "predict_ms_p50": round(statistics.median(taken), 3),
        "errors": [
            {**row, "predicted": ruled}
            for row, label, (ruled, _) in zip(test, labels, predicted, strict=True)
            if ruled != label
        ],
    }


def intent(model: "LinearModel", test: List[Row]) -> Dict[Text, Any]:
    """Judge the purchase decision of a trained model."""
    understanding = _understanding(model)
    said = [_is_purchase(understanding.understand(row["text"])) for row in test]
    labels = [row["label"] == PURCHASE for row in test]
    hits = sum(a and b for a, b in zip(said, labels, strict=True))
    precision = hits / sum(said) if any(said) else 0.0
    recall = hits / sum(labels) if any(labels) else 0.0
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall), 4) if hits else 0.0,
        "errors": [row for row, a, b in zip(test, said, labels, strict=True) if a != b],
    }


def _understanding(model: "LinearModel") -> Any:
    from components.understanding import Understanding

    return Understanding(Understanding.get_default_config(), None, None, model)


def _learn(rows: List[Row]) -> Tuple["LinearModel", float]:
    from components.linear import fit

    began = time.perf_counter()
    texts, labels = [row["text"] for row in rows], [row["label"] for row in rows]
    return fit(texts, labels, [None] * len(rows)), time.perf_counter() - began


def _load(path: Path) -> Tuple["LinearModel", float]:
    """Read the weights out of a model's archive."""
    from components.linear import LinearModel

    with tempfile.TemporaryDirectory() as folder, tarfile.open(path) as archive:
        for member in archive:
            name = Path(member.name).name
            content = archive.extractfile(member) if name in LinearModel.FILES else None
            if content is not None:
                Path(folder, name).write_bytes(content.read())
        return LinearModel.load(Path(folder)), 0.0


def _known(name: Optional[Text]) -> Text:
    """Call everything that is not ours to answer by one name."""
    return OUT_OF_SCOPE if name in (None, OURS) else str(name)


def _is_purchase(parsed: Dict[Text, Any]) -> bool:
    names = [parsed["intent"]["name"], *(further["name"] for further in parsed["also"])]
    return any(name in BUYING for name in names)


def _scores(labels: List[Text], predicted: List[Tuple[Text, Text]]) -> Dict[Text, Any]:
    pairs = list(zip(labels, predicted, strict=False))
    inside = [best == label for label, (_, best) in pairs if label != OUT_OF_SCOPE]
    refused = [label == OUT_OF_SCOPE for label, (ruled, _) in pairs if ruled == OUT_OF_SCOPE]
    outside = [ruled == OUT_OF_SCOPE for label, (ruled, _) in pairs if label == OUT_OF_SCOPE]
    return {
        "accuracy_in_scope": _share(inside),
        "accuracy_overall": _share([ruled == label for label, (ruled, _) in pairs]),
        "oos_recall": _share(outside),
        "oos_precision": _share(refused),
    }


def _share(right: List[bool]) -> float:
    return round(sum(right) / len(right), 4) if right else 0.0


def _rows(path: Path) -> List[Row]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
