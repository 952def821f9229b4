"""Which size a measure means: "mano 21", "37 e mezzo", "from the buckle to the hole it's 108".

Gloves go by the steps that the shop's size guide names ("S up to 18 cm, M up to 20"), shoes by the
larger of two sizes, belts by the next one to the measure.
"""

import re
from itertools import pairwise

from bot.actions.asked import Asked
from catalog import Product

_HALF = r"(?:\s*(?:e|and)\s*(?:mezz[oa]|a half|½)|\s*½|\s*1/2|[.,]5)"
_NUMBER = re.compile(
    rf"(?<![\w.,€$£-])(?P<whole>\d{{1,3}})(?:(?P<half>{_HALF})|[.,](?P<part>\d))?(?![\w%€])",
    re.IGNORECASE,
)
_WITH_UNIT = re.compile(r"(?<=\d)\s*(?:cm|centimet\w*)\b", re.IGNORECASE)
# "S up to 18 cm, M up to 20, L up to 22, XL above": a letter and the number it goes up to.
_STEP = re.compile(r"\b(?P<size>XXS|XS|S|M|L|XL|XXL)\b[^\d,.;]*(?P<most>\d+)?")
_FAR = 6  # a measure further from every size is of something else


def advised(
    asked: Asked, product: Product | None, category: str, guide: str
) -> tuple[str, str] | None:
    """Return a measure as it was said and the size of a thing that it means, if another one.

    Without a product the guide of its kind alone says it.
    """
    by_letter = _by_steps(guide)
    sizes = product.sizes() if product else []
    numbers = [float(size) for size in sizes if size.isdecimal()]
    for said in reversed(list(_NUMBER.finditer(_WITH_UNIT.sub(" ", asked.text)))):
        measure = float(said["whole"]) + _rest(said)
        if by_letter:
            size = _letter(measure, by_letter, sizes)
        elif said["half"] and category == "calzature":
            size = _next(measure, numbers or [measure + 0.5])
        elif category == "cinture":
            size = _nearest(measure, numbers)
        else:
            size = None
        if size and size != f"{measure:g}":
            return f"{measure:g}", size
    return None


def _rest(said: re.Match[str]) -> float:
    return 0.5 if said["half"] else float(said["part"] or 0) / 10


def _by_steps(guide: str) -> list[tuple[str, float]]:
    """Read the steps of a guide; the last one has no end."""
    found = [(m["size"], float(m["most"] or "inf")) for m in _STEP.finditer(guide)]
    ordered = all(one[1] < other[1] for one, other in pairwise(found))
    return found if len(found) > 1 and ordered else []


def _letter(measure: float, steps: list[tuple[str, float]], sizes: list[str]) -> str | None:
    least, most = steps[0][1] - _FAR, steps[-2][1] + _FAR
    if not least <= measure <= most:
        return None
    size = next(size for size, ends in steps if measure <= ends)
    return size if not sizes or size in sizes else None


def _next(measure: float, sizes: list[float]) -> str | None:
    larger = sorted(size for size in sizes if 0 < size - measure < 1)
    return f"{larger[0]:g}" if larger else None


def _nearest(measure: float, sizes: list[float]) -> str | None:
    near = min(sizes, key=lambda size: (abs(size - measure), -size), default=None)
    return f"{near:g}" if near is not None and abs(near - measure) <= _FAR else None
