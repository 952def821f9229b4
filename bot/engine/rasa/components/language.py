"""Tells the language of a few words, by the words of the example phrases and their letters.

A word of the phrases counts by how much more often one language uses it; any other word counts by
its groups of letters. So "ok" and "paypal" say nothing, and a misspelt word still says a lot.
"""

import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Sequence, Text

from components.features import A_NUMBER

LETTERS = (1, 4)
# A word that a language never used counts as used so often; it keeps one word from deciding alone.
RAREST_WORD = 1e-5
RAREST_LETTERS = 1e-6
LOUDEST = 5.0  # how much one word can say, in natural logarithms of odds
TELLING = 1.0  # what a word must say to be counted among those that speak for a language
SAYING_NOTHING = (A_NUMBER, "webaddress", "emailaddress")

Shares = Dict[Text, List[float]]  # for each language in order: logarithm of the share


@dataclass(frozen=True)
class Tongue:
    """The language that was found: name, lead over the second, and how many words speak for it.

    Of words that no phrase uses only one is counted: "kdjfh sdkfj" sounds English and is nothing.
    """

    name: Optional[Text]
    lead: float = 0.0
    telling: int = 0

    def leads_by(self, least: float) -> bool:
        """Tell whether a language was found, and leads by so much."""
        return self.name is not None and self.lead >= least


@dataclass
class LanguageModel:
    """How often each language uses each word and each group of letters."""

    names: List[Text]
    words: Shares
    letters: Shares

    def hear(self, tokens: Sequence[Text]) -> Tongue:
        """Return the language that these words are in; no name where nobody has said which."""
        if not self.names:
            return Tongue(None)
        spoken = [word for word in tokens if word not in SAYING_NOTHING]
        said = [self._word(word) for word in spoken]
        sums = [sum(one[place] for one in said) for place in range(len(self.names))]
        order = sorted(range(len(sums)), key=lambda place: -sums[place])
        best = order[0]
        if len(order) == 1:
            return Tongue(self.names[best])
        second = order[1]
        telling = [
            word
            for word, one in zip(spoken, said, strict=True)
            if one[best] - one[second] >= TELLING
        ]
        known = sum(word in self.words for word in telling)
        counted = known + min(len(telling) - known, 1)
        return Tongue(self.names[best], sums[best] - sums[second], counted)

    def _word(self, word: Text) -> List[float]:
        found = self.words.get(word)
        if found is None:
            pieces = [self.letters[piece] for piece in _letters(word) if piece in self.letters]
            length = max(len(word), 1)
            found = [sum(piece[place] for piece in pieces) / length for place in self._places]
        loudest = max(found)
        return [max(share - loudest, -LOUDEST) for share in found]

    @property
    def _places(self) -> range:
        return range(len(self.names))

    def save(self, path: Path) -> None:
        """Write the model."""
        content = {"names": self.names, "words": self.words, "letters": self.letters}
        path.write_text(json.dumps(content), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "LanguageModel":
        """Read the model back."""
        content = json.loads(path.read_text(encoding="utf-8"))
        return cls(content["names"], content["words"], content["letters"])


def learn(phrases: Sequence[Sequence[Text]], languages: Sequence[Optional[Text]]) -> LanguageModel:
    """Count what each language uses; phrases whose language nobody has said are left out."""
    names = sorted({language for language in languages if language})
    used: Dict[Text, Counter[Text]] = {name: Counter() for name in names}
    for tokens, language in zip(phrases, languages, strict=True):
        if language:
            used[language].update(token for token in tokens if token not in SAYING_NOTHING)
    groups: Dict[Text, Counter[Text]] = {name: Counter() for name in names}
    for name, counted in used.items():
        for word, often in counted.items():
            for piece in _letters(word):
                groups[name][piece] += often
    return LanguageModel(names, _shares(used, RAREST_WORD), _letter_shares(groups))


def _letter_shares(groups: Dict[Text, "Counter[Text]"]) -> Shares:
    """Return the shares among groups of the same length, which alone can be compared."""
    shares: Shares = {}
    for size in range(LETTERS[0], LETTERS[1] + 1):
        same = {
            name: Counter({piece: often for piece, often in counted.items() if len(piece) == size})
            for name, counted in groups.items()
        }
        shares.update(_shares(same, RAREST_LETTERS))
    return shares


def _shares(used: Dict[Text, "Counter[Text]"], rarest: float) -> Shares:
    totals = {name: max(sum(counted.values()), 1) for name, counted in used.items()}
    every = sorted(set().union(*used.values())) if used else []
    return {
        piece: [
            round(math.log(counted[piece] / totals[name] + rarest), 4)
            for name, counted in used.items()
        ]
        for piece in every
    }


def _letters(word: Text) -> Iterator[Text]:
    padded = f" {word} "
    shortest, longest = LETTERS
    for size in range(shortest, longest + 1):
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]
