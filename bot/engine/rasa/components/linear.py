"""A linear classifier over words and letters: one sparse product per message."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Dict, FrozenSet, List, Sequence, Text, Tuple

import numpy as np

from components.calibration import Calibration, clarity
from components.features import count, singles
from components.shorthand import spelled_out


@dataclass(frozen=True)
class Weighed:
    """What the product says: each intent's margin, and how much of the message is known.

    `known` is the share of its words that training has seen, from 0 to 1, rare words counting more.
    """

    intents: List[Tuple[Text, float]]  # best first
    known: float

    @property
    def clarity(self) -> float:
        """How clearly the best intent was said."""
        margins = [margin for _, margin in self.intents[:2]]
        return float(clarity(margins[0], margins[0] - margins[-1], self.known))


@dataclass
class LinearModel:
    """Weights of every word, pair of words and piece of a word for every intent.

    `weights` has a column for each intent, times the rarity and the group's share, and a last one
    with the rarity alone, which the length of a message is reckoned from. `rarest` is the rarity
    of a word that no phrase has; `common` are the words that several phrases use.
    """

    vocabulary: List[Dict[Text, int]]
    weights: np.ndarray
    bias: np.ndarray
    intents: List[Text]
    rarest: float
    calibration: Calibration
    common: FrozenSet[Text] = frozenset()

    FILES: ClassVar[Tuple[Text, ...]] = ("weights.npz", "names.json")

    def weigh(self, tokens: Sequence[Text]) -> Weighed:
        """Return the margins of a message; two small gathers and a sum."""
        counted = count(spelled_out(tokens))
        margins = self.bias.copy()
        for pieces, vocabulary in zip(counted, self.vocabulary, strict=True):
            found = [(vocabulary[piece], n) for piece, n in pieces.items() if piece in vocabulary]
            if found:
                rows, numbers = zip(*found, strict=True)
                margins += _combine(self.weights[list(rows)], np.array(numbers))
        order = np.argsort(-margins)
        names = [self.intents[place] for place in order.tolist()]
        ranked = list(zip(names, margins[order].tolist(), strict=True))
        return Weighed(ranked, self._known(counted[0]))

    def _known(self, pieces: Dict[Text, int]) -> float:
        words = singles(pieces)
        places = [self.vocabulary[0].get(word) for word in words]
        seen = sum(float(self.weights[place, -1]) for place in places if place is not None)
        unseen = self.rarest * places.count(None)
        return seen / (seen + unseen) if words else 0.0

    def save(self, folder: Path) -> None:
        """Write the model."""
        np.savez(folder / "weights.npz", weights=self.weights, bias=self.bias)
        names: Dict[Text, Any] = {
            "vocabulary": self.vocabulary,
            "intents": self.intents,
            "rarest": self.rarest,
            "common": sorted(self.common),
            "calibration": self.calibration.dump(),
        }
        (folder / "names.json").write_text(json.dumps(names), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        """Read the model back."""
        numbers = np.load(folder / "weights.npz")
        names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        names["calibration"] = Calibration(**names["calibration"])
        names["common"] = frozenset(names["common"])
        return cls(weights=numbers["weights"], bias=numbers["bias"], **names)


def _combine(rows: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Sum the rows of one group of pieces, scaled to the group's length."""
    strength = 1.0 + np.log(numbers)
    scaled = strength * rows[:, -1]
    product: np.ndarray = (strength / np.sqrt(scaled @ scaled)) @ rows[:, :-1]
    return product
