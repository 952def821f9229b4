"""What compares prices, ratings and sales: "quello più economico", "the best rated", "cheaper"."""

import re
from typing import Iterator, Text

from components.spans import Span

# As thumbs write them: "cheepest", "cheapst", "ecconomico", "expensiv".
_CHEAPEST, _CHEAPER = r"ch(?:ea|ee|ae|e|a)p+e?st", r"ch(?:ea|ee|ae|e|a)p+e?r"
_EXPENSIVE = r"exp[ea]ns[ie]?ve?"
_ECONOMIC = r"ec{1,2}on{1,2}om{1,2}ic(?:o|a|i|he)"
_CHEAP = (
    rf"piu\s+(?:{_ECONOMIC}|convenient[ei]|a\s+buon\s+mercato|basso\s+prezzo)"
    r"|meno\s+(?:car[oaie]|costos[oaie])|(?:che\s+)?cost(?:a|i)(?:no)?\s+(?:di\s+)?meno"
    r"|(?:altro|altra|qualcosa|niente)\s+a\s+meno(?!\s+(?:di|che))|piu\s+abbordabil[ei]"
    r"|piu\s+bass[oi]\s+(?:di\s+)?prezzo|prezzo\s+piu\s+basso"
)
_DEAR = (
    r"piu\s+(?:car[oaie]|costos[oaie]|pregiat[oaie]|lussuos[oaie])"
    r"|(?:che\s+)?cost(?:a|i)(?:no)?\s+di\s+piu"
)
_ITALIAN = re.compile(rf"\b(?:(?P<cheap>{_CHEAP})|(?P<dear>{_DEAR}))\b")
_ENGLISH_MOST = re.compile(
    rf"\b(?:the\s+)?(?:(?P<cheap>{_CHEAPEST}"
    rf"|(?:least|less)\s+(?:{_EXPENSIVE}|pric\w+|costly)\s+(?:one|of)\b"
    r"|least\s+(?:expensive|pric\w+|costly)|lowest[\s-]+priced?|costs?\s+(?:the\s+)?(?:least|less)"
    rf"|most\s+affordable)|(?P<dear>most\s+{_EXPENSIVE}|dearest|priciest|costliest))(?:\s+one)?\b"
)
_ENGLISH_MORE = re.compile(
    rf"\b(?:(?P<cheap>{_CHEAPER}|less\s+(?:{_EXPENSIVE}|pric\w+|costly)"
    r"|more\s+affordable|lower[\s-]+priced?)"
    rf"|(?P<dear>more\s+(?:{_EXPENSIVE}|upmarket|luxurious)|pricier|fancier))\b(?!\s+than\s+[€$£]?\d)"
)
_WHICH = re.compile(
    r"\b(?:which|qual|quale)\b(?:\s+(?:one|is|of|e|delle|dei|tra|fra|the|costa|two|due))*\s*$"
)
# "qualcosa di più economico", "a cheaper one": another one, not one of those shown.
_ANOTHER = re.compile(
    r"\b(?:un|una|uno|qualcos\w*|qualcun\w*|altr[oaie]|di|niente|nulla|roba|po'?|any\w*|some\w*|a"
    r"|molto|ancora|troppo)\s+(?:\w+\s+){0,2}$"
)
_OF_THESE = re.compile(
    r"\b(?:il|lo|la|i|gli|le|al|alla|del|della|l|quell[oaie]|tra|fra|the)(?:\s+|')(?:\w+\s+){0,2}$"
)
_BEST_RATED = re.compile(
    r"\b(?:(?:meglio|piu|best|top|highest|better|most\s+highly)[\s-]+(?:recensit|votat|valutat|giudicat"
    r"|rated|reviewed|rating)\w*"
    r"|(?:recensioni|voti|valutazioni|opinioni)\s+(?:migliori|piu\s+alt[ei])"
    r"|miglior[ei]?\s+(?:recension|vot|valutazion|opinion|punteggi)\w+"
    r"|(?:the\s+)?(?:best|highest|better)\s+(?:reviews?|ratings?|score)|(?:piu|most)\s+(?:stelle|stars))\b"
)
_MOST_SOLD = re.compile(
    r"\b(?:piu\s+(?:vendut|gettonat|popolar|amat|richiest|acquistat|comprat)\w*"
    r"|piu\s+(?:recension|opinion|commenti)\w*|most\s+(?:reviews|reviewed)"
    r"|va(?:nno)?\s+(?:di\s+piu|per\s+la\s+maggiore)|(?:si\s+)?vende(?:te)?\s+di\s+piu"
    r"|best[\s-]?sell\w*|top[\s-]?sell\w*|sells?\s+(?:the\s+)?(?:best|most)"
    r"|most[\s-]+(?:popular|sold|bought|loved|wanted|purchased))\b"
)
# "Costa di più la spedizione?", "why is it more expensive than the other?" wish for nothing.
_TOLD = re.compile(r"\b(?:why|perche|come\s+mai)\b|\b(?:is|e)\s+(?:it|the|one)\s+$")
_ASIDE = re.compile(
    r"\s+(?:than|to\s|if|la\s+(?:spedizione|consegna|taglia)|se\b|spedire|ritirare)"
)
# "Troppo cara", "a bit pricey", "azz caro": something cheaper is wanted.
_TOO_DEAR = re.compile(
    r"\b(?:troppo|un\s+po'?|parecchio|piuttosto)\s+(?:car[oaie]|costos[oaie])\b|\bfuori\s+budget\b"
    rf"|\b(?:too|bit|little|quite|rather|kinda)\s+(?:{_EXPENSIVE}|pric[e]?y|dear|steep|much\s+for\s+me)\b"
    r"|\b(?:over|above|beyond|out\s+of)\s+my\s+(?:budget|price\s+range)\b"
)
_JUST_DEAR = re.compile(
    r"\W*(?:\w+\W+){0,2}(?P<dear>car[oaie]|costos[oaie]|pric[e]?y|expensive)\W*"
)
_NOT_DEAR = re.compile(r"\b(?:non|not|isn't|nn|se|if)\b")
_CLOSEST = 40  # letters before a comparison that can say what it is compared with


def comparisons(text: Text) -> Iterator[Span]:
    """Find superlatives over what was shown, and the wish for something cheaper or dearer."""
    for match in _ENGLISH_MOST.finditer(text):
        yield Span("ordinal", _which(match), match.start(), match.end())
    for value, pattern in (("best_rated", _BEST_RATED), ("most_sold", _MOST_SOLD)):
        for match in pattern.finditer(text):
            yield Span("ordinal", value, match.start(), match.end())
    yield from _too_dear(text)
    for pattern in (_ITALIAN, _ENGLISH_MORE):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - _CLOSEST) : match.start()]
            if _TOLD.search(before) or _ASIDE.match(text, match.end()):
                continue
            if _is_superlative(before):
                yield Span("ordinal", _which(match), match.start(), match.end())
            else:
                more = "cheaper" if match["cheap"] else "dearer"
                yield Span("compared", more, match.start(), match.end())


def _too_dear(text: Text) -> Iterator[Span]:
    """Find the sigh over a price, alone or in a longer message."""
    if any(pattern.search(text) for pattern in (_NOT_DEAR, _ITALIAN, _ENGLISH_MORE)):
        return  # "a bit pricey, anything cheaper?" says it once
    for match in _TOO_DEAR.finditer(text):
        yield Span("compared", "cheaper", match.start(), match.end())
    if (alone := _JUST_DEAR.fullmatch(text)) and not text.rstrip().endswith("?"):
        yield Span("compared", "cheaper", *alone.span("dear"))


def _which(match: "re.Match[Text]") -> Text:
    return "cheapest" if match["cheap"] else "dearest"


def _is_superlative(before: Text) -> bool:
    """Tell "la più economica" and "which is cheaper" from "una più economica"."""
    if _WHICH.search(before):
        return True
    return bool(_OF_THESE.search(before)) and not _ANOTHER.search(before)
