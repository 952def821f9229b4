"""A search that is none: "l'album quanto costa?" means the one album among those shown."""

import re
from collections.abc import Sequence

from bot.actions.answer import Answer
from bot.actions.answers import availability, details, price, size_guide
from bot.actions.asked import Asked
from bot.actions.beside import asked_of_it, kinds_said, of_the_one_in_view
from bot.actions.by_word import called_in_full
from bot.actions.concepts import content_words, mentions, named_concepts
from bot.actions.features import relevant
from bot.actions.focus import meant, named
from bot.actions.reference import called
from bot.actions.shop import Shop
from bot.actions.wishes import PEOPLE
from catalog import Product
from dialogues import executor

_PRICE = re.compile(
    r"\bcost[aio]|prezz|\bquanto (?:viene|vengono|fa|è|sarebbe)\b|price|how much", re.IGNORECASE
)
_VERSIONS = frozenset(("colour", "size"))
# "Quelli che usi senza toglierli", "the ones with a zip": some of those shown, told apart.
_SUCH_ONES = re.compile(
    r"\bquell[ei]\s+(?:che|ke|con|senza|da)\b"
    r"|\b(?:those|the ones?)\s+(?:that|which|with|without|you)\b"
    r"|\bis there (?:one|1)(?: of them)? (?:that|which|with|without)\b"
    r"|\bce n['’]\s?[eè] un[oa] (?:che|con|senza)\b",
    re.IGNORECASE,
)
_LEADS_TO_IT = re.compile(
    r"(?:\b(?:the|your|il|lo|la|i|gli|le|del|della|dello|al|alla|quest[oa]|quell[oa])\s+"
    r"|\bl['’]\s?|\bof\s+|\babout\s+)$",
    re.IGNORECASE,
)
_GOES_WITH = re.compile(
    r"\bsimil\w*|\bdel genere\b|\bstess[oa]\b|\bsame\b|\blike (?:that|it)\b|\binstead\b|\binvece\b"
    r"|\babbin\w*|\bcoordinat\w*|\binsieme (?:a|con)\b|\bst(?:a|ia|anno|iano) bene con\b"
    r"|\bmatch\w*|\b(?:go|goes|wear|along) with\b|\bcome (?:la|il|lo|le|i)\b|\blike (?:the|this)\b",
    re.IGNORECASE,
)
LIMITS = frozenset(("max_price", "min_price", "about_price", "without", "compared"))
_COLOUR = re.compile(r"\bcolor|\bcolour|disponib|available|in stock|\bc'è\b", re.IGNORECASE)


async def of_one_shown(asked: Asked, shop: Shop) -> Answer | None:
    """Answer about the one product that the words can only mean, None where they search."""
    asked = await _with_its_size(asked, shop)
    heard = {entity.entity for entity in asked.entities}
    if size_guide.measures(asked.text) and (worn := await meant(asked, shop)):
        guided = await size_guide.is_asked(asked.text, worn, shop)
        return await size_guide.answer(asked, shop) if guided else None
    if known := await _whose_row_tells(asked, shop, heard):
        return await details.about(asked, shop, known)
    product = await _meant(asked, shop, heard) or await _asked_of(asked, shop, heard)
    if product is None:
        return None
    measured = heard == {"size"} and relevant(asked.text, product, shop.language).dimensions
    if (heard & _VERSIONS and not measured) or _COLOUR.search(asked.text):
        return await availability.about(asked, shop, product)
    if _PRICE.search(asked.text):
        return await price.about(asked, shop, product)
    return await details.about(asked, shop, product)


async def _with_its_size(asked: Asked, shop: Shop) -> Asked:
    """Read "quella da 15" as the size 15 of what is in view, where it comes in one: no price."""
    amount = str(asked.value("about_price") or "")
    seen = await shop.catalog.get([asked.focus]) if asked.focus and amount else []
    size = next((s for p in seen for s in p.sizes() if s.rstrip('"') == amount), None)
    if size is None or "ordinal" not in {e.entity for e in asked.entities}:
        return asked
    kept = [e for e in asked.entities if e.entity not in ("ordinal", "about_price")]
    said = next(e for e in asked.entities if e.entity == "about_price")
    sized = said.model_copy(update={"entity": "size", "value": size})
    return asked.model_copy(update={"entities": (*kept, sized)})


async def _whose_row_tells(asked: Asked, shop: Shop, heard: set[str]) -> Product | None:
    """Return the one product on the table whose row answers a question: "scade?" of a gift card.

    Named, in view, or the only one of those shown that has anything to say about it.
    """
    said = await named(asked, shop)
    if not executor.asks(asked.text) or len(said) > 1 or heard & _VERSIONS:
        return None
    such = bool(_SUCH_ONES.search(asked.text))
    in_view = await shop.catalog.get([asked.focus]) if asked.focus and not said else []
    if in_view and of_the_one_in_view(asked, in_view[0], shop):
        return in_view[0]  # "does it clip onto a bag?"
    elsewhere = "category" in heard or heard & LIMITS or executor.seeks(asked.text)
    elsewhere = elsewhere and not asked_of_it(asked)
    if not said and elsewhere and not such:
        return None
    ids = [asked.focus] if asked.focus and not such else asked.shown
    there = said or await shop.catalog.get(ids)
    # "Is there 1 that smells of lavender?": one is called so, and all have a scent.
    words = [word for word in content_words(asked.text) if word not in kinds_said(asked)]
    so_called = [product for product in there if mentions(product.name(shop.language), words)]
    if len(so_called) == 1 < len(there):
        return so_called[0]
    able = [p for p in there if relevant(asked.text, p, shop.language).features]
    return able[0] if len(able) == 1 else None


async def _meant(asked: Asked, shop: Shop, heard: set[str]) -> Product | None:
    """Return a product named with its version, described as one shown, or in view in a version."""
    said = await named(asked, shop)
    if said:
        return said[0] if len(said) == 1 and heard & _VERSIONS else None
    if executor.seeks(asked.text):
        return None
    described = await _behind_an_article(asked, shop)
    if described:
        return described
    in_view = await shop.catalog.get([asked.focus]) if asked.focus else []
    only_a_version = bool(heard) and heard <= _VERSIONS
    return in_view[0] if in_view and only_a_version else None


async def _asked_of(asked: Asked, shop: Shop, heard: set[str]) -> Product | None:
    """Return the product that a message names and asks of: what is named is there, and no search.

    "A wallet to go with the Siena" looks for another.
    """
    said = await shop.catalog.get([str(id_) for id_ in asked.heard("product")])
    if len(said) != 1 or heard & LIMITS or _GOES_WITH.search(asked.text):
        return None
    kinds = set(asked.heard("category"))
    own_kind = kinds == {said[0].category}
    called = not kinds and not heard & PEOPLE and _calls_it(asked)
    return said[0] if own_kind or (called and executor.asks(asked.text)) else None


def _calls_it(asked: Asked) -> bool:
    """Tell whether a name is said as one: "la mia è tutta rotta" speaks of no Rotta."""
    for entity in asked.entities:
        if entity.entity == "product" and entity.start is not None and entity.end is not None:
            name = asked.text[entity.start : entity.end]
            before = asked.text[: entity.start]
            capital = name[:1].isupper() and bool(before.strip(" .,;:!?"))
            return capital or " " in name or bool(_LEADS_TO_IT.search(before))
    return False


async def told_of(asked: Asked, shop: Shop, found: Sequence[str]) -> Answer | None:
    """Answer what is asked of the only thing found: "do you do gift cards by email?"."""
    products = await shop.catalog.get(found) if len(found) == 1 else []
    kinds = [e for e in asked.entities if e.entity == "category" and e.end is not None]
    rest = asked.text
    for kind in kinds:
        rest = rest.replace(asked.text[kind.start : kind.end], " ")
    if not products or not kinds or not executor.asks(asked.text) or not named_concepts(rest):
        return None
    told = relevant(rest, products[0], shop.language).features
    return await details.about(asked, shop, products[0]) if told else None


async def _behind_an_article(asked: Asked, shop: Shop) -> Product | None:
    if in_full := await called_in_full(asked, shop):
        return in_full  # "the passport holder" is not the card holder that was shown
    shown = await shop.catalog.get(asked.shown)
    fitting = called(asked.text, shown, shop.language)
    return fitting if len(shown) > 1 else None
