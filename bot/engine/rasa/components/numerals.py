"""Numbers written in words become digits, every other letter staying in its place."""

import re
from dataclasses import dataclass
from typing import Iterable, List, Optional, Text, Tuple

from text_to_num import find_numbers

from components.spans import Span

LANGUAGES = ("it", "en")
_WORD = re.compile(r"\w+")
# "sei sicuro?" asks whether you are sure; six only stands before something that is counted.
_SEI = re.compile(r"\s+(?:paia|pezzi|pz|giorni|settimane|mesi|euro|persone|di\b)")


@dataclass(frozen=True)
class Digits:
    """A text in which every number is in digits, and where they stand for words."""

    text: Text
    replaced: Tuple[Tuple[int, int], ...] = ()

    def whole(self, span: Span) -> Span:
        """Return the span with the whole of every number it touches."""
        start, end = span.start, span.end
        for first, last in self.replaced:
            if first < end and start < last:
                start, end = min(start, first), max(end, last)
        return Span(span.entity, span.value, start, end)


def in_digits(text: Text, language: Optional[Text] = None) -> Digits:
    """Write "sotto i cinquanta euro" as "sotto i         50 euro": as long as it was.

    The number one stays a word, being an article far more often, and so do "first" and "second".
    """
    tokens = [_Token(match, text) for match in _WORD.finditer(text)]
    replaced: List[Tuple[int, int]] = []
    for tongue in (language,) if language in LANGUAGES else LANGUAGES:
        for number in find_numbers(tokens, tongue, threshold=0.0):
            start, end = tokens[number.start].start, tokens[number.end - 1].end
            digits = number.text
            if _counts(text, start, end, digits) and not _touches(start, end, replaced):
                text = text[:start] + digits.rjust(end - start) + text[end:]
                replaced.append((start, end))
    return Digits(text, tuple(replaced))


def _counts(text: Text, start: int, end: int, digits: Text) -> bool:
    said = text[start:end]
    if not digits.isdigit() or len(digits) > end - start or digits in ("0", "1") or said.isdigit():
        return False
    return said != "sei" or bool(_SEI.match(text, end))


def _touches(start: int, end: int, places: Iterable[Tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in places)


class _Token:
    """A word as `text_to_num` wants it: a comma between two numbers keeps them apart."""

    def __init__(self, match: "re.Match[Text]", text: Text) -> None:
        self.start, self.end = match.span()
        self._text, self._word = text, match.group()

    def text(self) -> Text:
        return self._word

    def nt_separated(self, previous: "_Token") -> bool:
        return bool(self._text[previous.end : self.start].strip(" -'"))

    def not_a_number_part(self) -> bool:
        return False
