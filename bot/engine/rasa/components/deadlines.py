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
    r"\b(?:mi|ci|gli|le)\s+serv\w+|\bserve\b|\bservono\b|\bbisogno\b|\bneed(?:ed|s)?\b|\bnecessari\w+"
    r"|\barriv(?:a|ano|i|are|era|eranno|erebbe)\b|\barrives?\b|\bconsegn\w+|\bdeliver\w*|\brecapit\w+"
    r"|\bget\s+(?:it|here)\b|\bbe\s+here\b|\bhave\s+it\b|\bricev\w+|\breceive\b|\baver(?:lo|la|li|le)\b"
    r"|\bcompleanno\b|\bbirthday\b|\bbday\b|\bfesta\b|\bparty\b|\blaurea\b|\bgraduat\w+"
    r"|\banniversar\w+|\bmatrimoni\w+|\bwedding\b|\bsposa\w*|\bpart(?:o|iamo|e)\b|\bleav(?:e|ing)\b"
)
_OTHERWISE = re.compile(
    r"\bapert\w|\bchius\w|\baprite\b|\bchiudete\b|\borari?\b|\bche\s+ora\b|\bopen\w*|\bclos(?:e|ed|ing)\b"
    r"|\bhours?\b|\bordinat[oaie]\b|\bcomprat[oaie]\b|\bordered\b|\bbought\b|\barrivat[oaie]\b"
    r"|\barrived\b|\bpassare\b|\bcome\s+(?:by|in|over)\b|\bvengo\b|\bvisit\b"
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
    if by := _BY.search(before):
        return by.start()
    if text[mention.start : mention.end].startswith(("entro", "within")):
        return mention.start
    if otherwise or mention.kind == "holiday":
        return None
    if (for_ := _FOR.search(before)) and (needed or mention.kind != "day"):
        return for_.start()
    return mention.start if needed and mention.kind != "day" else None
