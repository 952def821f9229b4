"""A talk in a terminal over the stand-in of WhatsApp."""

import asyncio
from typing import Any

import httpx
import pytest

from channels import kit
from channels.kit import Delivery
from channels.testing import HttpxApi, Listener, Talk, TalkError, adapter, serve


class Echo(Listener):
    """A bot that answers every text with two messages, the second with a choice."""

    def __init__(self, channel: kit.Channel, client: httpx.AsyncClient) -> None:
        super().__init__(channel)
        self.api = HttpxApi(client)

    def _take(self, call: kit.WebhookRequest) -> int:
        known = len(self.events)
        status = super()._take(call)
        self.answering = [
            asyncio.create_task(self._answer(event))
            for event in self.events[known:]
            if event.kind in ("text", "choice")
        ]
        return status

    async def _answer(self, event: Any) -> None:
        choice = kit.Choice(id="more", title="Ancora")
        for n, message in enumerate(
            (kit.Text(text=event.words()), kit.Text(text="?", choices=(choice,), layout="buttons"))
        ):
            delivery = Delivery(
                account=event.account, to=event.sender.ids, message=message, correlation=f"{n}"
            )
            await self.channel.send(delivery, self.api)


async def test_a_talk_says_taps_and_listens(unused_tcp_port: int) -> None:
    channel = adapter("whatsapp", api_url=f"http://localhost:{unused_tcp_port}/v23.0")
    async with httpx.AsyncClient() as client:
        bot = Echo(channel, client)
        async with serve(bot) as gateway, Talk.open(channel, gateway) as talk:
            talk.quiet = 0.2
            assert [shown.text for shown in await talk.say("Ciao")] == ["Ciao", "?"]
            assert [shown.text for shown in await talk.enter("/1")] == ["Ancora", "?"]
            assert [shown.text for shown in await talk.enter("1")] == ["1", "?"]
            assert await talk.listen(0.05) == []
            with pytest.raises(TalkError, match="no choice 2"):
                await talk.enter("/2")


async def test_a_talk_needs_the_api_on_this_machine() -> None:
    with pytest.raises(TalkError, match="not on this machine"):
        async with Talk.open(adapter("whatsapp"), "http://127.0.0.1:1"):
            pass


async def test_two_talks_cannot_share_one_stand_in(unused_tcp_port: int) -> None:
    channel = adapter("whatsapp", api_url=f"http://127.0.0.1:{unused_tcp_port}/v23.0")
    async with Talk.open(channel, "http://127.0.0.1:1"):
        with pytest.raises(TalkError, match="is taken"):
            async with Talk.open(channel, "http://127.0.0.1:1"):
                pass
