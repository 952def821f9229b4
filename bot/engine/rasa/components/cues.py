"""Finds the words that change what a commitment means: not, if, already, maybe, somebody else.

The words themselves stand in `training_data/<language>/cues.txt`, one line for each cue.
"""

import re
from typing import Dict, Iterable, List, NamedTuple, Pattern, Sequence, Set, Text

from components.features import plain

ACT = "act"
# With one of these in the same clause, a buying word commits to nothing.
HINDERING = ("not", "past", "if", "would", "maybe", "ask", "back", "sell", "other")
# A yes to what was asked, which need not be a yes to buying.
ACCEPT = "accept"
# Words by which somebody buys here and now, and which hardly mean another thing.
BUYS = "buys"
NAMES = (ACT, ACCEPT, BUYS, *HINDERING)
# A clause is the reach of a "not": "not the red one, I'll take the blue".
_CLAUSES = re.compile(
    r"[.,;:!?\n…]+|\b(?:ma|pero|quindi|allora|adesso|ora|comunque|but|so|then|now|anyway)\b"
)
# "No dai, la prendo" refuses what was said before, not what is said now.
_TURNING = re.compile(
    r"^(?:(?:mm+|ah|eh|oh|anzi|ok|okay)[\s,]+)?(?:no|nope|nah)[\s,]+(?=(?:ok|okay|dai|vabbe|va bene"
    r"|anzi|allora|senti|aspetta|aspetti|scusa|fine|actually|wait|sorry|alright|all right"
    r"|you know what)\b)"
)
# "La prendo anche se costa un po'" makes no condition.
_EVEN_IF = re.compile(r"\b(?:anche se|pure se|even (?:if|though)|though)\b")
# "I'll take it before somebody else does": a reason to hurry holds nothing back.
_BEFORE_OTHERS = re.compile(
    r"\b(?:before (?:some\w*|any\w*|every\w*|no|the|my|it|they|he|she|his|her|others?|you)"
    r"|in case some\w*"
    r"|prima che)\b[^.,;:!?\n]*"
)
# "I have plenty of those back to the collar I'll take it", dictated without a mark: what buys at
# the end is a clause of its own, unless something right before it holds it back.
_BUYING = re.compile(
    r"\b(?:l[oaie] (?:compro|prendo|ordino|acquisto)|l acquisto"
    r"|(?:i ll|i will|we ll|we will) (?:take|buy|order)|i want to (?:buy|order))\b"
)
_AHEAD, _MARKS = 3, re.compile(r"[.,;:!?\n…]")  # words right before it
_FAR_AHEAD = ("if", "would", "maybe", "ask")  # "when I am back next week" holds it back from afar
_APOSTROPHES = re.compile("[’'`´]")
_GAP = r"(?:\w+ ){0,2}?"


class CuesError(ValueError):
    """A line of a file of cues cannot be used; the message says which and why."""


def read_cues(lines: Iterable[Text]) -> Dict[Text, List[Text]]:
    """Read a file of cues: `name: word, word ..., piece*`; comments begin with `#`."""
    found: Dict[Text, List[Text]] = {}
    for number, line in enumerate(lines, start=1):
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        name, colon, words = said.partition(":")
        if not colon or name.strip() not in NAMES:
            raise CuesError(f"line {number}: begin with one of {', '.join(NAMES)} and a colon")
        found.setdefault(name.strip(), []).extend(w.strip() for w in words.split(",") if w.strip())
    return found


class Told(NamedTuple):
    """The cues of each clause of a message, and whether it buys.

    It buys when a clause does and nothing in it holds back or asks: "la prendo, arriva?". A
    condition counts wherever it stands: "if it comes in green, I'll take it".
    """

    clauses: List[Set[Text]]
    buys: bool


class Cues:
    """The cues of all languages, ready to be looked for."""

    def __init__(self, words: Dict[Text, Sequence[Text]]) -> None:
        self.words = {name: sorted(set(words.get(name, ()))) for name in NAMES}
        self._patterns = {name: _pattern(said) for name, said in self.words.items() if said}

    def read(self, text: Text) -> Told:
        """Return what a message tells, clause by clause and as a whole."""
        spoken = self._in_marks(text)
        marks = [mark.span() for mark in _CLAUSES.finditer(spoken)]
        begins = [0, *(end for _, end in marks)]
        ends = [*(begin for begin, _ in marks), len(spoken)]
        told = [
            (self._found(spoken[begin:end]), spoken.startswith("?", end))
            for begin, end in zip(begins, ends, strict=True)
            if spoken[begin:end].strip()
        ]
        clauses = [found for found, _ in told]
        depends = any("if" in found for found in clauses)
        freely = (BUYS in found and not asks and not found & set(HINDERING) for found, asks in told)
        return Told(clauses, not depends and any(freely))

    def _in_marks(self, text: Text) -> Text:
        """Return a message as it is spoken, what buys at the end of a long row of words apart."""
        spoken = _spoken(text)
        for match in _BUYING.finditer(spoken):
            before = _MARKS.split(spoken[: match.start()])[-1].split()
            if len(before) <= _AHEAD:
                continue
            near = self._found(" ".join(before[-_AHEAD:])) & set(HINDERING)
            far = self._found(" ".join(before)) & set(_FAR_AHEAD)
            if not near | far:
                return f"{spoken[: match.start()]}, {spoken[match.start() :]}"
        return spoken

    def _found(self, clause: Text) -> Set[Text]:
        spoken = " ".join(clause.split())
        return {name for name, pattern in self._patterns.items() if pattern.search(spoken)}


def _spoken(text: Text) -> Text:
    """Return a message without what only seems to turn it around."""
    said = _TURNING.sub("", _APOSTROPHES.sub(" ", plain(text)).strip())
    return _EVEN_IF.sub(",", _BEFORE_OTHERS.sub(",", said))


def _pattern(words: Sequence[Text]) -> Pattern[Text]:
    return re.compile(r"\b(?:" + "|".join(map(_as_regex, words)) + r")\b")


def _as_regex(words: Text) -> Text:
    spoken = _APOSTROPHES.sub(" ", plain(words)).split()
    parts = [
        _GAP if word == ".." else re.escape(word).replace(r"\*", r"\w*") + " " for word in spoken
    ]
    return "".join(parts).rstrip()
