"""How do I look after it: by the product in view, else by material."""

import re
from collections.abc import Mapping

from bot.actions.answer import Answer, person, say, tap
from bot.actions.answers import details
from bot.actions.asked import Asked
from bot.actions.features import features, relevant
from bot.actions.focus import meant
from bot.actions.shop import Shop
from catalog import Product, ShopInfo

_CARE = re.compile(
    r"\blav|\bpuli|\btratt|\bcura|\bmanten|\bmacchi|\bstir|\brovin|\bconserv|\bcrem|\bspazzol"
    r"|\bpiogg|\bclean|\bwash|\bcare\b|\blook after|\bmaint|\bstain|\biron|\bdry|\bpolish"
    r"|\bwater|\bbrush|\brain",
    re.IGNORECASE,
)

_LINING = re.compile(r"\bdentro\b|\bintern|\bfoder|\binside\b|\blining", re.IGNORECASE)
_WASHES = re.compile(r"lavabil|\blav[ai]|\bwash|\bclean|\bpuli", re.IGNORECASE)


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell how to care for a product or a material."""
    info = await shop.catalog.shop()
    product = await meant(asked, shop) or await _shown_alike(asked, shop)
    if (
        product
        and not _CARE.search(asked.text)
        and relevant(asked.text, product, shop.language).features
    ):
        return await details.about(asked, shop, product)  # "la frangia si può togliere?"
    inside = _washable(product, shop) if product and _LINING.search(asked.text) else None
    if product and inside:
        return inside.noting(asked, "care", product.id)
    said = (product and await _of_product(product, shop, info)) or await _of_material(
        asked, shop, info
    )
    return said.noting(asked, "care", product.id if product else None)


def _washable(product: Product, shop: Shop) -> Answer | None:
    """Tell what the row says of washing: of the lining, where that was asked."""
    told = [one for one in features(product, shop.language) if _WASHES.search(one)]
    if not told:
        return None
    details = tap("ask_details", product.id, text="choice_details")
    name = product.name(shop.language)
    return say("feature", details, product=name, facts={"list": told})


async def _shown_alike(asked: Asked, shop: Shop) -> Product | None:
    """Return the first of those shown where all are looked after in the same way."""
    shown = await shop.catalog.get(asked.shown) if not asked.value("material") else []
    ways = {(p.category, *p.listed("materials")[:1]) for p in shown}
    return shown[0] if len(ways) == 1 else None


def care_of(product: Product, info: ShopInfo) -> Mapping[str, str] | None:
    """Return how a product is looked after, by language: its own way, else its material's."""
    return product.care or next(
        (info.care[id_] for id_ in product.listed("materials") if id_ in info.care), None
    )


async def _of_product(product: Product, shop: Shop, info: ShopInfo) -> Answer | None:
    care = care_of(product, info)
    if not care and product.listed("materials"):
        return _unknown(shop, product)  # what is said of leather holds for no other material
    if not care:
        return None
    details = tap("ask_details", product.id, text="choice_details")
    name = product.name(shop.language)
    return say("care_product", details, product=name, care={"text": dict(care)})


def _unknown(shop: Shop, product: Product) -> Answer:
    details = tap("ask_details", product.id, text="choice_details")
    name = product.name(shop.language)
    return say("feature_unknown", person(), details, answer="none", product=name)


async def _of_material(asked: Asked, shop: Shop, info: ShopInfo) -> Answer:
    material = asked.value("material")
    if material and material in info.care:
        name = await shop.catalog.name_of("material", material, shop.language)
        return say("care_material", material=name.lower(), care={"text": info.care[material]})
    if info.texts.get("care"):
        return say("shop_text", text={"text": info.texts["care"]})
    return say("care_which", answer="asked")
