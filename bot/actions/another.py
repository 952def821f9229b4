"""Another of the kind on the table, told by what is different about it: "is there a vegan one?".

"Quella al cuoio e ambra", "una alla lavanda invece?", "the cashmere one": what is said is looked
for in the rows of the whole kind. Of those that tell it, one that is on the table goes first.
"""

import re
from collections.abc import Sequence

from bot.actions.asked import Asked
from bot.actions.concepts import (
    Concept,
    content_words,
    mentions,
    named_topics,
    sentences,
    told_by,
)
from bot.actions.features import listed
from bot.actions.pointing import best_rated, lowest_price, most_sold
from bot.actions.shop import Shop
from catalog import Product, ProductQuery
from dialogues import executor
from dialogues.executor import SUPERLATIVES

_WHOLE_KIND = 100  # products looked at
_COMMON = 0.6  # what more than this share of a kind tells, tells none of them from another
_IN_THE_STORY = 0.6  # what the description tells against a name, a feature or a keyword
# "Quella in tela", "una alla lavanda", "ce n'è uno con la zip?".
_ITALIAN = (
    r"(?<!\bdi )\bquell[oaie]\s+(?!di prima|lì|là|che (?:ho|avevo|mi)|stess)\w"
    r"|\bun[oa]\s+(?:in|a|al|allo|alla|all['’]|ai|alle|con|col|da|per|senza|che|di|più|piu"
    r"|piccol\w+|grand\w+|sottil\w+|vegan\w+|mini|economic\w+)\b"
    r"|\b(?:ce\s+n['’]?\s*[eè]|ne avete|ne fate)\s+(?:anche\s+)?un[oa]\b"
)
_ENGLISH = (
    r"\b(?:the|that|an?|any|which|what|whats|what's)\s+(?:[\w'-]+\s+){0,3}ones?\b"
    r"|\bones?\s+(?:that|which|with|without|for|in|like|made|you)\b"
    r"|\b(?:got|have)\s+any\s+(?:with|in|that|for|without)\b"
)
_WORD = re.compile(r"[\w'’-]+")
_ONE = re.compile(f"{_ITALIAN}|{_ENGLISH}", re.IGNORECASE)
_ONE_OF = re.compile(r"\bone of (?:the|my|her|his|those|them|these)\b", re.IGNORECASE)
_FEW = 6  # words
# A colour or a size is one of the thing in view, and tells no other thing from it.
_NOT_ITS_OWN = ("material", "category", "ordinal", "colour", "size")
_NO_PROPERTY = re.compile(
    r"^(?:call\w*|chiam\w*|nam\w+|nome|much|ones?|invece|there|other|next|second\w*|third|prim\w+|ultim\w+"
    r"|compr\w+|prend\w+|order\w*|buy\w*|bought|please|prefer\w*|guard\w+|vist\w+|seen|tell|show\w*)$"
)


async def told_apart(asked: Asked, shop: Shop) -> list[Product]:
    """Return those of the kind on the table that alone are as the message says; none where open.

    None, too, where the one in view is just as well meant, or where no property was said.
    """
    if not _may_mean_another(asked):
        return []
    seen = await shop.catalog.get(asked.shown)
    in_view = (await shop.catalog.get([asked.focus]) if asked.focus else []) or seen
    kinds = {product.category for product in in_view}
    if any(in_view[0].matching(colour=c) for c in asked.heard("colour") if asked.focus):
        return []  # "is the red one still there?", said of one that comes in red
    if len(kinds) != 1 or not {str(k) for k in asked.heard("category")} <= kinds:
        return []
    query = ProductQuery(category=next(iter(kinds)), language=shop.language, limit=_WHOLE_KIND)
    of_kind = [*in_view, *(await shop.catalog.search(query)).products]
    rest = list({p.id: p for p in of_kind if p.category in kinds}.values())
    best = _ranked(_best(asked, rest, shop), asked, shop)
    if not best or asked.focus in [product.id for product in best]:
        return []
    on_the_table = [product for product in best if product.id in asked.shown]
    return on_the_table or best


def _may_mean_another(asked: Asked) -> bool:
    if asked.tapped or asked.heard("product") or not (asked.shown or asked.focus):
        return False
    ordinals = set(map(str, asked.heard("ordinal")))
    if asked.need:  # "which one stops people scanning your cards?"
        return False
    # "He took it to the market with that fringe" asks for none; "one of the big ones" is a phone.
    short = len(asked.text.split()) <= _FEW
    if not (executor.asks(asked.text) or short) or _ONE_OF.search(asked.text):
        return False
    if asked.heard("compared") or ordinals - {"this", "one", *SUPERLATIVES}:
        return False
    return bool(_ONE.search(asked.text)) or bool(ordinals and asked.heard("material"))


def _ranked(best: list[Product], asked: Asked, shop: Shop) -> list[Product]:
    """Keep the first by price or stars where that is asked for: "cheapest silk?"."""
    order = next((o for o in asked.heard("ordinal") if o in SUPERLATIVES), None)
    if order is None or not best:
        return best
    if order == "best_rated":
        return best_rated(best)[:1]
    if order == "most_sold":
        return most_sold(best)[:1]
    known = [(price, p) for p in best if (price := lowest_price(p, shop)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=order == "dearest")
    return [product for _, product in known[:1]]


def _best(asked: Asked, products: Sequence[Product], shop: Shop) -> list[Product]:
    """Return the products that tell most of what was said; none where all are alike in that."""
    materials = set(map(str, asked.heard("material")))
    if materials:
        mainly = [p for p in products if materials & set(p.listed("materials")[:1])]
        products = mainly or [p for p in products if materials & set(p.listed("materials"))]
    words, text = _said(asked)
    concepts = _concepts(words, text, products, shop.language)
    telling = _telling(concepts, products, shop.language)
    scores = {p.id: _told(p, telling, shop.language) for p in products}
    top = max(scores.values(), default=0.0)
    # What is in view tells some of it, too: another has to tell much more.
    own = scores.get(asked.focus or "", 0.0)
    if (not top and not materials) or (own and top < own + 1):
        return []
    return [product for product in products if scores[product.id] == top]


def _said(asked: Asked) -> tuple[list[str], str]:
    """Return the words of what is said of it, and the text without what was recognised."""
    text = asked.text
    for entity in sorted(asked.entities, key=lambda e: -(e.start or 0)):
        if entity.entity in _NOT_ITS_OWN and entity.end is not None:
            text = f"{text[: entity.start]} {text[entity.end :]}"
    return [word for word in content_words(text) if not _NO_PROPERTY.match(word)], text


def _concepts(
    words: Sequence[str], text: str, products: Sequence[Product], language: str
) -> list[Concept]:
    """Return what is looked for: the very words where a row has them, else what they stand for.

    Lavender is a scent, and "una alla lavanda" wants no other.
    """
    told = [line for product in products for line in _lines(product, language)]
    literal = [word for word in words if any(mentions(line, [word]) for line in told)]
    rest = " ".join(word for word in _WORD.findall(text) if word.casefold() not in literal)
    return [*(_mentioning(word) for word in literal), *map(told_by, named_topics(rest))]


def _mentioning(word: str) -> Concept:
    return lambda line: mentions(line, [word])


def _telling(
    concepts: Sequence[Concept], products: Sequence[Product], language: str
) -> list[Concept]:
    """Return what tells some of a kind from the others: not what most of them tell."""
    rows = [_lines(product, language) for product in products]
    return [
        concept
        for concept in concepts
        if sum(any(map(concept, row)) for row in rows) <= _COMMON * len(rows)
    ]


def _told(product: Product, concepts: Sequence[Concept], language: str) -> float:
    """Return how much a row tells of what was said."""
    short = _short_lines(product, language)
    long = sentences(product.description(language))
    return sum(
        1.0 if any(map(concept, short)) else _IN_THE_STORY * any(map(concept, long))
        for concept in concepts
    )


def _lines(product: Product, language: str) -> list[str]:
    return [*_short_lines(product, language), *sentences(product.description(language))]


def _short_lines(product: Product, language: str) -> list[str]:
    """Return the name, the features and the keywords of a product."""
    features, keywords = (listed(product, name, language) for name in ("features", "keywords"))
    return [product.name(language), *features, *keywords]
