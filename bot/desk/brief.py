"""What a person should know before the first word: gathered, never guessed.

A brief is a snapshot made when a person is called. Everything in it was said by the customer,
shown by the bot or read from the catalog at that moment; what is not known is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import Conversation, Message, transcript
from bot.desk.advice import next_step
from bot.desk.buying import Buying, buying
from catalog import Catalog, Product

LINES_KEPT = 30
PRODUCTS_KEPT = 6
HOUR = 3_600_000
# What the search action remembers for itself; the agent reads the customer's words above it.
_HOW_SEARCHED = frozenset(
    {"next", "exact", "search", "words", "core", "thing", "having", "limit", "more", "order"}
)
_VERSION = ("colour", "size")
_ORDER_DETAILS = ("quantity", "city", "address", "payment")


class Part(BaseModel):
    """A piece of a brief; frozen, because it is stored and shown as it was."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Customer(Part):
    """Who writes, as far as the platform tells."""

    name: str | None = None
    channel: str
    language: str | None = None
    ids: dict[str, str] = Field(default_factory=dict)


class BriefProduct(Part):
    """A product the customer looked at, with what may be quoted at this moment."""

    id: str
    names: dict[str, str]
    price: str | None = None
    price_to: str | None = None
    currency: str | None = None
    stock: int | None = None
    counted: bool = Field(True, description="False: there is some, nobody knows how much.")
    variant: dict[str, str] | None = Field(None, description="The colour and size asked for.")
    version: dict[str, str] = Field(default_factory=dict, description="The same as ids.")
    image: str | None = None
    url: str | None = None
    in_view: bool = False


class OrderLine(Part):
    """A line of the cart or of the order the customer sent."""

    product: str
    names: dict[str, str] = Field(default_factory=dict)
    quantity: int = 1
    price: str | None = None
    currency: str | None = None


class Asked(Part):
    """A question asked so far, and the product it was about."""

    topic: str
    product: str | None = None


class Line(Part):
    """One message of the talk so far."""

    author: str
    text: str
    at: int


class Brief(Part):
    """Everything an agent sees beside the conversation."""

    customer: Customer
    window_until: int | None = Field(None, description="Free answers are possible until then.")
    attribution: dict[str, Any] | None = None
    wants: dict[str, str] = Field(default_factory=dict)
    products: tuple[BriefProduct, ...] = ()
    order: tuple[OrderLine, ...] = ()
    asked: tuple[Asked, ...] = ()
    purchase: Buying | None = Field(None, description="Where the customer wants to buy now.")
    previous: dict[str, Any] | None = Field(None, description="How the last handoff ended.")
    next_step: dict[str, str] = Field(default_factory=dict)
    transcript: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefMaker:
    """What a brief is made with; `freshness` is how old a price may be and still be quoted."""

    catalog: Catalog
    freshness: timedelta

    async def make(
        self,
        session: AsyncSession,
        conversation: Conversation,
        *,
        reason: str,
        window_hours: int | None,
    ) -> Brief:
        """Gather the brief of a conversation that is about to go to a person."""
        log = await transcript(session, conversation.id, limit=LINES_KEPT)
        facts = conversation.facts or {}
        order = _order(facts, log)
        wants = _wants(facts)
        ids = _products_of(facts, order)
        products = {product.id: product for product in await self.catalog.get(ids)}
        asked = _asked(facts)
        sale = buying(facts, reason, products, version=lambda id_: _version_asked(facts, id_))
        return Brief(
            customer=Customer(
                name=conversation.name,
                channel=conversation.channel,
                language=conversation.language,
                ids=conversation.recipient,
            ),
            window_until=window_end(conversation.last_in_at, window_hours),
            attribution=conversation.attribution,
            wants=wants,
            products=tuple(
                self._card(
                    products[id_], _version_asked(facts, id_), in_view=id_ == facts.get("focus")
                )
                for id_ in ids
                if id_ in products
            ),
            order=tuple(_named(line, products) for line in order),
            asked=asked,
            purchase=sale,
            previous=conversation.outcome,
            next_step=next_step(
                reason,
                topics={question.topic for question in asked},
                missing=sale.missing if sale else None,
            ),
            transcript=tuple(Line(author=m.author, text=m.text, at=m.created_at) for m in log),
        )

    async def refresh(self, brief: Brief) -> Brief:
        """Return the brief with prices and stock as they are now."""
        found = {p.id: p for p in await self.catalog.get([card.id for card in brief.products])}
        cards = tuple(
            self._card(found[card.id], card.version, in_view=card.in_view)
            if card.id in found
            else card
            for card in brief.products
        )
        return brief.model_copy(update={"products": cards})

    def _card(self, product: Product, version: Mapping[str, str], *, in_view: bool) -> BriefProduct:
        """Show a product in the colour and size the customer asked for, if it comes in them."""
        at = datetime.now(UTC)
        colour, size = version.get("colour"), version.get("size")
        asked_for = product.matching(colour=colour, size=size) if colour or size else []
        variants = asked_for or product.variants
        prices = product.price_range(at, self.freshness, variants)
        spread = prices is not None and prices.high.amount != prices.low.amount
        return BriefProduct(
            id=product.id,
            names=product.names,
            price=str(prices.low.amount) if prices else None,
            price_to=str(prices.high.amount) if prices and spread else None,
            currency=prices.low.currency if prices else None,
            stock=product.stock(at, self.freshness, variants),
            counted=product.is_counted(variants),
            variant=_variant(product, asked_for[0].colour, size) if asked_for else None,
            image=product.image(colour),
            url=product.url,
            in_view=in_view,
            version=dict(version),
        )


def window_end(last_in_at: int | None, window_hours: int | None) -> int | None:
    """Return until when the platform lets us answer freely; None where it has no such limit."""
    if window_hours is None or last_in_at is None:
        return None
    return last_in_at + window_hours * HOUR


def _variant(product: Product, colour: str | None, size: str | None) -> dict[str, str]:
    """Return the chosen colour and size in words, by language."""
    chosen = product.matching(colour=colour, size=size)
    if not chosen:
        return {}
    words = {
        language: " · ".join(
            part for part in (chosen[0].colour_name(language), size and chosen[0].size) if part
        )
        for language in product.names
    }
    return {language: text for language, text in words.items() if text}


def _wants(facts: Mapping[str, Any]) -> dict[str, str]:
    filters = facts.get("filters") or {}
    details = (facts.get("purchase") or {}).get("details") or {}
    said = {name: details[name] for name in _ORDER_DETAILS if name in details}
    return {
        name: _wished(value)
        for name, value in {**filters, **said}.items()
        if name not in _HOW_SEARCHED and value not in (None, "", [], {})
    }


def _wished(value: Any) -> str:
    """Return a wish as an agent reads it: several as a list, what is refused by its name."""
    several = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(one.get("value") if isinstance(one, dict) else one) for one in several)


def _version_asked(facts: Mapping[str, Any], product: str) -> dict[str, str]:
    """Return the colour and size last asked about for a product, else those searched for."""
    searched = facts.get("filters") or {}
    version = {
        name: str(searched[name]) for name in _VERSION if isinstance(searched.get(name), str)
    }
    details = (facts.get("purchase") or {}).get("details") or {}
    for entry in (*(facts.get("asked") or ()), details):
        if entry and entry.get("product") == product:
            version |= {name: str(entry[name]) for name in _VERSION if entry.get(name)}
    return version


def _asked(facts: Mapping[str, Any]) -> tuple[Asked, ...]:
    found = [Asked.model_validate(entry) for entry in facts.get("asked") or () if entry]
    return tuple({(question.topic, question.product): question for question in found}.values())


def _order(facts: Mapping[str, Any], log: Iterable[Message]) -> list[dict[str, Any]]:
    """Return the lines of the last order sent, else of the cart the engine remembers."""
    for message in reversed(list(log)):
        if message.kind == "order" and message.direction == "in":
            return list(message.body.get("items") or ())
    cart = facts.get("cart") or ()
    items = cart.get("items", ()) if isinstance(cart, dict) else cart
    return [item for item in items if isinstance(item, dict)]


def _named(line: Mapping[str, Any], products: Mapping[str, Product]) -> OrderLine:
    product = str(line.get("product_id") or line.get("product") or line.get("id") or "?")
    price = line.get("price")
    return OrderLine(
        product=product,
        names=products[product].names if product in products else {},
        quantity=int(line.get("quantity") or 1),
        price=None if price is None else str(price),
        currency=line.get("currency"),
    )


def _products_of(facts: Mapping[str, Any], order: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the products worth showing: in view, ordered, asked about, then last shown."""
    ids = [
        facts.get("focus"),
        *(line.get("product_id") or line.get("product") or line.get("id") for line in order),
        *(entry.get("product") for entry in reversed(facts.get("asked") or []) if entry),
        *(facts.get("shown") or ()),
    ]
    return list(dict.fromkeys(str(id_) for id_ in ids if id_))[:PRODUCTS_KEPT]
