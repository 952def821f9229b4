"""A question that no search and no topic explains, answered by the shop's own short texts."""

from bot.actions.answer import Answer, person, say
from bot.actions.asked import Asked
from bot.actions.features import content_words, mentions, sentences_about
from bot.actions.shop import Shop
from dialogues import executor


async def answer(asked: Asked, shop: Shop) -> Answer | None:
    """Tell what the shop has written in the words of the question; None where that is nothing.

    At least half of the words must stand there, so that one of them by chance says nothing.
    """
    words = _words(asked)
    if not words or not executor.asks(asked.text):
        return None
    found: list[tuple[int, str, str]] = []
    for topic, texts in (await shop.catalog.shop()).texts.items():
        text = texts.get(shop.language, "")
        hits = sum(mentions(text, [word]) for word in words)
        found += [(hits, topic, text)]
    hits, topic, text = max(found, default=(0, "", ""), key=lambda one: one[0])
    if hits * 2 < len(words) or not hits:
        return None
    about = " ".join(sentences_about(text, words))
    said = say("shop_text", person(), text={"text": {shop.language: about}})
    return said.noting(asked, topic.split("_")[0])


def _words(asked: Asked) -> list[str]:
    """Return the words that no entity explains: "Sui portafogli mettete anche le iniziali?"."""
    text = asked.text
    for entity in asked.entities:
        if entity.start is not None and entity.end is not None:
            text = text[: entity.start] + " " * (entity.end - entity.start) + text[entity.end :]
    return content_words(text)
