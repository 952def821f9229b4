"""Why a product came up: what a catalog page shows beside an answer of the search."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from catalog.products import Shape

How = Literal["word", "synonym", "spelling", "compound", "code", "measure", "missing"]


class WordReason(Shape):
    """One word of the question, and where the product has it.

    `told` is what stands in the product: the word itself, its synonym, or what was meant by a
    misspelt one. Fields: name, terms (category, colours, keywords), text (description), detail
    (properties), brand, code, measure.
    """

    typed: str
    how: How
    told: str = ""
    fields: tuple[str, ...] = ()


class Explanation(Shape):
    """How a product stands to a question.

    `filters` are the conditions that it fulfils, `unmet` those that it does not; `missed` is what
    the whole answer had to give up. `itself` tells the thing asked for from its accessories.
    """

    product_id: str
    exact: bool
    score: float | None = Field(description="None for a product that the answer does not have.")
    words: tuple[WordReason, ...] = ()
    filters: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unmet: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    itself: bool = False


class Understood(Shape):
    """How the catalog reads a question: what narrows it, and the words that have to be found.

    `filters` and `refused` are ids by kind; what the question was given already is among them.
    `unsold` are words for what the shop does not sell and knows something near to.
    """

    words: tuple[str, ...] = ()
    unsold: tuple[str, ...] = ()
    filters: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    refused: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    refused_words: tuple[str, ...] = ()
    size: str | None = None
    min_price: Decimal | None = None
    max_price: Decimal | None = None
