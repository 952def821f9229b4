"""Questions about a service that only the talk explains: its price, a faster way, a refund."""

from __future__ import annotations

import re

from dialogues.executor.asking import asks, seeks
from dialogues.executor.questions import NOTHING_ELSE, SURELY, is_short, last_topic
from dialogues.executor.talk import Heard, Json
from dialogues.executor.wishes import DETAILS, SEARCH, SURE, UNCLEAR

SERVICES = {
    "delivery": "ask_delivery",
    "returns": "ask_returns",
    "payment": "ask_payment",
    "warranty": "ask_warranty",
    "gift_wrap": "ask_gift_wrap",
    "discount": "ask_discount",
    "care": "ask_care",
}
# Initials are told of wherever details are; what they cost is asked like that of a service.
_WITH_INITIALS = {**SERVICES, "personalisation": DETAILS}
# A question calls nobody on a guess: "and how quick do i get the money".
_INSTEAD_OF_A_CALL = {"request_refund": "ask_returns", "cancel_order": "order_status"}
_GOES_ON = re.compile(
    r"\b(?:quindi|allora|so|then|that|this|it|too|also|even|as well|anche|pure|vale|questo"
    r"|quello|compres\w*|inclus\w*)\b",
    re.IGNORECASE,
)
# "Does that include the stitching on handles?" names a part of what is covered.
_INCLUDES = re.compile(r"\b(?:includ\w+|comprend\w+|compres[oaie]|inclus[oaie])\b", re.IGNORECASE)
# "On an order of 160 would I pay for delivery?"
_BESIDE_THE_SERVICE = frozenset(("ordinal", "max_price", "min_price", "about_price", "quantity"))
# A thing is dear or not; a service costs something on top, or nothing.
_COSTS = re.compile(
    r"\b(?:cost\w*|pri[cz]\w+|prezzo|expensive|pricey|dear|car[oa]|much|charge\w*|fee|free|gratis"
    r"|gratuit\w|(?:si )?paga|quanto|quant['’]\s?[eè])\b",
    re.IGNORECASE,
)
_ON_TOP = re.compile(
    r"\b(?:in pi[uù]|a parte|extra|on top|surcharge|supplement\w*|sovrapprezzo|compreso nel prezzo"
    r"|included in the price)\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"\b(?:gratis|gratuit\w|free|omaggio|non (?:si )?paga)\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\b(?:over|above|beyond|spen[dt]\w*|amount|from what|how much|sopra|oltre|cifra|import\w"
    r"|soglia|prend\w+|compr\w+|ordin\w+|buy|take|minim\w+|threshold|da quanto|more)\b",
    re.IGNORECASE,
)
_EXPRESS = re.compile(
    r"\bexpress\b|\bespressa\b|\b(?:corriere|servizio|invio) espresso\b|\b(?:next|same)[- ]day\b",
    re.IGNORECASE,
)
_FASTER = re.compile(
    r"\b(?:veloc\w*|rapid\w*|fretta|prima(?! (?:di|che|borsa|cosa)\b)|urgen\w*|fast(?:er|est)?"
    r"|quick\w*|sooner|earlier|speed\w*|rush)\b",
    re.IGNORECASE,
)
_THINGS = frozenset(("product", "category", "order_number"))
_ASKS_WHEN = re.compile(r"\b(?:how|when|quando|quant[oi]|come)\b", re.IGNORECASE)
# "Quanti giorni ho?" after returns, "e quante volte?" after care: of what was just told.
_OF_THE_LAST = {
    "returns": re.compile(
        r"\b(?:quant[oi] (?:giorni|tempo)|how (?:many days|long|much time))"
        r"\s+(?:do i have|have i|i have|i got|ho|abbiamo|c['’]\s?[eè]|ci sono|si hanno)\b"
        r"|^\W*(?:(?:e|ma|and|within|entro)\W+)*(?:quanti giorni|how (?:many days|long))\W*$",
        re.IGNORECASE,
    ),
    "delivery": re.compile(
        r"\b(?:dopo|in|entro) quanto\b|\bhow (?:soon|quick\w*|fast)\b"
        r"|\bquanto ci (?:mett\w+|vuole)\b"
        r"|\bquando (?:è|e|sar\w+) pront\w\b|\bwhen (?:is|will|would) it (?:be )?ready\b"
        r"|^\W*(?:(?:e|and|ah)\W+)?(?:subito|right away|instantly|immediately|straight away)\W*$",
        re.IGNORECASE,
    ),
    "gift_wrap": re.compile(
        r"\b(?:invoice|receipt|prices?|scontrino|ricevuta|fattura|prezzo)\b.*\b(?:left|leave|hid\w*"
        r"|inside|in it|without|removed?|off|shows?|seen?|out|tolt\w+|togli\w+|senza|dentro"
        r"|ved\w+)\b",
        re.IGNORECASE,
    ),
    "personalisation": re.compile(
        r"\b(?:longer|extra time|more (?:time|days)|pi[uù] tempo|giorni in pi[uù]|vuole di pi[uù]"
        r"|how long|quanto tempo)\b",
        re.IGNORECASE,
    ),
    "warranty": re.compile(
        r"\b(?:cover\w*|copr\w+|vale|includ\w+|compres\w+|incluso|inclusa)\b", re.IGNORECASE
    ),
    "discount": re.compile(
        r"\bhow (?:do|can|would|does) \w+ (?:get|have|use|sign|work)\b"
        r"|\bcome (?:faccio|si fa|posso|funziona|lo \w+|l['’]\w+|mi iscrivo|ci si iscrive)\b"
        r"|\b(?:vale|valid[oa]|(?:tutti gli|ogni|every|each|all) (?:ordin|order|purch)\w*)\b",
        re.IGNORECASE,
    ),
    "care": re.compile(r"\b(?:quante volte|ogni quanto|how (?:often|many times))\b", re.I),
}
_UNDOES = re.compile(
    r"cancel|annull|disd|revoc|undo|stop|block|blocc|chang|cambi|modif|amend|wrong|sbagli|mistake"
    r"|error|twice|due volte|\bnot\b|n['’]?t\b|\bnon\b|\bnn\b|togli|remov|swap",
    re.IGNORECASE,
)
# Who has bought or sent back something, or wants it now, does not ask how refunds work.
_OWN_BACK = re.compile(
    r"\b(?:i|we)(?:['’]?ve| have| had)?(?: just| already)? (?:bought|ordered|received|got|sent"
    r"|returned|paid|posted|cancel\w*)\b"
    r"|\bmy (?:order|parcel|refund|return|purchase)\b|\bwhere(?:['’]?s| is| are)\b"
    r"|\bstill\b|\byet\b|\bwaiting\b|\b(?:i|we)(?:['’]?d| would)? (?:want|like|need|demand)\b"
    r"|\b(?:give|pay|send) me\b|\b(?:arriv(?:ed|at\w)|broke\w*|faulty|damaged|wrong|torn|ripped"
    r"|rott[oaie]|sbagliat\w|difett\w+|scucit\w|danneggiat\w|mai|never)\b"
    r"|\b(?:ho|abbiamo|avevo|vi ho|l['’]ho) (?:gi[aà] |appena )?\w+[aiu]t[oaie]\b"
    r"|\b(?:ho|abbiamo) (?:pres|res)[oaie]\b"
    r"|\b(?:mi[oa]|nostr[oa]) (?:ordine|pacco|reso|rimborso|acquisto)\b|\bdov['’]?\s?[eè]\b"
    r"|\bancora\b|\baspett\w+"
    r"|\b(?:ri)?(?:voglio|vogliamo|vorrei|vorremmo)\b|\b(?:pretend|esig|chied|richied)\w+"
    r"|\b(?:ri)?(?:date|dammi|mandate)mi\b|\brimborsatemi\b|\brestituitemi\b"
    r"|\b(?:restituisco|rendo|rimando|mi (?:ridate|rimborsate|restituite|rendete))\b(?!.*\bse\b)",
    re.IGNORECASE,
)
# "Great, we might walk past tomorrow": who will come by asks for no delivery.
_COMES_BY = re.compile(
    r"\b(?:pop|drop|stop|swing|come|walk|pass|nip|be)(?:ping)? (?:in|by|past|over|round|along"
    r"|there)\b|\b(?:pass(?:o|iamo|er[oò]|eremo)|ven(?:go|ghiamo|iamo)|verr(?:[oò]|emo))\b"
    r"|\bfacci(?:o|amo) un salto\b",
    re.IGNORECASE,
)
_TO_FETCH = re.compile(r"\b(?:prend|ritir|pick|collect|fetch|buy|get)\w*", re.IGNORECASE)
_OF_THE_PLACE = ("hours", "location", "delivery", "contact", "pickup")
_DAY = re.compile(
    r"\b(?:luned|marted|mercoled|gioved|venerd|sabat|domenic|doman|oggi|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|tomorrow|today|capodanno|pasqu|ferragosto|natale|festiv|patron"
    r"|christmas|boxing day|new year|easter|bank holiday"
    r"|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|lun|mar|mer|gio|ven|sab|dom)\b)",
    re.IGNORECASE,
)
SENT = re.compile(
    r"\barriv|\bsped|\bconsegn|\bmandat|\bdeliver|\bship|\bsend\b|\bpost|\bbring"
    r"|\bget (?:it|here|there)\b|\bhow (?:long|many days)\b|\bin quant",
    re.IGNORECASE,
)
# What may hide a question that was heard nearly as well.
_NO_QUESTION = ("deny", "affirm", "out_of_scope", "goodbye", "thanks")
_NEARLY = 0.6
_WRAPS = re.compile(r"\b(?:pacc\w+|confezion\w+|incart\w+|wrap\w*|gift ?box)\b", re.IGNORECASE)
_TRACKING = re.compile(r"\btrack\w*|\btracc\w+", re.IGNORECASE)


def no_call_on_a_guess(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear a question about a service in what seemed, without being clear, a wish for a person."""
    if heard.intent is None and "request_refund" in heard.unsure:
        return "ask_returns" if asks_how_refunds_work(heard) else None
    instead = _INSTEAD_OF_A_CALL.get(heard.intent or "")
    if heard.intent == "cancel_order" and asks(heard.text) and _cancels_nothing(heard):
        return second_question(heard) or instead
    guessed = heard.confidence < SURE and "order_number" not in given
    return instead if guessed and asks(heard.text) else None


def _cancels_nothing(heard: Heard) -> bool:
    """Tell whether no order is spoken of, and nothing to undo: "can i order by phone?"."""
    numbered = heard.names("order_number")
    return not numbered and not _UNDOES.search(heard.text) and not _OWN_BACK.search(heard.text)


def second_question(heard: Heard, least: float = 0.0) -> str | None:
    """Return the question that was the second guess, where it is likely enough."""
    second = heard.ranked[1] if len(heard.ranked) > 1 else {}
    name, sure = str(second.get("name")), float(second.get("confidence") or 0.0)
    return name if name.startswith("ask_") and sure >= least else None


def asks_how_refunds_work(heard: Heard) -> bool:
    """Tell whether a message asks of refunds without having anything to be refunded.

    "How long til the refund is paid?" is a question; a person is called for one's own thing and
    for a wish.
    """
    numbered = heard.names("order_number")
    asking = asks(heard.text) or _ASKS_WHEN.search(heard.text)
    return bool(asking) and not numbered and not _OWN_BACK.search(heard.text)


def goes_on(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "e quante volte?" after care, "quanti giorni ho?" after returns, as of the same."""
    last = last_topic(facts)
    further = _OF_THE_LAST.get(last)
    sure = heard.confidence >= (SURE if heard.intent == SEARCH else NOTHING_ELSE)
    free = not (sure or given or heard.also)
    return _WITH_INITIALS[last] if further and free and further.search(heard.text) else None


def of_the_service(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "does that cover buckles too?" as a question about the service just told of."""
    guessed = heard.intent in UNCLEAR and heard.confidence < SURE and not heard.also
    service = SERVICES.get(last_topic(facts))
    beside = _BESIDE_THE_SERVICE | ({"category"} if _INCLUDES.search(heard.text) else set())
    if not service or not guessed or facts.get("focus") or given.keys() - beside:
        return None
    return service if asks(heard.text) and _GOES_ON.search(heard.text) else None


def the_price_of_it(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "how much?" or "is it dear?" of what was spoken of last, where no product is in view.

    With one in view only of what is charged on top of it: "quanto costa in più?".
    """
    last = last_topic(facts)
    price = heard.intent == "ask_price" or (is_short(heard) and _COSTS.search(heard.text))
    if given.keys() - {"compared"} or not price or (heard.intent != "ask_price" and heard.also):
        return None
    if _ON_TOP.search(heard.text) and last in _WITH_INITIALS:
        return _WITH_INITIALS[last]
    if facts.get("focus") or facts.get("shown") or last not in {*_WITH_INITIALS, "details"}:
        return None
    clear = heard.intent not in (None, DETAILS, SEARCH, "ask_price", "ask_payment")
    return None if clear and heard.confidence >= SURE else _WITH_INITIALS.get(last, DETAILS)


def free_of_charge(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "is that free over a certain amount?", after delivery, as a question about delivery."""
    free = _FREE.search(heard.text) and _AMOUNT.search(heard.text)
    told = last_topic(facts) == "delivery" and heard.confidence < NOTHING_ELSE and not heard.also
    named = given.keys() & {"product", "order_number"}
    return "ask_delivery" if free and told and not named else None


def faster(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "c'è qualcosa di più veloce?" after delivery, and express delivery at any time."""
    sure = heard.confidence >= SURELY and heard.intent != "ask_price"  # "e quella veloce quant'è?"
    if given.keys() & _THINGS or sure or heard.intent == "order_status":
        return None
    told = last_topic(facts) == "delivery" and _FASTER.search(heard.text)
    return "ask_delivery" if told or _EXPRESS.search(heard.text) else None


def not_its_price(heard: Heard, given: Json, facts: Json) -> str | None:
    """Settle "quanto costa il pacco regalo?" between a service that is named and a price."""
    if heard.intent is not None or "ask_price" not in heard.unsure or "product" in given:
        return None
    named = {"ask_gift_wrap": _WRAPS, "ask_delivery": SENT}
    return next((s for s in named if s in heard.unsure and named[s].search(heard.text)), None)


def of_what_we_make(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "is it real leather?", after who makes the bags, as asked of all of them."""
    on_the_table = facts.get("focus") or facts.get("shown")
    told = last_topic(facts) == "about_shop" and not on_the_table and not heard.also
    free = given.keys() <= {"material"} and heard.intent in (*UNCLEAR, "ask_care")
    wants = seeks(heard.text) or not asks(heard.text)
    return "ask_about_shop" if told and free and not wants else None


def by_its_word(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "il buono come arriva?" as a question about delivery where that is as likely as not.

    So is "is there a tracking number?" of somebody who has spoken of no order.
    """
    if not asks(heard.text) or heard.also or "order_number" in given:
        return None
    likely = heard.intent is None and "ask_delivery" in heard.unsure
    if likely and "order_status" not in heard.unsure and SENT.search(heard.text):
        return "ask_delivery"
    tracked = heard.intent in (None, "order_status") and _TRACKING.search(heard.text)
    second = any(one.get("name") == "ask_delivery" for one in heard.ranked[:2])
    free = heard.confidence < SURELY and not _OWN_BACK.search(heard.text)
    return "ask_delivery" if tracked and second and free else None


def comes_by(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear "cool, might drop by tomorrow", after hours or address, as a goodbye."""
    told = last_topic(facts) in _OF_THE_PLACE and heard.confidence < SURELY and not heard.also
    says = _COMES_BY.search(heard.text) and not _TO_FETCH.search(heard.text)
    return "goodbye" if told and says and not asks(heard.text) else None


def of_another_day(heard: Heard) -> bool:
    """Tell whether a scrap names a day: "saturday then?" is no goodbye after the hours."""
    open_ = heard.intent is None or ("?" in heard.text and heard.confidence < SURELY)
    return open_ and bool(_DAY.search(heard.text)) and not SENT.search(heard.text)


def the_question_in_it(heard: Heard, given: Json, facts: Json) -> str | None:
    """Hear the question nearly as likely as the no or the yes: "è secca, che ci passo?"."""
    if heard.intent not in _NO_QUESTION or heard.confidence >= SURE or not asks(heard.text):
        return None
    return second_question(heard, _NEARLY) if not given else None


# What settles a message before anything else of the talk is looked at, the first that fits.
OF_A_SERVICE = (
    goes_on,
    not_its_price,
    by_its_word,
    faster,
    free_of_charge,
    comes_by,
    of_what_we_make,
)
