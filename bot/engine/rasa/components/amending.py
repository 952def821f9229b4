"""What a customer takes back in one breath: "yellow... no wait, red"; the last said counts."""

import re
from typing import Iterator, List, Optional, Sequence, Text, Tuple

from components.spans import Span

ASIDE = "aside"  # words that stand in a message and ask for nothing
_SORRY = r"(?:no+|nope|oh|ah|oops|ops|ehm|uh|um|sorry|scus[ai]\w*|ma|but|well|beh|or|o|e|and)"
_MARK = re.compile(
    rf"(?:\b{_SORRY}\b[\s,.…!-]*)*"
    r"(?:\banzi\b|\bwait\s*,?\s*no\b|(?<!n't )(?<!cannot )(?<!to )(?<!i )"
    r"\bwait\b(?=[\s,.…]*(?:[^\w\s]|no\b|i\b|sorry))"
    r"|\bno[\s,.…]+wait\b|\b(?:hang|hold)\s+on\b|\b(?:scratch|strike)\s+that\b|\bcorrection\b"
    r"|\bor\s+rather\b|\bmake\s+that\b|\bi\s+mean[t]?(?:\s+to\s+say)?\b|\bno[\s,.…]+actually\b|\bactually\b"
    r"|\bon\s+second\s+thou?ghts?\b|\bo\s+meglio\b|\bno[\s,.…]+aspett\w+|\baspett[ai]\b(?=[\s,.…]+(?:no|in|un|una)\b)"
    r"|\b(?:volevo|intendevo|voglio|vogliamo)\s+dire\b|\bripensandoci\b|\bcioe\b|\bmi\s+correggo\b"
    r"|\bno\s+dai\b|\bno\s+no\b|(?<=[,.…])\s*(?:no+|sorry|scus[ai]\w*|ops|oops)\s*(?=[,.…]))"
    r"(?:[\s,.…!-]+(?:no+|sorry|scus[ai]\w*|let's\s+say|let\s+us\s+say|facciamo|diciamo|make\s+(?:it|that)"
    r"|i\s+mean[t]?|dire|actually|meglio|aspett\w+|wait|make)\b)*"
)
# Amounts of any kind take each other's place, as do the sizes, colours and so on.
_ALIKE = {"max_price": "price", "min_price": "price", "about_price": "price"}
_KINDS = frozenset(
    ("price", "colour", "size", "material", "category", "quantity", "product", "city", "occasion")
)
_NEAR = 40  # letters between the mark and what is said instead
_BARE = re.compile(
    r"[\s,.…!-]*(?:(?:a|an|the|una?|la|il|da|to|up|at|massimo|max)\s+)*"
    r"(?:(?P<number>\d{1,4}(?:[.,]5)?)(?![\w%])|(?P<size>xxs|xs|xxl|xl|s|m|l|small|medium|large)\b)"
)
_SIZES = {"small": "S", "medium": "M", "large": "L"}
Marks = Sequence[Tuple[int, int]]


def marks(text: Text) -> List[Tuple[int, int]]:
    """Return where a folded text takes something back."""
    return [match.span() for match in _MARK.finditer(text)]


def without_marks(text: Text, found: Marks) -> Text:
    """Return the text with a comma and blanks for each: "no wait red" refuses no red."""
    for start, end in found:
        text = f"{text[:start]},{' ' * (end - start - 1)}{text[end:]}"
    return text


def amended(text: Text, spans: Sequence[Span], found: Marks) -> List[Span]:
    """Return the spans without those that something else has taken the place of.

    They stay as what was said aside, with the mark, so that nobody searches for these words.
    """
    kept = list(spans)
    for start, end in found:
        before = [span for span in kept if span.end <= start and _kind(span) in _KINDS]
        after = [span for span in kept if span.start >= end and span.start - end <= _NEAR]
        kinds = {_kind(span) for span in after}
        bare = _bare(text, end, before[-1]) if before else None
        if bare and _kind(bare) not in kinds and not any(bare.overlaps(s) for s in after):
            kept.append(bare)
            kinds.add(_kind(bare))
        gone = [span for span in before if _kind(span) in kinds]
        if gone:
            aside = [Span(ASIDE, "", span.start, span.end) for span in gone]
            kept = [span for span in kept if span not in gone]
            kept += [*aside, Span(ASIDE, "", start, end)]
    return sorted(kept, key=lambda span: span.start)


def _bare(text: Text, end: int, before: Span) -> Optional[Span]:
    """Return a mere number or letter that stands for what was said before: "50, no dai 80"."""
    match = _BARE.match(text, end)
    if match is None:
        return None
    if match["number"] and _kind(before) == "price":
        return Span(before.entity, match["number"], *match.span("number"))
    if before.entity != "size":
        return None
    said = match["number"] or match["size"]
    place = match.span("number" if match["number"] else "size")
    return Span("size", _SIZES.get(said, said.upper()), *place)


def _kind(span: Span) -> Text:
    return _ALIKE.get(span.entity, span.entity)


# "My nonna Rose", "mia sorella Viola", "a friend called Amber": no colour and no bag so called.
_NAMED = re.compile(
    r"\b(?:called|named|name\s+is|di\s+nome|si\s+chiama|mrs?\.?|miss|ms\.?|signor[ae]?|sig\.?(?:ra)?"
    r"|zi[ao]|aunt(?:ie|y)?|uncle|nonn[ao]|friend|mate|neighbou?r|vicin[ao]|cugin[ao]|prof)$"
)
_FLOWERS = frozenset(
    ("rose", "olive", "violet", "amber", "ruby", "scarlett", "hazel", "ginger", "coral", "jade")
)
_NAME = re.compile(r"[ ]([^\W\d_]{3,})")
# "For him Nuvolari": who is not called anything.
_NAMELESS = re.compile(
    r"\b(?:s?he\S*|h(?:is|er|im)|l[ue]i|uom\w+|donn\w+|(?:wo)?m[ae]n\S*|ladies|lady|male|female)$"
)


def names(text: Text, spans: Sequence[Span]) -> Iterator[Span]:
    """Find the names of people in a message as it was written, right behind what they are."""
    if text.isupper():
        return
    things = any(span.entity == "category" for span in spans)
    people = [
        span.end
        for span in spans
        if span.entity == "recipient" and not _NAMELESS.search(text[: span.end].casefold())
    ]
    called = [match.end() for match in re.finditer(r"[^\W\d_.]+\.?(?= )", text)]
    for end in dict.fromkeys((*people, *(at for at in called if _is_title(text, at)))):
        match = _NAME.match(text, end)
        if match is None:
            continue
        place = match.span(1)
        over = [span for span in spans if span.start < place[1] and span.end > place[0]]
        fits = all(_may_be_a_name(match[1], span, things) for span in over)
        if fits and (over or match[1][0].isupper()):
            yield Span(ASIDE, "", *place)


def _is_title(text: Text, end: int) -> bool:
    return bool(_NAMED.search(text[:end].casefold()))


def _may_be_a_name(word: Text, span: Span, things: bool) -> bool:
    if span.entity == "product":
        return things or word[0].isupper()
    return span.entity == "colour" and (word[0].isupper() or word in _FLOWERS)


# "A man of 40", "il suo 18esimo compleanno", "she's turning 85": how old somebody is.
_AGE = re.compile(
    r"\b(?:(?:di|of|aged?|ha|compie|fa|turn(?:s|ing)|is|almost|quasi|nearly)\s+)?(?<![\w.,])"
    r"(?P<age>\d{1,3})\s*(?:-?\s*(?:anni|anno|enne|years?[ -]?old|yrs?|y/?o)\b"
    r"|(?:th|st|nd|rd|esimo|°)\s+(?:birthday|bday|compleanno|anniver\w+))"
    r"|\b(?:turn(?:s|ing)|aged?)\s+\d{1,3}\b|(?<![\w.,])\d{1,2}\s*enn[ei]\b"
)
# "In 3 anni non si è mai rotta", "ci compro da 20 anni" tell no age.
_A_TIME = re.compile(
    r"\b(?:in|da|per|tra|fra|dopo|for|over|after|since|within|(?:piu|more|less|meno)\s+\w+)\s+$"
)
_LASTING = re.compile(r"\b(?:garanz\w*|warrant\w*|guarant\w*|dur\w+|last\w*|valid\w*|scad\w*)\b")


def ages(text: Text) -> Iterator[Span]:
    """Find how old somebody is, in a folded text with digits; a warranty lasts years, too."""
    if _LASTING.search(text):
        return
    for match in _AGE.finditer(text):
        if not _A_TIME.search(text[: match.start("age")] if match["age"] else ""):
            yield Span(ASIDE, "", *match.span())
