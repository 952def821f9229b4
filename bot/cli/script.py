"""A talk written down: what the customer does, and what must be true of the answers.

The format is described in docs/talks.md. `dialogo chat --script FILE` and the acceptance tests
run the same files through this module.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.errors import BadRequestError
from channels.testing import Shown, Talk

_PRICE = re.compile(r"€\s?(\d[\d.,]*)|(\d[\d.,]*)\s?€")


class Strict(BaseModel):
    """Part of a script; a typing mistake in it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cards(Strict):
    """What must be true of the product cards of an answer."""

    min: int = 1
    max_price: float | None = None
    category: str | None = None


class Expect(Strict):
    """What must be true of one answer; everything that is given must hold."""

    text_any: tuple[str, ...] = ()
    text_all: tuple[str, ...] = ()
    text_none: tuple[str, ...] = ()
    choices_any: tuple[str, ...] = ()
    cards: Cards | None = None
    handoff: str | None = None
    language: str | None = None
    no_reply: bool = False
    refers_to_shown: int | None = None


class Move(Strict):
    """One turn: the customer writes, or taps something by its title or number."""

    customer: str | None = None
    tap: str | int | None = None
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if (self.customer is None) == (self.tap is None):
            raise ValueError("a turn has either `customer:` or `tap:`")
        return self


class Script(Strict):
    """A whole talk."""

    name: str
    channel: str
    language: str
    turns: tuple[Move, ...]


class Facts(Protocol):
    """What the gateway knows about the customer of the talk, asked through its API."""

    async def conversation(self) -> dict[str, Any]:
        """Return the conversation as the API shows it."""
        ...

    async def handoffs(self) -> list[dict[str, Any]]:
        """Return the calls for a person in this conversation, newest first."""
        ...

    async def category(self, title: str) -> str | None:
        """Return the category of the product with that name."""
        ...


Tell = Callable[[str, Sequence[Shown]], None]


def read_script(path: Path) -> Script:
    """Read a script; BadRequestError says where it is wrong."""
    try:
        return Script.model_validate(YAML(typ="safe", pure=True).load(path))
    except (YAMLError, OSError) as error:
        raise BadRequestError(f"{path} cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadRequestError(f"{path}: {where}: {first['msg']}") from error


async def play(script: Script, talk: Talk, facts: Facts, tell: Tell) -> list[str]:
    """Run the talk and return what was not as expected, empty when all was well."""
    failures: list[str] = []
    names: list[str] = []
    for number, move in enumerate(script.turns, 1):
        said, answer = await _move(talk, move)
        tell(said, answer)
        check = _Check(move.expect, answer, names, facts)
        failures += [f"turn {number} «{said}»: {wrong}" for wrong in await check.wrong()]
        names = card_names(answer) or names
    return failures


async def _move(talk: Talk, move: Move) -> tuple[str, list[Shown]]:
    silent = 2.0 if move.expect.no_reply else None
    if move.customer is not None:
        await talk.customer.say(move.customer)
        return move.customer, await talk.listen(silent)
    tap = _wanted(talk, move.tap)
    await talk.customer.tap(talk.taps[tap])
    return f"[{talk.taps[tap].title}]", await talk.listen(silent)


def _wanted(talk: Talk, tap: str | int | None) -> int:
    titles = [shown.title.casefold() for shown in talk.taps]
    if isinstance(tap, int):
        if 1 <= tap <= len(titles):
            return tap - 1
    elif tap is not None:
        for number, title in enumerate(titles):
            if tap.casefold() in title:
                return number
    raise BadRequestError(f"There is nothing to tap called {tap!r}; shown: {titles}")


class _Check:
    """Compares one answer with what was expected of it."""

    def __init__(
        self, expect: Expect, answer: Sequence[Shown], before: Sequence[str], facts: Facts
    ) -> None:
        self._expect = expect
        self._answer = answer
        self._before = before
        self._facts = facts
        self._text = "\n".join(words(shown) for shown in answer).casefold()

    async def wrong(self) -> list[str]:
        expect = self._expect
        if expect.no_reply:
            return [] if not self._answer else [f"expected silence, got {self._text[:120]!r}"]
        if not self._answer:
            return ["no answer came"]
        found = self._texts()
        checks: list[tuple[Any, Callable[[], Awaitable[str | None]]]] = [
            (expect.cards, self._cards),
            (expect.handoff, self._handoff),
            (expect.language, self._language),
            (expect.refers_to_shown, self._refers),
        ]
        found += [wrong for wanted, check in checks if wanted and (wrong := await check())]
        return found

    def _texts(self) -> list[str]:
        expect, text = self._expect, self._text
        wrong = [f"{part!r} is missing" for part in expect.text_all if part.casefold() not in text]
        wrong += [f"{part!r} was said" for part in expect.text_none if part.casefold() in text]
        if expect.text_any and not any(part.casefold() in text for part in expect.text_any):
            wrong.append(f"none of {list(expect.text_any)} in {text[:300]!r}")
        titles = [tap.title.casefold() for shown in self._answer for tap in shown.taps]
        any_of = [part.casefold() for part in expect.choices_any]
        if any_of and not any(part in title for part in any_of for title in titles):
            wrong.append(f"none of {any_of} among the choices {titles}")
        return wrong

    async def _cards(self) -> str | None:
        wanted = self._expect.cards or Cards()
        names = card_names(self._answer)
        if len(names) < wanted.min:
            return f"{len(names)} cards instead of at least {wanted.min}: {self._text[:200]!r}"
        prices = [price for shown in self._answer if shown.image for price in prices_in(shown.text)]
        if wanted.max_price is not None and any(p > wanted.max_price for p in prices):
            return f"prices {prices} above {wanted.max_price}"
        if wanted.category:
            found = {name: await self._facts.category(name) for name in names}
            if set(found.values()) != {wanted.category}:
                return f"categories {found} instead of {wanted.category}"
        return None

    async def _handoff(self) -> str | None:
        calls = await self._facts.handoffs()
        reasons = [call["reason"] for call in calls if call["state"] != "closed"]
        if self._expect.handoff not in reasons:
            return f"no handoff for {self._expect.handoff}; open: {reasons}"
        return None

    async def _language(self) -> str | None:
        spoken = (await self._facts.conversation()).get("language")
        wanted = self._expect.language
        return None if spoken == wanted else f"language {spoken} instead of {wanted}"

    async def _refers(self) -> str | None:
        number = self._expect.refers_to_shown or 0
        if number > len(self._before):
            return f"only {len(self._before)} products had been shown"
        name = self._before[number - 1]
        return None if name.casefold() in self._text else f"{name!r} is not mentioned"


def words(shown: Shown) -> str:
    """Return everything a customer reads in a message."""
    return "\n".join([shown.text, *(tap.title for tap in shown.taps)])


def card_names(answer: Sequence[Shown]) -> list[str]:
    """Return the names of the products shown as cards: each stands over its line with the price."""
    names = []
    for shown in answer:
        lines = shown.text.splitlines() if shown.image else []
        for name, facts in pairwise(lines):
            if " · " in facts and " · " not in name:
                names.append(name.strip(" *"))
    return names


def prices_in(text: str) -> list[float]:
    """Return the amounts in euro that a text names, Italian or English spelling."""
    found = []
    for match in _PRICE.finditer(text):
        digits = (match[1] or match[2]).rstrip(".,")
        if re.search(r",\d{1,2}$", digits):
            digits = digits.replace(".", "").replace(",", ".")
        found.append(float(digits.replace(",", "")))
    return found
