"""What the bot would find for a sentence, and how it reads it: for those who keep the catalog."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import catalog
from bot.actions.answers import similar
from bot.actions.answers.finding import SHOWN, asked_variants, find, query_of
from bot.actions.answers.search import wished
from bot.actions.asked import Asked, Entity
from bot.actions.shop import Shop
from bot.engine import Understood
from bot.errors import EngineError
from bot.routing import Services, today
from catalog import Found, Product, ProductQuery


@dataclass(frozen=True, slots=True)
class Looked:
    """One search as the bot makes it at the beginning of a talk.

    `understood` is None while the engine does not answer: then only the catalog reads the words;
    `read` is its own reading.
    `like` is the product that something similar is wanted to.
    """

    text: str
    language: str
    understood: Understood | None
    query: ProductQuery
    found: Found
    read: catalog.Understood
    filters: dict[str, Any] = field(default_factory=dict)
    like: Product | None = None
    shown_at_once: int = SHOWN

    def variants(self, product: Product) -> list[catalog.Variant] | None:
        """Return the variants in the colour and size asked for, None where all of them fit."""
        return asked_variants(product, self.filters)


async def look(text: str, services: Services, *, language: str, limit: int = 12) -> Looked:
    """Read and search a sentence as a turn would; nothing is answered, counted or remembered.

    `language` is taken where the words do not tell it.
    """
    understood = await _understood(text, services)
    spoken = understood.language if understood else None
    if spoken not in services.settings.languages:
        spoken = language
    entities = understood.entities if understood else ()
    shop = Shop(services.catalog, datetime.now(UTC), spoken)
    asked = Asked(
        text=text,
        language=spoken,
        entities=tuple(Entity.model_validate(entity) for entity in entities),
        needs=await shop.needs(),
    )
    if like := await similar.asked_for(asked, shop):
        found = await similar.find(like, asked, shop, limit=limit)
        query, read = ProductQuery(language=spoken), catalog.Understood()
        return Looked(text, spoken, understood, query, found, read, like=like)
    filters = await wished(asked, shop, keep=False)
    found = await find(filters, shop, limit=limit)
    query = query_of(filters, shop, offset=0, limit=limit)
    read = await services.catalog.understand(query)
    return Looked(text, spoken, understood, query, found, read, filters)


async def _understood(text: str, services: Services) -> Understood | None:
    try:
        return await services.engine.understand(text, today=today(services.settings.timezone))
    except EngineError:
        return None
