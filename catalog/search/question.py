"""What a customer typed, once it is read: filters, limits, and the words that must be found."""

from dataclasses import dataclass, field
from decimal import Decimal

from catalog.search.language import Phrase
from catalog.terms import Kind


@dataclass(frozen=True, slots=True)
class Word:
    """One word that has to be found: as typed, or as it may have been meant."""

    typed: str
    meant: tuple[str, ...]  # the word itself if the shop knows it, else the nearest; may be none
    phrases: tuple[
        tuple[str, Phrase], ...
    ] = ()  # what "borsa a spalla" is also called, by language
    told: tuple["Word", ...] = ()  # the words of a phrase, or of a word that was typed in two
    apart: tuple[tuple[str, ...], ...] = ()  # "mousepad" as two words side by side
    measure: str | None = None

    def spelled(self) -> list[str]:
        """Return the single words as the shop spells them."""
        if self.told:
            return [part for word in self.told for part in word.spelled()]
        if self.measure:
            return []
        return [self.meant[0] if self.meant else self.typed]


@dataclass(slots=True)
class Question:
    """What is asked for; ids of one kind are alternatives, kinds narrow each other."""

    filters: dict[Kind, list[str]] = field(default_factory=dict)
    refused: dict[Kind, list[str]] = field(default_factory=dict)
    refused_words: list[Word] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    hints: list[Word] = field(default_factory=list)  # need not be found, but rank what has them
    spare_hints: list[Word] = field(default_factory=list)  # when no product is called like that
    small: list[Word] = field(default_factory=list)  # the small words of a short question
    near: list[Phrase] = field(default_factory=list)  # what comes nearest to what we do not sell
    unsold: list[str] = field(default_factory=list)  # what that was, where it was spelled like that
    size: str | None = None
    min_price: Decimal | None = None
    max_price: Decimal | None = None
