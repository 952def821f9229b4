"""A talk with the running bot as one of its customers, line by line."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from importlib import import_module
from typing import Any, Protocol
from urllib.parse import urlsplit

from channels import registry
from channels.kit import Channel
from channels.testing.server import serve
from channels.testing.shown import Shown, Tap
from channels.testing.simulator import Simulator


class TalkError(Exception):
    """The talk cannot go on like this; the message says why."""


class Customer(Protocol):
    """Somebody who chats on a channel; each channel's `simulator.py` has one."""

    @property
    def id(self) -> str:
        """By what the platform, and so the gateway, knows them."""
        ...

    @property
    def shown(self) -> Sequence[Shown]:
        """Everything received so far, in order."""
        ...

    async def say(self, text: str) -> object:
        """Write a message."""
        ...

    async def tap(self, tap: Tap) -> object:
        """Tap something that was shown."""
        ...

    async def more(self, after: int, timeout: float) -> bool:  # noqa: ASYNC109
        """Wait until more than `after` messages were received; False if that took too long."""
        ...


class Talk:
    """Says and taps, and returns what the bot answered.

    The bot may answer with several messages, so an answer is complete when nothing has come for
    `quiet` seconds; `patience` is how long the first may take.
    """

    def __init__(self, customer: Customer, *, patience: float = 20.0, quiet: float = 0.6) -> None:
        self.customer = customer
        self.patience = patience
        self.quiet = quiet
        self.taps: tuple[Tap, ...] = ()
        self._seen = 0

    @classmethod
    @asynccontextmanager
    async def open(
        cls, channel: Channel[Any], gateway: str, *, who: str | None = None, name: str = "Giulia"
    ) -> AsyncIterator["Talk"]:
        """Talk on a channel with the gateway at an address, `http://127.0.0.1:8000`.

        Starts the platform's stand-in where the channel's settings say that the API is, so it
        must be on this machine. `who` is the customer's number or id there.
        """
        async with customer_of(channel, gateway, who=who, name=name) as customer:
            yield cls(customer)

    async def say(self, text: str) -> list[Shown]:
        """Write to the bot and return its answer."""
        await self.customer.say(text)
        return await self.listen()

    async def tap(self, number: int) -> list[Shown]:
        """Tap what was shown with a number in the last answer, and return the next one."""
        await self._tap(number)
        return await self.listen()

    async def enter(self, line: str) -> list[Shown]:
        """Do what a line typed in a terminal means, and return the answer."""
        await self.act(line)
        return await self.listen()

    async def act(self, line: str) -> None:
        """Do what a line typed in a terminal means: `/2` taps the second choice, the rest is said.

        A bare `2` is said: that is what a customer without buttons types. Who listens all the
        time, because a person may write at any moment, calls this instead of `enter`.
        """
        number = line.strip().removeprefix("/")
        if line.strip().startswith("/") and number.isdecimal():
            await self._tap(int(number))
        else:
            await self.customer.say(line)

    async def listen(self, patience: float | None = None) -> list[Shown]:
        """Return what comes next, an empty list if nothing does."""
        heard, wait = self._seen, self.patience if patience is None else patience
        while await self.customer.more(heard, wait):
            heard, wait = len(self.customer.shown), self.quiet
        answer = list(self.customer.shown[self._seen :])
        self._seen = len(self.customer.shown)
        if answer:
            self.taps = tuple(tap for message in answer for tap in message.taps)
        return answer

    async def _tap(self, number: int) -> None:
        if not 1 <= number <= len(self.taps):
            raise TalkError(f"There is no choice {number}: {len(self.taps)} are shown.")
        await self.customer.tap(self.taps[number - 1])


def customer_of(
    channel: Channel[Any], gateway: str, *, who: str | None, name: str
) -> AbstractAsyncContextManager[Customer]:
    """Return the customer that a channel's own `simulator.py` plays."""
    package = registry.load(channel.name).__module__.rpartition(".")[0]
    try:
        simulator = import_module(f"{package}.simulator")
    except ModuleNotFoundError:
        raise TalkError(f"{channel.title} has no simulator.py to talk through.") from None
    opened: AbstractAsyncContextManager[Customer] = simulator.open_customer(
        channel, gateway, who=who, name=name
    )
    return opened


@asynccontextmanager
async def stand_in(simulator: Simulator, who: str) -> AsyncIterator[None]:
    """Run a stand-in at the address where the gateway expects the platform's API.

    What `who` wrote before it was started is forgotten; that their window is open is not.
    """
    simulator.heard(who)
    host, port = loopback(simulator.channel.settings.api_url)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(simulator)
        try:
            await stack.enter_async_context(serve(simulator, host=host, port=port))
        except OSError as error:
            raise TalkError(
                f"Port {port}, where the stand-in should listen, is taken: "
                "another talk on this channel is running. End it first."
            ) from error
        yield


def loopback(api_url: str) -> tuple[str, int]:
    """Return host and port of an API address on this machine, where a stand-in can listen."""
    parts = urlsplit(api_url)
    host = parts.hostname or ""
    if host not in ("localhost", "127.0.0.1", "::1"):
        raise TalkError(f"{api_url} is not on this machine: set API_URL to http://127.0.0.1:<port>")
    return ("127.0.0.1" if host == "localhost" else host), parts.port or 80
