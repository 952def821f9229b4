"""What a wish for a present tells besides whom it is for: a hobby, a quality, a great hurry.

Who tells that much wants to be shown something, and is not asked for the occasion first.
"""

from __future__ import annotations

import re

from dialogues.executor.asking import asks
from dialogues.executor.connecting import left_over
from dialogues.executor.talk import Heard, Json

# What anybody says who asks for a present, and nothing of who will get it.
_OF_ANY_PRESENT = re.compile(
    r"aiut|consigl|sugger|idee|idea|ispira|cercand|cerch|trov|regal|pens(?:o|ier)|compr|prend|devo"
    r"|dobbiam|bisogn|fare|farle|fargli|vorre|vogli|mand|dare|dono|compie|compl|anni|festegg|domani"
    r"|oggi|giorn|settiman|mese|prossim|arriv|spend|special|original|importan|cosa|qualcun|person"
    r"|amic|collegh?|signor|bambin|ragazz|donna|uomo|client|grazie|buon|salve|sapete|potet|potrest"
    r"|help|advi[cs]|suggest|recommend|inspir|stuck|stump|clue|looking|find|gift|present|buy|giv"
    r"|getting|birthday|turn(?:s|ing)?\b|years?\b|today|tomorrow|next|week|month|day\b|soon|arriv"
    r"|spend|special|unique|important|some|friend|colleague|woman|girl|lady|person|people|will|must"
    r"|prof|maestr|insegn|teacher|boss|capo\b|mogli|marit|mamm|madre|padre|pap[aà]|sorell|fratell|figli|nonn|zi[ao]\b|nipot|suocer|cognat"
    r"|wife|husband|partner|mother|father|mum|dad|sister|brother|daughter|son\b|grand|aunt|uncle"
    r"|cousin|niece|nephew|should|think|thought|good|morning|evening|afternoon|send"
    r"|going|coming|know|what|there|card"
)
# Nothing that goes by courier comes within the hour.
_AT_ONCE = re.compile(
    r"\b(?:(?:with)?in (?:the|an|one|half an) hour|(?:the )?next hour|in an hour"
    r"|right now|tonight|(?:by|via|per|x|with) e-?mail"
    r"|last[- ]minute|instantly|immediately|straight away"
    r"|(?:entro|tra|fra) (?:un['’ ]?ora|mezz['’ ]?ora|stasera)|via (?:e-?)?mail|stasera"
    r"|all['’]ultimo"
    r"|(?:dell['’])?ultimo minuto|subito)\b",
    re.IGNORECASE,
)
# Who does not know leaves it to the shop: what is asked does not matter then.
_LEAVES_IT = re.compile(
    r"\b(?:no idea|not (?:really )?sure|(?:don['’]?t|do not) (?:really )?know|dunno"
    r"|you (?:choose|decide|pick|tell me)|up to you|whatever|surprise me"
    r"|show me some\w*|boh|non (?:lo )?so"
    r"|non saprei|che ne so|fai tu|fate voi|decid[ia] \w+|decidete|indifferente"
    r"|(?:fammi|fatemi|mi fai|mi fate) vedere)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 6


def leaves_it_open(heard: Heard) -> bool:
    """Tell whether somebody, asked something, leaves it to the shop: "boh, fai tu"."""
    short = len(heard.text.split()) <= _FEW_WORDS and not re.search(r"\d", heard.text)
    return short and not heard.entities and bool(_LEAVES_IT.search(heard.text))


def told_of_a_present(heard: Heard) -> Json:
    """Return the `idea` behind a present, and whether it is wanted `at_once`; what is not told
    is left out.
    """
    spans = [(e["start"], e["end"]) for e in heard.entities if "start" in e and "end" in e]
    words = [word for word in left_over(heard.text, spans) if not _OF_ANY_PRESENT.match(word)]
    found: Json = {"idea": " ".join(words)} if words else {}
    if _AT_ONCE.search(heard.text):
        found["at_once"] = "yes"
    return found


def answers_with_an_idea(heard: Heard) -> Json:
    """Return what somebody tells instead of an answer: "she loves travelling"."""
    if heard.choice or heard.also or asks(heard.text):
        return {}
    return told_of_a_present(heard)
