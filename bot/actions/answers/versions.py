"""Which colour and size of a product a question is about, in words and in variants."""

import re
from dataclasses import dataclass
from typing import Any

from bot.actions.asked import Asked
from bot.actions.shop import Shop
from catalog import Product, Variant
from dialogues import executor

_NUMBER = re.compile(r"(?<![\w.,/€$£])\d{1,3}(?![\w/€%]|[.,]\d)")
_LETTERS = re.compile(r"(?<![\w'’.])(?:XXS|XS|S|M|L|XL|XXL)(?![\w'’.])")
_SENTENCE_ENDS = re.compile(r"[.!?;…]\s")
_HOW_MANY = re.compile(r"\bquant[ie]\b.*\b(?:ne|rest|riman|ce)|\bhow many\b", re.IGNORECASE)
# "Peccato, quando torna?" asks of the version that was not there.
_BACK = re.compile(
    r"\bquando (?:ri)?(?:torn|rientr)|riassort|torna disponibil|back in stock|restock"
    r"|\bwhen\b.*\bback\b",
    re.IGNORECASE,
)
_OTHER_NUMBERS = frozenset(
    ("max_price", "min_price", "about_price", "needed_by", "order_number", "phone", "ordinal")
)


@dataclass(frozen=True, slots=True)
class Version:
    """A colour and a size, as far as they were said; no variants where there is no such version."""

    colour: str | None = None
    size: str | None = None
    variants: tuple[Variant, ...] = ()
    words: dict[str, Any] | None = None

    @property
    def said(self) -> bool:
        """Whether anything was asked for at all."""
        return bool(self.colour or self.size)


async def wanted_version(asked: Asked, shop: Shop, product: Product) -> Version:
    """Read colour and size; "and in 42?" keeps the colour that was asked for before."""
    colour = _said_last(asked, "colour")
    # Of a candle "38" is no size: it was said of the slippers beside it.
    said = _said_last(asked, "size") or bare_size(asked, product)
    size = said if product.sizes() else None
    before = asked.last_version(product.id)
    counted = counts_it(asked.text) or asked.value("quantity")
    if not colour and not size and counted:  # of what was just spoken of
        colour, size = before.get("colour"), before.get("size")
    # One was said now: the other may have been said before, and is no answer where it is asked for
    # ("in cuoio che taglie avete?").
    if bool(colour) != bool(size) and not executor.asks_versions(asked.text):
        colour = colour or before.get("colour")
        size = size or before.get("size")
    variants = tuple(product.matching(colour=colour, size=size)) if colour or size else ()
    name = await colour_name(colour, variants, shop) if colour else None
    return Version(colour, size, variants, _words(name, size))


def _said_last(asked: Asked, name: str) -> str | None:
    """Return the colour or size asked for: "white is a bad idea. black?" comes to the last one."""
    said = [e for e in asked.entities if e.entity == name and e.end is not None]
    if len(said) < 2 or asked.args.get(name):
        return asked.value(name)
    first, last = said[0], said[-1]
    apart = _SENTENCE_ENDS.search(asked.text[first.end : last.start])
    return str(last.value) if apart else asked.value(name)


async def among_all_colours(asked: Asked, shop: Shop, product: Product) -> Version | None:
    """Return what "solo verde o anche altri colori?" is about: all colours, in the size in view.

    None where it is not asked what there is beside a colour.
    """
    named = bool(asked.heard("colour") or asked.heard("without"))
    one_size = asked.value("size") or bare_size(asked, product)
    if asked.tapped or len(product.colours()) < 2 or (one_size and named):
        return None
    if not executor.asks_other_colours(asked.text, named=named):
        return None
    size = one_size or asked.last_version(product.id).get("size")
    variants = tuple(product.matching(size=size)) if size else ()
    there = shop.stock(product, variants) if variants else 0
    return Version(None, size, variants, _words(None, size)) if there else Version()


def counts_it(text: str) -> bool:
    """Tell whether it is asked how many there are of what is spoken of, or if any is left."""
    return bool(_HOW_MANY.search(text) or _BACK.search(text)) or executor.asks_what_is_left(text)


def bare_size(asked: Asked, product: Product) -> str | None:
    """Return a size of this product that is said as a mere number: "e 39?", "a 15 inch one"."""
    text = asked.text
    for entity in asked.entities:
        if entity.entity in _OTHER_NUMBERS and entity.start is not None:
            text = f"{text[: entity.start]} {text[entity.end :]}"
    found = [*_NUMBER.finditer(text), *_LETTERS.finditer(text)]
    by_name = {size.rstrip('"'): size for size in product.sizes()}
    said = [m.group() for m in sorted(found, key=lambda m: m.start()) if m.group() in by_name]
    return by_name[said[-1]] if said else None  # "105, hang on, 115": the last said counts


async def colour_name(colour: str, variants: tuple[Variant, ...], shop: Shop) -> str:
    """Return the colour as the product has it ("rosso bordeaux"), else as it was asked for."""
    names = {v.colour_name(shop.language) for v in variants} - {None}
    if len(names) == 1:
        return str(names.pop())
    return (await shop.catalog.name_of("colour", colour, shop.language)).lower()


def _words(colour: str | None, size: str | None) -> dict[str, Any] | None:
    if colour and size:
        return {"ref": "text.version_both", "values": {"colour": colour, "size": size}}
    if colour:
        return {"ref": "text.version_colour", "values": {"colour": colour}}
    if size:
        return {"ref": "text.version_size", "values": {"size": size}}
    return None
