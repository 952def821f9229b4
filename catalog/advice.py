"""What a shop advises in words of its own trade: which size is whose, what a need is called.

A shop without these parts gives no such advice; nothing about any trade stands in the code.
"""

import re
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from catalog.products import Shape

_SIGNS = re.compile(r"[^\w\s'’*,.&/+-]")


def _as_words(written: str) -> str:
    """Refuse what is no list of words, so that no sign is taken for a word of customers."""
    if strange := _SIGNS.search(written):
        raise ValueError(
            f"{strange.group()!r} is no part of a word; write words divided by commas, "
            "with a star for any ending: hand, hands, palm*"
        )
    if not all(part.strip(" *") for part in written.split(",")):
        raise ValueError("a word is missing; write words divided by commas: hand, hands, palm*")
    return written


def _in_some_language(texts: dict[str, str]) -> dict[str, str]:
    if not texts or not all(text.strip() for text in texts.values()):
        raise ValueError("write a text for each language: {it: ..., en: ...}")
    return texts


def _one_or_more(written: Any) -> Any:
    return (written,) if isinstance(written, str) else written


def _not_empty[Some: tuple[Any, ...]](listed: Some) -> Some:
    if not listed:
        raise ValueError("write at least one")
    return listed


Words = Annotated[str, AfterValidator(_as_words)]
OneAfterAnother = Annotated[
    tuple[Words, ...], BeforeValidator(_one_or_more), AfterValidator(_not_empty)
]
Said = Annotated[dict[str, str], AfterValidator(_in_some_language)]


class SizeStep(Shape):
    """A size and the largest measure that it fits; the largest size has none."""

    size: str
    up_to: float | None = Field(None, gt=0)


class SizeGuide(Shape):
    """How the size of some kinds of things is found, and which size a measure means.

    The measure is told by customers, in the unit of the text; nothing is converted.
    """

    categories: Annotated[tuple[str, ...], AfterValidator(_not_empty)] = Field(
        description="The ids of the kinds."
    )
    text: Said = Field(description="How to measure, by language, told as it is written.")
    measured: Words | None = Field(
        None, description="What is measured, in words of all languages: hand, hands, mano, mani."
    )
    steps: tuple[SizeStep, ...] = Field((), description="Sizes by the measure they go up to.")
    between: Literal["larger", "nearest"] | None = Field(
        None,
        description="Sizes that are measures: between two take the larger, or the nearest one.",
    )
    reach: float = Field(
        6, gt=0, description="A measure further than this from every size is of something else."
    )

    @model_validator(mode="after")
    def _is_one_rule(self) -> "SizeGuide":
        if self.steps and self.between:
            raise ValueError("give steps or between, not both: they are two rules for one thing")
        if not self.steps:
            return self
        ends = [step.up_to for step in self.steps[:-1]]
        if len(self.steps) < 2 or None in ends:
            raise ValueError("give at least two steps, and up_to for all but the last")
        if self.steps[-1].up_to is not None:
            raise ValueError("leave up_to away from the last step: the largest size has no end")
        if any(one >= other for one, other in pairwise(end for end in ends if end is not None)):
            raise ValueError("let up_to grow from step to step, from the smallest size on")
        return self


class Need(Shape):
    """What a thing must do, as customers say it, and what names or rows of the shop say instead."""

    said: Annotated[tuple[OneAfterAnother, ...], AfterValidator(_not_empty)] = Field(
        description="Words that say it; a list of them where one has to follow another."
    )
    unless: Words | None = Field(None, description="Words that mean something else.")
    told: Said = Field(description="The word of the trade, by language.")
    names_it: bool = Field(
        False, description="The word names the thing itself, whatever kind was said."
    )
    apart: int = Field(4, ge=0, le=30, description="Words between two that follow each other.")


def guide_for(guides: tuple[SizeGuide, ...], category: str | None) -> SizeGuide | None:
    """Return the guide of a category, None where the shop has none."""
    return next((guide for guide in guides if category in guide.categories), None)
