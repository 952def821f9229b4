"""Whether some words mean one product by its name."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from catalog.products import Product
from catalog.text import fold, words

_ALIKE = 86  # of 100, for a product's name with a slip in it


def named(product: Product, typed: Sequence[str]) -> float:
    """Return how surely these words mean this product: 0 is not at all."""
    said = " ".join(typed)
    best = 0.0
    if len(typed) == 1 and fold(product.id) == typed[0]:
        return 100.0
    for name in (*product.listed("aliases"), *product.names.values()):
        told = words(name)
        if told and all(word in typed for word in told):
            best = max(best, 200.0 + len(told))
        elif (alike := fuzz.ratio(" ".join(told), said)) >= _ALIKE:
            best = max(best, alike)
        elif len(told) == 1 and any(fuzz.ratio(told[0], word) >= _ALIKE for word in typed):
            best = max(best, 100.0)
    return best


def all_languages(texts: dict[str, str], languages: Sequence[str]) -> dict[str, str]:
    """Return a name in each language; one without a language serves all of them."""
    everywhere = texts.get("", "")
    return {
        code: texts.get(code) or everywhere for code in languages if texts.get(code) or everywhere
    }
