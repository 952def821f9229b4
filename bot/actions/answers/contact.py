"""How can I reach you: telephone and e-mail of the shop."""

import re

from bot.actions.answer import Answer, person, say, tap
from bot.actions.answers import details
from bot.actions.asked import Asked
from bot.actions.features import relevant
from bot.actions.focus import MOST_OFFERED, meant
from bot.actions.shop import Shop
from catalog import Product, ProductQuery
from dialogues import executor

# "Where does our number go?", "e il cellulare?": of what the thing holds or tells.
_OURS = re.compile(
    r"\b(?:nostr[oa]|mi[oa]|our|my)\b"
    r"|^\W*(?:(?:e|ed|ma|and|but)\W+)(?:il|the) (?:cell\w*|telefon\w+|smartphone|phone|mobile)\W*$",
    re.IGNORECASE,
)
_CALLS = re.compile(
    r"\b(?:chiam\w+|call|contatt\w+|contact|scriv\w+|reach|write|telefonar\w+|rispond\w+|answer)\b",
    re.IGNORECASE,
)
# "Anything you can send by e-mail instead?" asks for a thing that is sent so.
_SENT = re.compile(
    r"\b(?:anything|something|gift|present|card|voucher|send|qualcos\w*|regal\w*|buon[oi]|mandar\w*"
    r"|inviar\w*)\b.*\be?-?mail\b",
    re.IGNORECASE,
)
_TO_US = re.compile(
    r"\b(?:you|voi|vi|ti|photo|picture|foto|invoice|fattura|receipt|question|domanda)\b"
    r"(?! (?:can|could|do|got|have|potete|puoi))",
    re.IGNORECASE,
)


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell number and address; who wants to be called taps or says so."""
    if told := await _of_the_thing(asked, shop):
        return told
    info = await shop.catalog.shop()
    choices = person(), tap("ask_opening_hours", text="choice_hours")
    said = say("contact", *choices, phone=info.phone, email=info.email)
    return said.noting(asked, "contact")


async def _of_the_thing(asked: Asked, shop: Shop) -> Answer | None:
    """Answer of a thing what only sounds like the shop's telephone: "e il cellulare ci sta?"."""
    if asked.tapped or not (executor.asks(asked.text) or _SENT.search(asked.text)):
        return None
    if _SENT.search(asked.text) and not _TO_US.search(asked.text):
        sent = await _sent_by_mail(asked, shop)
        return await details.about(asked, shop, sent) if sent else None
    product = await meant(asked, shop)
    of_it = _OURS.search(asked.text) or executor.holds(asked.text)
    if product is None or not of_it or _CALLS.search(asked.text):
        return None
    return await details.about(asked, shop, product)


async def _sent_by_mail(asked: Asked, shop: Shop) -> Product | None:
    """Return the one thing whose row says that it comes by e-mail."""
    query = ProductQuery(words="e-mail", language=shop.language, limit=MOST_OFFERED)
    found = (await shop.catalog.search(query)).products
    able = [p for p in found if relevant("e-mail", p, shop.language).features]
    return able[0] if len(able) == 1 else None
