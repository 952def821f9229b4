"""What is left of a word without its number and gender."""

import re
from functools import lru_cache
from typing import Text

_TOO_SHORT = 4  # letters; a shorter word has no stem of its own


@lru_cache(maxsize=8192)
def stem(word: Text, language: Text) -> Text:
    """Cut off what number and gender change: borse and borsa, rossi and rosse, bags and bag."""
    if len(word) < _TOO_SHORT:
        return word
    if language == "en":
        return re.sub(r"(?:(?<=ss)es|(?<=[xz])es|(?<=ch)es|(?<=sh)es|(?<=[^s])s)$", "", word)
    cut = re.sub(r"(?:io|[aeiou])$", "", word)
    if len(cut) < _TOO_SHORT - 1 or cut == word:
        return word
    # The mark keeps "set" from being a form of "seta"; c and ch are one: giacca, giacche.
    return re.sub(r"(?<=[cg])h$", "", cut) + "~"
