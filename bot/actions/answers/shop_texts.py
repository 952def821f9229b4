"""A question that no search and no topic explains, answered by the shop's own short texts."""

from bot.actions.answer import Answer, person, say
from bot.actions.asked import Asked
from bot.actions.concepts import content_words, mentions, named_topics, sentences_about
from bot.actions.shop import Shop
from dialogues import executor


async def answer(asked: Asked, shop: Shop, *, whole: bool = False) -> Answer | None:
    """Tell what the shop has written in the words of the question; None where that is nothing.

    At least half of the words must stand there, so that one of them by chance says nothing. Of the
    service that was spoken of last one is enough: "il corriere che viene, chi lo paga". `whole`
    asks for all of them, where the question may well be about something else.
    """
    words = _words(asked)
    last = str(asked.noted[-1].get("topic")) if asked.noted else ""
    if not words or not (executor.asks(asked.text) or last):
        return None
    of_a_thing = named_topics(asked.text)  # "la chiusura com'è, zip?" asks for no hours
    found: list[tuple[int, bool, str, str]] = []
    for topic, texts in (await shop.catalog.shop()).written():
        if topic == "hours" and of_a_thing:
            continue
        text = texts.get(shop.language, "")
        hits = sum(mentions(text, [word]) for word in words)
        found += [(hits, topic.split("_")[0] == last, topic, text)]
    hits, goes_on, topic, text = max(found, default=(0, False, "", ""), key=lambda one: one[:2])
    enough = hits == len(words) if whole else hits * 2 >= len(words) or goes_on
    if not hits or not enough:
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
