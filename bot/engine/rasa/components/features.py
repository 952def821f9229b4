"""Cuts a short message into the pieces a linear classifier weighs."""

import re
import unicodedata
from typing import Container, Dict, Iterable, List, Sequence, Text

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufe0f]")
WEB = re.compile(r"\b(?:https?://|www\.)\S+")
EMAIL = re.compile(r"\S+@\S+\.\w+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# "ciaooo" and "grazieee" are "ciao" and "grazie"; "llll" is nothing better than "l".
DRAWN_OUT = re.compile(r"([^\W\d])\1{2,}")
# Words, and each emoji by itself: on a phone a thumb is an answer.
PIECES = re.compile(r"\w+|[\U0001f300-\U0001faff\u2600-\u27bf]")
# Every number looks the same, and says something only together with its neighbour ("under 0"):
# alone it made questions out of scope look familiar (HINT3 Curekart, .75 against .79 overall).
A_NUMBER = "0"
CHARACTERS = (3, 5)
# The first and the last word of a message count once more for being there.
START, END = "^", "$"
RARE = "~"  # stands for a word that fewer than two phrases use
EMPTY = (START, END, RARE)
# How much words and letters weigh: on phrases held out of six sets this was half a point better
# than equal shares, and twice the difference was no better.
SHARES = (0.85, 1.13)


def plain(text: Text) -> Text:
    """Return the text in lower case without accents, as people type it in a hurry."""
    decomposed = unicodedata.normalize("NFKD", INVISIBLE.sub("", text).lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: Text) -> List[Text]:
    """Return the words of a message, with numbers and addresses made alike."""
    shaped = NUMBER.sub(A_NUMBER, EMAIL.sub(" emailaddress ", WEB.sub(" webaddress ", plain(text))))
    return PIECES.findall(DRAWN_OUT.sub(r"\1", shaped))


def count(tokens: Sequence[Text], common: Container[Text]) -> List[Dict[Text, int]]:
    """Count the pieces of a message in two groups: words in their order, and letters.

    The first holds words, pairs and triples. Words that are not `common` look the same in pairs
    and triples, so that "the film Dune" and "the film Arrival" have something in common.
    """
    by_word: Dict[Text, int] = {}
    by_letter: Dict[Text, int] = {}
    for token in tokens:
        if token != A_NUMBER:
            _add(by_word, token)
            _count_letters(f" {token} ", by_letter)
    if tokens:
        shapes = [START, *(token if token in common else RARE for token in tokens), END]
        _count_order([START, *tokens, END], shapes, by_word)
    return [by_word, by_letter]


def _count_order(tokens: List[Text], shapes: List[Text], counts: Dict[Text, int]) -> None:
    """Count neighbours as they are and by their shapes; a shape without any word says nothing.

    Counted too, "a word that nobody knows" made everything unknown look alike and familiar (HINT3
    Curekart, .79 against .72 overall).
    """
    for place in range(1, len(tokens)):
        _add(counts, f"{tokens[place - 1]} {tokens[place]}")
        before, shape = shapes[place - 1], shapes[place]
        near = before not in EMPTY or shape not in EMPTY
        if near and (before != tokens[place - 1] or shape != tokens[place]):
            _add(counts, f"{before} {shape}")
        if place > 1 and (near or shapes[place - 2] not in EMPTY):
            _add(counts, f"{shapes[place - 2]} {before} {shape}")


def singles(by_word: Iterable[Text]) -> List[Text]:
    """Return those pieces of the first group that are one word; a number alone is never counted."""
    return [piece for piece in by_word if " " not in piece]


def _count_letters(padded: Text, counts: Dict[Text, int]) -> None:
    shortest, longest = CHARACTERS
    for size in range(shortest, longest + 1):
        for start in range(max(len(padded) - size, 0) + 1):
            _add(counts, padded[start : start + size])


def _add(counts: Dict[Text, int], piece: Text) -> None:
    counts[piece] = counts.get(piece, 0) + 1
