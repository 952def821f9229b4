"""A kind that a question names only beside what it asks of the thing in view."""

import re
from collections.abc import Sequence

from bot.actions.asked import Asked, Entity
from bot.actions.concepts import mentions
from bot.actions.features import relevant
from bot.actions.shop import Shop
from catalog import Product
from dialogues import executor

_OF_THE_KIND = re.compile(
    r"\bcost|\bprezz|\bprice|\bhow much\b|\bquanto (?:viene|vengono|fa|fanno)\b|disponib|availab"
    r"|\bstock\b|\bsped|\barriv|\bship|\bdeliver|\baltr[aeio]\b|\bothers?\b|\bcolo|\btagli|\bsizes?\b",
    re.IGNORECASE,
)
_BESIDE_IT = re.compile(
    r"\b(?:in|into|inside|on|onto|to|with|under|over|from|of|as|nel|nell|nella|nelle|nei|negli|sul|sull"
    r"|sulla|sulle|sui|al|all|alla|alle|ai|dal|dalla|dentro|sotto|sopra|con|per|come|di|da|a)"
    r"(?:['’]|\s+)(?:(?:an?|the|my|your|her|his|un[ao]?|una|la|il|lo|le|i|mi[ao]|su[ao])(?:['’]|\s+))?"
    r"(?:\w+\s+)?$",
    re.IGNORECASE,
)


def kinds_said(asked: Asked) -> list[str]:
    """Return the words that name a kind, as they were said."""
    found = [e for e in asked.entities if e.entity == "category" and e.end is not None]
    return [word for e in found for word in asked.text[e.start : e.end].casefold().split()]


# What is named in another clause than the question, it does not ask for.
_TOLD_BESIDE = ("category", "recipient", "occasion", "max_price", "min_price", "about_price")
_MARK = re.compile(r"[.,;:!?…\n]")
_ON_IT = re.compile(
    r"\b(?:in|into|inside|on|onto|on top of|over|under) (?:it|this|that|there)\b", re.I
)
_ENOUGH_FOR = re.compile(
    r"\b(?:enough|big|large|wide|roomy|deep|good|ok|fine|suitable|meant|made) for\s+"
    r"(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
# "Invece di zaini?" wants backpacks, and asks of nothing in view.
_INSTEAD = re.compile(r"\binvece\b|\binstead\b|\bpiuttosto\b", re.IGNORECASE)
# "Un astuccio?" at the beginning of a clause, "c'è anche un borsone": a new thing is spoken of.
_A_NEW_ONE = re.compile(
    r"(?:^\s*|[.,;:!?…\n]\s*)(?:(?:e|ed|ma|ok|allora|and|but|so|or|o)\s+)?(?:un[oa]?|an?|some|any)(?:['’]\s?|\s+)$",
    re.IGNORECASE,
)
_IS_THERE = re.compile(
    r"\b(?:c['’]\s?[eè]|avete|esiste|ho visto|there['’]?s|there is|is there|saw"
    r"|you(?:['’]ve)? (?:have|got|do))\s+"
    r"(?:anche\s+|pure\s+|also\s+)?(?:un[oa]?|an?)(?:['’]\s?|\s+)$",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|them|this|that|l[oaie]|quest[oa])\b", re.IGNORECASE)


def asked_of_it(asked: Asked) -> str:
    """Return the part of a message that asks of what is in view alone, nothing where none does.

    "Can I slide it on my suitcase?" does, and so does the first half of "how big is it, she flies
    with hand luggage only".
    """
    told = [e for e in asked.entities if e.entity in _TOLD_BESIDE]
    beside = [e for e in told if e.start is not None]
    if len(beside) < len(told):  # where it stands is not known: a flow has given it
        return ""
    kinds = [e for e in beside if e.entity == "category"]
    if kinds and _INSTEAD.search(asked.text):
        return ""  # "invece di zaini per un 15 pollici?"
    if brought_up(asked):
        return ""  # "un astuccio per le penne? quante ne tiene?"
    if any(_is_the_topic(asked, k) and not _beside_it(asked, k) for k in kinds):
        return ""
    named = () if kinds and all(_beside_it(asked, e) for e in beside) else beside
    return executor.asked_apart(asked.text, [(e.start or 0, e.end or 0) for e in named])


def brought_up(asked: Asked) -> bool:
    """Tell whether a kind of thing is named as something new: "un astuccio? quante ne tiene?"."""
    return any(_A_NEW_ONE.search(before) for before in _before_kinds(asked)) or is_there(asked)


def is_there(asked: Asked) -> bool:
    """Tell whether it is asked if the shop has a kind: "is there a backpack for a laptop?"."""
    return any(_IS_THERE.search(before) for before in _before_kinds(asked))


def _before_kinds(asked: Asked) -> list[str]:
    kinds = [e for e in asked.entities if e.entity == "category" and e.start is not None]
    return [asked.text[: e.start] for e in kinds]


def only_wished_for(asked: Asked, name: str) -> bool:
    """Tell whether a thing is named only in what it is needed for, behind the question.

    "How big is it? I need it for notebooks" asks of the bag in view.
    """
    apart = asked_of_it(asked) if asked.focus and executor.wants(asked.text) else ""
    return bool(apart) and not mentions(name, apart.casefold().split())


def _is_the_topic(asked: Asked, kind: Entity) -> bool:
    """Tell whether a kind stands alone in its clause: "the bookmark, what colours?"."""
    start, end = kind.start or 0, kind.end or 0
    begin = max((mark.end() for mark in _MARK.finditer(asked.text, 0, start)), default=0)
    close = next((mark.start() for mark in _MARK.finditer(asked.text, end)), len(asked.text))
    beside = f"{asked.text[begin:start]} {asked.text[end:close]}"
    return not executor.left_over(beside, ()) and not executor.wants(beside)


def _beside_it(asked: Asked, entity: Entity) -> bool:
    """Tell whether a kind is only where the thing goes: "is it big enough for A4 folders?"."""
    before, after = asked.text[: entity.start], asked.text[entity.end :]
    onto = bool(_BESIDE_IT.search(before) or _ENOUGH_FOR.search(before))
    onto = onto and bool(_IT.search(before))
    return entity.entity == "category" and (onto or bool(_ON_IT.search(after)))


def of_the_one_in_view(asked: Asked, product: Product, shop: Shop) -> bool:
    """Tell whether a kind is named only beside what is asked: "does it clip onto a bag?".

    It stands behind a preposition, or the row of the thing in view has it: "quanti segnalibri?",
    asked of a diary with two. What a thing costs and whether it is there is asked of the kind.
    """
    kinds = [e for e in asked.entities if e.entity == "category" and e.end is not None]
    asks = executor.asks(asked.text) and not executor.seeks(asked.text)
    if not kinds or not asks or _OF_THE_KIND.search(asked.text) or is_there(asked):
        return False
    if any(_INSTEAD.search(asked.text[: e.start]) for e in kinds):
        return False
    told = told_of(asked.text, product, shop)
    beside = all(_BESIDE_IT.search(asked.text[: e.start]) for e in kinds)
    return bool(told) and (beside or mentions(" ".join(told), kinds_said(asked)))


def kinds_only_beside(asked: Asked, products: Sequence[Product]) -> bool:
    """Tell whether no kind is asked for but that of some products: "which is hand luggage?"."""
    own = {product.category for product in products}
    return all(
        e.value in own or (e.start is not None and _BESIDE_IT.search(asked.text[: e.start]))
        for e in asked.entities
        if e.entity == "category"
    )


def told_of(text: str, product: Product, shop: Shop) -> tuple[str, ...]:
    """Return the lines of the row of a thing that tell what was asked."""
    return relevant(text, product, shop.language).features
