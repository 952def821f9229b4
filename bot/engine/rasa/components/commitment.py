"""How surely a message commits to buying: a linear model over words, letters and cues.

It is a model of its own, beside the intents, because it answers one question for any trade, with
and without the word "buy", and because its answer has to be a probability that can be added up
with what else is known (`dialogues.purchase`).
"""

import json
import math
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Sequence, Set, Text, Tuple

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from components.cues import ACT, BUYS, HINDERING, Cues
from components.features import words

FILE = "commitment.json"
LONGEST = 400  # characters; a commitment is short, and the cost must stay so
LETTERS = (3, 6)  # across the borders of words: "a prend" is another thing than "e prend"
# How much each group weighs beside the words, and how little is regularised: best of several by
# the log loss of cross-validation on the training rows (docs/benchmarks.md).
LETTER_WEIGHT = 1.4
MIXED_WEIGHT = 0.5
CUE_WEIGHT = 0.15
PENALTY = 30.0
FOLDS = 5
SMALLEST = 0.02  # weights below it change no answer and are not kept
LONG = 12  # words


class Example(NamedTuple):
    """A message, whether it commits, and how much it counts in training."""

    text: Text
    commits: bool
    weight: float = 1.0


@dataclass
class Commitment:
    """The weights of everything that was seen in training."""

    weights: Dict[Text, float]
    bias: float
    slope: Tuple[float, float]
    cues: Cues

    def score(self, text: Text) -> Tuple[float, List[Text]]:
        """Return the probability that the message commits, and the cues found in it."""
        text = text[:LONGEST]
        clauses, buys = self.cues.read(text)
        margin, weights = self.bias, self.weights
        for group, scale in _groups(text, clauses):
            margin += scale * sum(map(weights.__getitem__, weights.keys() & group))
        steepness, offset = self.slope
        found = set().union(*clauses) - (set() if buys else {BUYS})
        return 1.0 / (1.0 + math.exp(-(steepness * margin + offset))), sorted(found)

    def save(self, folder: Path) -> None:
        """Write the model."""
        kept: Dict[Text, Any] = {
            "weights": self.weights,
            "bias": self.bias,
            "slope": self.slope,
            "cues": self.cues.words,
        }
        (folder / FILE).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Commitment":
        """Read the model back."""
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return cls(kept["weights"], kept["bias"], tuple(kept["slope"]), Cues(kept["cues"]))


def fit(examples: Sequence[Example], cues: Cues) -> Commitment:
    """Learn from examples of both kinds; the slope makes the margin a probability."""
    matrix, names = _matrix([example.text for example in examples], cues)
    commits = np.array([example.commits for example in examples])
    weight = np.array([example.weight for example in examples])
    model = _learn(matrix, commits, weight)
    found = {
        name: round(float(value), 4)
        for name, value in zip(names, model.coef_[0], strict=True)
        if abs(value) >= SMALLEST
    }
    slope = _calibrate(matrix, commits, weight)
    return Commitment(found, float(model.intercept_[0]), slope, cues)


def _learn(
    matrix: scipy.sparse.csr_matrix, commits: np.ndarray, weight: np.ndarray
) -> LogisticRegression:
    machine = LogisticRegression(C=PENALTY, solver="liblinear", random_state=0)
    return machine.fit(matrix, commits, sample_weight=weight)


def held_out(
    matrix: scipy.sparse.csr_matrix, commits: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    """Return the margin of every example by a model that has not seen it."""
    margins = np.zeros(len(commits))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(matrix, commits):
        model = _learn(matrix[train], commits[train], weight[train])
        margins[test] = model.decision_function(matrix[test])
    return margins


def _calibrate(
    matrix: scipy.sparse.csr_matrix, commits: np.ndarray, weight: np.ndarray
) -> Tuple[float, float]:
    """Learn from held-out rows what share of messages with such a margin commits."""
    if min(commits.sum(), (~commits).sum()) < FOLDS:
        return 1.0, 0.0
    margins = held_out(matrix, commits, weight)
    fitted = LogisticRegression().fit(margins[:, None], commits, sample_weight=weight)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _matrix(texts: Sequence[Text], cues: Cues) -> Tuple[scipy.sparse.csr_matrix, List[Text]]:
    places: Dict[Text, int] = {}
    rows: List[int] = []
    columns: List[int] = []
    values: List[float] = []
    for row, text in enumerate(texts):
        for group, scale in _groups(text, cues.read(text).clauses):
            found = [places.setdefault(piece, len(places)) for piece in group]
            rows += [row] * len(found)
            columns += found
            values += [scale] * len(found)
    shape = (len(texts), len(places))
    return scipy.sparse.csr_matrix((values, (rows, columns)), shape=shape), list(places)


def _groups(text: Text, clauses: Sequence[Set[Text]]) -> List[Tuple[Set[Text], float]]:
    """Return the pieces of a message in groups, each with what one of its pieces counts.

    Words, letters, and words beside a cue ("prendo" after a "not" is another word) are scaled to
    length one, so that a long message weighs no more than a short one.
    """
    tokens = words(text)
    asked = "?" in text
    spoken = ["<", *tokens, *(["?"] if asked else []), ">"]
    by_word = set(spoken[1:-1]) | {f"{a} {b}" for a, b in pairwise(spoken)}
    by_letter = _letters(f" {' '.join(tokens)} ")
    hindering = set().union(*clauses).intersection(HINDERING) or {"free"}
    mixed = {f"{cue}&{token}" for cue in hindering for token in tokens}
    by_cue = _of_cues(clauses, asked=asked) | {f"@long {min(len(tokens), LONG) // 3}"}
    return [
        (by_word, _each(1.0, by_word)),
        (by_letter, _each(LETTER_WEIGHT, by_letter)),
        (mixed, _each(MIXED_WEIGHT, mixed)),
        (by_cue, CUE_WEIGHT),
    ]


def _each(weight: float, group: Set[Text]) -> float:
    return weight / math.sqrt(max(len(group), 1))


def _letters(spoken: Text) -> Set[Text]:
    shortest, longest = LETTERS
    return {
        f"#{spoken[start : start + size]}"
        for size in range(shortest, longest + 1)
        for start in range(len(spoken) - size + 1)
    }


def _of_cues(clauses: Sequence[Set[Text]], *, asked: bool) -> Set[Text]:
    """Return each cue, the pairs within one clause, and whether some clause commits freely."""
    found: Set[Text] = {f"@clauses {min(len(clauses), 3)}"}
    free = False
    for clause in clauses:
        names = sorted(clause)
        found.update(f"@{name}" for name in names)
        found.update(f"@{one}+{other}" for one, other in combinations(names, 2))
        free = free or (ACT in clause and not clause.intersection(HINDERING))
    if clauses:
        found.update(f"@last {name}" for name in clauses[-1])
        found.update(f"@first {name}" for name in clauses[0])
    found.add("@free" if free else "@bound")
    if asked:
        found.add("@asked free" if free else "@asked bound")
    return found
