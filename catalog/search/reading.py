"""Reading what a customer typed, with the words of one state of the catalog."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from catalog.search.index import SearchIndex
from catalog.search.language import Language, Phrase
from catalog.search.numbers import take_numbers
from catalog.search.phrases import (
    Meaning,
    Meanings,
    abroad_phrases,
    alike,
    every_word,
    kind_phrases,
    same_phrases,
    term_phrases,
)
from catalog.search.question import Question, Word
from catalog.search.sold import Sold
from catalog.search.spelled import Speller
from catalog.search.things import Thing, Things
from catalog.search.wording import Wording
from catalog.terms import Terms
from catalog.text import words

_NOT = frozenset(
    {"non", "no", "senza", "tranne", "eccetto", "escluso", "esclusa", "niente"}
    | {"not", "without", "except", "excluding", "don", "dont", "doesn", "isn", "aren"}
)
# "Not made of", "non la voglio in": what may stand between a refusal and what is refused.
_FILLERS = frozenset(
    {"in", "di", "a", "of", "made", "la", "il", "lo", "le", "i", "gli", "l", "un", "the"}
    | {"sia", "siano", "troppo", "be", "is", "are", "della", "delle", "dei", "con", "una"}
    | {"any", "with", "color", "colour", "colore", "voglio", "vorrei", "want", "t", "too"}
)
_NOR = frozenset({"o", "oppure", "ne", "or", "nor"})


_SHORT = 3  # words; in a short question the small ones say something
_BRAND = 4  # letters


class Reader:
    """Reads questions in any of the languages; they may be mixed."""

    def __init__(
        self, terms: Terms, languages: Sequence[Language], index: SearchIndex, wording: Wording
    ) -> None:
        self._terms = terms
        self._languages = tuple(languages)
        self._index = index
        self._known = wording.knows
        passed = {word for language in languages for word in language.passed_over}
        # "Dell" is a brand where it is sold, and no Italian preposition; "D-Link" sells no "d".
        self._passed = frozenset(
            word for word in passed if len(word) < _BRAND or not index.knows("brand", word)
        )
        self._phrases = term_phrases(terms, languages, self._passed)
        self._kinds = kind_phrases(terms, languages)
        self._same = same_phrases(languages, self._passed)
        for key, others in abroad_phrases(languages, wording.abroad).items():
            self._same[key] = list(dict.fromkeys((*self._same.get(key, ()), *others)))
        self._near = {
            (language.code, phrase): ours
            for language in languages
            for phrase, ours in language.near.items()
        }
        lengths = [len(phrase) for known in (self._phrases, self._same) for _, phrase in known]
        self._longest = max(lengths, default=1)
        self._sold = Sold(index, (*self._phrases, *self._same))
        self._things = Things(index, terms, languages, self._passed)
        self._speller = Speller(
            index, every_word(terms, languages), self._passed, self._is_form, self._is_called
        )

    def read(self, text: str) -> Question:
        """Read a question; "no umbrellas, I guess?" asks for them, where nothing else is said."""
        question = Question()
        rest, measured = take_numbers(text, question)
        typed = self._speller.words(words(rest), measured)
        self._read(typed, question)
        if not (question.words or question.filters or question.refused):
            question = self._asked_all_the_same(typed) or question
        small = [word for word in typed if word.typed in self._passed]
        if len(typed) <= _SHORT and question.words:
            question.small += small
        elif not question.filters:
            question.hints += small
        return question

    def _asked_all_the_same(self, typed: list[Word]) -> Question | None:
        """Read what sounds refused, and is a guess that the shop does not sell it."""
        plain = [word for word in typed if word.typed not in _NOT]
        if len(plain) == len(typed):
            return None
        question = Question()
        self._read(plain, question)
        return question if question.near else None

    def _read(self, typed: list[Word], question: Question) -> None:
        position = 0
        negated = refused = False
        while position < len(typed):
            word = typed[position]
            taken = self._take(typed, position, question, negated=negated)
            refused = negated and (taken > 0 or self._refuse(word, typed, position, question))
            filling = negated and word.typed in _FILLERS
            if not taken and not refused and not filling:
                self._take_word(word, question)
            position += max(taken, 1)
            negated = self._negates(word, negated=negated, taken=taken, refused=refused)
            if refused and position < len(typed) and typed[position].typed in _NOR:
                negated, position = True, position + 1

    def read_words(self, text: str) -> list[Word]:
        """Read a text word by word, with their spelling and nothing else."""
        typed = self._speller.words(words(text), {})
        return [word for word in typed if word.typed not in self._passed]

    def read_thing(self, text: str) -> Thing | None:
        """Return what is called as a text names it, None where it names no narrow kind."""
        return self._things.called(self._speller.words(words(text), {}))

    def read_whole(self, text: str) -> str | None:
        """Return the category that a text names whole, None where it names none."""
        return self._things.whole(self._speller.words(words(text), {}))

    def read_told(self, text: str) -> list[Word]:
        """Read what a product has to tell: "portatile da 15 pollici", wherever it stands.

        What we do not sell ourselves is told by what comes nearest: glasses by a glasses case.
        """
        rest, measured = take_numbers(text, Question())
        found = []
        for word in self._speller.words(words(rest), measured):
            if word.typed not in self._passed:
                near = tuple(
                    (language.code, phrase)
                    for language, _, stems in self._spellings([word])
                    for phrase in self._near.get((language.code, stems), ())
                )
                found.append(replace(word, meant=(), apart=(), phrases=near) if near else word)
        return found

    def _negates(self, word: Word, *, negated: bool, taken: int, refused: bool) -> bool:
        if word.typed in _NOT:
            return not taken
        return negated and not taken and not refused and word.typed in _FILLERS

    def _refuse(self, word: Word, typed: Sequence[Word], position: int, question: Question) -> bool:
        """Take a word that is refused: "without zip"; False when it is no such thing.

        Refusing what the shop does not have takes nothing away.
        """
        if word.typed in self._passed or word.typed in _NOT or word.typed in _FILLERS:
            return False
        before = typed[position - 1].typed if position else ""
        meant = word.meant[0] if word.meant else word.typed
        if before in _NOT and self._is_name(before, meant):
            return False  # "no frost" is what the shop calls it
        if self._known(meant):
            question.refused_words.append(word)
        return True

    def _is_name(self, *told: str) -> bool:
        queries = [
            self._index.phrase(f"name_{language.code}", [language.stems.of(word) for word in told])
            for language in self._languages
        ]
        return any(self._index.searcher.search(query, 1).hits for query in queries)

    def _is_form(self, word: str) -> bool:
        """Tell whether it is another form of a word that the shop uses."""
        return self._known(word) or any(
            (language.code, (language.stems.of(word),)) in self._phrases
            for language in self._languages
        )

    def _is_called(self, word: str) -> bool:
        """Tell whether a word has synonyms, here or in another language."""
        stems = [(language, (language.stems.of(word),)) for language in self._languages]
        return any(stem in language.same or stem in language.abroad for language, stem in stems)

    def _take(self, typed: list[Word], position: int, question: Question, *, negated: bool) -> int:
        """Take a phrase that means something here; return how many words it has."""
        for length in range(min(self._longest + 2, len(typed) - position), 0, -1):
            window = typed[position : position + length]
            if found := self._mean(self._phrases, window) or self._mean_apart(window):
                self._take_terms(window, found, question, negated=negated)
                return length
            if not negated and self._find(self._near, window):
                return self._take_near(typed, position, question)
            if length > 1 and not negated and (same := self._find(self._same, window)):
                self._take_same(window, same, question)
                return length
        return 0

    def _take_same(
        self, window: Sequence[Word], same: Sequence[tuple[str, Phrase]], question: Question
    ) -> None:
        told = " ".join(word.typed for word in window)
        parts = tuple(word for word in window if word.typed not in self._passed)
        question.words.append(Word(told, (), tuple(same), told=parts))
        for kind, id_ in self._mean(self._kinds, window):
            question.filters.setdefault(kind, []).append(id_)

    def _take_terms(
        self,
        window: list[Word],
        found: list[Meaning],
        question: Question,
        *,
        negated: bool,
    ) -> None:
        for kind, id_ in found:
            (question.refused if negated else question.filters).setdefault(kind, []).append(id_)
        if negated:
            return
        question.hints += [word for word in window if word.typed not in self._passed]
        for kind, id_ in found:
            if kind == "category" and (term := self._terms.get(kind, id_)):
                told = [word for name in term.names.values() for word in words(name)]
                question.spare_hints += [Word(word, (word,)) for word in dict.fromkeys(told)]

    def _mean_apart(self, window: list[Word]) -> list[Meaning]:
        """Find "borsa computer" in "borsa per il computer"."""
        told = [word for word in window if word.typed not in self._passed]
        apart = 1 < len(told) < len(window) and told[0] is window[0] and told[-1] is window[-1]
        return self._mean(self._phrases, told) if apart else []

    def _take_near(self, typed: list[Word], position: int, question: Question) -> int:
        for length in range(min(3, len(typed) - position), 0, -1):
            chosen = typed[position : position + length]
            if (found := self._find(self._near, chosen)) and not self._sells(chosen):
                told = " ".join(word.typed for word in chosen)
                question.words.append(Word(told, ()))
                question.near += found
                if self._is_meant(chosen):
                    question.unsold.append(told)
                return length
        return 0

    def _sells(self, chosen: Sequence[Word]) -> bool:
        """Tell whether a product is called so: what a shop sells needs nothing near to it."""
        spelled = self._spellings(chosen)
        return any(self._sold.sells(language.code, phrase) for language, _, phrase in spelled)

    def _is_meant(self, chosen: Sequence[Word]) -> bool:
        """Tell whether words were spelled like that, and are more than small ones."""
        return all(w.typed in w.meant and w.typed not in self._passed for w in chosen)

    def _take_word(self, word: Word, question: Question) -> None:
        if word.typed not in self._passed and word.typed not in _NOT:
            question.words.append(word)

    def _mean(self, known: Meanings, typed: Sequence[Word]) -> list[Meaning]:
        """Return what the words mean, in any language and spelling."""
        found: dict[Meaning, None] = {}
        for language, spelled, phrase in self._spellings(typed):
            meanings = known.get((language.code, phrase), ())
            found.update(
                (meaning, None) for meaning, told in meanings if _is_said(meaning, spelled, told)
            )
        return list(found)

    def _find[T](
        self, known: Mapping[tuple[str, Phrase], Sequence[T]], typed: Sequence[Word]
    ) -> list[T]:
        found: dict[T, None] = {}
        for language, _, phrase in self._spellings(typed):
            found.update(dict.fromkeys(known.get((language.code, phrase), ())))
        return list(found)

    def _spellings(
        self, typed: Sequence[Word]
    ) -> Iterator[tuple[Language, tuple[str, ...], Phrase]]:
        for language in self._languages:
            for spelled in _spellings(typed):
                yield language, spelled, tuple(language.stems.of(word) for word in spelled)


def _is_said(meaning: Meaning, spelled: Phrase, told: Phrase) -> bool:
    """Tell whether words mean a term; of a material nobody says several: glasses are no glass."""
    return spelled == told or (meaning[0] != "material" and alike(spelled, told))


def _spellings(typed: Sequence[Word]) -> list[tuple[str, ...]]:
    if any(not word.meant for word in typed):
        return []
    if len(typed) == 1:
        return [(meant,) for meant in typed[0].meant]
    return [tuple(word.meant[0] for word in typed)]
