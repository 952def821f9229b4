"""What a customer does not want: "non in pelle", "niente nero", "anything but red", "senza zip"."""

import re
from typing import Iterator, List, Optional, Text

from components.lookups import Words
from components.spans import Span

KINDS = ("colour", "material")
_LINK = (
    r"(?:(?:in|di|del|della|dello|dei|il|lo|la|i|gli|le|un|una|a|an|the|any|of|made|made\s+of|with|con"
    r"|color|colore|colour|ne|fatt[oaie]|vera|real|too|troppo|much|anything|qualcosa|nulla"
    r"|il\s+colore)\s+|l')*"
)
_DIRECT = (
    r"non|nn|no|niente|nient'altro\s+che|nessun[ao]?|senza|tranne|eccetto|escluso|esclus[aie]"
    r"|a\s+parte|fuorche|mai|not|nothing(?:\s+in)?|without|w/o|except(?:\s+for)?|excluding|other\s+than"
    r"|apart\s+from|(?:anything|everything|any\s+colou?r)\s+but|nor|never|neither"
)
_DISLIKED = (
    r"(?:non|nn)\s+(?:mi\s+|ci\s+|le\s+|gli\s+|la\s+|lo\s+)?(?:piac\w+|v(?:oglio|ogliamo|orrei|uole)"
    r"|amo|ama|sopport\w+|convinc\w+|deve\s+essere|devono\s+essere|si[ae]n?o?|fosse|indoss\w+)"
    r"|(?:che|ma)\s+(?:non|nn)\s+(?:e|sono|si[ae]n?o?)"
    r"|(?:do|does|did|would|wo|ca|could|can|will)(?:n'?t|\s?not)\s+(?:really\s+|ever\s+)?"
    r"(?:like|want|love|wear|need|use|buy|touch|have|own|stand|do)"
    r"|(?:rather|prefer(?:isco|irei)?)\s+(?:not|non|no)(?:\s+(?:have|wear|use|buy|avere|usare))?"
    r"|against|contrari[ao]\s+all[ao]?|intolerant\s+to|intollerante\s+all[ao]?|allerg(?:y|ia)\s+(?:to|all[ao]?)|not\s+(?:a\s+fan\s+of|into|keen\s+on|fond\s+of)"
    r"|(?:that|which|they)\s*(?:is|are|'s|s|'re)?\s*(?:n'?t|not)"
    r"|odi[oa]|detest\w+|hates?|evit\w+|avoid|allergic[aoh]?[ei]?\s+(?:to|all[ao]?)"
)
_REFUSED = re.compile(
    rf"(?:^|(?<=[^\w']))(?:(?:{_DISLIKED})(?:\s+(?:it|them|one|lo|la|li|le))?|{_DIRECT})\s+{_LINK}$"
)
_NEITHER = re.compile(rf"\bne\s+{_LINK}$")  # "né nero né marrone"; alone it is "of it"
# "It's not leather" tells what something is; "as long as it's not leather" asks for another.
_TOLD = re.compile(r"\b(?:it'?s|it\s+is|this\s+is|it\s+was|that'?s)\s+$")
_ON_CONDITION = re.compile(r"\b(?:as\s+long\s+as|provided|if)\b")
# "senza tracolla" refuses a kind; "non voglio una borsa con..." does not.
_BLUNT = re.compile(rf"(?:non|nn|no|niente|senza|tranne|not|no|without|w/o|except)\s+{_LINK}")
_GOES_ON = re.compile(rf"\s*(?:,\s*)?(?:(?:e|o|ne|and|or|nor|oppure)\s+)(?:non\s+|no\s+)?{_LINK}$")
_AFTER = re.compile(
    r"[-\s]free\b(?!\s+(?:gift|deliver|return|shipping))"  # "leather-free"
    r"|\s+(?:invece\s+|proprio\s+|pero\s+)?no\b(?=\s*(?:$|[,.!?;]|pero\b|grazie|thanks|pls|please))"
    r"|\s*(?:'s|\s+is|\s+are|s)\s+(?:a\s+(?:definite\s+)?no\b|out\b(?!\s+of)|not\s+for\s+me|no\s+good)"
)
# "Le candele non le piacciono", "candles she doesn't like": said behind the thing.
_DISLIKED_AFTER = re.compile(
    r"\s+(?:(?:proprio|pero|invece|a\s+lei|a\s+lui|he|she|they|i|really)\s+)*"
    r"(?:(?:non|nn)\s+(?:mi|ti|ci|le|gli|vi)\s+piac\w+|(?:li|le|la|lo)\s+(?:odi[ao]|detest\w+)"
    r"|(?:do|does|did)(?:n'?t|\s+not)\s+like|hates?\b|no\s+grazie\b"
    r"|(?:(?:mi|le|gli|ci)\s+)?(?:punge|prude|pizzica|irrita|gratta|fa\s+(?:allergia|prurito)"
    r"|da\s+(?:fastidio|prurito|allergia))"
    r"|(?:really\s+)?(?:makes?|gives?)\s+(?:me|her|him|them|my\s+\w+)\s+(?:itch\w*|sneeze|a\s+rash|scratch\w*)"
    r"|itch(?:es|y)?\b|irritates|allerg(?:y|ies)\b|is\s+(?:\w+\s+)?(?:itchy|scratchy))"
)
_WORD = rf"{_LINK}(?P<word>[^\W\d_]{{3,}})"
_FREELY = re.compile(rf"\b(?:senza|without|w/o)\s+{_WORD}")
_SPARINGLY = re.compile(rf"\b(?:no|niente|nessun[ao]?|nor|ne)\s+{_WORD}")
_UNWANTED_WITH = re.compile(rf"\b(?:{_DISLIKED})\s+(?:[^\W\d_]+\s+){{0,4}}(?:con|with)\s+{_WORD}")
# "Non sopporto la lavanda", "con la lavanda mi viene l'emicrania": said of what no list names.
_HATED = re.compile(
    rf"\b(?:(?:non|nn)\s+(?:\w+\s+)?sopport\w+|odi[oa]|detest\w+|allergic[aoh]?[ei]?\s+(?:to|all[ao]?)"
    rf"|intoller\w+\s+all[ao]?|(?:can't|cannot|cant)\s+stand|hates?)\s+{_WORD}"
)
_SUFFERED = re.compile(
    rf"\b(?:con|il|lo|la|l'|the|with)\s*{_WORD}\s+(?:mi|le|gli|ci)\s+(?:vien\w*|vengono|fa(?:nno)?\s+"
    r"(?:venire|allergia|starnutire|nausea|star\s+male)|da(?:nno)?\s+(?:fastidio|allergia|nausea|alla\s+testa))"
)
_ALSO = re.compile(rf"\s*(?:,|\b(?:e|o|ne|and|or)\b)\s*{_WORD}")
# "senza impegno" and "without tax" say nothing about the product.
_NO_FEATURES_IT = """
impegno fretta problemi problema offesa spese costi spedizione pagare iva dubbio altro carta
sapere prenotazione prenotare registrazione garanzia garanzie commissioni interessi scontrino
ordine account contare aspettare dover essere che pensarci successo risposta spendere sconto
sconti andare superare suo sua tuo tua mio mia nostro nostra quello quella questo questa uno una
"""
_NO_FEATURES_EN = """
obligation hurry problem problems going spending shipping paying tax vat doubt account registration
fees receipt
order having being knowing any delivery waiting discount your the this that our his her its
"""
_NO_FEATURE = frozenset((_NO_FEATURES_IT + _NO_FEATURES_EN).split())
# What may be missing from a bag, belt, wallet or shoe: after "no" and "niente" only these count.
_FEATURES_IT = """
zip cerniera cerniere lampo tracolla tracolle manico manici logo loghi scritta scritte borchia
borchie frangia frange tasca tasche fibbia fibbie bottone bottoni catena catene lacci laccio pelo
pelliccia paillettes glitter strass stampa stampe fiori nichel nickel tacco tacchi fodera ricami
ricamo fiocco fiocchi iniziali brillantini profumo
"""
_FEATURES_EN = """
zipper zips zippers strap straps handle handles logos writing studs stud fringe fringes pocket
pockets buckle buckles button buttons chain chains laces lace fur sequins rhinestones print prints
flowers heel heels lining embroidery bow bows initials scent perfume branding label labels
"""
_FEATURES = frozenset((_FEATURES_IT + _FEATURES_EN).split())


def refusals(text: Text, named: List[Span]) -> Iterator[Span]:
    """Find what is not wanted; `named` are the colours, materials and categories of the text."""
    refused: List[Span] = []
    for span in sorted(named, key=lambda span: span.start):
        start = _refused_from(text, span, named, refused)
        if start is not None:
            refused.append(span)
            behind = _behind(text, span) if span.entity in KINDS else None
            yield Span("without", _value(text, span), start, behind.end() if behind else span.end)
    yield from _features(text, named)


# "Non compro prodotti di origine animale": who says so wants what the shop calls vegan.
_NOTHING_OF_ANIMALS = re.compile(
    r"\b(?:non|nn|no|niente|nulla|senza|evit\w+|mai|not|nothing|without|avoid\w*|never|free\s+(?:of|from)"
    r"|\w+n't|dont|wont|rather\s+not|contrari[ao]|against)\b[^.;!?]{0,60}?"
    r"\b(?:(?:d'|di\s+|da\s+)?origin[ei]\s+animal[ei]|d[ai]gli\s+animali|da\s+animali|animale|derivati\s+animali"
    r"|animal\s+(?:product|origin|part|skin|hide|material|stuff|based|derived)\w*|animals?\b)"
    r"|\banimal[- ]free\b|\bveganissim\w+"
)
_PETS = re.compile(r"\b(?:collar\w*|dogs?|cani?|gatt\w|cats?|pets?|guinzagli\w*|leash)\b")


def vegan(text: Text, words: Words) -> Iterator[Span]:
    """Find who wants nothing that comes from animals, where the shop has a word for that."""
    match = _NOTHING_OF_ANIMALS.search(text)
    if match is None or _PETS.search(text):
        return
    meant = [m for word in ("vegan", "vegano") for m in words.meanings((word,))]
    for entity, value in meant[:1]:
        yield Span(entity, value, *match.span())


def _refused_from(text: Text, span: Span, named: List[Span], refused: List[Span]) -> Optional[int]:
    """Return where the refusal of this span begins, None where it is wanted."""
    if span.entity not in (*KINDS, "category"):
        return None
    found = _REFUSED.search(text[: span.start])
    if not found and len(re.findall(r"\bne\b", text)) > 1:
        found = _NEITHER.search(text[: span.start])
    if span.entity == "category":
        return _kind_refused_from(text, span, found)
    # "non voglio borse nere": the colour is refused, not the bag.
    things = [n for n in named if n.entity == "category" and n.end < span.start]
    if not found and things and re.fullmatch(rf"\s+{_LINK}", text[things[-1].end : span.start]):
        found = _REFUSED.search(text[: things[-1].start])
        return span.start if found else None
    if found:
        told = _TOLD.search(text[: found.start()]) and not _ON_CONDITION.search(text)
        return None if told else found.start()
    for last in refused[-1:]:
        if _GOES_ON.fullmatch(text[last.end : span.start]):
            return last.end
    return _refused_behind(text, span)


def _kind_refused_from(text: Text, span: Span, found: "Optional[re.Match[Text]]") -> Optional[int]:
    if found and _BLUNT.fullmatch(found.group()):
        return found.start()
    return span.start if _DISLIKED_AFTER.match(text, span.end) else None


def _refused_behind(text: Text, span: Span) -> Optional[int]:
    return span.start if _behind(text, span) else None


def _behind(text: Text, span: Span) -> "Optional[re.Match[Text]]":
    return _AFTER.match(text, span.end) or _DISLIKED_AFTER.match(text, span.end)


def _value(text: Text, span: Span) -> Text:
    if span.entity in KINDS:
        return f"{span.entity}:{span.value}"
    return f"word:{text[span.start : span.end]}"


def _features(text: Text, named: List[Span]) -> Iterator[Span]:
    for pattern in (_UNWANTED_WITH, _FREELY, _SPARINGLY, _HATED, _SUFFERED):
        for match in pattern.finditer(text):
            sparing = pattern is _SPARINGLY
            if pattern is _UNWANTED_WITH:
                sparing = not any(match.start() < span.start < match.end() for span in named)
            if not _is_feature(match, named, sparing=sparing):
                continue
            yield _feature(match)
            also = _ALSO.match(text, match.end())
            while also and _is_feature(also, named, sparing=True):
                yield _feature(also)
                also = _ALSO.match(text, also.end())


def _is_feature(match: "re.Match[Text]", named: List[Span], *, sparing: bool) -> bool:
    start, end = match.span("word")
    if any(span.start < end and start < span.end for span in named):
        return False
    word = match["word"]
    return word in _FEATURES if sparing else word not in _NO_FEATURE


def _feature(match: "re.Match[Text]") -> Span:
    return Span("without", f"word:{match['word']}", *match.span("word"))
