"""What is on a customer's screen, read as the customer reads it: words, cards, prices, language."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from channels.testing import Shown

_PRICE = re.compile(r"€\s?(\d[\d.,]*)|(\d[\d.,]*)\s?€")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Words that a sentence of a language hardly does without, and that the other has not got.
_SMALL_WORDS = {
    "it": """il lo gli le una di del della dei delle che per non con sono è c'è ci ti mi si
    ma anche qui sul nel alla al da più questo questa cosa ecco costa puoi vuoi hai sei quale""",
    "en": """the of to and is are you your it for with this that we our i'm i'll here have has
    from at or what which would can be out there shall not if""",
}
_SPOKEN = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}


def words(shown: Shown) -> str:
    """Return everything a customer reads in a message."""
    return "\n".join([shown.text, *(tap.title for tap in shown.taps)])


def card_names(answer: Sequence[Shown]) -> list[str]:
    """Return the names of the products shown as cards: each stands over its line with the price."""
    names = []
    for shown in answer:
        lines = shown.text.splitlines() if shown.image else []
        for name, facts in pairwise(lines):
            if " · " in facts and " · " not in name:
                names.append(name.strip(" *"))
    return names


def prices_in(text: str) -> list[float]:
    """Return the amounts in euro that a text names, Italian or English spelling."""
    found = []
    for match in _PRICE.finditer(text):
        digits = (match[1] or match[2]).rstrip(".,")
        if re.search(r",\d{1,2}$", digits):
            digits = digits.replace(".", "").replace(",", ".")
        found.append(float(digits.replace(",", "")))
    return found


def spoken_language(texts: Iterable[str]) -> str | None:
    """Return the language that texts are written in, None where too little tells."""
    said = [word.replace("’", "'") for text in texts for word in _WORD.findall(text.casefold())]
    counts = {code: sum(word in small for word in said) for code, small in _SPOKEN.items()}
    first, second = sorted(counts, key=lambda code: -counts[code])[:2]
    return first if counts[first] - counts[second] >= 2 else None


def repeated(answer: Sequence[Shown], before: Iterable[str]) -> str | None:
    """Return a sentence or more that the bot has said word for word before, cards left aside."""
    known = set(before)
    return next((text for text in plain_texts(answer) if text in known), None)


def plain_texts(answer: Sequence[Shown]) -> list[str]:
    """Return the texts of an answer that are the bot's own words: no cards, nothing tiny."""
    said = [_own_words(shown).strip() for shown in answer]
    return [text for text in said if len(text.split()) >= 4]


def _own_words(shown: Shown) -> str:
    """Return what is said above cards, a message without cards as it is."""
    if not shown.image:
        return shown.text
    words, card, _ = shown.text.partition("\n\n*")
    return words if card else ""
