"""What a customer wants, all at once, and what to give up of it when there is no such thing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.reasons import Understood
from catalog.search.language import Phrase
from catalog.search.question import Word
from catalog.terms import Kind

# What is given up first when nothing fits: the cheapest wish, and what was named last in a shop.
_GIVE_UP = ("size", "colour", "occasion", "recipient", "material", "price", "words", "category")


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything that narrows a search, put together from the words and the given filters."""

    filters: dict[Kind, tuple[str, ...]]
    refused: dict[Kind, tuple[str, ...]]
    refused_words: tuple[Word, ...] = ()
    words: tuple[Word, ...] = ()
    hints: tuple[Word, ...] = ()
    spare_hints: tuple[Word, ...] = ()
    small: tuple[Word, ...] = ()
    near: tuple[Phrase, ...] = ()
    unsold: tuple[str, ...] = ()
    size: str | None = None
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    in_stock: bool = False
    exclude: tuple[str, ...] = ()
    only: tuple[str, ...] = ()  # the products that are called as the thing was named
    having: tuple[Word, ...] = ()  # what a product must tell, wherever it stands
    called: tuple[Word, ...] = ()  # what is called so is of the category, too
    any_word: bool = False
    language: str | None = None

    def told(self) -> Understood:
        """Return what is wished, for people to read."""
        return Understood(
            words=tuple(word.typed for word in self.words),
            unsold=self.unsold,
            filters=dict(self.filters),
            refused=dict(self.refused),
            refused_words=tuple(word.typed for word in self.refused_words),
            size=self.size,
            min_price=self.min_price,
            max_price=self.max_price,
        )

    @property
    def ranks_words(self) -> bool:
        """Whether what is wanted is known without the words, so that they only rank it."""
        return bool(self.only or self.having)

    def without(self, part: str) -> "Wish":
        """Return the wish with one part given up."""
        match part:
            case "size":
                return replace(self, size=None)
            case "price":
                return replace(self, min_price=None, max_price=None)
            case "words":
                return replace(self, any_word=True)
            case _:
                kept = {kind: ids for kind, ids in self.filters.items() if kind != part}
                return replace(self, filters=kept)

    def has(self, part: str) -> bool:
        """Tell whether that part narrows the search."""
        match part:
            case "size":
                return self.size is not None
            case "price":
                return self.min_price is not None or self.max_price is not None
            case "words":
                return bool(self.words) and not self.any_word
            case _:
                return part in self.filters


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids, best first; `wish` is what they fulfil and `missed` what had to be given up."""

    ids: tuple[str, ...]
    total: int
    wish: Wish
    missed: tuple[str, ...] = ()


def lesser(wish: Wish) -> Iterator[tuple[Wish, tuple[str, ...]]]:
    """Return the wish with less and less in it: first each part alone, then all the way."""
    parts = [part for part in _GIVE_UP if wish.has(part)]
    for part in parts:
        yield wish.without(part), (part,)
    given_up: tuple[str, ...] = ()
    for part in parts:
        wish = wish.without(part)
        given_up = (*given_up, part)
        if len(given_up) > 1:
            yield wish, given_up
