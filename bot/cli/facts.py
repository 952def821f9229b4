"""What the gateway knows about the customer of a talk and about the shop, asked through its API."""

import re
from decimal import Decimal
from typing import Any, Protocol

import httpx
from pydantic import BaseModel, ConfigDict, Field

from bot.errors import BadRequestError

# The demo shop has fewer products than one answer of the API may hold.
MOST_PRODUCTS = 100


class Part(BaseModel):
    """A piece of an answer of the API; the rest of it does not matter here."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Piece(Part):
    """A colour and size of a product."""

    colour: str | None = None
    size: str | None = None
    price: Decimal
    stock: int


class Item(Part):
    """A product of the catalog, with its names by language."""

    id: str
    name: str
    category: str
    variants: tuple[Piece, ...] = ()
    names: dict[str, str] = Field(default_factory=dict)

    def pieces(self, *, colour: str | None = None, size: str | None = None) -> list[Piece]:
        """Return the variants of a colour and size."""
        return [
            piece
            for piece in self.variants
            if colour in (None, piece.colour) and size in (None, piece.size)
        ]

    def is_named_in(self, text: str) -> bool:
        """Tell whether a text names it, whole or by the proper name that is its id."""
        whole = any(
            name.casefold() in text.casefold() for name in (self.name, *self.names.values())
        )
        return whole or bool(re.search(rf"\b{re.escape(self.id.capitalize())}\b", text))


class Facts(Protocol):
    """What answers are compared with."""

    async def conversation(self) -> dict[str, Any]:
        """Return the conversation as the API shows it."""
        ...

    async def handoffs(self) -> list[dict[str, Any]]:
        """Return the calls for a person in this conversation, newest first."""
        ...

    async def products(self) -> dict[str, Item]:
        """Return the catalog by id."""
        ...

    async def shop(self) -> dict[str, Any]:
        """Return the facts about the shop."""
        ...


class ApiFacts:
    """Asks the gateway's API about the customer of a talk.

    Talks at one shop may share `products`, which the first of them reads.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        channel: str,
        who: str,
        products: dict[str, Item] | None = None,
    ) -> None:
        self._http = http
        self._channel = channel
        self._who = who
        self._products = {} if products is None else products
        self._shop: dict[str, Any] = {}

    async def conversation(self) -> dict[str, Any]:
        """Return the newest conversation of the customer."""
        found = await self._get("/api/v1/conversations", channel=self._channel, customer=self._who)
        if not found:
            raise BadRequestError(f"The gateway knows no conversation of {self._who}.")
        return dict(found[0])

    async def handoffs(self) -> list[dict[str, Any]]:
        """Return the calls for a person in it."""
        id_ = (await self.conversation())["id"]
        return [dict(call) for call in await self._get("/api/v1/handoffs", conversation=id_)]

    async def products(self) -> dict[str, Item]:
        """Return the catalog by id; read once, stock does not move during a talk."""
        if not self._products:
            self._products.update(await self._all_products())
        return self._products

    async def _all_products(self) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for language in ("it", "en"):
            query = {"language": language, "limit": MOST_PRODUCTS}
            for row in await self._get("/api/v1/catalog/search", **query):
                item = found.get(row["id"], Item.model_validate(row))
                names = {**item.names, language: row["name"]}
                found[item.id] = item.model_copy(update={"names": names})
        return found

    async def shop(self) -> dict[str, Any]:
        """Return the facts about the shop; read once."""
        if not self._shop:
            self._shop = dict(await self._read("/api/v1/catalog/shop"))
        return self._shop

    async def _get(self, path: str, **query: Any) -> list[Any]:
        body = await self._read(path, **query)
        return list(body["items"]) if isinstance(body, dict) else list(body)

    async def _read(self, path: str, **query: Any) -> Any:
        """Read a page; once more where the gateway closed the kept connection at that moment."""
        try:
            reply = await self._http.get(path, params=query)
        except (httpx.RemoteProtocolError, httpx.ReadError):
            reply = await self._http.get(path, params=query)
        reply.raise_for_status()
        return reply.json()
