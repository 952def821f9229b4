"""Measures what is found in messages that people have labelled; prints JSON.

python bench_entities.py --model FILE --lookups FILE --today DAY --test FILE...

A row is a message, a bar, and what it holds, `borsa max 50 € | category=borse; max_price=50`, or
`-` for nothing. Every pair of entity and value counts once per message.
"""

import argparse
import json
import os
import statistics
import sys
import tarfile
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, Dict, FrozenSet, List, Set, Text, Tuple

import environment

Pair = Tuple[Text, Text]
Row = Tuple[Text, FrozenSet[Pair]]
ALL = "all"


def main() -> int:
    """Judge the rows of all files together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", type=Path, nargs="+", required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--lookups", type=Path, required=True)
    parser.add_argument("--today", type=date.fromisoformat, required=True)
    parser.add_argument("--errors", action="store_true", help="Add the rows that went wrong.")
    given = parser.parse_args()
    os.environ["DIALOGO_LOOKUPS"] = str(given.lookups)
    environment.prepare()
    rows = [row for path in given.test for row in read(path)]
    found = judge(_understanding(given.model), rows, given.today)
    wrong = found.pop("errors")
    if given.errors:
        found["errors"] = wrong
    json.dump(found, sys.stdout, ensure_ascii=False)
    return 0


def read(path: Path) -> List[Row]:
    """Read labelled messages; a line that cannot be read is named."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        text, bar, labels = line.rpartition(" | ")
        pairs = [label.strip().partition("=") for label in labels.split(";")]
        if not bar or (labels != "-" and not all(name and value for name, _, value in pairs)):
            raise SystemExit(f'{path.name}:{number}: write "message | entity=value; entity=value"')
        said = frozenset((name, value) for name, _, value in pairs) if labels != "-" else []
        rows.append((text, frozenset(said)))
    return rows


def judge(understanding: Any, rows: List[Row], today: date) -> Dict[Text, Any]:
    """Count right, invented and missed pairs, for each entity and for all."""
    counts: Dict[Text, Counter] = {}
    errors, taken = [], []
    for text, wanted in rows:
        began = time.perf_counter()
        understood = understanding.understand(text, today)
        taken.append((time.perf_counter() - began) * 1000)
        found = {(e["entity"], str(e["value"])) for e in understood["entities"]}
        _count(counts, found, set(wanted))
        if found != wanted:
            invented, missed = sorted(found - wanted), sorted(wanted - found)
            errors.append({"text": text, "invented": invented, "missed": missed})
    return {
        "rows": len(rows),
        **_scores(counts.get(ALL, Counter())),
        "understand_ms_p50": round(statistics.median(taken), 3),
        "entities": {name: _scores(counts[name]) for name in sorted(counts) if name != ALL},
        "errors": errors,
    }


def _count(counts: Dict[Text, Counter], found: Set[Pair], wanted: Set[Pair]) -> None:
    for pair in found | wanted:
        which = "right" if pair in found & wanted else "invented" if pair in found else "missed"
        for name in (pair[0], ALL):
            counts.setdefault(name, Counter())[which] += 1


def _scores(counts: Counter) -> Dict[Text, Any]:
    right, invented, missed = counts["right"], counts["invented"], counts["missed"]
    precision = right / (right + invented) if right + invented else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    both = precision + recall
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / both if both else 0.0, 4),
        "labelled": right + missed,
    }


def _understanding(path: Path) -> Any:
    """Read the one component that matters out of a model's archive."""
    from components.language import LanguageModel
    from components.linear import LinearModel
    from components.understanding import LANGUAGES, Understanding

    with tempfile.TemporaryDirectory() as folder, tarfile.open(path) as archive:
        for member in archive:
            name = Path(member.name).name
            wanted = name in (*LinearModel.FILES, LANGUAGES)
            content = archive.extractfile(member) if wanted else None
            if content is not None:
                Path(folder, name).write_bytes(content.read())
        model = LinearModel.load(Path(folder))
        languages = LanguageModel.load(Path(folder, LANGUAGES))
    return Understanding(Understanding.get_default_config(), None, None, model, languages)


if __name__ == "__main__":
    sys.exit(main())
