"""The shop's own words for what a feed calls otherwise: "Red" and "rosso" are one colour."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from catalog.tables import TermRow
from catalog.terms import Kind, Term


class Vocabulary:
    """Finds the id of a category, colour or material by any of the words that mean exactly it."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        for term in terms:
            words = {term.id, *term.names.values(), *(w for ws in term.words.values() for w in ws)}
            for word in words:
                self._ids.setdefault((term.kind, word.casefold()), term.id)

    def id_of(self, kind: Kind, word: str) -> str:
        """Return the id that is meant, or the word itself when nobody described it."""
        return self._ids.get((kind, word.casefold()), word)

    def ids_of(self, kind: Kind, words: Iterable[str]) -> list[str]:
        """Return the ids of several words, each once."""
        return list(dict.fromkeys(self.id_of(kind, word) for word in words))


def read_vocabulary(conn: Connection) -> Vocabulary:
    """Read the words that are in force."""
    return Vocabulary(stored_terms(conn))


def stored_terms(conn: Connection) -> list[Term]:
    """Return the words that are in force, in the shop's order."""
    ordered = select(TermRow.kind, TermRow.id, TermRow.data).order_by(TermRow.position, TermRow.id)
    rows = conn.execute(ordered).all()
    return [Term(kind=kind, id=id_, **data) for kind, id_, data in rows]
