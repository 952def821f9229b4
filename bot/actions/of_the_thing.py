"""A question heard as one about a service, though no word of the service is in it.

"Sono di vera lana?" sounds like reviews and "di cosa profuma?" like a place; what the row of the
thing in view tells goes first then.
"""

import re
from collections.abc import Mapping

from bot.actions.answer import Answer
from bot.actions.answers import details, initials, price
from bot.actions.asked import Asked
from bot.actions.features import relevant
from bot.actions.focus import Action, meant
from bot.actions.shop import Shop
from dialogues import executor

# What is said in nearly every question about the service, in both languages, by its beginnings.
_WORDS = {
    "delivery": "sped conseg arriv invi mand corrier recapit post pacc ritir tempi preleva domicil"
    " tracc deliver ship send sent courier arriv get express track soon pick collect reach dispatch"
    " parcel carrier doorstep",
    "payment": "pag pay rat card cart contant cash bonific paypal satispay apple google klarna"
    " instal iban bancomat invoice fattur postepay split volte visa amex transfer scalapay",
    "returns": "res restitu rimand rend cambi rimbors indietro ripens return refund exchang swap"
    " back money chang giorn day",
    "warranty": "garanz ripar aggiust rott romp guast sistem warrant guarant repair fix mend break"
    " broke cover",
    "location": "dov sede negozi bottega indirizz via where address shop store find far vicin near"
    " map come arriv raggiung city città florence firenze based located",
    "reviews": "recens opinion pens dic trov stell vot review rat say said think feedback star lik"
    " piac content happy soddisf love people gente client custom",
    "discount": "scont sald offert promo codic coupon meno discount sale offer code deal cheap off"
    " newsletter better prezz price abbuon tratt reduc",
    "about_shop": "chi dove itali artigian stori famigli azienda anni who where story family ital"
    " founded years brand workshop bottega lume",
    "gift_wrap": "regal pacch confez incart bigliett fiocc nastr gift wrap box card ribbon present"
    " scatol sacchett messag dedic",
}
_SAID: Mapping[str, re.Pattern[str]] = {
    topic: re.compile(rf"\b(?:{'|'.join(words.split())})", re.IGNORECASE)
    for topic, words in _WORDS.items()
}


_PRICE = re.compile(r"\bprezz|\bprice|\bquanto (?:cost|vien)|\bhow much\b", re.IGNORECASE)


def or_its_price(action: Action) -> Action:
    """Tell the price where it is asked for beside something that the row does not tell."""

    async def answer(asked: Asked, shop: Shop) -> Answer:
        product = await meant(asked, shop) if _PRICE.search(asked.text) else None
        if product is None or relevant(asked.text, product, shop.language).found:
            return await action(asked, shop)
        return await price.about(asked, shop, product)

    return answer


def unless_of_the_thing(topic: str, action: Action) -> Action:
    """Answer by the row of the product in view where nothing in a question names the service."""
    named = _SAID[topic]

    async def answer(asked: Asked, shop: Shop) -> Answer:
        of_it = named.search(asked.text) or asked.heard("city") or asked.heard("needed_by")
        if asked.tapped or of_it:
            return await action(asked, shop)
        if said := await initials.told(asked, shop):  # "quanti giorni in più con le iniziali?"
            return said
        if not executor.asks(asked.text):
            return await action(asked, shop)
        product = await meant(asked, shop)
        if product is None or not relevant(asked.text, product, shop.language).found:
            return await action(asked, shop)
        return await details.about(asked, shop, product)

    return answer
