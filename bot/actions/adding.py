"""Several things in one breath: "A + B", "due candele Oltrarno e un diffusore Limonaia"."""

import re
from itertools import pairwise

from bot.actions.asked import Asked, Entity

_NUMBERS = {
    "un": 1, "uno": 1, "una": 1, "un'": 1, "a": 1, "an": 1, "one": 1, "due": 2, "two": 2, "tre": 3,
    "three": 3, "quattro": 4, "four": 4, "cinque": 5, "five": 5, "sei": 6, "six": 6, "dieci": 10,
    "ten": 10,
}  # fmt: skip
_SAID = re.compile(
    r"(?<![\w.,])(?<!\ball )(?<!\bthe )(?<!tutti e )(?<!tutte e )"
    rf"(?P<said>\d{{1,2}}|{'|'.join(map(re.escape, _NUMBERS))})(?![\w.,]|\s*(?:€|eur))",
    re.IGNORECASE,
)
_ARTICLE = r"(?:(?:il|lo|la|i|gli|le|un[oa]?|the|an?|your)\s+|(?:l|un)['’]\s*)?"
_SIGN = re.compile(rf"(?:\s*\w+){{0,2}}?\s*[+&]\s*{_ARTICLE}(?:\w+\s+){{0,3}}", re.IGNORECASE)
_PLUS = re.compile(rf"\s*(?:pi[uù]|plus)\s+{_ARTICLE}(?P<kind>(?:\w+\s+)*)", re.IGNORECASE)
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
        said = [m["said"].casefold() for m in _SAID.finditer(asked.text[end : entity.start])]
        if said:
            found[str(entity.value)] = _NUMBERS.get(said[-1]) or max(int(said[-1]), 1)
        end = entity.end or end
    return found


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
