"""What customers tell of themselves before they ask: it is no question, and no complaint either.

"Every woman at the table has a better bag than I do. Could you show me your smartest handbags?"
asks for handbags. Where a sentence of a message asks, wishes, buys or tells of an order, those that
do none of it are its background: they name for whom and for how much, and nothing else of them is
heard.
"""

import re
from typing import Any, Dict, List, Optional, Sequence, Text, Tuple

Place = Tuple[int, int]  # where a sentence begins and ends

# Emoji and what else is no letter, no number and no mark of a sentence end one, too.
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d"
_AUXILIARY = (
    r"(?:do|does|did|can|could|will|would|is|are|was|were|has|have|had|may|might|should|shall) "
    r"(?:i|you|u|ya|ye|it|they|there|that|this|these|those|the|any|one|we|she|he|your|ur)\b"
    r"|(?:c['’ ]?[eè]|ci sono|ce n['’]|ce l['’]|ne avete|avete"
    r"|avreste|fate|tenete|vendete|spedite|accettate"
    r"|posso|potrei|possiamo|potete|potreste|puo|può|si pu[oò]"
    r"|sapete|sa dirmi|esist\w+|arriva|costa|funziona)\b"
)
_INTERROGATIVE = (
    r"(?:what|which|how|where|when|why|who|whose|whats|hows|wheres|got|any|anything|something"
    r"|(?:di|in|a|da|per|entro|fino a) (?:che|cosa|quant\w+|quando|quale|dove)"
    r"|quant[oaie]|qual[ei]?|come|che|cosa|cos['’]|dove|quando|perch[eé]|chi)\b"
)
_CLAUSE = (
    rf"{_AUXILIARY}|(?:what|quant[oaie]|qual[ei]?|how (?:much|many|long)"
    r"|(?:di|in|a) (?:che|quant\w+))\b"
)
_ASKING = f"{_AUXILIARY}|{_INTERROGATIVE}"
_WISHING = (
    r"\b(?:i|we)(?:['’]?d| would)? (?:like|love|need|want|prefer"
    r"|wish|require)\b|\bi['’]?m (?:after|looking|hunting|shopping)\b"
    r"|\b(?:looking|searching|hunting) for\b|\bshow (?:me|us)\b"
    r"|\b(?:tell|send|give|recommend|suggest|find|help) (?:me"
    r"|us)\b"
    r"|\blet me (?:see|know|have)\b|^\W*(?:need|want|wanna|show"
    r"|recommend|suggest|compare)\b|\bplease\b|\bpls\b|\bi(?:['’]m"
    r"| am) in the market\b"
    r"|\b(?:thinking (?:of|about)|thought of|fancy|fancied|pensav\w+ (?:a"
    r"|ad|di)|penso (?:a|ad|di)|idea di|sarebbe bello)\b"
    r"|\b(?:back to|go(?:ing)? back|stick(?:ing)? with|instead"
    r"|rather|the other|torn\w+|meglio|piuttosto|invece)\b"
    r"|\b(?:quell[aoei]|quelli)\b|\bthe ones?\b"
    r"|\b(?:is|was|are|were|looks?|looked|['’]s) (?:much |far |a bit |still )?"
    r"(?:better|nicer|prettier)\b"
    r"|\b(?:è|era|sono|erano) (?:molto )?pi[uù] (?:bell|carin|adatt)[oaie]\b"
    r"|\b(?:interested in|what about|how about|wondering|wanted to (?:ask|know))\b"
    r"|\b(?:cerc(?:o|hiamo|avo|avamo|ando)|vorre(?:i|mmo)|volev[oa]"
    r"|vogliamo|voglio|desider\w+|gradirei|preferi\w+)\b"
    r"|\b(?:mi|ci|le|gli) (?:serv\w+|occorr\w+|manca\w*|piacerebbe"
    r"|interess\w+|consigli\w+|mostr\w+|dica|dici|dite|indichi)\b"
    r"|\b(?:ho|abbiamo|avrei|avremmo) bisogno\b|\b(?:fammi|fatemi"
    r"|mi faccia|mostra\w*|dimmi|ditemi|consiglia\w*|suggeri\w*"
    r"|aiuta\w*|aiuto|confronta\w*)\b"
)
_BUYING = (
    r"\b(?:prend(?:o|iamo|erei|ere)|compr(?:o|iamo|erei)|ordin(?:o"
    r"|iamo|erei)|acquist(?:o|iamo|erei)|aggiudicat\w|procediamo"
    r"|affare fatto)\b"
    r"|\b(?:i|we)(?:['’]?ll| will| shall| want to| am going to"
    r"|['’]m going to|['’]?d like to) (?:just |also |then )?(?:take"
    r"|have|buy|get|order|go)\b"
    r"|\b(?:order(?:ing)?|buy(?:ing)?|purchas\w+|deal|sold)\b"
)
_OF_AN_ORDER = (
    r"\bordin(?:e|i|ato|ata|ati|ate)\b|\bpacc[oh]\w*|\bconsegn\w+"
    r"|\barrivat\w|\bspedit\w|\bricevut\w|\brimbors\w+|\brimand\w+"
    r"|\brestitu\w+|\breso\b"
    r"|\brott[oaie]\b|\bstrapp\w+|\bscucit\w|\bsbagliat\w|\bmacchiat\w"
    r"|\bdifett\w+|\bannull\w+|\breclam\w+|\bvergogn\w+|\bschif\w+"
    r"|\bfurios\w|\barrabbiat\w"
    r"|\border(?:ed|s)?\b|\bparcels?\b|\bpackage\b|\bdeliver\w*"
    r"|\barriv\w+|\breceived\b|\brefund\w*|\breturn\w*|\bsent\b"
    r"|\bshipp\w+|\btracking\b"
    r"|\bbroke\w*|\btorn\b|\bripped\b|\bfaulty\b|\bdefect\w*"
    r"|\bwrong (?:size|colour|color|item|one|thing|bag|belt|order"
    r"|pair)\b|\bstain\w*|\bcancel\w*|\bcomplain\w*|\bdisgust\w*"
    r"|\bdisappoint\w*|\bfurious\b|\bangry\b"
    r"|\bridiculous\b|\bterrible\b|\bjoke\b|\bfuming\b|\bshame\b"
    r"|\bawful\b|\bpessim\w|\binaccettabil\w|\bassurd\w|\bdelus\w"
    r"|\bvegan\w*|\ballerg\w+|\bnic(?:k|h)el\w*|\banimal\w*"
    r"|\bperson\b|\bhuman\b|\boperat\w+|\bcommess\w+"
)
# "Suppose a seam gives way in three years. What then?" asks in both.
_SUPPOSING = (
    r"^\W*(?:(?:and|but|so|e|ma|allora)\W+)?(?:if|suppose|in case"
    r"|say|let['’]s say|when|once|se|poniamo|mettiamo|qualora"
    r"|quando"
    r"|nel caso)\b"
)
# What a thing shall do is told by what goes wrong without it.
_NEEDING = (
    r"\bmoths?\b|\btarm[ae]\b|\bflames?\b|\bfiamm\w+|\bpick ?pocket\w*|\bthie(?:f|ves)\b"
    r"|\bladr[oi]\b|\bborseggi\w+|\b(?:neck|collo|feet|piedi)\b.{0,20}\b(?:cold|freez\w+|fredd\w|gel\w+)"
)
_SAYS = re.compile(
    f"\\?|{_SUPPOSING}|{_WISHING}|{_BUYING}|{_OF_AN_ORDER}|{_NEEDING}", re.IGNORECASE
)
_ORDER = re.compile(_OF_AN_ORDER, re.IGNORECASE)
_TAKES_UP = re.compile(
    r"\b(?:quell[ei]|those|them|both|the (?:pair|two|same)|tutt[ie] e? ?due|lo stesso|la stessa"
    r"|(?:will|would|does|can|could|is|for|of|in|with|about|like"
    r"|to|do) that)\b(?! \w+ \w+ \w+ \w+)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d\d")
_BEGINS = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|well|then|also|now|anyway"
    r"|right|hi|hello|hey|e|ed|ma|allora|quindi|poi|però|pero"
    r"|scus[ia]|senta|senti|ciao|buongiorno|comunque|ah|oh|eh)\W+){0,3}(?:" + _ASKING + ")",
    re.IGNORECASE,
)
# A sentence ends at its mark, at a line's end or at an emoji; a story ends where a clause begins
# that asks.
# A letter with a dot is an initial: "le iniziali G.B. sul portafoglio".
_ENDS = re.compile(
    rf"(?<=[?!;…])\s+|(?<=[?!])(?=[^\s?!)])|(?<=[^\W_]{{2}}[.])\s+(?=\W?\w)|(?<=[.]{{2}})\s*(?=\w)|\s*\n+\s*"
    rf"|\s*[{_EMOJI}]+\s*|\s+[-–—]\s+"
    rf"|(?:,)\s*(?=(?:(?:and|but|so|e|ma|quindi|perci[oò])\s+)?(?:(?:{_CLAUSE})[^.!?;\n]*\?"
    rf"|{_WISHING.replace('^', '')}))",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\d[\s-]?(?:cm|mm|kg|g|gr|inch\w*|pollic\w*|centimet\w*"
    r"|\"|['’])|\b(?:size(?! of)|taglia|numero|misur\w+|metro)\b"
    r"|\bbetween (?:the )?(?:two|sizes)\b|\b(?:tra|fra) (?:i|le) due\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
FEW_WORDS = 4  # "For my mum." and "Max 50 euro." tell what is wanted
STORY_WORDS = 7
# What a background may tell of what is asked after it.
TOLD = frozenset(
    (
        "recipient",
        "occasion",
        "max_price",
        "min_price",
        "about_price",
        "needed_by",
        "city",
        "order_number",
        "email",
        "phone",
        "quantity",
        "size",
    )
)
THINGS = ("product", "category")
OF_THE_CATALOG = (*THINGS, "colour", "material")
NAMING = (*THINGS, "ordinal")


def background(text: Text) -> List[Place]:
    """Return where the background of a message stands; nothing where no sentence asks or all do.

    Nothing either where the question takes up what was told: "would that fit in the Dante?".
    """
    places = _sentences(text)
    if len(places) < 2:
        return []
    asking = [_speaks(text[start:end]) for start, end in places]
    if all(asking) or not any(asking):
        return []
    told = (place for place, asks in zip(places, asking, strict=False) if not asks)
    found = [(start, end) for start, end in told if _counts(text[start:end])]
    return [] if _TAKES_UP.search(without(text, found)) else found


def tells_of_an_order(text: Text) -> bool:
    """Tell whether a text speaks of something that was ordered, or of its faults."""
    return bool(_ORDER.search(text))


def without(text: Text, places: Sequence[Place]) -> Text:
    """Return the text with these places blank, so that everything else stays where it is."""
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def outside(text: Text, entities: List[Dict[Text, Any]]) -> Text:
    """Return the text with the catalog's words blank."""
    named = (one for one in entities if one["entity"] in OF_THE_CATALOG and one.get("end"))
    return without(text, [(one["start"], one["end"]) for one in named])


def told_by(entities: List[Dict[Text, Any]], places: Sequence[Place]) -> List[Dict[Text, Any]]:
    """Leave out the things that only the background names, where a thing is asked for."""
    asked = [one for one in entities if _around(one, places) is None]
    if not any(one["entity"] in THINGS for one in asked):
        return entities
    return [one for one in entities if one in asked or one["entity"] in TOLD]


def mere(text: Text, entities: List[Dict[Text, Any]], places: Sequence[Place]) -> List[Place]:
    """Return the background that names nothing that is asked about, and holds no number."""
    around = (_around(one, places) for one in entities if one["entity"] in NAMING)
    needed = {place for place in around if place}
    numbers = {place for place in places if _NUMBER.search(text[place[0] : place[1]])}
    return [place for place in places if place not in needed | numbers]


def _around(entity: Dict[Text, Any], places: Sequence[Place]) -> Optional[Place]:
    start = entity.get("start")
    if start is None:
        return None
    return next((place for place in places if place[0] <= start < place[1]), None)


def _sentences(text: Text) -> List[Place]:
    places, begin = [], 0
    for end in _ENDS.finditer(text):
        # "And a dozen of them, what does that make?" is one question.
        if end.group().startswith(",") and not _is_story(text[begin : end.start()]):
            continue
        places.append((begin, end.start()))
        begin = end.end()
    places.append((begin, len(text)))
    return [(start, end) for start, end in places if _WORD.search(text[start:end])]


def _is_story(clause: Text) -> bool:
    return len(_WORD.findall(clause)) >= STORY_WORDS


def _speaks(sentence: Text) -> bool:
    begins = _BEGINS.search(sentence) and "!" not in sentence and _counts(sentence)
    return bool(begins or _SAYS.search(sentence))


def _counts(sentence: Text) -> bool:
    return len(_WORD.findall(sentence)) > FEW_WORDS and not _MEASURE.search(sentence)
