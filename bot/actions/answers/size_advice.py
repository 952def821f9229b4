"""Which size a measure means: "mano 21", "37 e mezzo", "from the buckle to the hole it's 108".

The shop's size guide says by which rule: by steps ("S up to 18 cm, M up to 20"), by the larger of
two sizes, or by the nearest one.
"""

import re
from collections.abc import Sequence

from bot.actions.asked import Asked
from catalog import Product, SizeGuide

_HALF = r"(?:\s*(?:e|and)\s*(?:mezz[oa]|a half|½)|\s*½|\s*1/2|[.,]5)"
_NUMBER = re.compile(
    rf"(?<![\w.,€$£-])(?P<whole>\d{{1,3}})(?:(?P<half>{_HALF})|[.,](?P<part>\d))?(?![\w%€])",
    re.IGNORECASE,
)
_WITH_UNIT = re.compile(r"(?<=\d)\s*(?:[cm]m|(?:centi|milli)met\w*)\b", re.IGNORECASE)


def advised(asked: Asked, product: Product | None, guide: SizeGuide) -> tuple[str, str] | None:
    """Return a measure as it was said and the size of a thing that it means, if another one.

    Without a product the guide of its kind alone says it.
    """
    sizes = product.sizes() if product else []
    numbers = [float(size) for size in sizes if size.isdecimal()]
    for said in reversed(list(_NUMBER.finditer(_WITH_UNIT.sub(" ", asked.text)))):
        measure = float(said["whole"]) + _rest(said)
        if guide.steps:
            size = _by_steps(measure, guide, sizes)
        elif said["half"] and guide.between == "larger":
            size = _next(measure, numbers or [measure + 0.5])
        elif guide.between == "nearest":
            size = _nearest(measure, numbers, guide.reach)
        else:
            size = None
        if size and size != f"{measure:g}":
            return f"{measure:g}", size
    return None


def _rest(said: re.Match[str]) -> float:
    return 0.5 if said["half"] else float(said["part"] or 0) / 10


def _by_steps(measure: float, guide: SizeGuide, sizes: Sequence[str]) -> str | None:
    ends = [step.up_to for step in guide.steps if step.up_to is not None]
    if not ends[0] - guide.reach <= measure <= ends[-1] + guide.reach:
        return None
    size = next(s.size for s in guide.steps if s.up_to is None or measure <= s.up_to)
    return size if not sizes or size in sizes else None


def _next(measure: float, sizes: list[float]) -> str | None:
    larger = sorted(size for size in sizes if 0 < size - measure < 1)
    return f"{larger[0]:g}" if larger else None


def _nearest(measure: float, sizes: list[float], reach: float) -> str | None:
    near = min(sizes, key=lambda size: (abs(size - measure), -size), default=None)
    return f"{near:g}" if near is not None and abs(near - measure) <= reach else None
