"""Birthdays said by the age: "per i suoi 40 anni", "her 18th", "compie 50 anni", "turning 60"."""

import re
from typing import Iterator, Optional, Text

from components.lookups import Words
from components.spans import Span

OCCASION = "occasion"
_CALLED = (("compleanno",), ("birthday",))  # what shops call it
_AGE = r"(?:1[6-9]|[2-9]\d|100)"
_WHOSE = r"(?:i\s+)?(?:suoi|miei|tuoi|loro|nostri)|(?:per|x)\s+i|dei"
_BIRTHDAYS = re.compile(
    rf"\b(?:compi\w+|fa|fara|facciamo|faccio)\s+(?:i\s+)?{_AGE}\s+anni\b(?!\s+fa\b)"
    rf"|\b(?:{_WHOSE})\s+(?:primi\s+)?{_AGE}\s+anni\b"
    rf"|\b(?:her|his|my|their|our|\w+'s)\s+(?:big\s+)?{_AGE}(?:st|nd|rd|th)\b"
    rf"|\b(?:turns?|turning|turned)\s+{_AGE}\b(?!\s*(?:€|euro|eur\b))"
    # "She's 70 on Saturday", "ne fa 40 domenica"
    rf"|\b(?:s?he|mum|mom|dad|wife|husband|sister|brother)(?:'?s|\s+is|'?ll\s+be|\s+will\s+be)\s+{_AGE}"
    r"(?=\s+(?:on|this|next|tomorrow|today|in)\b)"
    rf"|\bne\s+(?:compie|fa)\s+{_AGE}\b(?!\s*(?:€|euro))"
    rf"|\b{_AGE}(?:st|nd|rd|th)\s+(?:birthday|bday|b-day)\b"
)
_PERSON = ("her ", "his ")
# "I suoi 10 anni di garanzia", "the 20th of May", "his 2nd order": an age, but of nobody.
_NO_AGE = re.compile(r"\s+(?:di|of|anniv|order|ordin|wedding|piano|floor|century)")


def birthdays(text: Text, words: Words) -> Iterator[Span]:
    """Find them in a folded text with digits, where the shop knows birthdays as an occasion."""
    for match in _BIRTHDAYS.finditer(text):
        birthday = _known(words)
        if birthday and not _NO_AGE.match(text, match.end()):
            # "Her" tells whom it is for, too.
            whose = len(match.group().split()[0]) if match.group().startswith(_PERSON) else 0
            yield Span(OCCASION, birthday, match.start() + whose, match.end())


def _known(words: Words) -> Optional[Text]:
    found = (meaning for called in _CALLED for meaning in words.phrases.get(called, ()))
    return next((value for entity, value in found if entity == OCCASION), None)
