"""A visitor of the web chat over a small gateway whose streams break."""

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial

import pytest
from fastapi import FastAPI, Request, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from channels import kit
from channels.testing import HttpxApi, Talk, TalkError, adapter, serve


@pytest.fixture
def channel() -> kit.Channel:
    return adapter("webchat")


class SmallGateway:
    """The three doors of the web chat; each stream ends after as many messages as `cuts` say."""

    def __init__(self, channel: kit.Channel, cuts: list[int]) -> None:
        self.channel = channel
        self.cuts = cuts
        self.api = HttpxApi(client=None)
        self.news = asyncio.Condition()
        self.app = FastAPI()
        self.app.post("/webhooks/webchat/session")(self.session)
        self.app.post("/webhooks/webchat")(self.receive)
        self.app.get("/webhooks/webchat/stream")(self.stream)

    async def session(self, request: Request) -> Response:
        reply = self.channel.open_session(await _call(request))
        return Response(reply.body, media_type=reply.content_type)

    async def receive(self, request: Request) -> Response:
        call = await _call(request)
        self.channel.verify(call)
        for event in self.channel.parse(call):
            await self._answer(event)
        return Response()

    async def stream(self, request: Request) -> Response:
        who = self.channel.listener(await _call(request))
        seen = int(request.headers["last-event-id"])
        until = seen + (self.cuts.pop(0) if self.cuts else 1000)
        return EventSourceResponse(self._follow(who, seen, until))

    async def _answer(self, event: kit.TextSaid | kit.ChoiceTapped) -> None:
        choice = kit.Choice(id="more", title="Ancora")
        messages = [
            kit.Text(text=event.words(), choices=(choice,), layout="buttons"),
            kit.Cards(
                cards=(kit.Card(id="x", title="Siena", subtitle="139 €", choices=(choice,)),)
            ),
            kit.Media(media="image", url="https://s.example/1.jpg", caption="Eccola"),
            kit.Location(latitude=45.4, longitude=9.1, name="Bottega"),
        ]
        for n, message in enumerate(messages):
            delivery = kit.Delivery(
                account="web",
                to=event.sender.ids,
                message=message,
                correlation=f"{event.event_id}:{n}",
            )
            await self.channel.send(delivery, self.api)
        self.api.pushed["strange"] = (event.sender.ids["session"], {"message": TEMPLATE})
        async with self.news:
            self.news.notify_all()

    async def _follow(self, who: str, seen: int, until: int) -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent(comment="hello")
        for number in range(seen, until):
            async with self.news:
                await self.news.wait_for(partial(self._has, number))
            to, payload = list(self.api.pushed.values())[number]
            assert to == who
            yield ServerSentEvent(json.dumps(payload), id=str(number + 1))

    def _has(self, number: int) -> bool:
        return len(self.api.pushed) > number


async def _call(request: Request) -> kit.WebhookRequest:
    query = dict(request.query_params)
    return kit.WebhookRequest(request.method, request.headers, query, await request.body())


TEMPLATE = {"kind": "template", "name": "x", "language": "it", "parameters": []}


async def test_a_visitor_talks_and_loses_nothing_when_the_stream_breaks(
    channel: kit.Channel,
) -> None:
    gateway = SmallGateway(channel, cuts=[0, 2])
    async with serve(gateway.app) as address, Talk.open(channel, address) as talk:
        talk.quiet = 0.6
        first = await talk.say("Ciao")
        assert [(shown.text, shown.image) for shown in first] == [
            ("Ciao", None),
            ("Siena\n139 €", None),
            ("Eccola", "https://s.example/1.jpg"),
            ("[location] Bottega 45.4, 9.1", None),
        ]
        assert first[0].key
        with pytest.raises(TalkError, match=r"There is no choice 9: \d are shown"):
            await talk.act("/9")
        second = await talk.enter(" /1\n")
        assert second[0].text == "Ancora"
        assert await talk.listen(0.05) == []
