"""Who makes this and where: the shop about itself, in its own words."""

import re

from bot.actions.answer import Answer, browse, person, say, tap
from bot.actions.answers import location
from bot.actions.asked import Asked
from bot.actions.shop import Shop

# Who fears a fraud is told where the shop can be found.
_DOUBTS = re.compile(
    r"\b(?:legit\w*|scam\w*|fake|trust\w*|safe|exist|fraud|truff\w+|fid\w+|affidabil\w+|sicur[oaie]"
    r"|esist\w+|seri[oaie]?|(?:real|genuine|actual|proper) (?:shop|store|compan\w+|business|site)"
    r"|(?:negozio|ditta|azienda|sito) (?:\w+ )?ver[oa]|ver[oa] (?:negozio|ditta|azienda))\b",
    re.IGNORECASE,
)


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell the shop's own words about itself, else leave it to a person."""
    own = (await shop.catalog.shop()).texts.get("about")
    where = tap("ask_location", text="choice_location")
    said = (
        say("shop_text", browse(), where, text={"text": own}) if own else say("not_known", person())
    )
    if _DOUBTS.search(asked.text):
        said = said.and_then(await location.answer(asked, shop))
    return said.noting(asked, "about_shop")
