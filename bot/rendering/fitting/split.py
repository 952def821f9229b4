"""Measuring, cutting and dividing text so that nothing a person sees is broken in two."""

import re
from collections.abc import Iterator

import regex

# Best place to divide first: paragraphs, lines, sentences (not after the "2." of a list), words.
BREAKS = tuple(re.compile(p) for p in (r"\n\s*\n", r"\n", r"(?<=\D[.!?…;:])\s+", r"\s+"))
ELLIPSIS = "…"
Unit = str


def measure(text: str, unit: Unit = "characters") -> int:
    """Return the length of a text as the platform counts it."""
    return len(text.encode()) if unit == "bytes" else len(text)


def graphemes(text: str) -> list[str]:
    """Return what a person would call the characters: flags and families of emoji stay whole."""
    return regex.findall(r"\X", text)


def split(text: str, limit: int, unit: Unit = "characters") -> list[str]:
    """Divide a text into pieces that fit, at the best break that does not leave a crumb."""
    return list(_pieces(text.strip(), limit, unit))


def _pieces(rest: str, limit: int, unit: Unit) -> Iterator[str]:
    while measure(rest, unit) > limit:
        head = _head(rest, limit, unit)
        if piece := head.rstrip():
            yield piece
        rest = rest[len(head) :].lstrip()
    if rest:
        yield rest


def _head(text: str, limit: int, unit: Unit) -> str:
    room = fitting(text, limit, unit)
    for pattern in BREAKS:
        # A paragraph of two words would make a message of two words: only words may be so early.
        earliest = 1 if pattern is BREAKS[-1] else len(room) // 3
        ends = [m.start() for m in pattern.finditer(text[: len(room) + 1])]
        if fits := [end for end in ends if earliest <= end <= len(room)]:
            return text[: fits[-1]]
    return room


def fitting(text: str, limit: int, unit: Unit = "characters") -> str:
    """Return as many whole graphemes from the start as fit, never nothing.

    A single grapheme larger than the limit is cut between code points: an endless loop or a
    refused message would be worse.
    """
    used, end = 0, 0
    for cluster in regex.finditer(r"\X", text):
        used += measure(cluster.group(), unit)
        if used > limit:
            break
        end = cluster.end()
    return text[:end] if end else (_code_points(text, limit, unit) or text[:1])


def _code_points(text: str, limit: int, unit: Unit) -> str:
    if unit == "characters":
        return text[: max(limit, 0)]
    return text.encode()[: max(limit, 0)].decode(errors="ignore")


def shorten(text: str, limit: int, unit: Unit = "characters") -> str:
    """Cut a text to fit, at a word where that loses little, and show that it was cut."""
    if measure(text, unit) <= limit:
        return text
    room = limit - measure(ELLIPSIS, unit)
    if room <= 0:
        return fitting(text, limit, unit)
    head = fitting(text, room, unit)
    at_word = head.rsplit(None, 1)[0] if " " in head.strip() else head
    if text[len(head) : len(head) + 1].strip() and len(at_word) * 3 >= len(head) * 2:
        head = at_word
    return head.rstrip(" ,;:.-–·") + ELLIPSIS
