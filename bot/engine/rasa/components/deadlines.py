"""The day by which something is needed: "entro venerdì", "before Christmas", "per il 12"."""

import re
from datetime import date
from typing import Iterator, Optional, Text

from components.spans import Span
from dialogues.executor.dates import Mention, days

# Right before a day these make it a deadline, whatever else is said.
_BY = re.compile(
    r"\b(?:entro(?:\s+e\s+non\s+oltre)?|non\s+oltre|prima\s+(?:di|del|dell|della)|in\s+tempo\s+per"
    r"|by|before|until|no\s+later\s+than|not\s+later\s+than|(?:in|on)\s+time\s+for|within)"
    r"\s*(?:il\s+|l'|l\s+|la\s+|le\s+|the\s+|giorno\s+|'\s*)*$"
)
# And these too, but "per Natale" is only the occasion.
_FOR = re.compile(r"\b(?:per|x|for|on|at)\s+(?:il\s+|l'|la\s+|the\s+|giorno\s+)*$")
_NEEDED = re.compile(
    r"\burgent\w*|\bdev(?:e|ono)\s+essere\b|\b(?:has|have|must)\s+(?:to\s+)?be\b|\burgenz\w+|\b(?:mi|ci|gli|le)\s+serv\w+|\bserve\b|\bservono\b|\bbisogno\b|\bneed(?:ed|s)?\b|\bnecessari\w+"
    r"|\barriv(?:a|ano|i|are|era|eranno|erebbe)\b|\barrives?\b|\bconsegn\w+|\bdeliver\w*|\brecapit\w+"
    r"|\bget\s+(?:it|here)\b|\bbe\s+here\b|\bhave\s+it\b|\bricev\w+|\breceive\b|\baver(?:lo|la|li|le)\b"
    r"|\bcompleanno\b|\bbirthday\b|\bbday\b|\bfesta\b|\bparty\b|\blaurea\b|\bgraduat\w+"
    r"|\banniversar\w+|\bmatrimoni\w+|\bwedding\b|\bsposa\w*|\bpart(?:o|iamo|e)\b|\bleav(?:e|ing)\b"
)
# "Entro 30 giorni" is then how long one may, not when something is needed.
# "Se ordino oggi": when it begins, not when it has to be there.
_BEGINS = re.compile(
    r"\b(?:se|if)\s+(?:i\s+|we\s+|l[aoie]\s+)?(?:ordin\w+|compr\w+|prend\w+|pag\w+|order|buy|pay|get)"
    r"(?:\s+(?:it|them|that))?\s+$"
)
# "Consegnate il sabato?" asks about every Saturday.
_EVERY = re.compile(r"\b(?:il|la|di|on)\s+$")
_TODAY = ("oggi", "today", "stasera", "tonight")
_FEW = 5  # words; "per sabato" alone is an answer
_GIVING_BACK = re.compile(
    r"\breturn\w*|\brefund\w*|\bexchange\b|\bres[oi]\b|\brend(?:ere|o)\b|\brestitu\w+|\brimbors\w+"
    r"|\bcambi(?:are|arla|arlo|o)\b|\bgaranzia\b|\bwarranty\b"
)
# Nobody asks for a present for Christmas Eve: said with "for" it is the day.
_NO_OCCASION = re.compile(r"\beve\b|vigilia|capodanno|new\s+year|ultimo")
_OTHERWISE = re.compile(
    r"\bapert\w|\bchius\w|\baprite\b|\bchiudete\b|\borari?\b|\bche\s+ora\b|\bopen\w*|\bclos(?:e|ed|ing)\b"
    r"|\bhours?\b|\bordinat[oaie]\b|\bcomprat[oaie]\b|\bordered\b|\bbought\b|\barrivat[oaie]\b"
    r"|\barrived\b|\bho\s+(?:\w+\s+)?\w+(?:ato|uto|ito|eso|esso|atto)\b|\bacquisto\b|\bpurchase[ds]?\b"
    r"|\bi\s+(?:got|made|placed|paid)\b|\bpass(?:o|iamo|are)\b|\bcome\s+(?:by|in|over)\b|\bvengo\b|\bvisit\b"
)


def deadlines(text: Text, today: date) -> Iterator[Span]:
    """Find days in a folded text that say until when."""
    mentions = days(text, today)
    if not mentions:
        return
    needed = bool(_NEEDED.search(text))
    otherwise = bool(_OTHERWISE.search(text))
    for mention in mentions:
        start = _deadline(mention, text, needed=needed, otherwise=otherwise)
        if start is not None:
            yield Span("needed_by", mention.day.isoformat(), start, mention.end)


def _deadline(mention: Mention, text: Text, *, needed: bool, otherwise: bool) -> Optional[int]:
    """Return where the deadline begins, None where the day is no deadline."""
    before = text[: mention.start]
    if _GIVING_BACK.search(text):
        return None
    if by := _BY.search(before):
        return by.start()
    if mention.said(text).startswith(("entro", "within")):
        return mention.start
    if otherwise or (mention.kind == "holiday" and not _NO_OCCASION.search(mention.said(text))):
        return None
    return _without_by(mention, text, needed=needed)


def _without_by(mention: Mention, text: Text, *, needed: bool) -> Optional[int]:
    """Return where a deadline begins that only a need, or its being all that is said, makes one."""
    before, said = text[: mention.start], mention.said(text)
    if for_ := _FOR.search(before):
        alone = len(text.split()) <= _FEW and said not in _TODAY and mention.kind != "day"
        return for_.start() if needed or alone else None
    every = mention.kind == "weekday" and _EVERY.search(before)
    if not needed or every or said in _TODAY or _BEGINS.search(before):
        return None
    return mention.start if mention.kind != "day" else None
