"""How can I pay."""

import re
from collections.abc import Mapping

from bot.actions.answer import Answer, buy, say, tap
from bot.actions.asked import Asked
from bot.actions.focus import meant
from bot.actions.shop import Shop

_CLAUSE = re.compile(r"[.,;:!?]+|\b(?:ma|perch[eé]|but|because|cause)\b", re.IGNORECASE)
_REFUSED = re.compile(
    r"\b(?:non|nn|senza|niente|evit\w+|no|not|don['’]?t|without|can['’]?t|rather not|hate"
    r"|instead of)\b",
    re.IGNORECASE,
)
# Who pays the courier says it in many ways; a shop calls it by one.
_TO_THE_COURIER = re.compile(
    r"\b(?:contant\w+|contrassegn\w+|(?:alla|quando|al momento della) (?:consegna|arriv\w+)"
    r"|(?:al|con il|col) (?:corrier\w+|fattorin\w+|postin\w+)|cash|cod"
    r"|(?:on|upon|at) (?:delivery|arrival|the door)|when (?:it|they) (?:com\w+|arriv\w+|get\w*)"
    r"|(?:the )?(?:courier|postman|postie|driver|delivery (?:man|guy)))\b",
    re.IGNORECASE,
)


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Name every way to pay."""
    ways = (await shop.catalog.shop()).payment
    product = await meant(asked, shop)
    choices = [buy(product.id)] if product else []
    choices.append(tap("ask_delivery", text="choice_delivery"))
    wanted = wanted_way(asked.text)
    # "La carta non ce l'ho, se pago quando arrivano?": what is said last is what is asked.
    places = {way.id: _named_at(way.id, way.names, wanted) for way in ways}
    named = max(
        (way for way in ways if places[way.id] >= 0), key=lambda w: places[w.id], default=None
    )
    if named:
        said = say("payment_yes", *choices, way={"text": named.names})
    else:
        said = say("payment", *choices, ways={"list": [{"text": way.names} for way in ways]})
    return said.noting(asked, "payment", product.id if product else None)


def wanted_way(text: str) -> str:
    """Return what is asked for, without what is refused: "al corriere? la carta non mi piace"."""
    clauses = [part for part in _CLAUSE.split(text) if part.strip()]
    kept = [part for part in clauses if not _REFUSED.search(part)]
    return " ".join(kept or clauses).casefold()


def _named_at(id_: str, names: Mapping[str, str], wanted: str) -> int:
    """Return where the customer asks about this way to pay ("is PayPal all right?"), -1 if not."""
    called = [name.casefold() for name in (id_.replace("-", " "), *names.values())]
    places = [wanted.rfind(name) for name in called]
    to_the_courier = (
        _TO_THE_COURIER.search(wanted) if any(map(_TO_THE_COURIER.search, called)) else None
    )
    return max(*places, to_the_courier.start() if to_the_courier else -1)
