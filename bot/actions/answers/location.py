"""Where is the shop."""

from urllib.parse import quote_plus

from bot.actions.answer import Answer, say, tap
from bot.actions.asked import Asked
from bot.actions.shop import Shop


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell the address with a link to the map."""
    info = await shop.catalog.shop()
    address = info.address
    place = quote_plus(f"{info.name}, {address.line()}")
    if address.latitude is not None and address.longitude is not None:
        place = f"{address.latitude},{address.longitude}"
    said = say(
        "location",
        tap("ask_opening_hours", text="choice_hours"),
        shop=info.name,
        address=address.line(),
        link=f"https://maps.google.com/?q={place}",
    )
    return said.noting(asked, "location")
