"""Can you put initials on it, what does that cost: the same on everything."""

import re

from bot.actions.answer import Answer, buy, say
from bot.actions.asked import Asked
from bot.actions.features import relevant
from bot.actions.focus import Action, meant
from bot.actions.shop import Shop

TOPIC = "personalisation"
_INITIALS = re.compile(
    r"inizial|monogramm|incid|incision|personalizz|initials?\b|monogram|engrav|personali[sz]"
    r"|\b(?:mett|far|scriv|aggiung|ricam|stamp)\w*\s(?:\w+\s){0,3}(?:nome|nomi|scritta|dedica)\b"
    r"|\b(?:nome|scritta|dedica)\s(?:sopra|stampat|impress|ricamat)"
    r"|\b(?:stamp|emboss|press|print|burn|write|put|carv)\w*\s(?:\w+\s){0,3}(?:letters?|lettering"
    r"|words?|text|message|dedication)\b(?:\s\w+){0,2}\s(?:on|onto|in|into)\b"
    r"|\b(?:scriver|stampar|incider|imprim|marchi)\w*\b.*\b(?:sulla pelle|sul cuoio|sopra)\b"
    r"|\b(?:quante|how many)\s(?:letter|lettere|caratteri|characters)\w*"
    r"|\b(?:\d+|due|tre|quattro|cinque|two|three|four|five)\s(?:letter[se]|caratteri|characters)\b"
    r"|\bname\b(?:\s\w+){0,4}\s(?:on|onto|in)\b|\b(?:stamp|put|have|get|add|emboss|write)\w*\s(?:[\w'’]+\s){0,3}names?\s(?:on|onto)\b",
    re.IGNORECASE,
)
_PERSONALISED = re.compile(r"personali[sz]ed|personalizzat|engraved|monogrammed", re.IGNORECASE)
# "Se ci faccio mettere le iniziali e non piace?"
_TURNED_DOWN = re.compile(
    r"piac|sbagli|ripens|\blike|\blove|\bfit|wrong|mind\b|\bback\b|return|rend|reso|cambi|chang",
    re.IGNORECASE,
)
# What a row says of being named or dated: "the tag has room for a name".
_NAMED = re.compile(
    r"\bnom[ei]\b|\bname|inizial|initial|\bdat[ae]\b|\bdate|incid|incis|engrav|stamp|dedic",
    re.IGNORECASE,
)


def or_else(answer: Action) -> Action:
    """Answer a question about initials in the shop's words, any other one as `answer` does."""

    async def action(asked: Asked, shop: Shop) -> Answer:
        return await told(asked, shop) or await answer(asked, shop)

    return action


def is_asked(text: str) -> bool:
    """Tell whether a text speaks of initials or of something personalised."""
    return bool(_INITIALS.search(text))


async def told(asked: Asked, shop: Shop, topic: str = "") -> Answer | None:
    """Answer a question about initials, None where it is about something else.

    `topic` is the service that is asked about: what the shop says of it with initials goes first.
    """
    last = asked.noted[-1] if asked.noted else {}
    wanted = _INITIALS.search(asked.text)
    kind = asked.heard("category") and _PERSONALISED.search(asked.text)
    # "Personalised dog collars" are a kind of thing.
    narrowed = not topic and asked.args.keys() - {"product"}
    if not wanted or kind or narrowed or asked.tapped:
        return None
    texts = (await shop.catalog.shop()).texts
    if not _TURNED_DOWN.search(asked.text):
        topic = ""
    # Said of returns just told about: "and with initials, is it the same?".
    special = (f"{topic}_personalised", f"{last.get('topic')}_personalised", TOPIC)
    own = next((texts[name] for name in special if name in texts), None)
    if own is None:
        return None
    product = await meant(asked, shop)
    choices = [buy(product.id)] if product else []
    said = say("shop_text", *choices, text={"text": own})
    # "Can his name go on it?": what the row of the thing says of names goes first.
    row = relevant(asked.text, product, shop.language) if product else None
    own_words = [line for line in row.features if _NAMED.search(line)] if row else []
    if product and own_words:
        facts = {"list": own_words}
        said = say("feature", product=product.name(shop.language), facts=facts).and_then(said)
    return said.noting(asked, TOPIC, product.id if product else None)
