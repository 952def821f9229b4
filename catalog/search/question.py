"""Reading what a customer typed: filters, price limits, and the words that must be found."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.search.language import Language, Phrase
from catalog.search.phrases import (
    Meaning,
    Meanings,
    alike,
    every_word,
    kind_phrases,
    same_phrases,
    term_phrases,
)
from catalog.search.spelling import Spelling
from catalog.terms import Kind, Terms
from catalog.text import fold, words

_AMOUNT = r"(?:€|eur|euro|euros)?\s*(\d+(?:[.,]\d{1,2})?)\s*(?:€|eur|euro|euros)?"
_BETWEEN = re.compile(
    rf"\b(?:tra|fra|between|da|from)\s+(?:i\s+)?{_AMOUNT}\s+(?:e|ed|and|a|to)\s+(?:i\s+)?{_AMOUNT}"
)
_AT_MOST = re.compile(
    r"\b(?:sotto|entro|fino a|meno di|massimo|max|non piu di|under|below|up to|less than|at most|"
    rf"no more than|within)\s+(?:a\s+)?(?:i\s+|gli\s+)?{_AMOUNT}(?!\w)"
)
_AT_LEAST = re.compile(
    r"\b(?:sopra|oltre|almeno|minimo|piu di|over|above|more than|at least)\s+(?:i\s+|gli\s+)?"
    rf"{_AMOUNT}(?!\w)"
)
_SIZE = re.compile(
    r"\b(?:taglia|misura|numero|size|tg\.?)\s*(?:da\s+)?(\d{1,3}(?:[.,]5)?|xxl|xl|xs|l|m|s)\b"
)
_NOT = frozenset({"non", "no", "senza", "not", "without"})
_FILLERS = frozenset({"in", "di", "a", "of", "made"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word that has to be found: as typed, or as it may have been meant."""

    typed: str
    meant: tuple[str, ...]  # the word itself if the shop knows it, else the nearest; may be none
    phrases: tuple[
        tuple[str, Phrase], ...
    ] = ()  # what "borsa a spalla" is also called, by language


@dataclass(slots=True)
class Question:
    """What is asked for; ids of one kind are alternatives, kinds narrow each other."""

    filters: dict[Kind, list[str]] = field(default_factory=dict)
    refused: dict[Kind, list[str]] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    hints: list[Word] = field(default_factory=list)  # need not be found, but rank what has them
    spare_hints: list[Word] = field(default_factory=list)  # when no product is called like that
    near: list[Phrase] = field(default_factory=list)  # what comes nearest to what we do not sell
    size: str | None = None
    min_price: Decimal | None = None
    max_price: Decimal | None = None


class Reader:
    """Reads questions with the words of one state of the catalog."""

    def __init__(
        self,
        terms: Terms,
        languages: Sequence[Language],
        surface: frozenset[str],
        known: Callable[[str], bool],
    ) -> None:
        self._terms = terms
        self._languages = tuple(languages)
        self._known = known
        self._passed = frozenset(word for language in languages for word in language.passed_over)
        self._phrases = term_phrases(terms, languages, self._passed)
        self._kinds = kind_phrases(terms, languages)
        self._same = same_phrases(languages, self._passed)
        self._near = {
            (language.code, phrase): ours
            for language in languages
            for phrase, ours in language.near.items()
        }
        lengths = [len(phrase) for known in (self._phrases, self._same) for _, phrase in known]
        self._longest = max(lengths, default=1)
        self.spelling = Spelling(surface | every_word(terms, languages))

    def read(self, text: str) -> Question:
        """Read a question in any of the languages; they may be mixed."""
        question = Question()
        rest = _take_numbers(fold(text), question)
        typed = [self._spelled(word) for word in self._joined(words(rest))]
        position = 0
        negated = False
        while position < len(typed):
            taken = self._take_phrase(typed, position, question, negated=negated)
            if not taken:
                taken = self._take_near(typed, position, question)
            if not taken:
                self._take_word(typed[position], question)
            word = typed[position].typed
            negated = word in _NOT or (negated and not taken and word in _FILLERS)
            position += max(taken, 1)
        if not question.filters:
            question.hints += [word for word in typed if word.typed in self._passed]
        return question

    def read_words(self, text: str) -> list[Word]:
        """Read a text word by word, with their spelling and nothing else."""
        typed = [self._spelled(word) for word in self._joined(words(text))]
        return [word for word in typed if word.typed not in self._passed]

    def _joined(self, typed: list[str]) -> Iterator[str]:
        """Join "porta chiavi" where the shop writes "portachiavi"."""
        position = 0
        while position < len(typed):
            pair = "".join(typed[position : position + 2])
            known = len(typed) > position + 1 and len(pair) > 5 and pair in self.spelling
            yield pair if known else typed[position]
            position += 2 if known else 1

    def _spelled(self, word: str) -> Word:
        if word in self.spelling or word in self._passed or self._is_form(word):
            return Word(word, (word,))
        return Word(word, self.spelling.meant(word))

    def _is_form(self, word: str) -> bool:
        """Tell whether it is another form of a word that the shop uses."""
        return self._known(word) or any(
            (language.code, (language.stems.of(word),)) in self._phrases
            for language in self._languages
        )

    def _take_phrase(
        self, typed: list[Word], position: int, question: Question, *, negated: bool
    ) -> int:
        for length in range(min(self._longest + 2, len(typed) - position), 0, -1):
            window = typed[position : position + length]
            if found := self._mean(self._phrases, window) or self._mean_apart(window):
                self._take_terms(window, found, question, negated=negated)
                return length
            if length > 1 and (same := self._find(self._same, window)):
                told = " ".join(word.typed for word in window)
                question.words.append(Word(told, (), tuple(same)))
                for kind, id_ in self._mean(self._kinds, window):
                    question.filters.setdefault(kind, []).append(id_)
                return length
        return 0

    def _take_terms(
        self,
        window: list[Word],
        found: list[tuple[Kind, str]],
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

    def _mean_apart(self, window: list[Word]) -> list[tuple[Kind, str]]:
        """Find "borsa computer" in "borsa per il computer"."""
        told = [word for word in window if word.typed not in self._passed]
        apart = 1 < len(told) < len(window) and told[0] is window[0] and told[-1] is window[-1]
        return self._mean(self._phrases, told) if apart else []

    def _take_near(self, typed: list[Word], position: int, question: Question) -> int:
        for length in range(min(3, len(typed) - position), 0, -1):
            chosen = typed[position : position + length]
            if found := self._find(self._near, chosen):
                question.words.append(Word(" ".join(word.typed for word in chosen), ()))
                question.near += found
                return length
        return 0

    def _take_word(self, word: Word, question: Question) -> None:
        if word.typed not in self._passed:
            question.words.append(word)

    def _mean(self, known: Meanings, typed: Sequence[Word]) -> list[Meaning]:
        """Return what the words mean, in any language and spelling."""
        found: dict[Meaning, None] = {}
        for language in self._languages:
            for spelled in _spellings(typed):
                phrase = tuple(language.stems.of(word) for word in spelled)
                meanings = known.get((language.code, phrase), ())
                found.update((meaning, None) for meaning, told in meanings if alike(spelled, told))
        return list(found)

    def _find[T](
        self, known: Mapping[tuple[str, Phrase], Sequence[T]], typed: Sequence[Word]
    ) -> list[T]:
        found: dict[T, None] = {}
        for language in self._languages:
            for spelled in _spellings(typed):
                phrase = tuple(language.stems.of(word) for word in spelled)
                found.update(dict.fromkeys(known.get((language.code, phrase), ())))
        return list(found)


def _spellings(typed: Sequence[Word]) -> list[tuple[str, ...]]:
    if any(not word.meant for word in typed):
        return []
    if len(typed) == 1:
        return [(meant,) for meant in typed[0].meant]
    return [tuple(word.meant[0] for word in typed)]


def _take_numbers(text: str, question: Question) -> str:
    """Take price limits and a size out of the text and return what is left."""
    if match := _BETWEEN.search(text):
        question.min_price, question.max_price = _amount(match[1]), _amount(match[2])
        return _SIZE.sub(" ", text.replace(match[0], " "))
    if match := _AT_MOST.search(text):
        question.max_price = _amount(match[1])
        text = text.replace(match[0], " ")
    if match := _AT_LEAST.search(text):
        question.min_price = _amount(match[1])
        text = text.replace(match[0], " ")
    if match := _SIZE.search(text):
        question.size = match[1]
        text = text.replace(match[0], " ")
    return text


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
