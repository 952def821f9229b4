"""The few words of a message that name what is wanted, without the story around them."""

import re

from bot.actions.asked import Asked
from bot.actions.holding import kinds_wanted

PRICES = ("min_price", "max_price", "about_price")
# Entities that say how, not what: they are no words to look for.
NO_WORDS = frozenset(
    (*PRICES, "size", "quantity", "needed_by", "without", "ordinal", "compared", "city")
)
_SOMETHING = re.compile(r"\b(?:qualcos\w+|something|anything)\b", re.IGNORECASE)
# Where the thing itself begins: after an article, a verb, a greeting or a mark.
_STOPS_BEFORE = re.compile(
    r"[.,;:!?…]|\b(?:un|uno|una|dei|delle|degli|il|lo|la|i|gli|le|l|a|an|the|some|any|for|need|want"
    r"|avete|cerco|cercavo|serve|servono|vorrei|vendete|fate|looking|after|sell|do|got|likes|loves"
    r"|has|have|get|buy|what|which|che|quale|per|x|mia|mio|my)\b['’]?",
    re.IGNORECASE,
)
# Where the story behind it begins: whom it is for, what they do, when it is used.
_STOPS_AFTER = re.compile(
    r"[.,;:!?…]|\b(?:che|who|that|which|perch[eé]|xch[eé]|because|cause|so"
    r"|da (?:usare|mettere|portare|abbinare)"
    r"|to (?:use|wear|carry|match|go)"
    r"|(?:per|x|for|a|al|alla) (?:mi[ao]|il mio|la mia|me|my|our|un[ao]?|him|her|tutti)"
    r"|per (?:tutti|ogni)|should|ma|but|e|and|if|se)\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:need|looking for|after|want|cerc\w+|serv(?:e|ono|irebbe)|vorr\w+)\s+"
    r"(?:(?:anche|pure|also)\s+)?(?:an?|the|some|un[oa]?|dei|delle|degli)\b['’]?\s*",
    re.IGNORECASE,
)
# "Ho perso i guanti in treno": another is wanted, and none of a train.
_LOST = re.compile(
    r"\b(?:perso|persi|perse|smarrit\w*|rubat\w*|dimenticat\w*|lost|stolen|stole|misplaced|broke)\b",
    re.IGNORECASE,
)
_FEW = 3  # words on each side


def core_words(asked: Asked) -> str | None:
    """Return the words around the kind of thing that is wanted, None where none was named.

    "Ciao! mi serve uno zaino x mio figlio che inizia il liceo" wants a backpack; what it is for
    ranks, but a backpack is exactly what was asked for. "Scarpe col tacco" stays whole.
    """
    kinds = [kind for kind in kinds_wanted(asked) if kind.end is not None]
    if not kinds:
        return _vague_words(asked.text) or _wanted_words(asked.text)
    text = asked.text
    for entity in asked.entities:
        if entity.entity in NO_WORDS and entity.start is not None and entity.end is not None:
            text = text[: entity.start] + "." * (entity.end - entity.start) + text[entity.end :]
    first, last = kinds[0], kinds[-1]
    if _LOST.search(re.split(r"[.;!?]", asked.text[: last.start])[-1]):
        return asked.text[first.start : last.end]  # how the old one went ranks, at most
    before = re.split(_STOPS_BEFORE, text[: first.start])[-1].split()[-_FEW:]
    after = re.split(_STOPS_AFTER, text[last.end :])[0].split()[:_FEW]
    named = text[first.start : last.end]
    return " ".join((*before, named, *after))


def _vague_words(text: str) -> str | None:
    """Return what stands behind "something": "my mum, she'd love something in cashmere"."""
    match = _SOMETHING.search(text)
    if match is None:
        return None
    after = re.split(_STOPS_AFTER, text[match.end() :])[0].split()[:_FEW]
    return " ".join((match.group(), *after)) if after else None


def _wanted_words(text: str) -> str | None:
    """Return what stands behind the wish: "pity. well, I also need a collar for our spaniel"."""
    match = _WANTED.search(text)
    if match is None:
        return None
    wanted = re.split(_STOPS_AFTER, text[match.end() :])[0].split()[:_FEW]
    return " ".join(wanted) or None
