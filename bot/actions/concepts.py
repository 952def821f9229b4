"""What a question asks for: things that go by several words, and words of its own."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from catalog import Product
from dialogues import executor

_WORD = re.compile(r"[\w-]+")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_HOW_MANY = re.compile(r"\bhow many\b|\bquant[ei]\b", re.IGNORECASE)
_SHORTEST = 4  # letters; a shorter word cannot be told from another by its beginning
# Words that ask for the same thing, by their beginnings; one row is one thing.
_SAME = tuple(
    tuple(row.split())
    for row in (
        "portatil laptop comput pc mac notebook macbook tablet ipad pollic inch",
        "imperm piogg acqua bagn waterp water rain wet",
        "tasc scompart pocket compart",
        "carte tesser card slot fessur",
        "tracoll spall strap shoulder",
        "manic handle",
        "chius chiud zip lucchett clos lock magnet",
        "pagin page fogli sheet",
        "bruci ore burn hour dura durat last lasts mesi months",
        "scad vale valid expir anni years dura durat spend",
        "mail e-mail email",
        "aere cabin bagagl ryanair easyjet plane flight luggage carry",
        "rfid scan protez protec",
        "libr book",
        "rotel ruot wheel",
        "telefon cellular smartphon phone iphone",
        "touch touchscreen scherm screen",
        "regolab adjust",
        "vegan animal",
        "litr capien volum",
        "morbid soft",
        "togli toglier stacc remov removib detach separ",
        "graff scratch resist robust sturd tough",
        "cald warm",
        "veloc rapid presto fast quick minut",
        "puro pura pure misto mista mixed blend",
        "suol sole soles",
        "inchiostr stilograf fountain ink",
        "profum odor scent smell fragran",
        "ricaric refill ricamb sostitu replac finisc finit consum esaur",
    )
)


def _row(beginnings: Iterable[str]) -> re.Pattern[str]:
    """Find a word that begins like one of these; one of three letters or fewer is said whole."""
    words = list(beginnings)
    longer = [re.escape(word) for word in words if len(word) >= _SHORTEST]
    whole = [rf"{re.escape(word)}(?![\w-])" for word in words]
    return re.compile(rf"(?<![\w-])(?:{'|'.join([*longer, *whole])})")


# "What's the inside made of?" asks for the lining, "does it fit inside?" does not.
_LINING = ["fodera", "foderat", "sfoderat", "lining", "lined", "unlined"]
_INSIDE = _row((*_LINING, "interno", "inside", "dentro"))
_ROWS = tuple(_row(row) for row in _SAME)
_OF_THE_INSIDE = re.compile(
    r"\b(?:the|its) inside\b|\binside (?:made|lined|soft|like)\b|\bl['’ ]?interno\b"
    r"|\bdentro (?:è|e'|com['’ ]?è|di (?:che|cosa))\b"
    r"|\b(?:fodera|foderat|sfoderat|lining|lined|unlined)",
)
_ENDINGS = 3  # letters by which two forms of one word differ at most
_SAYING_NOTHING_WORDS = """
product prodotto modello shop negozio bottega usare used uses using make made come sapere
dire know tell comes does need dentro inside through keep still being with really davvero
proprio esattamente exactly posso possono potete possiamo puoi potrei
"""
_SAYING_NOTHING = frozenset(_SAYING_NOTHING_WORDS.split())

Concept = Callable[[str], bool]


@lru_cache(maxsize=512)
def named_concepts(text: str) -> tuple[Concept, ...]:
    """Return what a question asks for of the things that every shop is asked for."""
    said = text.casefold()
    named = [row for row in _ROWS if row.search(said)]
    if of_the_inside(said):
        named.append(_INSIDE)
    return tuple(_told_by(row) for row in named)


def counts(text: str) -> bool:
    """Tell whether a question asks how many: "quanti ce ne sono in una confezione?"."""
    return bool(_HOW_MANY.search(text))


def of_the_inside(text: str) -> bool:
    """Tell whether a question asks what a thing is like inside, and not what fits into it."""
    return bool(_OF_THE_INSIDE.search(text.casefold()))


def own_concepts(words: Iterable[str]) -> list[Concept]:
    """Return further words of a question as things asked for: no list knows everything."""
    return [_mentioning(word) for word in words if not any(row.search(word) for row in _ROWS)]


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
    shorter, longer = sorted((one, other), key=len)
    same = max(_SHORTEST, len(shorter) - 1)
    return len(longer) - len(shorter) <= _ENDINGS and shorter[:same] == longer[:same]


def mentions(text: str, words: Sequence[str]) -> bool:
    """Tell whether a text has one of these words, in any form."""
    there = _WORD.findall(text.casefold())
    return any(alike(word, other) for word in words for other in there if len(other) >= _SHORTEST)


def sentences_about(text: str, words: Sequence[str]) -> list[str]:
    """Return the sentences of a text in which one of these words stands."""
    return [sentence for sentence in _SENTENCE.split(text) if mentions(sentence, words)]


def _told_by(row: re.Pattern[str]) -> Concept:
    return lambda text: bool(row.search(text.casefold()))


def _mentioning(word: str) -> Concept:
    return lambda text: mentions(text, [word])
