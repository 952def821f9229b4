"""Words made comparable: case, accents and stems, the same for the index and for a question."""

import re
import unicodedata
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

_WORD = re.compile(r"[^\W_]+")
_STEMMERS = {"it": "italian", "en": "english"}


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return the text in small letters without accents: "Città" and "citta'" become one word."""
    if text.isascii():
        return text.lower().strip(" '`")
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip(" '’`")


def words(text: str) -> list[str]:
    """Return the folded words and numbers of a text."""
    return _WORD.findall(fold(text))


def analyzer(language: str) -> TextAnalyzer:
    """Return what turns a text of this language into stems; unknown languages keep their words."""
    folded = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    # Accents go before the stemmer: on a phone half of the customers leave them out.
    folded = folded.filter(Filter.ascii_fold()).filter(Filter.remove_long(60))
    if stemmer := _STEMMERS.get(language):
        folded = folded.filter(Filter.stemmer(stemmer))
    return folded.build()


class Stems:
    """The stems of single words, remembered: a catalog has few words and customers repeat them."""

    def __init__(self, language: str) -> None:
        self._analyzer = analyzer(language)
        self._known: dict[str, str] = {}

    def of(self, word: str) -> str:
        """Return the stem of a folded word."""
        if (stem := self._known.get(word)) is None:
            stem = next(iter(self._analyzer.analyze(word)), word)
            if len(self._known) < 100_000:
                self._known[word] = stem
        return stem
