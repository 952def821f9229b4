"""Every phrase that means something here, by language and stems, to what it means."""

from collections.abc import Callable, Iterable, Sequence

from rapidfuzz.distance import Prefix

from catalog.search.language import Language, Phrase
from catalog.terms import Kind, Terms
from catalog.text import words

_Key = tuple[str, Phrase]
Meaning = tuple[Kind, str]
# What a phrase means, and the words as the shop writes them: stems alone make "mare" (the sea) a
# "marito" (a husband).
Meanings = dict[_Key, list[tuple[Meaning, Phrase]]]


def term_phrases(
    terms: Terms, languages: Sequence[Language], passed_over: frozenset[str]
) -> Meanings:
    """Return the phrases that mean exactly a term, with and without their small words."""
    found: Meanings = {}
    for language in languages:
        for term in terms.all:
            for text in term.exactly(language.code):
                _put(found, language, text, (term.kind, term.id), passed_over)
    return found


def kind_phrases(terms: Terms, languages: Sequence[Language]) -> Meanings:
    """Return the phrases of several words that mean a kind of something: "borsa a spalla"."""
    found: Meanings = {}
    for language in languages:
        for term in terms.all:
            for text in term.kinds.get(language.code, ()):
                if len(words(text)) > 1:
                    _put(found, language, text, (term.kind, term.id), frozenset())
    return found


def same_phrases(
    languages: Sequence[Language], passed_over: frozenset[str]
) -> dict[_Key, list[_Key]]:
    """Return the phrases of several words that have synonyms, with all of those."""
    found: dict[_Key, list[_Key]] = {}
    for language in languages:
        small = {language.stems.of(word) for word in passed_over}
        for phrase, others in language.same.items():
            apart = tuple(stem for stem in phrase if stem not in small)
            for key in {phrase, apart} if len(apart) > 1 else {phrase}:
                if len(key) > 1:
                    every = (phrase, apart, *others) if apart else (phrase, *others)
                    found[language.code, key] = [(language.code, p) for p in dict.fromkeys(every)]
    return found


def abroad_phrases(
    languages: Sequence[Language], abroad: Callable[[Language, Phrase], list[_Key]]
) -> dict[_Key, list[_Key]]:
    """Return the phrases of several words that another language has a word for."""
    return {
        (language.code, phrase): [(language.code, phrase), *found]
        for language in languages
        for phrase in language.abroad
        if len(phrase) > 1 and (found := abroad(language, phrase))
    }


def every_word(terms: Terms, languages: Iterable[Language]) -> frozenset[str]:
    """Return every word of the terms and the synonym files, as written."""
    written: set[str] = set()
    for language in languages:
        written |= language.surface
        for term in terms.all:
            written.update(word for text in term.said(language.code) for word in words(text))
    return frozenset(written)


def _put(
    found: Meanings,
    language: Language,
    text: str,
    meaning: Meaning,
    passed_over: frozenset[str],
) -> None:
    told = words(text)
    apart = [word for word in told if word not in passed_over]
    for chosen in (told, apart) if len(apart) > 1 else (told,):
        phrase = tuple(language.stems.of(word) for word in chosen)
        meanings = found.setdefault((language.code, phrase), [])
        meanings.append((meaning, tuple(chosen)))


def alike(typed: Phrase, told: Phrase) -> bool:
    """Tell whether two phrases differ in their endings only: "rosse" and "rosso"."""
    return all(_same_word(one, other) for one, other in zip(typed, told, strict=True))


def _same_word(one: str, other: str) -> bool:
    return Prefix.similarity(one, other) >= max(len(one), len(other)) - 2
