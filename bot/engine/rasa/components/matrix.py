"""Example phrases as a sparse matrix: one row for each, one column for each piece."""

from collections import Counter
from dataclasses import dataclass
from typing import Container, Dict, FrozenSet, List, Sequence, Text

import numpy as np
import scipy.sparse

from components.features import SHARES, count

COMMON = 2  # phrases
Counts = List[Dict[Text, int]]


@dataclass(frozen=True)
class Pieces:
    """Where each piece stands, words first, and how rare it is (smooth idf)."""

    places: List[Dict[Text, int]]
    rarity: np.ndarray


def common_words(phrases: Sequence[Sequence[Text]]) -> FrozenSet[Text]:
    """Return the words that several phrases use: real words, and no names or typos of others."""
    used = Counter(word for tokens in phrases for word in set(tokens))
    return frozenset(word for word, often in used.items() if often >= COMMON)


def counted(phrases: Sequence[Sequence[Text]], common: Container[Text]) -> List[Counts]:
    """Count the pieces of every phrase."""
    return [count(tokens, common) for tokens in phrases]


def pieces(counts: Sequence[Counts]) -> Pieces:
    """Number the pieces and weigh rare ones higher."""
    seen: List[Dict[Text, int]] = [{} for _ in SHARES]
    for phrase in counts:
        for group, found in zip(seen, phrase, strict=True):
            for piece in found:
                group[piece] = group.get(piece, 0) + 1
    places: List[Dict[Text, int]] = []
    start = 0
    for group in seen:
        places.append({piece: start + place for place, piece in enumerate(group)})
        start += len(group)
    often = np.array([n for group in seen for n in group.values()], dtype=float)
    return Pieces(places, np.log((1.0 + len(counts)) / (1.0 + often)) + 1.0)


def matrix(counts: Sequence[Counts], known: Pieces) -> scipy.sparse.csr_matrix:
    """Return the rows: each group of a phrase's pieces has the length that `SHARES` gives it."""
    columns: List[np.ndarray] = []
    values: List[np.ndarray] = []
    ends = [0]
    for phrase in counts:
        filled = 0
        for places, found, share in zip(known.places, phrase, SHARES, strict=True):
            at = np.array([places[piece] for piece in found], dtype=np.int32)
            often = np.array(list(found.values()), dtype=float)
            strength = (1.0 + np.log(often)) * known.rarity[at] if found else often
            columns.append(at)
            values.append(strength * (share / (np.linalg.norm(strength) or 1.0)))
            filled += len(at)
        ends.append(ends[-1] + filled)
    shape = (len(counts), len(known.rarity))
    return scipy.sparse.csr_matrix(
        (np.concatenate(values), np.concatenate(columns), ends), shape=shape
    )
