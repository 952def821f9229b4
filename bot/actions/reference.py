"""Which of several products a customer describes: "quella in tela", "the braided one", "la borsa".

People seldom use names. They say what is different about the one they mean; so each thing they
say (kind, material, colour, size, a word of the name) narrows the products that are on the table,
and is left aside where it fits none of them.
"""

import re
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz

from bot.actions.asked import Asked
from bot.actions.concepts import alike
from catalog import Product
from dialogues import executor

# "braided" and "intrecciata" against names: a plural or a typo still counts.
_ALIKE = 85.0
_SHORTEST = 4
# What stands behind a definite article: "the key ring", "l'album", "quella pochette".
_DEFINITE = re.compile(
    r"\b(?:the|il|lo|la|i|gli|le|quel|quell[ao]|that)\s+(?P<a>[^\W\d_]{4,})(?:\s+(?P<b>[^\W\d_]{4,}))?"
    r"|\b(?:l|quell)['’]\s?(?P<c>[^\W\d_]{4,})",
    re.IGNORECASE,
)
_BEGINS = 40  # characters; what is told further on is a story
# "Ah, i sacchetti!": by the article alone, where nothing tells what the thing is there for.
_THE = re.compile(
    r"(?<!\bper )(?<!\bfor )(?<!\bcon )(?<!\bwith )(?<!\bdi )(?<!\bof )(?<!\bin )(?<!\bto )"
    r"(?<!\bon )(?<!\bfrom )(?<!\bby )"
    r"\b(?:the|il|lo|la|i|gli|le|quel|quell[aoie]|quei)\s+(?P<what>[^\W\d_]{5,})"
    r"(?:\s+(?P<further>[^\W\d_]{5,}))?",
    re.IGNORECASE,
)
_NOT_THAT = re.compile(r"\b(?:non|not|no)\b[^,.;]*[.!]?$", re.IGNORECASE)
# "Non una borsa, solo la custodia": the first half names what is not meant.
_REFUSED = re.compile(
    r"\b(?:no|non|niente|not|forget|never mind|lascia\w*|lascia\w* (?:stare|perdere))\b[^,.;]*[,.;]"
)
_WORD = re.compile(r"[^\W\d_]{4,}")


def described(asked: Asked, products: Sequence[Product], language: str) -> list[Product]:
    """Return the products that what was said fits best; all of them where nothing was said."""
    left = list(products)
    if by_name := called(asked.text, left, language, least=2):
        return [by_name]
    for fits in (*_by_entities(asked), *_by_version(asked)):
        narrowed = [product for product in left if fits(product)]
        left = narrowed or left
    return _by_name(_REFUSED.sub(" ", asked.text.casefold()), left, language)


def called(
    text: str, products: Sequence[Product], language: str, *, least: int = 1
) -> Product | None:
    """Return the one whose name has a word that stands behind an article: "the key ring".

    `least` is how many words of the name must stand there.
    """
    words = [w for match in _DEFINITE.finditer(text) for w in match.groups() if w]
    said = [word.casefold() for word in words]
    # "Il porta passaporto" is written in one word, too.
    whole = [pair.replace(" ", "").casefold() for pair in full_names(text)]
    scores = {
        p.id: max(_names(said, p.name(language)), 2 * _names(whole, p.name(language)))
        for p in products
    }
    best = max(scores.values(), default=0)
    fitting = [p for p in products if best >= least and scores[p.id] == best]
    return fitting[0] if len(fitting) == 1 else None


def full_names(text: str) -> list[str]:
    """Return what stands in two words behind a definite article, the way a product is called."""
    pairs = [(match["a"], match["b"]) for match in _DEFINITE.finditer(text)]
    return [f"{one} {other}" for one, other in pairs if one and other]


def only_words(text: str, known: Sequence[tuple[int, int]]) -> list[str]:
    """Return the words that stand alone behind a definite article, and are none that is known.

    `known` are the stretches that were recognised. "Per il viaggio" names an occasion, no thing.
    """
    words: list[str] = []
    for match in _THE.finditer(text[:_BEGINS]):
        start, end = match.span()
        if any(start < stop and end > begin for begin, stop in known):
            continue
        words += executor.left_over(match["what"], ())
        words += executor.left_over(match["further"] or "", ())
    return words


def only_named(text: str, products: Sequence[Product], language: str) -> Product | None:
    """Return the one product whose name has more of the words said than any other's."""
    fitting = _by_name(_REFUSED.sub(" ", text.casefold()), list(products), language)
    named = [p for p in fitting if _names(_WORD.findall(text.casefold()), p.name(language))]
    return named[0] if len(named) == 1 and len(fitting) == 1 else None


def wanted_category(asked: Asked) -> str | None:
    """Return the kind of thing that is wanted; "forget the wallet, just the bag" names two.

    What is wanted is said last, unless a "not" stands there.
    """
    kinds = asked.heard("category")
    return str(kinds[0 if _NOT_THAT.search(asked.text) else -1]) if kinds else None


def _by_entities(asked: Asked) -> list[Callable[[Product], bool]]:
    category, materials = wanted_category(asked), set(map(str, asked.heard("material")))
    tests: list[Callable[[Product], bool]] = []
    if category:
        tests.append(lambda product: product.category == category)
    if materials:
        # What it is made of first of all: a canvas bag with leather handles is a canvas bag.
        tests.append(lambda product: bool(materials & set(product.listed("materials")[:1])))
        tests.append(lambda product: bool(materials & set(product.listed("materials"))))
    return tests


def _by_version(asked: Asked) -> list[Callable[[Product], bool]]:
    colour, size = asked.value("colour"), asked.value("size")
    tests: list[Callable[[Product], bool]] = []
    if colour or size:
        tests.append(lambda product: bool(product.matching(colour=colour, size=size)))
    if colour:
        tests.append(lambda product: bool(product.matching(colour=colour)))
    if size:
        tests.append(lambda product: bool(product.matching(size=size)))
    return tests


def _by_name(text: str, products: list[Product], language: str) -> list[Product]:
    """Keep those whose name has most of the words that were said."""
    said = [word for word in _WORD.findall(text) if len(word) >= _SHORTEST]
    scores = {p.id: _names(said, p.name(language)) for p in products}
    best = max(scores.values(), default=0)
    return [product for product in products if scores[product.id] == best] if best else products


def _names(said: Sequence[str], name: str) -> int:
    words = [word for word in _WORD.findall(name.casefold()) if len(word) >= _SHORTEST]
    return sum(any(_same(one, word) for one in said) for word in words)


def _same(one: str, word: str) -> bool:
    return fuzz.ratio(one, word) >= _ALIKE or alike(one, word)
