"""What a question asks for: things that go by several words, and words of its own."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.actions.vocabulary import Topic, plain, topics
from catalog import Product
from dialogues import executor

_WORD = re.compile(r"[\w-]+")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_HOW_MANY = re.compile(r"\bhow many\b|\bquant[ei]\b", re.IGNORECASE)
_SHORTEST = 4  # letters; a shorter word cannot be told from another by its beginning
_ENDINGS = 3  # letters by which two forms of one word differ at most
_SAYING_NOTHING_WORDS = """
product prodotto modello shop negozio bottega usare used uses using make made come sapere
dire know tell comes does need dentro inside through keep still being with really davvero
proprio esattamente exactly entro within posso possono potete possiamo puoi potrei
"""
_SAYING_NOTHING = frozenset(_SAYING_NOTHING_WORDS.split())

Concept = Callable[[str], bool]


@lru_cache(maxsize=512)
def named_topics(text: str) -> tuple[Topic, ...]:
    """Return what a question asks for of the things that every shop is asked for."""
    said = plain(text)
    return tuple(topic for topic in topics() if topic.asked.search(said))


def named_concepts(text: str) -> tuple[Concept, ...]:
    """Return the same as tests of a line of a row: whether it tells that."""
    return tuple(told_by(topic, text) for topic in named_topics(text))


def told_by(topic: Topic, asked: str = "") -> Concept:
    """Return a test of a line: whether it tells what was asked for.

    A pocket with a zip tells how the bag closes only where the pocket was asked for.
    """
    elsewhere = topic.unless if topic.unless and not topic.unless.search(plain(asked)) else None

    def tells(line: str) -> bool:
        said = plain(line)
        return bool(topic.told.search(said)) and not (elsewhere and elsewhere.search(said))

    return tells


def without_name(text: str, product: Product) -> str:
    """Return a question without what the thing is called: "the key ring" asks for no ring."""
    for name in sorted(product.names.values(), key=len, reverse=True):
        for called in _called(name):
            text = called.sub(" ", text)
    return text


@lru_cache(maxsize=2048)
def _called(name: str) -> tuple[re.Pattern[str], ...]:
    """Return what finds a name in a question, whole or by two words that follow each other."""
    words = [re.escape(word) for word in name.split()]
    pairs = [rf"{one}\s+{two}" for one, two in pairwise(words)]
    return tuple(
        re.compile(rf"(?<!\w){called}(?!\w)", re.IGNORECASE)
        for called in (r"\s+".join(words), *pairs)
    )


def counts(text: str) -> bool:
    """Tell whether a question asks how many: "quanti ce ne sono in una confezione?"."""
    return bool(_HOW_MANY.search(text))


def own_concepts(words: Iterable[str]) -> list[Concept]:
    """Return further words of a question as things asked for: no list knows everything."""
    return [_mentioning(word) for word in words if not named_topics(word)]


def sentences(text: str) -> list[str]:
    """Cut a text into its sentences."""
    return _SENTENCE.split(text)


def content_words(text: str, product: Product | None = None) -> list[str]:
    """Return what a question is about: its words without small ones and the product's own name."""
    named = _names_of(product, counted=counts(text)) if product else set()
    return [
        word
        for word in executor.left_over(text, ())
        if len(word) >= _SHORTEST
        and word not in _SAYING_NOTHING
        and not any(alike(word, name) for name in named)
    ]


def _names_of(product: Product, *, counted: bool) -> set[str]:
    """Return the words that only name a product; "how many sachets are in it?" counts some."""
    names = [set(_WORD.findall(name.casefold())) for name in product.names.values()]
    if not names:
        return {product.category}
    called = set.intersection(*names) if counted else set.union(*names)
    return called | {product.category}


def alike(one: str, other: str) -> bool:
    """Tell whether two words are forms of one: "scomparto", "scomparti"; "litre", "litres"."""
    if one == other:
        return True
    if one[:1] != other[:1]:
        return False  # as nearly all do
    shorter, longer = sorted((one, other), key=len)
    same = max(_SHORTEST, len(shorter) - 1)
    return len(longer) - len(shorter) <= _ENDINGS and shorter[:same] == longer[:same]


def mentions(text: str, words: Sequence[str]) -> bool:
    """Tell whether a text has one of these words, in any form."""
    there = _long_words(text)
    return any(alike(word, other) for word in words for other in there)


@lru_cache(maxsize=8192)  # the lines and names of a catalog are looked through at every question
def _long_words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(text.casefold()) if len(word) >= _SHORTEST)


def sentences_about(text: str, words: Sequence[str]) -> list[str]:
    """Return the sentences of a text in which one of these words stands."""
    return [sentence for sentence in _SENTENCE.split(text) if mentions(sentence, words)]


def _mentioning(word: str) -> Concept:
    return lambda text: mentions(text, [word])
