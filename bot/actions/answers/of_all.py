"""The cheapest and the dearest of everything in the shop: "qual è la cosa più cara che avete?"."""

import re

from bot.actions.answer import Answer, show
from bot.actions.answers.finding import find
from bot.actions.answers.presenting import card_choices
from bot.actions.asked import Asked
from bot.actions.focus import Action
from bot.actions.shop import Shop

_BY_PRICE = ("cheapest", "dearest")
# "La cosa più cara", "the cheapest thing in the shop": of no kind, and not of those shown.
_ANYTHING = re.compile(
    r"\b(?:cos[ae]|rob[ae]|articol[oi]|prodott[oi]|oggett[oi]|thing|item|product|article)s?\b"
    r"|\bin assoluto\b|\bdi tutt[oaie]\b|\bof all\b|\bin the (?:whole )?shop\b",
    re.IGNORECASE,
)
_OF_THESE = re.compile(
    r"\bdi quest[ei]|\bdi quell[ei]|\btra quest|\bof (?:these|those|them)\b", re.I
)


def or_else(action: Action) -> Action:
    """Show the one that costs most or least of all, where no kind is named; else act."""

    async def answer(asked: Asked, shop: Shop) -> Answer:
        best = await _of_the_whole_shop(asked, shop)
        return best or await action(asked, shop)

    return answer


async def _of_the_whole_shop(asked: Asked, shop: Shop) -> Answer | None:
    order = next((str(o) for o in asked.heard("ordinal") if o in _BY_PRICE), None)
    others = {e.entity for e in asked.entities} - {"ordinal"}
    if order is None or others or asked.args or asked.tapped:
        return None
    if not _ANYTHING.search(asked.text) or _OF_THESE.search(asked.text):
        return None
    filters = {"order": order}
    found = await find(filters, shop, limit=1)
    if not found.products:
        return None
    items = [shop.item(product, *card_choices(product, alone=True)) for product in found.products]
    shown = show(items, f"pointed_{order}")
    told = Answer(shown.replies, {**shown.slots, "filters": filters})
    return told.noting(asked, "search", found.products[0].id)
