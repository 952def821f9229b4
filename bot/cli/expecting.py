"""What is expected of one answer in a talk, and the comparison of an answer with it."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.cli.facts import Facts, Item
from bot.cli.reading import card_names, prices_in, repeated, spoken_language, words
from bot.cli.stating import states_delivery, states_price, states_stock
from channels.testing import Shown


class Strict(BaseModel):
    """Part of an expectation; a typing mistake in it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cards(Strict):
    """What must be true of the product cards of an answer."""

    min: int = 1
    max_price: float | None = None
    category: str | None = None


class Piece(Strict):
    """A product, by its id or by its place among those last shown, in a colour and size."""

    product: str | int
    colour: str | None = None
    size: str | None = None


class Expect(Strict):
    """What must be true of one answer; everything that is given must hold."""

    text_any: tuple[str, ...] = ()
    text_all: tuple[str, ...] = ()
    text_none: tuple[str, ...] = ()
    choices_any: tuple[str, ...] = ()
    cards: Cards | None = None
    handoff: str | None = None
    wants: str | None = None
    language: str | None = None
    answers_in: str | None = None
    no_reply: bool = False
    refers_to_shown: int | None = None
    names: tuple[str | int, ...] = ()
    price_of: str | int | Piece | None = None
    stock_of: str | int | Piece | None = None
    delivery_to: str | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that was not as expected."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What the talk has brought so far."""

    language: str
    shown: tuple[str, ...] = ()
    texts: tuple[str, ...] = field(default=())
    handed_over: bool = False

    def expecting(self, expect: Expect) -> "Heard":
        """Return it with a handoff that is due now."""
        return replace(self, handed_over=self.handed_over or bool(expect.handoff))

    def after(self, names: Sequence[str], texts: Sequence[str]) -> "Heard":
        """Return it after an answer."""
        return replace(self, shown=tuple(names) or self.shown, texts=(*self.texts, *texts))


Finding = Callable[[Any], Awaitable[str | None]]


class Check:
    """Compares one answer with what was expected of it."""

    def __init__(self, expect: Expect, answer: Sequence[Shown], heard: Heard, facts: Facts) -> None:
        self._expect = expect
        self._answer = answer
        self._heard = heard
        self._facts = facts
        self._said = "\n".join(words(shown) for shown in answer)
        self._text = self._said.casefold()

    async def wrong(self) -> list[Wrong]:
        """Return everything that is not as expected."""
        expect = self._expect
        if expect.no_reply:
            words = f"expected silence, got {self._said[:120]!r}"
            return [Wrong("silence", words)] if self._answer else []
        if not self._answer:
            return [Wrong("no answer", "no answer came"), *await self._unexpected_handoff()]
        texts = await self._texts()
        return [*texts, *await self._checked(), *self._manners(), *await self._unexpected_handoff()]

    async def _checked(self) -> list[Wrong]:
        expect = self._expect
        checks: tuple[tuple[str, Any, Finding], ...] = (
            ("cards", expect.cards, self._cards),
            ("handoff", expect.handoff, self._handoff),
            ("handoff", expect.wants, self._wants),
            ("language", expect.language, self._language),
            ("product", expect.refers_to_shown, self._refers),
            ("product", expect.names, self._names),
            ("price", expect.price_of, self._price),
            ("stock", expect.stock_of, self._stock),
            ("delivery", expect.delivery_to, self._delivery),
        )
        return [
            Wrong(kind, wrong)
            for kind, wanted, check in checks
            if wanted and (wrong := await check(wanted))
        ]

    async def _texts(self) -> list[Wrong]:
        expect, text = self._expect, self._text
        wanted = [await self._filled(part) for part in expect.text_all]
        any_of = [await self._filled(part) for part in expect.text_any]
        wrong = [Wrong("text", f"{part!r} is missing") for part in wanted if part not in text]
        unwanted = [part for part in expect.text_none if part.casefold() in text]
        wrong += [Wrong("unasked", f"{part!r} was said") for part in unwanted]
        if any_of and not any(part in text for part in any_of):
            wrong.append(Wrong("text", f"none of {any_of} in {text[:300]!r}"))
        titles = [tap.title.casefold() for shown in self._answer for tap in shown.taps]
        choices = [part.casefold() for part in expect.choices_any]
        if choices and not any(part in title for part in choices for title in titles):
            wrong.append(Wrong("choices", f"none of {choices} among the choices {titles}"))
        return wrong

    async def _filled(self, part: str) -> str:
        """Put facts into a text: `{shop.returns.days} days`."""
        for place in re.findall(r"\{shop\.([\w.]+)\}", part):
            value: Any = await self._facts.shop()
            for name in place.split("."):
                value = value[name]
            part = part.replace(f"{{shop.{place}}}", str(value))
        return part.casefold()

    def _manners(self) -> list[Wrong]:
        """Return what no answer may ever do: speak another language, repeat itself."""
        wanted = self._expect.answers_in or self._expect.language or self._heard.language
        spoken = spoken_language(words(shown) for shown in self._answer)
        wrong = []
        if spoken not in (None, wanted):
            wrong.append(Wrong("language", f"answered in {spoken}: {self._said[:200]!r}"))
        if again := repeated(self._answer, self._heard.texts):
            wrong.append(Wrong("repeated", f"word for word as before: {again[:160]!r}"))
        return wrong

    async def _unexpected_handoff(self) -> list[Wrong]:
        if self._heard.handed_over or self._expect.handoff:
            return []
        reasons = await self._open_reasons()
        return [Wrong("handoff", f"a person was called: {reasons}")] if reasons else []

    async def _open_reasons(self) -> list[str]:
        calls = await self._facts.handoffs()
        return [call["reason"] for call in calls if call["state"] != "closed"]

    async def _cards(self, wanted: Cards) -> str | None:
        names = card_names(self._answer)
        if len(names) < wanted.min:
            return f"{len(names)} cards instead of at least {wanted.min}: {self._text[:200]!r}"
        prices = [price for shown in self._answer if shown.image for price in prices_in(shown.text)]
        if wanted.max_price is not None and any(p > wanted.max_price for p in prices):
            return f"prices {prices} above {wanted.max_price}"
        if wanted.category:
            found = {name: await self._category(name) for name in names}
            if set(found.values()) != {wanted.category}:
                return f"categories {found} instead of {wanted.category}"
        return None

    async def _category(self, name: str) -> str | None:
        items = (await self._facts.products()).values()
        return next((i.category for i in items if name in (i.name, *i.names.values())), None)

    async def _handoff(self, reason: str) -> str | None:
        reasons = await self._open_reasons()
        return None if reason in reasons else f"no handoff for {reason}; open: {reasons}"

    async def _wants(self, id_: str) -> str | None:
        calls = await self._facts.handoffs()
        products = calls[0]["brief"]["products"] if calls else []
        seen = [product["id"] for product in products if product["in_view"]]
        return None if seen == [id_] else f"the brief says {seen or 'nothing'} instead of {id_}"

    async def _language(self, wanted: str) -> str | None:
        spoken = (await self._facts.conversation()).get("language")
        return None if spoken == wanted else f"language {spoken} instead of {wanted}"

    async def _refers(self, number: int) -> str | None:
        return await self._names((number,))

    async def _names(self, wanted: Sequence[str | int]) -> str | None:
        for one in wanted:
            item = await self._item(one)
            if item is None:
                return f"{one!r}: only {len(self._heard.shown)} products had been shown"
            if not item.is_named_in(self._said):
                return f"{item.name!r} is not mentioned in {self._said[:200]!r}"
        return None

    async def _price(self, wanted: str | int | Piece) -> str | None:
        piece, item = await self._piece(wanted)
        return states_price(self._answer, item, colour=piece.colour, size=piece.size)

    async def _stock(self, wanted: str | int | Piece) -> str | None:
        piece, item = await self._piece(wanted)
        return states_stock(self._answer, item, colour=piece.colour, size=piece.size)

    async def _delivery(self, city: str) -> str | None:
        return states_delivery(self._said, await self._facts.shop(), city)

    async def _piece(self, wanted: str | int | Piece) -> tuple[Piece, Item | None]:
        piece = wanted if isinstance(wanted, Piece) else Piece(product=wanted)
        return piece, await self._item(piece.product)

    async def _item(self, wanted: str | int) -> Item | None:
        products = await self._facts.products()
        if isinstance(wanted, str):
            return products[wanted]
        if wanted > len(self._heard.shown):
            return None
        name = self._heard.shown[wanted - 1]
        found = (i for i in products.values() if name in (i.name, *i.names.values()))
        return next(found, Item(id=name, name=name, category=""))
