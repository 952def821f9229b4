"""A product of an engine reply as a card: name, price, stock, rating, a real voice, choices."""

from bot.rendering.replies import ProductItem, ReplyChoice
from bot.rendering.texts import Texts
from bot.rendering.values import money, rating
from channels.kit import Card, Choice

# From here on a shopper should hurry, so the exact figure is told.
FEW_LEFT = 3


def card(item: ProductItem, texts: Texts, public_url: str) -> Card:
    """Return what a product looks like; what is too old to quote is said to be confirmed."""
    facts = [_price(item, texts), _stock(item, texts), _rating(item, texts)]
    lines = [" · ".join(fact for fact in facts if fact), item.note or "", _quote(item, texts)]
    return Card(
        id=item.id,
        title=item.name,
        subtitle="\n".join(line for line in lines if line),
        image_url=absolute(item.image, public_url),
        url=absolute(item.url, public_url),
        choices=tuple(choice(c, texts) for c in item.choices),
    )


def choice(wanted: ReplyChoice, texts: Texts) -> Choice:
    """Return a choice with its title in the customer's language."""
    title = texts.say(wanted.ref, wanted.values) if wanted.ref else wanted.title
    return Choice(id=wanted.id, title=title or wanted.title or wanted.id)


def absolute(address: str | None, public_url: str) -> str | None:
    """Return an address that a platform can fetch, from one that may start at our root."""
    if not address:
        return None
    return f"{public_url}{address}" if address.startswith("/") else address


def _price(item: ProductItem, texts: Texts) -> str:
    if item.price is None:
        return texts.say("text.card_price_unknown")
    low = money(item.price.amount, item.price.currency, texts.language)
    if item.price_to is None or item.price_to.amount == item.price.amount:
        return low
    high = money(item.price_to.amount, item.price_to.currency, texts.language)
    return texts.say("text.card_price_range", {"low": low, "high": high})


def _stock(item: ProductItem, texts: Texts) -> str:
    if item.stock is None:
        return "" if item.price is None else texts.say("text.card_stock_unknown")
    if item.stock <= 0:
        return texts.say("text.card_sold_out")
    if item.stock == 1:
        return texts.say("text.card_last_one")
    if item.stock <= FEW_LEFT:
        return texts.say("text.card_few_left", {"count": item.stock})
    return texts.say("text.card_in_stock")


def _rating(item: ProductItem, texts: Texts) -> str:
    if item.rating is None or item.reviews <= 0:
        return ""
    sources = [source or texts.say("text.reviews_here") for source in item.review_sources]
    told = " · ".join((str(item.reviews), *sources))
    return f"★ {rating(item.rating, texts.language)} ({told})"


def _quote(item: ProductItem, texts: Texts) -> str:
    if item.quote is None:
        return ""
    said = {"text": item.quote.text, "author": item.quote.author}
    if item.quote.source:
        return texts.say("text.quote_source", {**said, "source": item.quote.source})
    ref = "text.quote_verified" if item.quote.verified else "text.quote"
    return texts.say(ref, said)
