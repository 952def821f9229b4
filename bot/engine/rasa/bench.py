"""Measures the purchase decision of a trained model on labelled rows; prints JSON.

python bench.py --model FILE --test FILE   {"text", "label": "purchase" or "other"}
"""

import argparse
import json
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Text

import environment

if TYPE_CHECKING:
    from components.linear import LinearModel

Row = Dict[Text, Any]
PURCHASE = "purchase"
BUYING = ("buy",)


def main() -> int:
    """Judge the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--errors", action="store_true", help="Add the rows that went wrong.")
    given = parser.parse_args()
    environment.prepare()
    found = intent(_load(given.model), _rows(given.test))
    wrong = found.pop("errors")
    if given.errors:
        found["errors"] = wrong
    json.dump(found, sys.stdout, ensure_ascii=False)
    return 0


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


def _load(path: Path) -> "LinearModel":
    """Read the weights out of a model's archive."""
    from components.linear import LinearModel

    with tempfile.TemporaryDirectory() as folder, tarfile.open(path) as archive:
        for member in archive:
            name = Path(member.name).name
            content = archive.extractfile(member) if name in LinearModel.FILES else None
            if content is not None:
                Path(folder, name).write_bytes(content.read())
        return LinearModel.load(Path(folder))


def _is_purchase(parsed: Dict[Text, Any]) -> bool:
    names = [parsed["intent"]["name"], *(further["name"] for further in parsed["also"])]
    return any(name in BUYING for name in names)


def _rows(path: Path) -> List[Row]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
