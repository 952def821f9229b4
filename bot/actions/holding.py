"""What a thing is to hold, what is in it, and what of one's own is only spoken of.

"Una cosa elegante per portare un portatile" looks for what takes a laptop; "a gift set with
slippers" is one thing; "qualcosa da mettere nella mia borsa" wants no bag.
"""

import re

from bot.actions.asked import Asked, Entity

_MOST_WORDS = 4
_KIND = "category"
_NO_THINGS = (
    "recipient", "occasion", "city", "product", "max_price", "min_price", "about_price",
    "needed_by", "quantity", "email", "order_number",
)  # fmt: skip
_TO_HOLD_IT = (
    r"(?:ri)?(?:port|tras ?port|met[t]|t[ie]+n|conten|conteng|conserv|protegg|ripor|custod|infil"
    r"|organizz)(?:are?|ere?|ire?|ga|gono|e|i|ino|o|a|ano)"
)
# "Per portare al lavoro un portatile", "che porti il pc", "in cui ci stia una bottiglia".
_HOLDS_IT = re.compile(
    r"\b(?:(?:per|x|da|dove|cui|che|ke|chi)\s+(?:(?:ci|mi|vi|possa|può|potrebbe)\s+)*"
    rf"(?:{_TO_HOLD_IT})|(?:ci|cui|dove)\s+(?:stia(?:no)?|stanno|sta|entri(?:no)?|entra(?:no)?))"
    r"\s+(?P<rest>[^.;!?]+)",
    re.IGNORECASE,
)
_HOLDS_EN = re.compile(
    r"\b(?:to|for|that|which|can|could|will|would|should)\s+(?:(?:also|can|could|will|would)\s+)*"
    r"(?:carry|hold|keep|put|fit|store|protect|organi[sz]e|take)(?:ting|ing|s)?\s+"
    r"(?P<rest>[^.;!?]+)",
    re.IGNORECASE,
)
# "Qualcosa per le penne", "anything for my coins".
_SOMETHING_FOR = re.compile(
    r"\b(?:qualcos\w*|(?:una?|che) (?:cos[ae]|roba)|something|anything|a(?: \w+)? thing)\s+"
    r"(?:(?:di|that's)\s+)?(?:[^\W\d_]+\s+)?(?:per|x|for)\s+"
    r"(?P<rest>(?:i|il|lo|la|le|gli|l['’]|the|my|our|mi[aoe]i?)\s*[^.;!?]+)",
    re.IGNORECASE,
)
# "Una borsa per un portatile da 15 pollici", "a bag for my 14 inch laptop".
_FOR_MEASURED = re.compile(
    r"\b(?:per|x|for)\s+(?P<rest>(?:[^\W\d_]+['’]?\s*){0,4}"
    r"(?:\d+(?:[.,]\d+)?\s*-?\s*(?:pollic|inch|[\"″]|cm\b|lit|ml\b)|a[345]\b)[^.;!?]*)",
    re.IGNORECASE,
)
# "Whaddya got to keep it in?", "qualcosa per metterlo".
_HOLDS_THAT = re.compile(
    r"\b(?:keep|put|carry|hold|store|protect|stick|pop)(?:ing|ting)?\s+(?:it|them|that|those|this)\b"
    r"|\b(?:che|ke|per|da|dove)\s+(?:(?:ci|possa)\s+)*[^\W\d_]{4,}\s+(?:(?:pure|anche)\s+)?quell[oaie]\b"
    r"|\b(?:met[t]|ten|port|ripor|conserv|protegg|custod|infil|tener)\w*[eai]r?l[oaie]\b",
    re.IGNORECASE,
)
_MINE = re.compile(
    r"(?P<before>\b\w+\s+)?\b(?:my|our|mi[ao]|miei|mie"
    r"|(?:have|got|bought|ho|comprato|['’]ve)\s+(?:sempre\s+|always\s+|just\s+)?"
    r"(?:an?|the|some|many|un[ao]?|il|la|i|gli|le|dei|delle|tant[ioea]|molt[ioea]|tropp[ioea]))"
    r"\s+(?:(?:sacco|mucchio|lot|load|loads)\s+(?:di|of)\s+)?(?P<what>[^\W\d_]{3,}(?:\s+(?!keep|get|is\b|are\b|was|were|always|never|just|all\b|have|has"
    r"|and\b|si\b|mi\b|sono|sempre|non\b|in\b|on\b|che\b|ma\b|but\b|with\b|con\b)[^\W\d_]{3,})?)",
    re.IGNORECASE,
)
_INTO = re.compile(r"^(?:in|into|inside|nella|nel|nelle|nei|dentro|for|per|with|con)\s", re.I)
# What stands where the thing held might: "tenere in ordine", "portare al lavoro", "anche".
_ASIDE = re.compile(
    r"^(?:(?:al|allo|alla|ai|agli|alle|in|nel|nei|negli|nella|nelle|sul|sui|sulla|sulle|sugli|su|dal|dalla|con|col|sopra|sotto|attorno|intorno|over|under|around|to|on|at|into|inside)\b\s*"
    r"(?:(?:the|my|our|la|il|le|i|mi[aoe]|una?)\s+)*\w*\s*"
    r"|a\s+(?:una?\s+\w+|mano|spalla|tracolla|casa|scuola)\b\s*"
    r"|(?:per|for)\s+(?=(?:i|il|lo|la|le|gli|the|my)\s)"
    r"|(?:anche|pure|sempre|bene|insieme|also|all|both|just)\s+)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:(?:il|lo|la|i|gli|le|un|uno|una|dei|delle|degli|del|della|tutt[iaeo]|qualche|molt[ie]"
    r"|the|a|an|some|all|my|our|your|his|her|their|mi[aoe]i?|su[aoe]i?|few|couple|of)\s+"
    r"|(?:l|un|dell|quell)['’]\s?)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[,:()]|\b(?:in|into|inside|on|at|to|from|for|when|while|and|or|with|without|that|which|because"
    r"|i|we|you|she|he|they|safe|tidy|clean|together|dry|organi[sz]ed|al|alla|ai|a|nel|nella|per|x|quando"
    r"|mentre|e|ed|o|oppure|che|con|senza|sul|su|ma|sempre|bene|è|sono|ma|but|quant\w+|how)\b",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"^(?:quell[aoie]|quest[aoie]|it|them|that|those|this|these|one|ones|everything|tutto|home|away|up|qui|l[oi])$",
    re.I,
)
# "In my bag", "nella mia borsa", "in valigia": where it is put, not what is wanted.
_PLACE = re.compile(
    r"\b(?:in|into|inside|nel(?:la|le)?|nei|dentro(?:\s+all?a?)?)\s+(?:(?:la|il|le|i)\s+)?"
    r"(?:my|our|his|her|mi[ao]|miei|mie|su[ao]|suoi|sue)\s+[^\W\d_]+"
    r"|\bin\s+(?:borsa|valigia|tasca)\b",
    re.IGNORECASE,
)
# "I miei occhiali" are no parents.
_MY_THINGS = re.compile(
    r"\bi miei\s+(?=[^\W\d_]{4,})(?!genitor|nonn|suocer|vecch|hanno\b|sono\b|fanno\b|compi)",
    re.IGNORECASE,
)
# One's own is put, worn or lost beside what is wanted.
_OWN = re.compile(
    r"\b(?:my|our|his|her|their|mi[ao]|miei|mie|su[ao]|suoi|sue"
    r"|(?:ho|ha|hanno|abbiamo) già|already (?:have|has|owns?|got))\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
# "That fits in a small suitcase", "che sta in valigia": where what is wanted must go.
_FITS_IN = re.compile(
    r"\b(?:fits?|goes?|pack(?:s|ed)?|squeez\w+|st(?:a|ia|anno|iano)|entr(?:a|i|ano|ino)|mett\w+|infil\w+)\s+"
    r"(?:\w+\s+)?(?:in|into|inside|nel|nella|nello|nell['’]|dentro)\s*"
    r"(?:(?:an?|my|the|our|un[ao]?|il|la|mi[ao])\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_SOMETHING = re.compile(
    r"\b(?:something|anything|what|qualcos\w+|cosa|che cosa|ricordino|souvenir|pensierino)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\b(?:need|want|looking for|after|cerc(?:o|hiamo|avo|ando)|serv(?:e|ono|irebbe)"
    r"|vorre(?:i|mmo)|voglio|avete|fate|vendete|sell|have you|do you have"
    r"|got any|show me)\s+(?:[^\W\d_]+['’]?\s*){0,5}$",
    re.IGNORECASE,
)
# "I need a hard case", not "I want a new one".
_WISH = re.compile(
    r"\b(?:need|want|looking for|after|cerc(?:o|hiamo|avo|ando)|serv(?:e|ono|irebbe)"
    r"|vorre(?:i|mmo)|voglio)\s+(?:an?|some|something|un[oa]?|dei|delle|qualcosa)\b['’]?\s*"
    r"(?!(?:new |nuov\w |bel |nice )?(?:one|another|altr\w|nuov\w|thing|cosa|gift|present|regal\w+"
    r"|idea|pensier\w+|consigli\w|info\w*|aiuto|help|advice|hand|mano)\b)"
    r"[^\W\d_]{3,}",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"[.;!?\n\U0001f000-\U0001faff]+")
_WITH = re.compile(
    r"\b(?:with|con|col|contain\w*|includ\w*|conten\w+|inclus\w+|che (?:abbia|ha|contenga))\b"
    r"|\bthat has\b",
    re.IGNORECASE,
)


def kinds_wanted(asked: Asked) -> list[Entity]:
    """Return the kinds that are wished for: "a bag to go with the Olivia flats" names one."""
    kinds = _wished(asked.text, [e for e in asked.entities if e.entity == _KIND])
    products = [e for e in asked.entities if e.entity == "product" and e.end is not None]
    return [k for k in kinds if not any(_beside(k, p) for p in products)] or kinds


def _wished(text: str, kinds: list[Entity]) -> list[Entity]:
    """Leave out the kinds that are only spoken of: "got my wallet nicked, need a small backpack".

    What stands behind a wish goes before what stands in another sentence, and before one's own;
    one's own goes before nothing: "a firm case that will survive my handbag".
    """
    kinds = [kind for kind in kinds if not is_a_place(text, kind)]
    placed = [kind for kind in kinds if kind.start is not None]
    others = [kind for kind in placed if not _OWN.search(text[: kind.start])]
    led = [kind for kind in others if _LEADS.search(text[: kind.start])]
    if led:
        said = {_sentence(text, kind) for kind in led}
        return [kind for kind in others if _sentence(text, kind) in said]
    if len(placed) < len(kinds) or not (wish := _WISH.search(text)):
        return others if others and len(placed) == len(kinds) else kinds
    begun = len(_SENTENCE_ENDS.findall(text[: wish.start()]))
    apart = all(_sentence(text, k) < begun for k in others)
    return (
        []
        if apart and all(not wish.start() < (k.start or 0) < wish.end() for k in placed)
        else others or kinds
    )


def is_a_place(text: str, kind: Entity) -> bool:
    """Tell whether a kind is only where something must go: "what fits in a small suitcase?"."""
    before = text[: kind.start]
    return (
        kind.start is not None and bool(_SOMETHING.search(before)) and bool(_FITS_IN.search(before))
    )


def _sentence(text: str, kind: Entity) -> int:
    """Return the number of the sentence in which a kind is named."""
    return len(_SENTENCE_ENDS.findall(text[: kind.start]))


def besides_it(asked: Asked) -> list[Entity]:
    """Return the product that a wish only goes with, and its kind: "a bag for the Olivia flats"."""
    wanted = kinds_wanted(asked)
    others = [e for e in asked.entities if e.entity == _KIND and e not in wanted]
    return [*others, *(e for e in asked.entities if e.entity == "product")] if others else []


def _beside(one: Entity, other: Entity) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return max(one.start, other.start) - min(one.end, other.end) <= 1


def without_places(text: str) -> str:
    """Return a text without the places of one's own where something is put."""
    return " ".join(_MY_THINGS.sub(" ", _PLACE.sub(" ", text)).split()) or text


def held(asked: Asked) -> str | None:
    """Return what the thing wanted is to hold, as it was said; None where nothing is told of it."""
    for pattern in (_HOLDS_IT, _HOLDS_EN, _SOMETHING_FOR, _FOR_MEASURED):
        for match in pattern.finditer(asked.text):
            if thing := _thing(match["rest"], match.start("rest"), asked):
                return thing
    return _one_s_own(asked) if _HOLDS_THAT.search(asked.text) else None


def holds_that(text: str) -> bool:
    """Tell whether something is wanted to hold what was named before: "to keep it in"."""
    return bool(_HOLDS_THAT.search(text))


def made_of(asked: Asked) -> tuple[Entity, str] | None:
    """Return a thing and what is in it: "a gift set with a passport holder and a luggage tag"."""
    kinds = [kind for kind in kinds_wanted(asked) if kind.end is not None]
    if not kinds:
        return None
    whole, rest = kinds[0], [kind for kind in kinds[1:] if kind.value != kinds[0].value]
    between = asked.text[whole.end : rest[0].start if rest else None]
    if not (link := _WITH.search(between)):
        return None
    if rest:
        return whole, " ".join(asked.text[kind.start : kind.end] for kind in rest)
    told = _SOMETHING_FOR.search(between, link.end())
    start = (whole.end or 0) + (told.start("rest") if told else 0)
    thing = _thing(told["rest"], start, asked) if told else None
    return (whole, thing) if thing else None


def _one_s_own(asked: Asked) -> str | None:
    """Return what "it" is in "my passport gets wrecked, what have you got to keep it in?"."""
    for match in _MINE.finditer(asked.text):
        person = _is_told(match.start("what"), match.end("what"), asked, ("recipient", "occasion"))
        if not person and not _INTO.search(f"{match['before'] or ''}"):
            return match["what"]
    return None


def _thing(rest: str, start: int, asked: Asked) -> str | None:
    """Return the words that name what is held, None where none do: "to carry on the plane"."""
    whole = len(rest)
    rest = rest.lstrip()
    while cut := _ASIDE.search(rest) or _ARTICLE.search(rest):
        rest = rest[cut.end() :]
    begins = start + whole - len(rest)
    found = re.split(_STOP, rest)[0].split()[:_MOST_WORDS]
    if not found or _NO_THING.search(found[0]) or len(found[0]) < 2:
        return None
    ends = begins + len(found[0])
    if _is_told(begins, ends, asked, _NO_THINGS):
        return None
    return " ".join(found)


def _is_told(start: int, end: int, asked: Asked, kinds: tuple[str, ...]) -> bool:
    return any(
        entity.entity in kinds
        and entity.start is not None
        and entity.end is not None
        and entity.start < end
        and entity.end > start
        for entity in asked.entities
    )
