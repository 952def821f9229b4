"""What a person still has to ask before the order can be closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Options:
    """Between what the product lets one choose; the catalog knows."""

    colours: int = 1
    sizes: int = 1


def missing(details: Mapping[str, Any], options: Options | None = None) -> tuple[str, ...]:
    """Return the names of what is not yet known, in the order to ask.

    Colour and size are missing only where the product, given by `options`, comes in several.
    """
    options = options or Options()
    wanted = {
        "product": True,
        "colour": options.colours > 1,
        "size": options.sizes > 1,
        "quantity": not details.get("one"),
        "address": True,
        "payment": True,
    }
    return tuple(name for name, needed in wanted.items() if needed and not details.get(name))
