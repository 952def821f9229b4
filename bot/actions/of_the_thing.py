"""A question heard as one about a service, though no word of the service is in it.

"Sono di vera lana?" sounds like reviews and "di cosa profuma?" like a place; what the row of the
thing in view tells goes first then. A word of the service may stand there, too: "can you put a
date on the cover of it?" is about no warranty.
"""

import re
from functools import lru_cache

from bot.actions.answer import Answer
from bot.actions.answers import details, initials, price, size_guide, written
from bot.actions.asked import Asked
from bot.actions.concepts import mentions, named_topics
from bot.actions.features import relevant
from bot.actions.focus import Action, meant
from bot.actions.shop import Shop
from bot.actions.vocabulary import pattern, plain, services
from dialogues import executor

_SAID = services()
_WORD = re.compile(r"[^\W_]+")
# A row that tells of a box or of paper tells no less than the shop's text on wrapping.
_BESIDE = frozenset(("gift_wrap",))
_COUNTED = re.compile(r"\b(?:how many|quant[ei])((?:\s+[\w'’-]+){1,2})", re.IGNORECASE)


_CHANGED = re.compile(
    r"\bcambi(?:at[eio]|ar\w*|amo)\b|\bres[oi]\b|\brendere\b|\brestitu|\brimand|\brimbors"
    r"|\bexchang|\breturn|\brefund",
    re.IGNORECASE,
)
_DAYS = re.compile(r"\b(?:quanti giorni|how many days)\b")
_HOW_WIDE = re.compile(
    r"^\W*(?:(?:e|ed|and|ok)\W+)?(?:la |the )?(?:larghezza|width)\b|\bquant[oaie] (?:è|e['’]"
    r"|sono) larg[aohi]"
    r"|\bhow wide\b",
    re.IGNORECASE,
)
_IN_SIZE = re.compile(
    r"\b(?:got|have|stock|there|available|avete|c['’]\s?[eè]|disponibil\w)\b[^.;!?]*"
    r"\b(?:in|size|nella|taglia|numero|il)\s+(?:(?:a|an|the|una?|la)\s+)?\d{2,3}\s*\?",
    re.IGNORECASE,
)
_PRICE = re.compile(r"\bprezz|\bprice|\bquanto (?:cost|vien)|\bhow much\b", re.IGNORECASE)


def or_its_price(action: Action) -> Action:
    """Tell the price where it is asked for beside something that the row does not tell."""

    async def answer(asked: Asked, shop: Shop) -> Answer:
        product = await meant(asked, shop) if _PRICE.search(asked.text) else None
        if product is None or relevant(asked.text, product, shop.language).found:
            return await action(asked, shop)
        return await price.about(asked, shop, product)

    return answer


def or_its_width(action: Action) -> Action:
    """Tell how wide a belt is where that is asked, and not how its size is taken."""

    async def answer(asked: Asked, shop: Shop) -> Answer:
        product = await meant(asked, shop) if _HOW_WIDE.search(asked.text) else None
        if product is None or not relevant(asked.text, product, shop.language).width:
            return await action(asked, shop)
        return await details.about(asked, shop, product)

    return answer


def unless_of_the_thing(topic: str, action: Action) -> Action:
    """Answer by the row of the product in view where it covers more of a question than the service.

    Where each of them tells something of its own, both are told.
    """

    async def answer(asked: Asked, shop: Shop) -> Answer:
        said = plain(asked.text)
        words = await _words_of(topic, shop)
        named = bool(words.search(said))
        of_it = named and (topic == "contact" or not _other_than(said, topic, words))
        of_it = of_it or (topic == "returns" and _goes_back(asked.text))
        if asked.tapped or of_it or asked.heard("city") or asked.heard("needed_by"):
            return await action(asked, shop)
        if not named and (told := await initials.told(asked, shop, topic)):
            return told  # "quanti giorni in più con le iniziali?"
        told_of = not named and asked.heard("product")  # "se non sbaglio la Ginevra ha i piedini"
        asks = executor.asks(asked.text) or told_of
        if not asks or (topic == "availability" and _of_a_version(asked)):
            return await action(asked, shop)
        return await _by_what_covers_more(asked, shop, topic, action)

    return answer


async def _words_of(topic: str, shop: Shop) -> re.Pattern[str]:
    """Return what finds the words of a service; whoever asks about the shop may call it by name."""
    if topic != "about_shop":
        return _SAID[topic]
    return _or_named(_SAID[topic], tuple(plain(name) for name in await shop.names()))


@lru_cache(maxsize=8)
def _or_named(words: re.Pattern[str], names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"{words.pattern}|{pattern(names).pattern}") if names else words


async def _by_what_covers_more(asked: Asked, shop: Shop, topic: str, action: Action) -> Answer:
    product = await meant(asked, shop)
    if product is None:
        return await action(asked, shop)
    if await size_guide.is_asked(asked.text, product, shop):
        return await size_guide.answer(asked, shop)
    row = relevant(asked.text, product, shop.language)
    words, said = await _words_of(topic, shop), plain(asked.text)
    if not row.found:
        # "E se si bagnano?", heard as the warranty: what its care tells of water.
        care = None if words.search(said) else await written.care_beside(asked, shop, product, ())
        return care.noting(asked, "care", product.id) if care else await action(asked, shop)
    both = topic in _BESIDE and words.search(said)
    if not both and not _unexplained(said, words, row.features):
        return await details.about(asked, shop, product)
    if row.features and topic != "availability":
        service = await action(asked, shop)
        return service.and_then(await details.about(asked, shop, product))
    return await action(asked, shop)


def _goes_back(text: str) -> bool:
    """Tell whether it is sent back or changed: "e se sbaglio misura la cambiate?"."""
    return bool(_CHANGED.search(text)) or executor.asks_if_it_does_not_fit(text)


def _of_a_version(asked: Asked) -> bool:
    if _IN_SIZE.search(asked.text) or (
        executor.asks_versions(asked.text) and not size_guide.measures(asked.text)
    ):
        return True  # "I measured 106. got the Giano in 105?", "how small does it go?"
    version = asked.heard("colour") or asked.heard("size")
    return bool(version) and not size_guide.measures(asked.text)


def _other_than(said: str, topic: str, named: re.Pattern[str]) -> bool:
    """Tell whether a question has something beside the words of the service: "date .. cover"."""
    if topic == "returns" and _DAYS.search(said):
        return False  # "quanti giorni ci sono?" counts no part of the thing
    if topic in _BESIDE or (
        (counted := _COUNTED.search(said)) and not named.search(said.replace(counted[0], " "))
    ):
        return True
    return any(
        not all(named.fullmatch(word) for word in _WORD.findall(match.group()))
        for known in named_topics(said)
        for match in known.asked.finditer(said)
    )


def _unexplained(said: str, named: re.Pattern[str], told: tuple[str, ...]) -> list[str]:
    """Return the words of the service in a question that the row's own lines do not explain.

    "Can you put a date on the cover?": a line tells of the cover, and no warranty is asked for.
    """
    lines = " ".join(told).casefold()
    about = [known for known in named_topics(said) if known.told.search(lines)]
    spans = [match.span() for known in about for match in known.asked.finditer(said)]
    return [
        match.group()
        for match in named.finditer(said)
        if not mentions(lines, [match.group()])
        and not any(start <= match.start() < end for start, end in spans)
    ]
