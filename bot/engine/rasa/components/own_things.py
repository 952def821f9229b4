"""What is one's own and only the place of a thing: "something to keep in my bag" wants no bag."""

import re
from typing import Iterator, List, Text

from components.spans import Span

_KIND = "category"
_MINE = r"(?:my|our|his|her|their|mi[ao]|miei|mie|su[ao]|suoi|sue|nostr[aoie])"
_THE = r"(?:the|la|il|le|i|lo|gli)"
_IN = r"(?:in|into|inside|nell?[aeo]?|nei|dentro(?:\s+all?[ao]?)?)"
_IN_MINE = re.compile(rf"\b{_IN}\s+(?:{_THE}\s+)?{_MINE}\s+(?:\w+\s+)?$")
# "In borsa", "in valigia": without an article it is where things are; "in silver bags" is not.
_WHERE = re.compile(r"\b(?:in|dentro)\s+$")
_PLACES = frozenset(("borsa", "valigia", "borsetta"))
# "A glasses case? Mine get scratched in the bag": what is named for itself is wanted.
_IN_THE = re.compile(r"\b(?:nell[ao]|nelle|nel|nei|(?:in|into|inside)\s+the)\s+$")
# "A jewellery box for the suitcase": what comes first is wanted.
_FOR_IT = re.compile(rf"\b(?:per|x|for)\s+(?:{_THE}\s+)?(?:{_MINE}\s+)?$")
# "Qualcosa per tenerlo a tracolla" says how it is carried.
_HOW = re.compile(r"\ba\s+$")
_WAYS = frozenset(("tracolla", "mano", "spalla"))
# "I miei occhiali" are no parents.
_MY_THINGS = re.compile(
    r"i miei\s+(?!genitor|nonn|suocer|vecch|che\b|hanno|sono|fanno|compi|per\b|con\b)\w{4,}"
)


# "My daughter's teacher", "l'insegnante di mia figlia": one of the two gets the present.
_WHOSE = re.compile(r"(?:['’]?s)?['’]?\s+")
_OF_WHOM = re.compile(
    r"\s+(?:di|del|della|dello|dei|delle|degli)\s+(?:(?:mi|su|tu)[aoe]i?\s+|nostr\w\s+)?"
)


# "Le monete girano per la borsa, che avete per tenerle insieme?" wants what holds them.
_HOLDS_THEM = re.compile(
    r"\b(?:mett|ten|conserv|protegg|ripor|custod)[ae]?r?\w*[eai]rl[oaie]\b"
    r"|\b(?:keep|put|hold|store|protect)(?:ing|ting)? (?:it|them)\b"
)
_ABOUT_THE = re.compile(
    r"\b(?:per|nell[ao]|nel|in|all over|around|inside)\s+(?:(?:the|la|il)\s+)?$"
)


# "I'm starting as a teacher", "faccio la maestra": what the customer is, and nobody's present.
_I_AM = re.compile(
    r"\b(?:(?:start|work|begin|train|job|qualif)\w*\s+as|i'?m|i\s+am|being|becom\w+|sono"
    r"|(?:lavor|inizi|cominci)\w+\s+come|facci?o|diventat[ao])\s+(?:an?|the|un[ao]?|il|la|l'|lo)?\s*"
    r"(?:new\s+|nuov[ao]\s+|primary\s+|school\s+)?$"
)
# "Sono un uomo" says for whom it is.
_OF_EITHER_KIND = re.compile(
    r"(?:uom\w+|donn\w+|ragazz\w+|(?:wo)?m[ae]n|lady|female|male|girl|boy|guy)"
)
# "My wife tells me that my gloves are a disgrace": who says something gets no present for it.
_SPEAKS = re.compile(
    r"\s+(?:(?:keeps?|always|just|sempre|mi|ci|si)\s+)*"
    r"(?:tell\w*|told|say\w*|said|insist\w*|think\w*|reckon\w*|complain\w*|laugh\w*|nag\w*"
    r"|tease\w*|dice|dicono|ripete|pensa|sostien\w+|lament\w*|rid[eo]\w*|brontol\w+)\b"
)
# "Counts as hand luggage", "va bene come bagaglio a mano": what it does for, not what it is.
_SERVES_AS = re.compile(r"\b(?:come|as|for)\s+(?:an?\s+|un[ao]?\s+)?$")


# "Due anni fa ho preso la Siena bordeaux. La fate anche nera?": the black one is asked for.
_I_OWN = re.compile(
    r"\b(?:(?:ho|abbiamo|ha|avevo|aveva)\s+(?:gia\s+|sempre\s+)?(?:pres[oaie]|comprat\w|acquistat\w"
    r"|ricevut\w|avut\w|un[ao]?|il|la|lo|le|i|quell[oa]|una)|ho\s+gia|(?:la|il|le|i)\s+mi[aoe]i?"
    r"|(?:i|we|she|he|they)(?:\s+(?:have|had|own|got|already\s+\w+|bought|ordered)|'ve\s+(?:got|had|bought))"
    r"|already\s+(?:have|own|got)|bought|mine(?:'?s|\s+is)?|my\s+old)\b"
)
_CLAUSE = re.compile(
    r"[.;!?\n]+|,?\s+(?:ma|but|adesso|ora|now|and now|pero)\s|,\s*(?=(?:c'e|la|lo|do|is|can)\b)"
)
_VERSION = ("colour", "size")


def _owned(text: Text, span: Span, terms: List[Span]) -> bool:
    """Tell whether a colour is that of one's own, and another is asked for further on."""
    ends = [match.end() for match in _CLAUSE.finditer(text)]
    begins = max((end for end in ends if end <= span.start), default=0)
    close = min((end for end in ends if end > span.start), default=len(text))
    later = any(one.entity == span.entity and one.start >= close for one in terms)
    return later and bool(_I_OWN.search(text[begins : span.start]))


def wanted(text: Text, terms: List[Span]) -> Iterator[Span]:
    """Return the terms that are wanted: no kind that is only a place, no colour of one's own."""
    kinds = [span for span in terms if span.entity == _KIND]
    for span in terms:
        if span.entity in _VERSION and _owned(text, span, terms):
            continue
        if span.entity == "recipient" and _is_no_recipient(text, span, terms):
            continue
        if span.entity == _KIND and _is_beside(text, span, kinds):
            continue
        yield span


def _is_no_recipient(text: Text, span: Span, terms: List[Span]) -> bool:
    if _MY_THINGS.match(text[span.start :]) or _SPEAKS.match(text[span.end :]):
        return True
    said = text[span.start : span.end]
    if _I_AM.search(text[: span.start]) and not _OF_EITHER_KIND.fullmatch(said):
        return True
    others = [one for one in terms if one.entity == "recipient" and not one.overlaps(span)]
    return any(
        (one.start >= span.end and _WHOSE.fullmatch(text[span.end : one.start]))
        or (one.end <= span.start and _OF_WHOM.fullmatch(text[one.end : span.start]))
        for one in others
    )


def _is_beside(text: Text, span: Span, kinds: List[Span]) -> bool:
    before = text[: span.start]
    said = text[span.start : span.end]
    if _IN_MINE.search(before) or (said in _PLACES and _WHERE.search(before)):
        return True
    if said in _WAYS and _HOW.search(before):
        return True
    if _ABOUT_THE.search(before) and _HOLDS_THEM.search(text[span.end :]):
        return True
    others = [kind for kind in kinds if kind.value != span.value]
    if others and _IN_THE.search(before):
        return True
    first = [kind for kind in kinds if kind.end <= span.start]
    if first and others and _SERVES_AS.search(before):
        return True
    same_clause = first and not re.search(r"[.;!?]", text[first[-1].end : span.start])
    return bool(same_clause and _FOR_IT.search(before))
