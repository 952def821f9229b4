"""The live catalog's words: products, categories, colours, materials, recipients, occasions.

The catalog writes them to a file; it is read again when it changes, so a new product is known at
the next message, without training. Words are found in the singular and the plural, in both genders
and with a typo.
"""

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterator, List, Optional, Set, Text, Tuple

from components.places import Names
from components.spans import Span, fold
from components.stems import stem
from components.typos import LONGEST, SHORTEST, is_typo

Phrase = Tuple[Text, ...]
Meaning = Tuple[Text, Text]  # entity and value
KINDS = {
    "categories": "category",
    "colours": "colour",
    "materials": "material",
    "recipients": "recipient",
    "occasions": "occasion",
}
PRODUCT = "product"
_AT_HOME = ("recipient", "occasion")  # recognised in the language of the message only
# Flats are shoes, a flat is a home; "salve" greets and is no sage green, and edges no burgundy.
_NO_SINGULAR = {("flat",), ("salve",), ("bordi",)}
_WORD = re.compile(r"\w+")
_LINKS = {"for": "en", "per": "it", "x": "it"}
_PER = ("per", "da", "di")
_MOST_COMPOUND = 4  # words: "mat for the desk"
_ARTICLE_WORDS = """
a an the my your his her our their il lo la i gli le l mio mia miei mie un uno una
"""
_ARTICLES = frozenset(_ARTICLE_WORDS.split())


@dataclass
class Words:
    """The words of one version of the catalog, ready to be looked for."""

    phrases: Dict[Phrase, List[Meaning]] = field(default_factory=dict)
    by_language: Dict[Text, Dict[Phrase, List[Meaning]]] = field(default_factory=dict)
    stems: Dict[Text, Dict[Phrase, List[Meaning]]] = field(default_factory=dict)
    known: Set[Text] = field(default_factory=set)
    typos: Dict[Text, Set[Text]] = field(default_factory=dict)
    short_names: Set[Text] = field(default_factory=set)
    longest: int = 1
    lengths: Dict[Tuple[Text, Text], int] = field(default_factory=dict)  # see `longest_from`
    names_like_colours: Dict[Text, Text] = field(default_factory=dict)  # and whose they are
    places: Names = field(default_factory=lambda: Names({}))

    def add(self, said: Text, meaning: Meaning, language: Optional[Text] = None) -> None:
        """Make a word or a phrase known; with a language, in its other forms too."""
        phrase = _split(said)
        if not phrase:
            return
        self.longest = max(self.longest, len(phrase))
        _put(self.phrases, phrase, meaning)
        self._begins("", phrase)
        # Of a material nobody says several: glasses are no glass.
        if language and (language, meaning[0]) != ("en", "material"):
            forms = tuple(stem(word, language) for word in phrase)
            _put(self.stems.setdefault(language, {}), forms, meaning)
            self._begins(language, forms)
        if language:
            _put(self.by_language.setdefault(language, {}), phrase, meaning)
        self.known.update(phrase)

    def _begins(self, language: Text, phrase: Phrase) -> None:
        beginning = (language, phrase[0])
        self.lengths[beginning] = max(len(phrase), self.lengths.get(beginning, 0))

    def longest_from(self, word: Text, language: Optional[Text] = None) -> int:
        """Return how many words a phrase has at most that begins with this one; mostly none do."""
        tongues = [language] if language in self.stems else list(self.stems)
        stems = (self.lengths.get((tongue, stem(word, tongue)), 0) for tongue in tongues)
        return max(self.lengths.get(("", word), 0), *stems, 0)

    def close(self) -> None:
        """Prepare the search for typos once all words are known."""
        forms = {form for known in self.stems.values() for phrase in known for form in phrase}
        for word in self.known | {form for form in forms if len(form) > SHORTEST}:
            if len(word) + 1 >= SHORTEST and len(word) <= LONGEST and not word.isdigit():
                for shorter in _shortened(word):
                    self.typos.setdefault(shorter, set()).add(word)

    def meanings(self, phrase: Phrase, language: Optional[Text] = None) -> List[Meaning]:
        """Return what a phrase stands for, exactly or in another form of its words."""
        if phrase in _NO_SINGULAR:
            return []
        own = self.by_language.get(language or "", {}).get(phrase)
        if own:
            return own
        # Many an Italian says "bag"; but "male" is no man there, it hurts.
        abroad = self.phrases.get(phrase, [])
        exact = [m for m in abroad if not language or m[0] not in _AT_HOME]
        if exact:
            return exact
        tongues = [language] if language in self.stems else list(self.stems)
        for tongue in tongues:
            found = self.stems[tongue].get(tuple(stem(word, tongue) for word in phrase))
            if found:
                return found
        return []

    def corrected(self, word: Text, language: Optional[Text] = None) -> Text:
        """Return the known word that was probably meant, else the word itself."""
        tongues = [language] if language in self.stems else list(self.stems)
        forms = (word, *(stem(word, tongue) for tongue in tongues))
        return next(filter(None, map(self._meant, forms)), word)

    def _meant(self, word: Text) -> Text:
        near = {known for cut in _shortened(word) for known in self.typos.get(cut, ())}
        return min((known for known in near if is_typo(word, known)), default="")


class Lookups:
    """Follows the catalog's file."""

    def __init__(self, path: Optional[Path]) -> None:
        self._path = path
        self._seen: Optional[Tuple[int, int, int]] = None
        self._words = Words()

    def words(self) -> Words:
        """Return the words as they are now; without a file there are none."""
        try:
            stat = os.stat(self._path) if self._path else None
        except FileNotFoundError:
            stat = None
        seen = (stat.st_mtime_ns, stat.st_ino, stat.st_size) if stat else None
        if seen != self._seen:
            self._words = read(json.loads(self._path.read_text("utf-8"))) if stat else Words()
            self._seen = seen
        return self._words


def find(
    text: Text, words: Words, ordinary: FrozenSet[Text], language: Optional[Text] = None
) -> Iterator[Span]:
    """Find the catalog's words in a folded text; an ordinary word is never taken for a typo.

    With a language, only its words are recognised in other forms: "carta" is paper, and an
    English cart is not.
    """
    tokens = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    said = [_meant(word, words, ordinary, language) for word, _, _ in tokens]
    at = 0
    while at < len(said):
        size = _longest_match(said[at : at + words.longest], words, language)
        longer, compound = _compound(said[at : at + _MOST_COMPOUND], words)
        if longer > size:
            for entity, value in compound:
                yield Span(entity, value, tokens[at][1], tokens[at + longer - 1][2])
        if not size or longer > size or _leads_to_a_name(said, at, size, words, language):
            at += longer if longer > size else 1
            continue
        for first, last in _parts(said, at, size, words, language):
            for entity, value in words.meanings(tuple(said[first:last]), language):
                yield Span(entity, value, tokens[first][1], tokens[last - 1][2])
        at += size


def _compound(said: List[Text], words: Words) -> Tuple[int, List[Meaning]]:
    """Read "a mat for the desk" as a desk mat, "tappetino per la scrivania" as one for it.

    Returns how many words it has, and the kind that it means.
    """
    language = _LINKS.get(said[1]) if len(said) > len(("mat", "for")) else None
    if language is None:
        return 0, []
    place = 3 if said[2] in _ARTICLES and len(said) > 3 else 2
    thing, of = said[0], said[place]
    ways = (
        [(of, thing)] if language == "en" else [(thing, of), *((thing, link, of) for link in _PER)]
    )
    for way in ways:
        stems = tuple(stem(word, language) for word in way)
        found = words.stems.get(language, {}).get(stems, [])
        kinds = [meaning for meaning in found if meaning[0] == "category"]
        if kinds:
            return place + 1, kinds[:1]
    return 0, []


def _parts(
    said: List[Text], at: int, size: int, words: Words, language: Optional[Text]
) -> List[Tuple[int, int]]:
    """Return the phrase as one, or word by word where that says more: a silk scarf is of silk."""
    single = [(place, place + 1) for place in range(at, at + size)]
    whole = set(words.meanings(tuple(said[at : at + size]), language))
    apart = {m for first, last in single for m in words.meanings(tuple(said[first:last]), language)}
    more = any(entity in ("material", "colour") for entity, _ in apart - whole)
    things = all(entity == "category" for entity, _ in whole)
    return single if size > 1 and things and more and whole <= apart else [(at, at + size)]


def _meant(word: Text, words: Words, ordinary: FrozenSet[Text], language: Optional[Text]) -> Text:
    if (
        word in words.known
        or word in ordinary
        or (word,) in _NO_SINGULAR
        or words.meanings((word,), language)
    ):
        return word
    return words.corrected(word, language)


def _longest_match(said: List[Text], words: Words, language: Optional[Text]) -> int:
    longest = words.longest_from(said[0], language) if said else 0
    for size in range(min(longest, len(said)), 0, -1):
        if words.meanings(tuple(said[:size]), language):
            return size
    return 0


def _leads_to_a_name(
    said: List[Text], at: int, size: int, words: Words, language: Optional[Text]
) -> bool:
    """Tell whether a name begins within these words and goes on: "il set" of "il set Signore"."""
    for start in range(at + 1, at + size):
        name = _longest_match(said[start : start + words.longest], words, language)
        found = words.meanings(tuple(said[start : start + name]), language)
        if start + name > at + size and any(entity == PRODUCT for entity, _ in found):
            return True
    return False


def read(lookups: Dict[Text, Any]) -> Words:
    """Make the catalog's file searchable."""
    words = Words()
    for plural, entity in KINDS.items():
        for term in lookups.get(plural, []):
            for language, forms in term["words"].items():
                for said in forms:
                    words.add(said, (entity, term["id"]), language)
    of_terms = frozenset(words.known)
    products = lookups.get("products", [])
    for product in products:
        for said in (*product["names"].values(), *product.get("aliases", [])):
            words.add(said, (PRODUCT, product["id"]))
            if len(_split(said)) == 1:
                words.short_names.update(_split(said))
    _add_own_names(products, of_terms, words)
    # "In bordeaux" is a colour, wherever else the shop delivers.
    places = (name for name in lookups.get("places", []) if _split(name) not in words.phrases)
    words.places = Names({fold(name): name for name in places})
    words.close()
    return words


def _add_own_names(products: List[Any], of_terms: FrozenSet[Text], words: Words) -> None:
    """Learn the name by which a product is called for short ("la Aurora", "the Siena").

    It is the word that stands in the product's name in every language, in no other product's name
    and in no term of the catalog.
    """
    owners: Dict[Text, Set[Text]] = {}
    for product in products:
        names = [set(_split(name)) for name in product["names"].values()]
        for word in set.intersection(*names) if names else set():
            owners.setdefault(word, set()).add(product["id"])
    for word, ids in owners.items():
        if len(ids) > 1:
            continue
        if any(kind == "colour" for kind, _ in words.phrases.get((word,), ())):
            words.names_like_colours[word] = next(iter(ids))
        elif len(word) > 2 and not word.isdigit() and word not in of_terms:
            words.add(word, (PRODUCT, next(iter(ids))))
            words.short_names.add(word)


def _split(said: Text) -> Phrase:
    return tuple(_WORD.findall(fold(said)))


def _put(known: Dict[Phrase, List[Meaning]], phrase: Phrase, meaning: Meaning) -> None:
    meanings = known.setdefault(phrase, [])
    if meaning not in meanings:
        meanings.append(meaning)


def _shortened(word: Text) -> Iterator[Text]:
    """Return the word and the word with one letter left out, by which typos find each other."""
    if len(word) <= LONGEST:
        yield word
        for place in range(len(word)):
            yield word[:place] + word[place + 1 :]
