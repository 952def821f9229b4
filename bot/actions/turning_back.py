"""Which thing of the talk a message turns back to: "nah, the tray. What was the price?".

Whoever names a thing spoken of before by a word of its name speaks of it again, though another one
is in view by now. A thing behind a preposition ("for the bag", "con la borsa") is only beside.
"""

import re

from bot.actions.answer import Answer
from bot.actions.asked import Asked
from bot.actions.concepts import mentions
from bot.actions.focus import Action
from bot.actions.shop import Shop
from catalog import Product

_LETTERS = r"[^\W\d_]"
# Up to three words behind a definite article that no preposition stands before: "the white clutch".
_THE_THING = re.compile(
    rf"(?P<before>{_LETTERS}+['’]?\s+)?\b(?:the|il|lo|la|i|gli|le|quel|quell[aoie]|quei|l['’])\s*"
    rf"(?P<words>{_LETTERS}{{3,}}(?:\s+{_LETTERS}+){{0,2}})",
    re.IGNORECASE,
)
# "Torno sul cuore", "back to the pen case": the preposition belongs to the way back.
_WAY_BACK = re.compile(
    rf"\b(?:(?:ri)?torn\w+\s+(?:su(?:l|llo|lla|i|gli|lle)?|al|allo|alla|all['’]|ai|agli|alle|a)"
    rf"|(?:back|return\w*|go(?:ing)?)\s+(?:back\s+)?to(?:\s+the|\s+that)?)\s*"
    rf"(?P<words>{_LETTERS}{{3,}}(?:\s+{_LETTERS}+){{0,2}})",
    re.IGNORECASE,
)
_BESIDE_WORDS = """
for with of in on from by to than about into inside like as at and per con di da su tra fra come e o
or sotto sopra dentro dopo prima after before under over near beside without senza tutto tutta tutti
tutte all both che
"""
_BESIDE = frozenset(_BESIDE_WORDS.split())
_REFUSED = re.compile(
    r"\b(?:non|not|forget|never mind|lascia\w*(?: (?:stare|perdere))?|instead of|invece d\w+)\b"
    r"[^,.;!?]*"
)
# "That plus the lavender candle", "the notebook and the pen roll": two things are spoken of.
_TOGETHER = re.compile(
    r"\bplus\b|\btogether\b|\btotal\w*|\bin all\b|\balong with\b|\bboth\b|\binsieme\b|\bin tutto\b"
    r"|\bpi[uù] (?:il|la|lo|i|le|gli|l['’])|\b(?:and|e|ed) (?:the|il|la|lo|i|le|gli)\b|\bcompar\w+"
    r"|\bconfront\w+|\bdifferen\w+",
    re.IGNORECASE,
)
_SHORTEST = 4


def turning_back(action: Action) -> Action:
    """Answer about the thing that the message turns back to, as if it were in view."""

    async def answer(asked: Asked, shop: Shop) -> Answer:
        thing = await turned_to(asked, shop)
        there = asked if thing is None else asked.model_copy(update={"focus": thing.id})
        return await action(there, shop)

    return answer


async def turned_to(asked: Asked, shop: Shop) -> Product | None:
    """Return the thing spoken of before that is named again, None where none is or another is."""
    earlier = [id_ for id_ in asked.spoken_lately if id_ != asked.focus]
    points = asked.heard("product") or asked.heard("ordinal")
    if not earlier or asked.tapped or points or _TOGETHER.search(asked.text):
        return None
    said = _named(asked.text)
    if not said:
        return None
    seen = await shop.catalog.get([*([asked.focus] if asked.focus else []), *asked.seen])
    for words in reversed(said):  # what is wanted is said last
        called = [p for p in seen if mentions(p.name(shop.language), words)]
        if called:
            return _latest(called, asked, earlier)
    return None


def _latest(called: list[Product], asked: Asked, earlier: list[str]) -> Product | None:
    """Return the one spoken of last; None where the word fits what is in view or only shown."""
    ids = [product.id for product in called]
    if asked.focus in ids:
        return None
    return next((p for id_ in earlier for p in called if p.id == id_), None)


def _named(text: str) -> list[list[str]]:
    """Return the words of each thing that is named, in the order of the message."""
    said = _REFUSED.sub(lambda found: " " * len(found.group()), text)
    places = {match.start("words"): match["words"] for match in _WAY_BACK.finditer(said)}
    for match in _THE_THING.finditer(said):
        before = (match["before"] or "").strip(" '’").casefold()
        if before not in _BESIDE:
            places.setdefault(match.start("words"), match["words"])
    words = [places[start].casefold().split() for start in sorted(places)]
    long_ones = [[word for word in some if len(word) >= _SHORTEST] for some in words]
    return [some for some in long_ones if some]
