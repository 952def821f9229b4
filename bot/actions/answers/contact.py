"""How can I reach you: telephone and e-mail of the shop."""

from bot.actions.answer import Answer, person, say, tap
from bot.actions.asked import Asked
from bot.actions.shop import Shop


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell number and address; who wants to be called taps or says so."""
    info = await shop.catalog.shop()
    choices = person(), tap("ask_opening_hours", text="choice_hours")
    said = say("contact", *choices, phone=info.phone, email=info.email)
    return said.noting(asked, "contact")
