"""What shops call the axes along which variants differ: "Taglia: M / Colore: rosso"."""

from collections.abc import Iterable
from typing import Any

_COLOURS = {"colour", "color", "colore", "colori", "colors", "colours", "tinta", "pa_color"}
_SIZES = {
    "size",
    "sizes",
    "taglia",
    "taglie",
    "misura",
    "misure",
    "numero",
    "pa_size",
    "shoe size",
    "dimensione",
}
_MATERIALS = {"material", "materials", "materiale", "materiali", "fabric", "tessuto"}
# What Shopify calls the only variant of a product without options.
NO_OPTION = "default title"


def axes(options: Iterable[tuple[str, str]], *, guess: bool = True) -> dict[str, str]:
    """Return colour and size out of named options; with `guess` an unknown one is the size.

    A bottle of 500 ml differs from one of 750 ml by a size, whatever its shop calls that.
    """
    found: dict[str, str] = {}
    others: list[str] = []
    for name, value in options:
        plain = name.strip().casefold()
        if not value or value.casefold() == NO_OPTION:
            continue
        if plain in _COLOURS:
            found.setdefault("colour", value)
        elif plain in _SIZES:
            found.setdefault("size", value)
        elif plain not in _MATERIALS:
            others.append(value)
    if guess and others and "size" not in found:
        found["size"] = others[0]
    return found


def is_material(name: str) -> bool:
    """Tell whether an attribute of this name says what something is made of."""
    return name.strip().casefold() in _MATERIALS


def apart(variants: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Number article codes that a shop gave to several variants of one product."""
    seen: dict[str, int] = {}
    for variant in variants:
        if sku := variant.get("sku"):
            seen[sku] = seen.get(sku, 0) + 1
            if seen[sku] > 1:
                variant["sku"] = f"{sku}-{seen[sku]}"
    return variants


def last_part(path: str) -> str:
    """Return the narrowest category of a path: "Home > Bags > Totes" is Totes."""
    return path.replace("/", ">").rsplit(">", 1)[-1].strip()[:80]


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that say something."""
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}
