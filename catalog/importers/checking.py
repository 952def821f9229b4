"""Checking a product as it was read: what is wrong is named with its place, the rest is kept."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from catalog.importers.rows import Incoming, IncomingVariant, RowError, Source

_PLAIN = {
    "missing": "is missing",
    "string_too_short": "is empty",
    "too_short": "is missing",
    "extra_forbidden": "nobody knows this field",
    "decimal_max_places": "has more than two decimals",
    "greater_than_equal": "must not be below zero",
}


def check(source: Source) -> tuple[Incoming | None, list[RowError]]:
    """Return the product without its faulty variants, and a mistake for each of those.

    A product is given up only when something of its own is wrong, or all its variants.
    """
    try:
        product = Incoming.model_validate(source.data)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        errors = [explained(source, fault) for fault in faults]
        return _without(source, faults, errors), errors
    errors = []
    return _once_each(product, source, source.lines, errors), errors


def sku_of(product: Incoming, variant: IncomingVariant) -> str:
    """Return a variant's own number, or one made of what tells it apart."""
    told = "-".join(part for part in (product.id, variant.colour, variant.size) if part)
    return variant.sku or (told if len(told) <= 80 else sha256(told.encode()).hexdigest())


def _without(source: Source, faults: list[Any], errors: list[RowError]) -> Incoming | None:
    """Return the product without the variants that are at fault, None when that is no help."""
    guilty = {f["loc"][1] for f in faults if f["loc"][:1] == ("variants",) and len(f["loc"]) > 1}
    if not guilty or any(f["loc"][:1] != ("variants",) for f in faults):
        return None
    kept = [n for n in range(len(source.data["variants"])) if n not in guilty]
    if not kept:
        return None
    variants = [source.data["variants"][n] for n in kept]
    try:
        product = Incoming.model_validate({**source.data, "variants": variants})
    except ValidationError:
        return None
    lines = tuple(source.lines[n] for n in kept) if source.lines else ()
    return _once_each(product, source, lines, errors)


def _once_each(
    product: Incoming, source: Source, lines: Sequence[int], errors: list[RowError]
) -> Incoming:
    """Keep the first of variants that cannot be told apart, and report the others."""
    seen: dict[str, int] = {}
    kept = []
    for number, variant in enumerate(product.variants):
        line = lines[number] if lines else source.line
        sku = sku_of(product, variant)
        if sku in seen:
            first = f", first on line {seen[sku]}" if lines else ""
            reason = f"{sku!r} is there twice in one product{first}"
            errors.append(RowError(line, source.columns.get("sku", "sku"), reason))
            continue
        seen[sku] = line
        kept.append(variant)
    if len(kept) == len(product.variants):
        return product
    return product.model_copy(update={"variants": kept})


def explained(source: Source, fault: Mapping[str, Any]) -> RowError:
    """Return in plain words what is wrong, with the place in the file."""
    place = [str(part) for part in fault["loc"]]
    line = source.line
    if len(place) > 1 and place[0] == "variants" and source.lines:
        line = source.lines[int(place[1])]
        place = place[2:]
    elif source.columns:
        place = place[:1]
    reason = _PLAIN.get(fault["type"]) or fault["msg"].removeprefix("Value error, ")
    column = ".".join(place)
    if not column and ": " in reason:
        column, _, reason = reason.partition(": ")
    return RowError(line, source.columns.get(column, column), reason)
