"""How many of what: "A + B", "due Oltrarno e un Limonaia", "e cinque?", "what do 8 come to?"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.actions.asked import Asked, Entity

_NUMBERS = {
    "un": 1, "uno": 1, "una": 1, "un'": 1, "a": 1, "an": 1, "one": 1, "due": 2, "two": 2, "tre": 3,
    "three": 3, "quattro": 4, "four": 4, "cinque": 5, "five": 5, "sei": 6, "six": 6, "sette": 7,
    "seven": 7, "otto": 8, "eight": 8, "nove": 9, "nine": 9, "dieci": 10, "ten": 10, "dodici": 12,
    "twelve": 12, "quindici": 15, "fifteen": 15, "venti": 20, "twenty": 20,
}  # fmt: skip
_SAID = re.compile(
    r"(?<![\w.,])(?<!\ball )(?<!\bthe )(?<!tutti e )(?<!tutte e )"
    rf"(?P<said>\d{{1,2}}|{'|'.join(map(re.escape, _NUMBERS))})(?![\w.,]|\s*(?:€|eur))",
    re.IGNORECASE,
)
# "What would five come to?", "8 in tutto quanto fa?", "13 now, new total?": nothing is named.
_ALONE = re.compile(
    r"\s*(?:[?.!,;]|$|(?:of|di|would|will|do|does|comes?|cost|be|in|altogether|together|now|total"
    r"|quant\w*|fanno|fa|ven\w+|verr\w+|vien\w*|how|what|pieces|pezzi|to|for|then|please|invece"
    r"|adesso|ora)\b)",
    re.IGNORECASE,
)
_OF_A_COLOUR = re.compile(r"\s+in\s", re.IGNORECASE)
# An hour, or what somebody can spend.
_NO_COUNT = re.compile(
    r"\b(?:at|by|until|till|after|alle|le|ore|entro|gave (?:me|us)|i have|i['’]ve got"
    r"|budget|spend|ho|ho solo|only|max)\s+$",
    re.IGNORECASE,
)
_ARTICLE = r"(?:(?:il|lo|la|i|gli|le|un[oa]?|the|an?|your)\s+|(?:l|un)['’]\s*)?"
_SIGN = re.compile(rf"(?:\s*\w+){{0,2}}?\s*[+&]\s*{_ARTICLE}(?:\w+\s+){{0,3}}", re.IGNORECASE)
_PLUS = re.compile(rf"\s*(?:pi[uù]|plus)\s+{_ARTICLE}(?P<kind>(?:\w+\s+)*)", re.IGNORECASE)
_WORDS_BEHIND = re.compile(r"(?:\s+(?!(?:and|e|ed|plus)\b)[^\W\d_]+){0,3}", re.IGNORECASE)
_COMES_TO = re.compile(
    r"\bquant\w*\b[^?]*\bfa(?:nno|rebbe(?:ro)?)?\b|\bquant\w* (?:spend|pag)\w+"
    r"|\bhow much\b|\bquanto\b|\btotal",
    re.IGNORECASE,
)
_MAKES = re.compile(r"\bquanto (?:fa|fanno|farebbero)\b", re.IGNORECASE)


def adds_up(asked: Asked) -> bool:
    """Tell whether the products named are to be added up: joined by a plus, or each counted."""
    named = _named(asked)
    if len(named) < 2:
        return False
    between = [asked.text[one.end : other.start] for one, other in pairwise(named)]
    if all(_SIGN.fullmatch(gap) or _is_plus(gap, asked) for gap in between):
        return True
    counted = pieces(asked)
    all_counted = len(counted) == len(named) and max(counted.values()) > 1
    return bool(_MAKES.search(asked.text) or (all_counted and _COMES_TO.search(asked.text)))


def pieces(asked: Asked) -> dict[str, int]:
    """Return how many were said of each product named, where a number stands before its name."""
    found: dict[str, int] = {}
    end = 0
    for entity in _named(asked):
        said = [_number(m) for m in _SAID.finditer(asked.text[end : entity.start])]
        if said:
            found[str(entity.value)] = said[-1]
        end = entity.end or end
    return found


def said_alone(text: str, sizes: Sequence[str]) -> int:
    """Return how many were said without naming what: "e cinque quanto fanno?"; 0 for none.

    A number that is a size counts nothing. Several numbers are added up: "two in tan, one in grey".
    """
    counted = [
        _number(match)
        for match in _SAID.finditer(text)
        if _counts_alone(match, text) and match["said"] not in {s.rstrip('"') for s in sizes}
    ]
    return sum(counted) if max(counted, default=0) > 1 else 0


def _counts_alone(match: re.Match[str], text: str) -> bool:
    """Tell whether a number counts pieces: not an hour, nor the "one" of "the blue one"."""
    behind = _OF_A_COLOUR if _number(match) == 1 else _ALONE
    return bool(behind.match(text, match.end())) and not _NO_COUNT.search(text[: match.start()])


def counted_words(text: str) -> list[tuple[int, list[str]]]:
    """Return each number with the words behind it: "sei candele e tre sacchetti"."""
    behind = ((match, _WORDS_BEHIND.match(text, match.end())) for match in _SAID.finditer(text))
    return [(_number(match), words.group().split()) for match, words in behind if words]


def _number(match: re.Match[str]) -> int:
    return _NUMBERS.get(match["said"].casefold()) or max(int(match["said"]), 1)


def _is_plus(gap: str, asked: Asked) -> bool:
    """Tell "Luna più Gaia" and "plus a Nodo key ring" from "la Luna è più grande della Gaia"."""
    match = _PLUS.fullmatch(gap)
    kinds = {
        word for one in asked.entities if one.entity == "category" for word in _words(asked, one)
    }
    return match is not None and set(match["kind"].casefold().split()) <= kinds


def _words(asked: Asked, entity: Entity) -> list[str]:
    return asked.text[entity.start or 0 : entity.end or 0].casefold().split()


def _named(asked: Asked) -> list[Entity]:
    found = [e for e in asked.entities if e.entity == "product" and e.end is not None]
    return sorted(found, key=lambda entity: entity.start or 0)
