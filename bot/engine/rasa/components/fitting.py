"""Learns a linear classifier from example phrases, and from phrases held out how sure it may be."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, List, Sequence, Set, Text, Tuple

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from components.calibration import UNCALIBRATED, Calibration, calibrate, clarity
from components.features import SHARES, singles, words
from components.linear import LinearModel
from components.matrix import Counts, common_words, counted, matrix, pieces
from components.shorthand import spelled_out

# How little is regularised; 10 to 150 differ by a quarter of a point on eight sets.
PENALTY = 30.0
TOLERANCE = 0.05  # five times finer changes no answer and takes a third longer
FOLDS = 5
ENOUGH = 2000  # held-out phrases; further folds would teach the same
SAID_WITHOUT_NAME = 100  # phrases of an intent, from which its name adds nothing
ALL_AT_ONCE = 0.5  # its share beside the other way
# Phrases times labels from which the logistic loss is left: it takes five times as long as the
# squared hinge there and is no better (BANKING77: 9 s and .917, 2 s and .914, together .92).
MANY = 400_000
SPREAD = 0.33  # of the margins; what one against the others gives by itself

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_LETTER = re.compile(r"[\W_]+")

Way = Tuple[np.ndarray, np.ndarray]  # weights (pieces x labels), bias
Weights = Tuple[List[Text], np.ndarray, np.ndarray]  # labels, weights, bias


def fit(phrases: Sequence[Sequence[Text]], intents: Sequence[Text]) -> LinearModel:
    """Learn the intents of phrases that have been cut into words.

    The name of an intent is one more phrase of it: "cancel_alarm" says what a few examples leave
    unsaid (docs/benchmarks.md).
    """
    names = sorted(name for name, said in Counter(intents).items() if said < SAID_WITHOUT_NAME)
    spelled = [spelled_out(tokens) for tokens in (*phrases, *map(name_words, names))]
    counts = counted(spelled)
    known = pieces(counts)
    rows = matrix(counts, known)
    labels = np.array([*intents, *names])
    sorted_names, weights, bias = separate(rows, labels)
    shares = np.concatenate([np.full(len(g), s) for g, s in zip(known.places, SHARES, strict=True)])
    # Rarity and share are multiplied in beforehand; the last column is for the length.
    packed = np.hstack([weights * (known.rarity * shares)[:, None], known.rarity[:, None]])
    return LinearModel(
        vocabulary=known.places,
        weights=packed.astype(np.float32),
        bias=bias,
        intents=sorted_names,
        rarest=_rarity(len(counts), 0),
        calibration=_held_out(counts, rows, labels, len(phrases)),
        common=common_words(spelled),
    )


def name_words(name: Text) -> List[Text]:
    """Return the words of an intent's name: "alarm/set_alarm", "RateBook"."""
    return words(_NO_LETTER.sub(" ", _CAMEL.sub(" ", name)))


def separate(rows: scipy.sparse.csr_matrix, labels: np.ndarray) -> Weights:
    """Train a classifier per label; all of them in two ways whose margins are added up.

    One against the others is best with few phrases, all at once (Crammer-Singer) with many. What
    is added up is linear again, so that a message costs no more.
    """
    names, numbered = np.unique(labels, return_inverse=True)
    if len(names) == 1:
        return [str(names[0])], np.zeros((rows.shape[1], 1)), np.ones(1)
    if len(labels) * len(names) < MANY:
        alone = LogisticRegression(C=PENALTY, solver="liblinear", tol=TOLERANCE, random_state=0)
    else:
        alone = LinearSVC(dual=False, tol=TOLERANCE)
    # Both at the same time: neither holds the interpreter, and only the second draws numbers.
    with ThreadPoolExecutor(1) as beside:
        first = beside.submit(_trained, alone, rows, numbered)
        ways = []
        if len(names) > 2:
            together = LinearSVC(multi_class="crammer_singer", tol=TOLERANCE, random_state=0)
            ways.append((_trained(together, rows, numbered), ALL_AT_ONCE))
        ways.append((first.result(), 1.0))
    spread = [_spread(rows, way) for way, _ in ways]
    total = sum(share for _, share in ways)
    # Brought to one spread, so that clarity means the same in every model.
    scale = [share * SPREAD / (one * total) for one, (_, share) in zip(spread, ways, strict=True)]
    weights = sum(way[0] * factor for factor, (way, _) in zip(scale, ways, strict=True))
    bias = sum(way[1] * factor for factor, (way, _) in zip(scale, ways, strict=True))
    return [str(name) for name in names], np.asarray(weights), np.asarray(bias)


def _trained(machine: Any, rows: scipy.sparse.csr_matrix, labels: np.ndarray) -> Way:
    machine.fit(rows, labels)
    weights, bias = machine.coef_.T, machine.intercept_
    if weights.shape[1] == 1:  # scikit-learn gives one classifier for the second of two labels
        weights, bias = np.hstack([-weights, weights]), np.concatenate([-bias, bias])
    return weights, bias


def _spread(rows: scipy.sparse.csr_matrix, way: Way) -> float:
    return float(np.std(np.asarray(rows @ way[0]) + way[1])) or 1.0


def _held_out(
    counts: Sequence[Counts], rows: scipy.sparse.csr_matrix, labels: np.ndarray, judged: int
) -> Calibration:
    """Let parts of the first `judged` phrases be judged by what all others teach."""
    said_by_people, taught = labels[:judged], np.arange(judged, len(labels))
    folds = min(FOLDS, int(max(np.unique(said_by_people, return_counts=True)[1])))
    if folds < 2 or len(set(labels)) < 3:
        return UNCALIBRATED
    said = [set(singles(phrase[0])) for phrase in counts]
    clear: List[float] = []
    right: List[bool] = []
    parts = StratifiedKFold(folds, shuffle=True, random_state=0)
    for learned, test in parts.split(said_by_people, said_by_people):
        if len(right) >= ENOUGH:
            break
        train = np.concatenate([learned, taught])
        names, weights, bias = separate(rows[train], labels[train])
        margins = np.asarray(rows[test] @ weights) + bias
        two = np.sort(margins, axis=1)[:, -2:]
        seen = _shares_seen(said, train, test)
        clear += list(clarity(two[:, 1], two[:, 1] - two[:, 0], seen))
        right += list(np.array(names)[margins.argmax(axis=1)] == labels[test])
    return calibrate(clear, right)


def _shares_seen(said: List[Set[Text]], train: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Return how much of each held-out phrase the others know, as `LinearModel` reckons it."""
    often: Dict[Text, int] = {}
    for row in train:
        for word in said[row]:
            often[word] = often.get(word, 0) + 1
    shares: List[float] = []
    for row in test:
        seen = sum(_rarity(len(train), often[word]) for word in said[row] if word in often)
        unseen = sum(_rarity(len(train), 0) for word in said[row] if word not in often)
        shares.append(seen / (seen + unseen) if said[row] else 0.0)
    return np.array(shares)


def _rarity(phrases: int, often: int) -> float:
    return float(np.log((1.0 + phrases) / (1.0 + often)) + 1.0)
