"""Cuts a short message into the pieces a linear classifier weighs."""

import re
import unicodedata
from typing import Dict, List, Text

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
CHARACTERS = (2, 5)


def plain(text: Text) -> Text:
    """Return the text in lower case without accents, as people type it in a hurry."""
    decomposed = unicodedata.normalize("NFKD", INVISIBLE.sub("", text).lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: Text) -> List[Text]:
    """Return the words of a message, with numbers and addresses made alike."""
    shaped = NUMBER.sub(A_NUMBER, EMAIL.sub(" emailaddress ", WEB.sub(" webaddress ", plain(text))))
    return PIECES.findall(DRAWN_OUT.sub(r"\1", shaped))


def count(text: Text) -> List[Dict[Text, int]]:
    """Count the pieces of a message in two groups: words and pairs of words, and letters."""
    tokens = words(text)
    by_word: Dict[Text, int] = {}
    by_letter: Dict[Text, int] = {}
    for first, second in zip(tokens, [*tokens[1:], ""], strict=False):
        if second:
            pair = f"{first} {second}"
            by_word[pair] = by_word.get(pair, 0) + 1
        if first != A_NUMBER:
            by_word[first] = by_word.get(first, 0) + 1
            _count_letters(f" {first} ", by_letter)
    return [by_word, by_letter]


def _count_letters(padded: Text, counts: Dict[Text, int]) -> None:
    shortest, longest = CHARACTERS
    for size in range(shortest, longest + 1):
        for start in range(max(len(padded) - size, 0) + 1):
            piece = padded[start : start + size]
            counts[piece] = counts.get(piece, 0) + 1
