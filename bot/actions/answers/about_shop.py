"""Who makes this and where: the shop about itself, in its own words."""

from bot.actions.answer import Answer, browse, person, say, tap
from bot.actions.asked import Asked
from bot.actions.shop import Shop


async def answer(asked: Asked, shop: Shop) -> Answer:
    """Tell the shop's own words about itself, else leave it to a person."""
    own = (await shop.catalog.shop()).texts.get("about")
    where = tap("ask_location", text="choice_location")
    said = (
        say("shop_text", browse(), where, text={"text": own}) if own else say("not_known", person())
    )
    return said.noting(asked, "about_shop")
