"""Measures understanding on rows that people have labelled; prints JSON.

python bench.py nlu --train FILE --test FILE      {"text", "label"}, "oos" for out of scope
python bench.py intent --test FILE --model FILE   {"text", "label": "purchase" or "other"}
"""

import argparse
import json
import statistics
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any, Dict, List, Text, Tuple

import environment

Row = Dict[Text, Any]
OUT_OF_SCOPE = "oos"
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
    rows = _rows(given.test)
    found = nlu(_rows(given.train), rows) if given.bench == "nlu" else intent(given.model, rows)
    wrong = found.pop("errors")
    if given.errors:
        found["errors"] = wrong
    json.dump(found, sys.stdout, ensure_ascii=False)
    return 0


def nlu(train: List[Row], test: List[Row]) -> Dict[Text, Any]:
    """Train on one file and judge by the shipped rule on the other."""
    from components.linear import fit
    from components.understanding import Understanding

    began = time.perf_counter()
    model = fit(
        [row["text"] for row in train], [row["label"] for row in train], [None] * len(train)
    )
    seconds = time.perf_counter() - began
    threshold = model.threshold(Understanding.get_default_config()["refused"])
    predicted: List[Tuple[Text, Text]] = []  # by the rule, and without it
    taken: List[float] = []
    for row in test:
        began = time.perf_counter()
        said = model.weigh(row["text"])
        taken.append((time.perf_counter() - began) * 1000)
        best = said.intents[0][0]
        predicted.append((best if said.clarity >= threshold else OUT_OF_SCOPE, best))
    return {
        **_scores([row["label"] for row in test], predicted),
        "train_seconds": round(seconds, 3),
        "predict_ms_p50": round(statistics.median(taken), 3),
        "errors": [
            {**row, "predicted": ruled}
            for row, (ruled, _) in zip(test, predicted, strict=False)
            if ruled != row["label"]
        ],
    }


def intent(model: Path, test: List[Row]) -> Dict[Text, Any]:
    """Judge the purchase decision of a trained model."""
    from components.linear import LinearModel
    from components.understanding import Understanding

    with tempfile.TemporaryDirectory() as folder, tarfile.open(model) as archive:
        for member in archive:
            name = Path(member.name).name
            content = archive.extractfile(member) if name in LinearModel.FILES else None
            if content is not None:
                Path(folder, name).write_bytes(content.read())
        learned = LinearModel.load(Path(folder))
    understanding = Understanding(Understanding.get_default_config(), None, None, learned)
    said = [_is_purchase(understanding.understand(row["text"])) for row in test]
    labels = [row["label"] == PURCHASE for row in test]
    hits = sum(a and b for a, b in zip(said, labels, strict=False))
    precision = hits / sum(said) if any(said) else 0.0
    recall = hits / sum(labels) if any(labels) else 0.0
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall), 4) if hits else 0.0,
        "errors": [row for row, a, b in zip(test, said, labels, strict=False) if a != b],
    }


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
