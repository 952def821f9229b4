"""When does it arrive and what does that cost, also for a city."""

import re
from decimal import Decimal
from typing import Any

from bot.actions.answer import Answer, buy, person, ref, say, tap
from bot.actions.answers.deadline import in_time
from bot.actions.asked import Asked
from bot.actions.concepts import sentences
from bot.actions.focus import Action, meant
from bot.actions.shop import Shop, cash
from catalog import Product, ShopInfo, Zone

_PICKUP = re.compile(
    r"\britir[aoi]|\bpront[oa]\b|\bready\b"
    r"|\b(?:vengo|veng\w+|venire|passo|passare|passiamo) (?:io )?a prender"
    r"|\bprender\w+ (?:io|di persona)|in (?:negozio|bottega)"
    r"|\b(?:get|fetch) (?:it|them) myself|\bcome (?:and |to )?(?:get|fetch)"
    r"|\bpick(?:ing)? (?:\w+ )?up\b|\bpick-?up\b|\bcollect|in[- ]store"
    r"|\b(?:grab|get|fetch|take|have|buy) (?:\w+ ){1,3}(?:from|at|in) (?:the|your|ur)"
    r" (?:\w+ )?(?:shop|store|boutique)"
    r"|\b(?:pass\w+|veng\w*|vien\w*|and\w*|va) (?:\w+ ){0,2}a (?:prend|ritir|recuper)\w+"
    r"|\b(?:recuper|prend|prelev)\w+ (?:\w+ ){0,3}(?:in|dal|al|presso il) (?:negozio|bottega)"
)
_EXPRESS = re.compile(
    r"espress|express|urgen|rapid|veloc|\bfast|quick|\bsooner\b|next[- ]day|in giornata"
    r"|same[- ]day|fretta|\brush"
)
_FASTER = re.compile(r"\bprima(?! (?:di|che)\b)|\bearlier\b|\bspeed")
_TRACKED = re.compile(
    r"\btrac(?:k|ci|cia)\w*|\btrack|\b(?:follow|segu\w+) (?:it|the|my|il|la|lo)\b|\bseguirl[oae]\b"
)
_BY_MAIL = re.compile(r"\be-?mail\b|\bmail\b")
_COST_AND_TIME = re.compile(
    r"\b(?:cost\w*|price|charge|how (?:much|long)|days?|time|quant[oi]|tempi|giorni)\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"\b(?:gratis|gratuit\w|free)\b", re.IGNORECASE)
# What is paid at a border: a person knows, where no text of the shop tells it.
_CUSTOMS = re.compile(
    r"\bcustoms\b|\b(?:import|extra) (?:dut\w+|tax\w*|charges?|fees?|vat)\b"
    r"|(?<!heavy )\bdut(?:y|ies)\b|\btariffs?\b|\bdogan\w+|\bsdogan\w+|\bdazi\w*\b",
    re.IGNORECASE,
)
LONGEST_IN_HOURS = 72
_SAME_TOWN = 24  # hours


def or_else(action: Action) -> Action:
    """Tell cost and time to a place that is named, whatever it sounds like."""

    async def answered(asked: Asked, shop: Shop) -> Answer:
        wanted = asked.heard("city") and _COST_AND_TIME.search(asked.text)
        return await answer(asked, shop) if wanted else await action(asked, shop)

    return answered


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell time and cost of delivery, for the product in view where there is one."""
    info = await shop.catalog.shop()
    said_now = asked.value("city")
    city = said_now or _said_before(asked)
    pickup = info.texts.get("pickup") if info.delivery.pickup else None
    here = said_now in (None, info.address.city) or _is_ours(said_now, info)
    if pickup and here and _PICKUP.search(asked.text.casefold()):
        where = tap("ask_location", text="choice_location")
        hours = tap("ask_opening_hours", text="choice_hours")
        return say("shop_text", where, hours, text={"text": pickup}).noting(asked, "delivery")
    zone = info.delivery.to(city)
    product = await meant(asked, shop)
    at_the_border = _of_customs(asked, info)
    if at_the_border and not said_now:
        return at_the_border.noting(asked, "delivery", product.id if product else None, city=city)
    if sent := _without_parcel(asked, shop, info, product):
        return sent
    place = {"city": _written(city)} if city else {"zone": {"text": zone.names}}
    text = "delivery_city" if city else "delivery"
    choices = [buy(product.id)] if product else []
    choices += [
        tap("ask_returns", text="choice_returns"),
        tap("ask_payment", text="choice_payment"),
    ]
    said = say(text, *choices, time=_time(zone), cost=_cost(zone, asked.text), **place)
    if answer := in_time(asked, shop, info, zone):
        said = answer.and_then(said)
    free = product and _travels_free(product, zone, shop)
    if product and free:
        said = said.and_then(say("delivery_product_free", product=product.name(shop.language)))
    said = _with_express(asked, info, said, zone, advised=not (city or free))
    said = said.and_then(at_the_border) if at_the_border else said
    return said.noting(asked, "delivery", product.id if product else None, city=city)


def _of_customs(asked: Asked, info: ShopInfo) -> Answer | None:
    """Leave to a person what customs take, unless a text of the shop tells it."""
    written = " ".join(line for text in info.texts.values() for line in text.values())
    known = not _CUSTOMS.search(asked.text) or _CUSTOMS.search(written)
    return None if known else say("not_known", person())


def _with_express(
    asked: Asked, info: ShopInfo, said: Answer, zone: Zone, *, advised: bool
) -> Answer:
    """Tell of express delivery: first where it was asked for, else behind where it is advised.

    Where the ordinary way costs more than the express one, that is not meant for the place.
    """
    express = info.delivery.express
    if express is None:
        return said
    text = asked.text.casefold()
    wanted = _EXPRESS.search(text) or _FASTER.search(text)
    if zone.cost > express.cost:
        return said.and_then(say("delivery_no_express")) if wanted else said
    values: dict[str, Any] = {"time": _time(express), "cost": cash(express.cost, express.currency)}
    if wanted and not asked.heard("needed_by"):
        return say("delivery_express_yes", **values).and_then(said)
    if advised or _EXPRESS.search(_heard(asked, said)):
        return said.and_then(say("delivery_express", **values))
    return said


def _without_parcel(
    asked: Asked, shop: Shop, info: ShopInfo, product: Product | None
) -> Answer | None:
    """Tell what is no matter of places: a thing that goes by e-mail, parcels that are tracked."""
    by_mail = _sent_by_mail(product, shop) if product and not asked.heard("city") else ""
    if product and by_mail:
        said = say("shop_text", buy(product.id), text={"text": {shop.language: by_mail}})
        return said.noting(asked, "delivery", product.id)
    general = info.texts.get("delivery", {}).get(shop.language, "")
    tracked = [line for line in sentences(general) if _TRACKED.search(line.casefold())]
    if not tracked or not _TRACKED.search(asked.text.casefold()) or asked.heard("city"):
        return None
    told = {shop.language: f"{tracked[0].rstrip(' ;.')}."}
    said = say("shop_text", *([buy(product.id)] if product else []), text={"text": told})
    return said.noting(asked, "delivery", product.id if product else None, city=_said_before(asked))


def _sent_by_mail(product: Product, shop: Shop) -> str:
    """Return the sentence of a thing's text that tells that it comes by e-mail, empty for none."""
    described = sentences(product.description(shop.language))
    return next((line for line in described if _BY_MAIL.search(line.casefold())), "")


def _is_ours(city: str | None, info: ShopInfo) -> bool:
    """Tell whether a city is the shop's own, by whatever name: Firenze, Florence."""
    zone = info.delivery.to(city)
    return info.delivery.to(info.address.city) is zone and zone.hours_max <= _SAME_TOWN


def _heard(asked: Asked, said: Answer) -> str:
    """Return what was asked and which texts answer it: an express that is advised has a price."""
    return " ".join((asked.text.casefold(), *(str(getattr(r, "ref", "")) for r in said.replies)))


def _said_before(asked: Asked) -> str | None:
    """Return the place that was last asked about, or where the customer is: "how long?"."""
    told = (note.get("city") for note in reversed(asked.noted) if note.get("topic") == "delivery")
    city = next((city for city in told if city), None) or asked.home
    return str(city) if city else None


def _written(city: str) -> str:
    """Return a city with its capital, as nobody types it on a phone."""
    return city if city != city.lower() else city.title()


def _time(zone: Zone) -> dict[str, Any]:
    least, most, name = zone.hours_min, zone.hours_max, "hours"
    if most > LONGEST_IN_HOURS:
        least, most, name = -(-least // 24), -(-most // 24), "days"
    if least == most:
        return ref(f"{name}_one", count=most)
    return ref(f"{name}_span", least=least, most=most)


def _cost(zone: Zone, said: str) -> dict[str, Any]:
    if not zone.cost:
        return ref("delivery_cost_none")
    cost = cash(zone.cost, zone.currency)
    if zone.free_from is None:
        text = "delivery_cost_never_free" if _FREE.search(said) else "delivery_cost"
        return ref(text, cost=cost)
    return ref("delivery_cost_free_from", cost=cost, free_from=cash(zone.free_from, zone.currency))


def _travels_free(product: Product, zone: Zone, shop: Shop) -> bool:
    price = shop.price(product)
    return bool(price and zone.cost and zone.cost_of(price.low.amount) == Decimal(0))
