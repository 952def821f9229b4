"""An adapter between its stand-in and a listener, all in this process: for tests of stand-ins."""

from collections.abc import Mapping

import httpx

from channels.kit import Delivery, Event, Outbound
from channels.testing.calls import Habits
from channels.testing.fixtures import adapter
from channels.testing.listener import HttpxApi, Listener
from channels.testing.simulator import Simulator


class Stage[S: Simulator]:
    """An adapter, the stand-in it sends to, and the listener that gets its webhooks.

    `to` is whom `send` writes to unless told otherwise; `refuse` is how many webhooks the
    listener turns down first.
    """

    def __init__(
        self,
        name: str,
        stand_in: type[S],
        to: Mapping[str, str],
        *,
        habits: Habits | None = None,
        refuse: int = 0,
    ) -> None:
        self.channel = adapter(name)
        self.listener = Listener(self.channel, refuse=refuse)
        back = httpx.AsyncClient(transport=httpx.ASGITransport(self.listener))
        webhook = f"http://gateway/webhooks/{name}"
        self.simulator = stand_in(self.channel, webhook, habits=habits, client=back)
        there = httpx.AsyncClient(transport=httpx.ASGITransport(self.simulator))
        self.api = HttpxApi(there)
        self._to = to
        self._clients = (back, there)

    async def send(
        self,
        message: Outbound,
        *,
        to: Mapping[str, str] | None = None,
        reply_to: str | None = None,
    ) -> str:
        """Let the adapter send a message, and return the platform's id for it."""
        delivery = Delivery(
            account=self.channel.account,
            to=dict(to or self._to),
            message=message,
            correlation="k-1",
            reply_to=reply_to,
        )
        return await self.channel.send(delivery, self.api)

    async def events(self, count: int) -> list[Event]:
        """Return what the webhooks said once they have said `count` things."""
        await self.listener.heard(count)
        return self.listener.events

    async def close(self) -> None:
        """End the connections."""
        for client in self._clients:
            await client.aclose()
