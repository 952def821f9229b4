"""Tells a slip of the thumb from another word."""

from typing import Dict, Set, Text, Tuple

SHORTEST = 5  # letters; a shorter word is another word sooner than a typo
LONGEST = 24
_ROWS = (("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75))
# Letters that sound alike to somebody who writes by ear.
_ALIKE = ("sz", "ck", "cq", "kq", "iy")


def is_typo(word: Text, meant: Text) -> bool:
    """Tell whether a known word was probably meant by these letters.

    One slip is two letters swapped, one left out, one doubled or hit beside the right key; the
    last letter is not taken for another, since that is how Italian says something else. So
    "cinutra" is a belt, and "cultura" is none.
    """
    return SHORTEST <= len(word) <= LONGEST and word[0] == meant[0] and _one_slip(word, meant)


def _one_slip(word: Text, meant: Text) -> bool:
    start = _same_start(word, meant)
    if len(word) == len(meant):
        return _swapped(word, meant, start) or _beside(word, meant, start)
    if len(word) + 1 == len(meant):
        return word[start:] == meant[start + 1 :]
    if len(word) == len(meant) + 1:
        extra = word[start]
        near = {word[start - 1]} | ({word[start + 1]} if start + 1 < len(word) else set())
        doubled = extra in near or any(extra in _NEIGHBOURS.get(key, ()) for key in near)
        return doubled and word[start + 1 :] == meant[start:]
    return False


def _same_start(word: Text, meant: Text) -> int:
    for place, (ours, theirs) in enumerate(zip(word, meant, strict=False)):
        if ours != theirs:
            return place
    return min(len(word), len(meant))


def _swapped(word: Text, meant: Text, at: int) -> bool:
    return (
        word[at : at + 2] == meant[at : at + 2][::-1]
        and len(word) > at + 1
        and word[at + 2 :] == meant[at + 2 :]
    )


def _beside(word: Text, meant: Text, at: int) -> bool:
    if at >= len(word) - 1 or word[at + 1 :] != meant[at + 1 :]:
        return False
    return word[at] in _NEIGHBOURS.get(meant[at], ())


def _neighbours() -> Dict[Text, Set[Text]]:
    """Return for each key those that a thumb hits instead of it."""
    places: Dict[Text, Tuple[float, int]] = {}
    for row, (keys, shift) in enumerate(_ROWS):
        for column, key in enumerate(keys):
            places[key] = (column + shift, row)
    near = {
        key: {
            other
            for other, (right, below) in places.items()
            if other != key and abs(right - x) <= 1.0 and abs(below - y) <= 1
        }
        for key, (x, y) in places.items()
    }
    for one, other in _ALIKE:
        near[one].add(other)
        near[other].add(one)
    return near


_NEIGHBOURS = _neighbours()
