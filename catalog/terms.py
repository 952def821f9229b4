"""The shop's words: how customers call its categories, colours, materials, people and occasions."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from pydantic import Field

from catalog.products import Shape

Kind = Literal["category", "colour", "material", "recipient", "occasion"]
KINDS: tuple[Kind, ...] = ("category", "colour", "material", "recipient", "occasion")
PLURALS: dict[Kind, str] = {
    "category": "categories",
    "colour": "colours",
    "material": "materials",
    "recipient": "recipients",
    "occasion": "occasions",
}

Texts = dict[str, tuple[str, ...]]


class Called(Shape):
    """How one category, colour, material, recipient or occasion is called.

    `words` mean exactly this; `kinds` are narrower ("clutch" is a bag, but not every bag is a
    clutch): they point here, and still have to be found in the product's own words.
    """

    names: dict[str, str]
    words: Texts = Field(default_factory=dict)
    kinds: Texts = Field(default_factory=dict)
    wider: str | None = Field(None, description="The family: bordeaux is a red.")


class Term(Called):
    """One category, colour, material, recipient or occasion, with its id."""

    kind: Kind
    id: str

    def said(self, language: str) -> tuple[str, ...]:
        """Return every word by which customers of this language mean it, the name first."""
        name = (self.names[language],) if language in self.names else ()
        listed = (*self.words.get(language, ()), *self.kinds.get(language, ()))
        return tuple(dict.fromkeys(word.casefold() for word in (*name, *listed)))

    def exactly(self, language: str) -> tuple[str, ...]:
        """Return the words that mean exactly this, the name first."""
        name = (self.names[language],) if language in self.names else ()
        return (*name, *self.words.get(language, ()))


class Terms:
    """All terms of the shop."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.all = tuple(terms)
        self._index = {(term.kind, term.id): term for term in self.all}

    def get(self, kind: Kind, id_: str | None) -> Term | None:
        """Return a term, or None for an id that nobody described."""
        return self._index.get((kind, id_)) if id_ else None

    def for_others(self, made: Iterable[str], asked: Iterable[str]) -> bool:
        """Tell whether what is made for some recipients is for women, and a man asks, or so.

        Who is like that, the terms tell: mum is a woman, so women are a family of recipients.
        """
        wider = {term.id: term.wider for term in self.of("recipient")}
        families = {family for family in wider.values() if family}
        ours, theirs = ({wider.get(id_) or id_ for id_ in ids} & families for ids in (asked, made))
        return bool(ours and theirs) and not ours & theirs

    def of(self, kind: Kind) -> Iterator[Term]:
        """Return the terms of a kind in the shop's order."""
        return (term for term in self.all if term.kind == kind)

    def lookups(self, languages: tuple[str, ...]) -> dict[str, Any]:
        """Return kind (in plural) -> ids with all their words, as the engine reads them."""
        return {
            PLURALS[kind]: [
                {"id": term.id, "words": {code: list(term.said(code)) for code in languages}}
                for term in self.of(kind)
            ]
            for kind in KINDS
        }
