"""The shop's words in a file that people write: how customers call what it sells."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import Field
from sqlalchemy import Connection

from catalog.products import Shape
from catalog.terms import KINDS, PLURALS, Called, Kind, Term
from catalog.vocabulary import stored_terms
from catalog.written_files import ShopFileError, parse_file


class Said(Called):
    """One entry of such a file, with a name at least."""

    names: dict[str, str] = Field(min_length=1)


class ShopWords(Shape):
    """All words of a shop, by id; a part that is left out has none."""

    categories: dict[str, Said] = Field(default_factory=dict)
    colours: dict[str, Said] = Field(default_factory=dict)
    materials: dict[str, Said] = Field(default_factory=dict)
    recipients: dict[str, Said] = Field(default_factory=dict)
    occasions: dict[str, Said] = Field(default_factory=dict)

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "ShopWords":
        """Show terms as a file has them."""
        parts: dict[str, dict[str, Said]] = {plural: {} for plural in PLURALS.values()}
        for term in terms:
            said = Said(**term.model_dump(exclude={"kind", "id"}))
            parts[PLURALS[term.kind]][term.id] = said
        return cls.model_validate(parts)

    def terms(self) -> list[Term]:
        """Return every term, in the order of the file."""
        return [
            Term(kind=kind, id=id_, **said.model_dump())
            for kind in KINDS
            for id_, said in self.part(kind).items()
        ]

    def part(self, kind: Kind) -> dict[str, Said]:
        """Return the part of a kind."""
        found: dict[str, Said] = getattr(self, PLURALS[kind])
        return found


def stored_words(conn: Connection) -> ShopWords:
    """Return the words that are in place, in their order."""
    return ShopWords.of(stored_terms(conn))


def read_words(path: Path) -> ShopWords:
    """Read such a file; see `parse_words`."""
    return parse_words(path.read_text(encoding="utf-8"), path.name)


def parse_words(text: str, name: str) -> ShopWords:
    """Read the words as they are written; `name` is what mistakes call the file.

    Raises ShopFileError.
    """
    words = parse_file(text, name, ShopWords, begin="one of the parts: `categories:`")
    if strangers := list(_without_family(words)):
        raise ShopFileError([f"{name}, {told}" for told in strangers])
    return words


def _without_family(words: ShopWords) -> Iterator[str]:
    for kind in KINDS:
        part = words.part(kind)
        for id_, said in part.items():
            if said.wider is not None and said.wider not in part:
                there = ", ".join(sorted(part))
                yield f"{PLURALS[kind]}, {id_}, wider: there is no {said.wider}; there are: {there}"
