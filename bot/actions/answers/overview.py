"""What do you sell: the categories with how much there is in each."""

from bot.actions.answer import Answer, say, tap
from bot.actions.answers import search
from bot.actions.asked import Asked
from bot.actions.shop import Shop
from catalog import ProductQuery

# A tap on a category comes back in the place of a product's id.
CATEGORY = "category:"


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Offer the categories, or show the one that was tapped or named."""
    picked = str(asked.args.get("product") or next(iter(asked.heard("product")), ""))
    if picked.startswith(CATEGORY):
        found = await search.in_category(picked.removeprefix(CATEGORY), shop)
        return found.noting(asked, "catalog")
    if any(asked.value(name) for name in (*search.FILTERS, *search.PRICES)):
        return (await search.answer(asked, shop)).noting(asked, "catalog")
    choices = []
    for id_, names in await shop.catalog.categories():
        query = ProductQuery(category=id_, language=shop.language, limit=1)
        found_here = await shop.catalog.search(query)
        if found_here.exact and found_here.total:
            name = names.get(shop.language) or id_
            title = f"{name} ({found_here.total})"
            choices.append(tap("browse_catalog", f"{CATEGORY}{id_}", title=title))
    info = await shop.catalog.shop()
    return say("catalog", *choices, shop=info.name).noting(asked, "catalog")
