"""What a thing is for where no kind says it: a plane, one's jewels, another thing."""

import re

from bot.actions.asked import Asked, Entity

_PEOPLE = frozenset(("recipient", "occasion"))
_A_NAME = 17  # letters; no material is called by more
# "A bag that I can take inside the plane": what counts as hand luggage says so.
_ON_BOARD = re.compile(
    r"\b(?:in(?:side|to)?|on(?:to|board)?|as|come|for|con|sull?['’ ]?|per l['’]?|nell['’]|a)\s*"
    r"(?:to\s+)?(?:the\s+|my\s+|an?\s+)?"
    r"(?:cabin\w?|plane|aeroplane|airplane|flight|aereo|cappelliera|overhead(?: locker)?|board"
    r"|bordo|ryanair|easyjet|wizz\w*|hand luggage|bagaglio a mano|carry[- ]on)\b"
    r"|(?<!\bmy )\b(?:hand luggage|carry[- ]on|bagaglio a mano|overhead locker)\b"
    r"|\bcabin[- ](?:size\w*|approved|friendly)\b"
    r"|\bmisure (?:della |da )?cabina\b|\bimbarcar\w*",
    re.IGNORECASE,
)
# What is taken there: no shoes for the flight.
_CARRIERS = re.compile(
    r"\b(?:hand)?bag|\bbors|\bzain|\bback ?pack|\brucksack|\bluggage|\bbagagl|\bvalig"
    r"|\bsuitcase|\bholdall|\bduff|\bsacca|\btroll|\bcarry|\bcabin|\bweekend",
    re.IGNORECASE,
)
ABOARD = {"it": "bagaglio a mano", "en": "cabin"}
# "A box for her jewellery", "somewhere to keep her earrings": told by what is kept there.
_KEEPS = re.compile(
    r"\b(?:box|case|holder|pouch|container|place|somewhere|posto|scatol\w+|contenitor\w|custodi\w"
    r"|astucci\w?|cofanett\w|qualcos\w+)\s+(?:to\s+(?:keep|put|store|hold)|for|per|dove mettere)\s+"
    r"(?:(?:my|his|her|their|our|the|all|some|i|gli|le|il|la|lo|mi[aoe]i?|su[aoe]i?|tutt\w)\s+)*"
    r"(?P<what>[^\W\d_]{3,})",
    re.IGNORECASE,
)


def aboard(asked: Asked, kinds: list[Entity]) -> str | None:
    """Return what tells hand luggage, where a bag or no kind at all is wanted on a plane."""
    carriers = [kind for kind in kinds if _CARRIERS.search(asked.text[kind.start : kind.end])]
    if not _ON_BOARD.search(asked.text) or asked.args or len(carriers) < len(kinds):
        return None
    if not kinds and asked.heard("category"):  # "what fits in my hand luggage?" is to go there
        return None
    return ABOARD.get(asked.language)


def told_aboard(asked: Asked) -> str | None:
    """Return how a row tells what may come into the cabin, where that is asked."""
    return ABOARD.get(asked.language) if _ON_BOARD.search(asked.text) else None


def kept_there(asked: Asked, kinds: list[Entity]) -> str | None:
    """Return what a box is for, where no kind was named: "a box for her jewellery"."""
    match = None if kinds else _KEEPS.search(asked.text)
    people = [e for e in asked.entities if e.entity in _PEOPLE and e.start is not None]
    if match is None or any(e.start == match.start("what") for e in people):
        return None
    return match["what"]


_GOES_WITH = re.compile(
    r"\b(?:go|goes|going) (?:well |nicely )?with (?:it|this|that|them|these|those)\b"
    r"|\bto (?:match|go with)(?: (?:it|this|that|them))?\s*[?.!]*$|\bmatching\b|\bthat match\w*"
    r"|\bda abbinar\w*|\bin abbinat\w*|\babbinat[oaie]\b|\bcoordinat[oaie]\b"
    r"|\bst(?:ia|iano|a|anno) bene\b",
    re.IGNORECASE,
)


def goes_with(asked: Asked) -> bool:
    """Tell whether another kind is wanted beside the thing in view: "a notebook to go with it?"."""
    another = asked.heard("category") and not asked.heard("product")
    return bool(another and _GOES_WITH.search(asked.text))


def told_at_length(entity: Entity) -> bool:
    """Tell whether a material is told in a sentence: "I don't buy anything made from animals"."""
    return entity.entity == "material" and (entity.end or 0) - (entity.start or 0) > _A_NAME
