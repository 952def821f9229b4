"""What the shop's own short texts say beside an answer: "with initials, can I send it back?"."""

import re
from collections.abc import Mapping

from bot.actions.answer import Answer, say
from bot.actions.asked import Asked
from bot.actions.concepts import content_words, mentions, sentences_about
from bot.actions.focus import Action
from bot.actions.shop import Shop
from bot.rendering import Reply

# The words that name a topic are in every question about it, and ask for nothing more.
_TOPICS = re.compile(
    r"cambi|chang|sped|conseg|arriv|costa|cost\b|deliver|\bship|return|rimbors|refund|res[oi]\b|giorn|days?\b|hours?\b"
    r"|pag[aoh]|pay|garanz|warrant|scont|discount|regal|gift|wrap|paccher|confezion|libero|gratis|free|\bover\b|\babove\b|amount|cert[ao]",
    re.IGNORECASE,
)


def with_own_words(topic: str, answer: Action) -> Action:
    """Add the shop's text on a special case (`returns_personalised`) that the question names.

    Asked again right away, only the sentences that hold the words of the question are told.
    """

    async def action(asked: Asked, shop: Shop) -> Answer:
        told = await answer(asked, shop)
        words = content_words(asked.text)
        texts = (await shop.catalog.shop()).texts if words else {}
        general = _in(texts.get(topic), shop)
        special = [word for word in words if not mentions(general, [word])]
        found = [
            text
            for name, text in texts.items()
            if name.startswith(f"{topic}_")
            and mentions(_in(text, shop), special)
            and not _is_told(text, told)
        ]
        # "E da me a Brescia?", and "over what amount is it free?", said of the place before.
        to_a_place = asked.heard("city") or (asked.noted[-1:] and asked.noted[-1].get("city"))
        further_on = _again(asked, topic) and not to_a_place
        if further_on and (point := _to_the_point(texts.get(topic), words, shop)):
            return Answer((*_said(point).replies, *_all(found)), told.slots)
        further = _what_is_left_out(told, general, words, shop)
        return Answer((*told.replies, *_all(further), *_all(found)), told.slots)

    return action


def _what_is_left_out(
    told: Answer, general: str, words: list[str], shop: Shop
) -> list[dict[str, str]]:
    """Return the sentences of the general text about a thing that the answer does not name.

    "Is it a tracked courier?": time and cost alone are no answer. A text told whole leaves
    nothing out.
    """
    if any(getattr(reply, "ref", "") == "text.shop_text" for reply in told.replies):
        return []
    values = " ".join(str(getattr(reply, "values", "")) for reply in told.replies)
    asked_of = [w for w in words if not (_TOPICS.search(w) or mentions(values, [w]))]
    about = _told(sentences_about(general, asked_of))
    return [{shop.language: about}] if about else []


def _is_told(text: Mapping[str, str], told: Answer) -> bool:
    return any(str(dict(text)) in str(getattr(reply, "values", "")) for reply in told.replies)


def _again(asked: Asked, topic: str) -> bool:
    return bool(asked.noted) and asked.noted[-1].get("topic") == topic


def _to_the_point(
    text: Mapping[str, str] | None, words: list[str], shop: Shop
) -> dict[str, str] | None:
    whole = _in(text, shop)
    about = _told(sentences_about(whole, [w for w in words if not _TOPICS.search(w)]))
    return {shop.language: about} if about and about != whole else None


def _told(sentences: list[str]) -> str:
    """Put sentences together; one that was cut out before a semicolon ends with a full stop."""
    return " ".join(
        f"{sentence.rstrip(' ;')}." if sentence.endswith(";") else sentence
        for sentence in sentences
    )


def _in(text: Mapping[str, str] | None, shop: Shop) -> str:
    return (text or {}).get(shop.language, "")


def _said(text: Mapping[str, str]) -> Answer:
    return say("shop_text", text={"text": dict(text)})


def _all(texts: list[dict[str, str]]) -> tuple[Reply, ...]:
    return tuple(reply for text in texts for reply in _said(text).replies)
