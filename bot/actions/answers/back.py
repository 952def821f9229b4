"""Back to something seen before: "torniamo alla borsa", "no, I prefer the other one"."""

from bot.actions.answer import Answer, buy, say, tap
from bot.actions.answers import availability, details, search
from bot.actions.asked import Asked
from bot.actions.focus import described_before, which
from bot.actions.reference import called
from bot.actions.shop import Shop, in_stock, priced


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Take up a product again and say in one line where it stands."""
    product = await described_before(asked, shop)
    if product is None and asked.heard("category"):
        found = await search.answer(asked, shop)  # "no, meglio uno zaino": nothing seen so far
        ids = [str(id_) for id_ in found.slots.get("shown") or ()]
        product = called(asked.text, await shop.catalog.get(ids), shop.language)
        if product is None:  # "solo la pochette" names one of them
            return found
    if product is None:
        return await which(asked, shop, "details")
    if asked.value("colour") or asked.value("size"):
        return await availability.about(asked, shop, product)
    again = details.asked_again(asked, product)
    if again is not asked:  # "e l'altra?", after the weight of the first
        return await details.about(again, shop, product)
    price, pieces = shop.price(product), shop.stock(product)
    choices = (
        buy(product.id),
        tap("ask_availability", product.id, text="choice_availability"),
        tap("ask_details", product.id, text="choice_details"),
    )
    said = say(
        "back" if price and pieces is not None else "back_to_check",
        *choices,
        product=product.name(shop.language),
        price=priced(price) if price else None,
        stock=in_stock(pieces) if pieces is not None else None,
    )
    return said.noting(asked, "back", product.id)
