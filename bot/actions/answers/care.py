"""How do I look after it: by the product in view, else by material."""

import re

from bot.actions.answer import Answer, say, tap
from bot.actions.answers import details, written
from bot.actions.asked import Asked
from bot.actions.beside import kinds_said
from bot.actions.concepts import mentions, named_topics
from bot.actions.features import features, relevant
from bot.actions.focus import MOST_OFFERED, meant
from bot.actions.shop import Shop
from catalog import Product, ProductQuery, ShopInfo

# What is asked for in every question about care, as vocabulary.yaml calls it.
_CARE = frozenset(("caring", "washing", "ironing", "polishing", "drying", "wicking"))

_LINING = re.compile(r"\bdentro\b|\bintern|\bfoder|\binside\b|\blining", re.IGNORECASE)
_WASHES = re.compile(r"lavabil|\blav[ai]|\bwash|\bclean|\bpuli", re.IGNORECASE)


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell how to care for a product or a material."""
    info = await shop.catalog.shop()
    product = (
        await _of_that_kind(asked, shop)
        or await meant(asked, shop)
        or await _shown_alike(asked, shop)
    )
    if (
        product
        and not _CARE & {topic.name for topic in named_topics(asked.text)}
        and relevant(asked.text, product, shop.language).features
    ):
        return await details.about(asked, shop, product)  # "la frangia si può togliere?"
    inside = _washable(product, shop) if product and _LINING.search(asked.text) else None
    if product and inside:
        return inside.noting(asked, "care", product.id)
    said = product and await _of_product(asked, product, shop, info)
    said = said or await _of_material(asked, shop, info)
    return said.noting(asked, "care", product.id if product else None)


def _washable(product: Product, shop: Shop) -> Answer | None:
    """Tell what the row says of washing: of the lining, where that was asked."""
    told = [one for one in features(product, shop.language) if _WASHES.search(one)]
    if not told:
        return None
    details = tap("ask_details", product.id, text="choice_details")
    name = product.name(shop.language)
    return say("feature", details, product=name, facts={"list": told})


async def _of_that_kind(asked: Asked, shop: Shop) -> Product | None:
    """Return a thing called by the word of its kind: "how do I look after a candle?".

    None where what is in view is called so, and where not all of that kind are looked after alike.
    """
    words = kinds_said(asked) if not asked.heard("product") else []
    seen = await shop.catalog.get([asked.focus]) if asked.focus else []
    own = asked.heard("category"), asked.heard("material")
    if any(_is_of(p, *own) for p in seen):
        return None  # "how do I clean suede shoes?", said of the suede loafers in view
    if not words or any(mentions(p.name(shop.language), words) for p in seen):
        return None
    query = ProductQuery(words=" ".join(words), language=shop.language, limit=MOST_OFFERED)
    found = (await shop.catalog.search(query)).products
    called_so = [p for p in found if mentions(p.name(shop.language), words)]
    info = await shop.catalog.shop()
    ways = {str(written.care_of(p, info)) for p in called_so}
    return called_so[0] if len(ways) == 1 else None


def _is_of(product: Product, kinds: list[str], materials: list[str]) -> bool:
    """Tell whether a product is of the kind and mainly of the material said, where both were."""
    mainly = product.listed("materials")[:1]
    return (
        bool(kinds and materials)
        and product.category in kinds
        and mainly[0:1] == tuple(materials[:1])
    )


async def _shown_alike(asked: Asked, shop: Shop) -> Product | None:
    """Return the first of those shown where all are looked after in the same way."""
    shown = await shop.catalog.get(asked.shown) if not asked.value("material") else []
    ways = {(p.category, *p.listed("materials")[:1]) for p in shown}
    return shown[0] if len(ways) == 1 else None


async def _of_product(asked: Asked, product: Product, shop: Shop, info: ShopInfo) -> Answer | None:
    care = written.care_of(product, info)
    if care:
        return written.say_care(product, care, shop)
    if relevant(asked.text, product, shop.language).features:
        return await details.about(asked, shop, product)  # "wipes clean with a damp sponge"
    if not product.listed("materials"):
        return None
    # What is said of leather holds for no other material.
    return await written.all_that_is(asked, shop, product)


async def _of_material(asked: Asked, shop: Shop, info: ShopInfo) -> Answer:
    material = asked.value("material")
    if material and material in info.care:
        name = await shop.catalog.name_of("material", material, shop.language)
        return say("care_material", material=name.lower(), care={"text": info.care[material]})
    if info.texts.get("care"):
        return say("shop_text", text={"text": info.texts["care"]})
    return say("care_which", answer="asked")
