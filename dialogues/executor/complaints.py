"""Whether somebody complains of this shop: only then a person is called without being asked for.

"I've been burned before" is a story beside a question, "terrible" alone may be said of anything.
Who complains of what they had from here names it: what arrived, what was bought, who answers not.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from dialogues.executor.asking import asks, replaces_mine, seeks
from dialogues.executor.talk import Heard
from dialogues.executor.vocabulary import POLITENESS, UNHAPPY

COMPLAINT, CANCEL, GIFT = "complaint", "cancel_order", "recommend_gift"
PERSON = "talk_to_human"
_CALLS = (COMPLAINT, CANCEL, "request_refund", "advise_against")
SURE, SURELY, PLAINLY = 0.75, 0.85, 0.95
_LIKELY = 0.6  # of a second guess, where the first was a complaint that is none
_SAID_AT_LENGTH = 7  # words; an outcry is shorter
_A_THING = frozenset(("category", "product"))

_FROM_HERE = re.compile(
    r"\b(?:da voi|dal vostro|mi avete|ci avete|m['’]avete|from you"
    r"|you(?: guys)? (?:have )?(?:sent|sold|gave|promised|charged|lost|delivered|never|still)"
    r"|your (?:courier|driver|staff|service))\b",
    re.IGNORECASE,
)
# What was had from a shop, and what is wrong with it.
_DEALING = re.compile(
    r"\b(?:ordin|arrivat|consegn|comprat|acquist|ricevut|pacc[oh]|corriere|sped|mandat"
    r"|servizi|assistenz|rimbors|negozio|aspett|reclam|difett|danneggiat|rott[oaie]\b|romp|scucit"
    r"|strapp|graffiat|macchiat|rovinat|stacca|scolla|ceduto|manca|sbagliat|rispond|client[ei]"
    r"|problema con|sconsigl"
    r"|order|arriv|deliver|bought|purchas|receiv|parcel|package|courier|service|support|sent\b"
    r"|refund|waiting|complain|broke|defect|damaged|faulty|snapped|torn|ripped|scratch|stain|cracked"
    r"|missing|wrong|answer|reply|replie"
    r"|customer|staff|fell apart|falling apart|coming (?:off|undone|apart))",
    re.IGNORECASE,
)
# "I bought the notebook from you and it's full. Do I replace the whole thing?" names no fault.
_AMISS = re.compile(
    r"difett|danneggiat|\brott[oaie]\b|\bromp|\bspezz|scuc|strapp|graffi|macchi|rovin|stacc|scoll"
    r"|\bcedut|\bmanca|sbagli|problem|sconsigl|delus|pessim|brutt|schif|vergogn|ritard|reclam|bucat"
    r"|\bnon\b|\bnn\b|\bmai\b|\bness?un|\bniente\b|\bancora\b|\baspett|\bsenza\b|\bsolo\b|\bper[oò]\b"
    r"|\bmal[ei]?\b|\bpegg|assurd|inaccett|incompetent|arrabbi|furios|truff"
    r"|broke|defect|damag|faulty|snap|\btorn\b|\btear|\brip|scratch|stain|crack|missing|wrong"
    r"|complain|fell|fall|\bc(?:ame|omes?|oming) (?:off|undone|apart|loose)"
    r"|split|burst|bent\b|smell|puzz|shr[iu]nk|faded|dirty|sporc|leak|\bholes?\b|\bbuc[oh]\w*|stuck|bloccat|peel|\bbad\b|worse|worst"
    r"|awful|terribl|horribl|ridicul|disgust|disappoint|poor|\blate\b|wait|joke|rubbish|useless|unaccept"
    r"|angry|\bnot?\b|\bnever\b|n['’]t\b|\b(?:do|does|did|is|was|have|has|had)nt\b|\bcant\b|\bwont\b"
    r"|\bstill\b|\byet\b|\bwithout\b|\bonly\b|\balready\b|\bgi[aà]\b|\bbut\b|\bma\b",
    re.IGNORECASE,
)
# Anger alone is enough where nothing is wished for: "349 euros, a disgrace! anything cheaper?".
_ANGER = re.compile(
    r"vergogn|truff|ladr[oi]\b|arrabbiat|furios|scandal|inaccettabil|incazzat|disgrac|\bscam"
    r"|rip-?off|furious|fuming|unaccept|disgust|outrag|appall",
    re.IGNORECASE,
)
_HOW_MADE = re.compile(
    r"\bcom['’]?\s?[eè] fatt[oaie]\b|\bdi (?:che|cosa) (?:è|sono)\b|\bhow (?:is|are) (?:it"
    r"|they) made\b",
    re.I,
)
# Said in so many words, it is wanted: "chiedo il rimborso", "I want to lodge a complaint".
_WANTS_IT = re.compile(
    r"\b(?:chied\w+|vogli\w+|vorre\w+|pretend\w+|esig\w+|richied\w+|far[eò]?|faccio|sporg\w+)\s+(?:\w+\s+){0,2}"
    r"(?:rimbors\w+|reclam\w+|i(?:l mio|l|l nostro)? (?:soldi|denaro)|soldi indietro)"
    r"|\b(?:want|like|demand|need|lodge|make|file|raise|asking for)\s+(?:\w+\s+){0,3}"
    r"(?:refund\w*|complaint|money back)\b",
    re.IGNORECASE,
)
# What happened to somebody elsewhere, or with what they have had for years.
_ELSEWHERE = re.compile(
    r"\b(?:(?:altr[oiae]|divers[oiae]|ultim[oa]|precedent[ei])"
    r"\s+(?:negozi\w*|sit[oi]|marc\w+|part[ei]|online)|altrove|l['’]altra mia"
    r"|(?:la|il) mi[ao] (?:vecchi[ao]|attuale|ultim[ao]|altr[ao])|fregatur\w*|scottat[ao]"
    r"|truffat[ao]"
    r"|(?:another|other|different|last|previous|that) (?:online )?(?:shops?|stores?|brands?|sites?"
    r"|websites?|places?|compan\w+|sellers?)|elsewhere|somewhere else"
    r"|my (?:old|last|current|previous|other)\b|my ex\b"
    r"|been (?:burn\w+|scammed|bitten|ripped off|had)"
    r"|(?:l['’]ultima volta|last time)(?!.*\b(?:voi|you|here)\b)"
    r"|(?:da|su|on|from) (?:amazon|vinted|ebay|temu|shein|zalando|aliexpress|etsy))\b",
    re.IGNORECASE,
)
# "Can I cancel after ordering?" asks for the rules: no order is spoken of yet.
_ANY_ORDER = re.compile(
    r"\b(?:un ordine|gli ordini|dopo aver\w* \w+|una volta (?:fatto|ordinat\w)|an order|orders"
    r"|ordering|once (?:i|it|you|i've) (?:order|place|is|have)\w*)\b",
    re.IGNORECASE,
)
_OWN_ORDER = re.compile(
    r"\b(?:ho (?:fatto|ordinat|appena)|abbiamo (?:fatto|ordinat)|fatto (?:ieri|oggi|stamattina)"
    r"|mi[oa]|i(?:'ve| have)? (?:just )?(?:placed|ordered|made)|my order)",
    re.IGNORECASE,
)
# Whoever wants a person names one, or a way to be spoken to.
_SOMEBODY = re.compile(
    r"\b(?:person\w*|human\w*|real|someone|somebody|anyone|anybody|one of you|people|staff|team"
    r"|agent\w*|operator\w*|manager|boss|owner|colleague|advis\w+|assistant|support|help\w*|speak|talk"
    r"|call\w*|ring|phone|chat|message|write|reach|contact|get hold"
    r"|put (?:me|us) (?:through|thru|in touch)"
    r"|uman\w+|qualcun\w+|addett\w+|commess\w+|responsabil\w+|titolar\w+|colleg\w+|assistenz\w+"
    r"|parl\w+|chiam\w+|richiam\w+|telefon\w+|sent\w+|rispond\w+|contatt\w+|scriv\w+|aiut\w+|voi)\b",
    re.IGNORECASE,
)
# "Ho un matrimonio e mi manca la pochette" lacks nothing that was ordered.
_LACKED = re.compile(
    r"\b(?:mi|ci) manca(?:no)?\b|\b(?:i['’]?m|i am|we['’]?re|still) (?:still )?missing an?\b",
    re.IGNORECASE,
)
_HAD = re.compile(
    r"ordin|pacc[oh]|arrivat|consegn|ricevut|comprat|scatola|order|parcel|package|arrived|received|box\b",
    re.IGNORECASE,
)
# What a present is asked for with, beside another question.
PRESENT = re.compile(
    r"regal|pensier|gift|present|pressie|compleann|birthday|bday|\b(?:per|x|for)\s+(?:il|la|lo|l['’]|mi[ao]"
    r"|un['’a]?|una|my|his|her|our|the|a|an)\b",
    re.IGNORECASE,
)


def is_of_this_shop(heard: Heard) -> bool:
    """Tell whether a complaint is of what somebody had from here."""
    text = heard.text
    if not text or heard.names("order_number"):
        return True
    if asks(text) and not (_AMISS.search(text) or _ANGER.search(text)):
        return False
    if _FROM_HERE.search(text):
        return True
    lacked = _LACKED.search(text) and not _HAD.search(text)
    if lacked or _ELSEWHERE.search(text) or replaces_mine(text):
        return False
    if _DEALING.search(text):
        return True
    told = len(text.split()) > _SAID_AT_LENGTH and heard.confidence >= SURELY
    return bool(told or _ANGER.search(text)) and not _wants_something(heard)


def sifted(heard: Heard) -> Heard:
    """Leave out what was only guessed beside something clear, and complaints that are none."""
    if heard.choice or not heard.text:
        return heard
    said = [
        (name, sure)
        for name, sure in _said(heard)
        if not _is_a_guess(name, sure, _said(heard), heard)
    ]
    names = [name for name, _ in said]
    if names and names[0] == CANCEL and _asks_for_rules(heard):
        return replace(heard, intent=None, also=[], unsure=["ask_returns", CANCEL])
    if COMPLAINT in names and not is_of_this_shop(heard):
        said = [(name, sure) for name, sure in said if name != COMPLAINT]
        if not any(name not in (*POLITENESS, "greet") for name, _ in said):
            return _instead(heard)
    if not said and heard.intent == PERSON:
        return replace(heard, intent=None, also=[])
    if not said or said == _said(heard):
        return heard
    (main, sure), *further = said
    also = [{"name": name, "confidence": sure} for name, sure in further]
    return replace(heard, intent=main, confidence=sure, also=also)


def _said(heard: Heard) -> list[tuple[str, float]]:
    """Return the intents of a message with how sure they are, the main one first."""
    further = [(_name(one), _sure(one)) for one in heard.also]
    found = [(heard.intent, heard.confidence), *further]
    return [(name, sure) for name, sure in found if name]


def _is_a_guess(name: str, sure: float, said: list[tuple[str, float]], heard: Heard) -> bool:
    """Tell whether this was hardly heard beside something clear, or without a word of its own."""
    # "Non ne voglio un'altra, chiedo il rimborso. Ordine 48817": the number says which, not what.
    plain = name in _CALLS and _WANTS_IT.search(heard.text)
    aside = (name, *POLITENESS, "greet", *(("order_status",) if plain else ()))
    others = [other for other_name, other in said if other_name not in aside]
    if (
        name == COMPLAINT
        and sure < SURELY
        and _is_answered(said)
        and not _FROM_HERE.search(heard.text)
    ):
        return True  # "mine is coming undone, my own fault: do you mend that?"
    if name == PERSON and sure < SURELY and asks(heard.text) and not _SOMEBODY.search(heard.text):
        return True  # "could you put the initials on?"
    if name == PERSON and sure < _LIKELY:
        return True  # "quello di tela, leo mi pare si chiami"
    if sure >= SURE or not others:
        return False
    if name in _CALLS:
        return max(others) >= SURELY
    return name == GIFT and not PRESENT.search(heard.text)


def _is_answered(said: list[tuple[str, float]]) -> bool:
    return any(name.startswith("ask_") and sure >= PLAINLY for name, sure in said)


def _instead(heard: Heard) -> Heard:
    """Hear what else was asked in what is no complaint of this shop, else mere unhappiness."""
    if _HOW_MADE.search(heard.text):  # "dentro com'è fatto, che non si graffia"
        return replace(heard, intent="ask_details", also=[], unsure=[])
    if not _wants_something(heard):
        return replace(heard, intent=UNHAPPY, also=[], unsure=[])
    likely = (
        (one["name"], float(one.get("confidence") or 0.0))
        for one in heard.ranked
        if str(one.get("name")).startswith(("ask_", "search_product"))
    )
    name, sure = next(likely, (None, 0.0))
    if name is None or sure < _LIKELY:
        return replace(heard, intent=None, also=[], unsure=[])
    return replace(heard, intent=name, confidence=sure, also=[])


def _wants_something(heard: Heard) -> bool:
    named = any(entity.get("entity") in _A_THING for entity in heard.entities)
    return named or "?" in heard.text or seeks(heard.text)


def _asks_for_rules(heard: Heard) -> bool:
    """Tell whether cancelling is asked about while there is no order: "posso poi annullarlo?"."""
    own = _OWN_ORDER.search(heard.text) or any(
        entity.get("entity") == "order_number" for entity in heard.entities
    )
    return asks(heard.text) and not own and bool(_ANY_ORDER.search(heard.text))


def _name(one: Any) -> str | None:
    found = one.get("name") or one.get("intent") if isinstance(one, dict) else one
    return found if isinstance(found, str) else None


def _sure(one: Any) -> float:
    """Return how sure a further intent is; one that comes without a figure was said plainly."""
    return float(one.get("confidence") or 1.0) if isinstance(one, dict) else 1.0
