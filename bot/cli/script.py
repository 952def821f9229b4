"""A talk written down: what the customer does, and what must be true of the answers.

The format is described in docs/talks.md. `dialogo chat --script FILE` and the acceptance tests
run the same files through this module.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.cli.expecting import Check, Expect, Heard, Wrong
from bot.cli.facts import Facts
from bot.cli.reading import card_names, plain_texts
from bot.errors import BadRequestError
from channels.testing import Shown, Talk

# Where a person has the conversation nothing may come: silence is waited for this long, in seconds.
SILENCE = 2.0


class Strict(BaseModel):
    """Part of a script; a typing mistake in it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


@dataclass(frozen=True, slots=True)
class Failure:
    """A turn that was not answered as expected."""

    turn: int
    said: str
    wrong: tuple[Wrong, ...]

    def lines(self) -> list[str]:
        """Return a line for each thing that was wrong."""
        return [f"turn {self.turn} «{self.said}»: {wrong.words}" for wrong in self.wrong]


@dataclass(frozen=True, slots=True)
class Played:
    """How a talk went."""

    script: Script
    failures: tuple[Failure, ...] = field(default=())

    @property
    def turns(self) -> int:
        """How many turns it has."""
        return len(self.script.turns)

    @property
    def as_expected(self) -> int:
        """How many turns were answered as expected."""
        return self.turns - len(self.failures)

    def lines(self) -> list[str]:
        """Return a line for each thing that was wrong."""
        return [line for failure in self.failures for line in failure.lines()]


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


async def play(script: Script, talk: Talk, facts: Facts, tell: Tell) -> Played:
    """Run the talk to its end and return what was not as expected."""
    failures: list[Failure] = []
    heard, taken = Heard(language=script.language), False
    for number, move in enumerate(script.turns, 1):
        silent = SILENCE if move.expect.no_reply or taken else None
        said, answer = await _move(talk, move, silent)
        tell(said, answer)
        heard = heard.expecting(move.expect)
        wrong = await Check(move.expect, answer, heard, facts).wrong()
        if wrong:
            failures.append(Failure(number, said, tuple(wrong)))
        taken = taken or any(each.kind == "handoff" for each in wrong)
        heard = heard.after(card_names(answer), plain_texts(answer))
    return Played(script, tuple(failures))


async def _move(talk: Talk, move: Move, silent: float | None) -> tuple[str, list[Shown]]:
    if move.customer is not None:
        await talk.customer.say(move.customer)
        return move.customer, await talk.listen(silent)
    tap = _wanted(talk, move.tap)
    if tap is None:
        # A customer who does not find the button writes what it would have said.
        await talk.customer.say(str(move.tap))
        return f"[no choice {move.tap!r}]", await talk.listen(silent)
    await talk.customer.tap(talk.taps[tap])
    return f"[{talk.taps[tap].title}]", await talk.listen(silent)


def _wanted(talk: Talk, tap: str | int | None) -> int | None:
    titles = [shown.title.casefold() for shown in talk.taps]
    if isinstance(tap, int):
        return tap - 1 if 1 <= tap <= len(titles) else None
    found = (number for number, title in enumerate(titles) if str(tap).casefold() in title)
    return next(found, None)
