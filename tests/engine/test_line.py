"""The kept line to the engine: turns go out over it, their actions come back over it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.engine import EngineClient, EngineDownError, TurnFailedError, TurnRefusedError, TurnRequest
from bot.engine.client import READY
from bot.engine.line import PATH, RUNS_ACTIONS
from bot.http import Answer
from tests.engine.lined import acting, lined, until
from tests.engine.shop import LOOKUPS, ActionServer, bundle
from tests.engine_fixture import TOKEN, RunningEngine

SOLD = {"events": [], "responses": [{"custom": {"kind": "say", "ref": "sold", "values": {}}}]}
TURN = {"message_id": "m", "messages": [{"kind": "say", "ref": "over_the_line", "values": {}}]}


def request(
    sender: str, number: int = 1, text: str = "quanto costa la borsa aurora?"
) -> TurnRequest:
    return TurnRequest(sender=sender, message_id=f"{sender}-{number}", text=text)


@pytest.mark.engine
async def test_whoever_runs_a_turn_also_runs_its_actions(
    engine: RunningEngine, actions: ActionServer
) -> None:
    asked: list[dict[str, object]] = []

    async def act(body: bytes) -> Answer:
        asked.append(json.loads(body))
        return Answer(200, json.dumps(SOLD).encode())

    async with acting(engine.url, act) as client:
        first = await client.turn(request("line-1"))
        again = await client.turn(request("line-1"))
    assert [message["ref"] for message in first.messages] == ["sold"]
    assert (again.replayed, again.messages) == (True, first.messages)
    assert [call["next_action"] for call in asked] == ["action_answer_price"]
    assert actions.calls == []


@pytest.mark.engine
async def test_actions_get_the_slots_that_they_read(engine: RunningEngine) -> None:
    sent: list[set[str]] = []

    async def act(body: bytes) -> Answer:
        sent.append(set(json.loads(body)["tracker"]["slots"]))
        return Answer(200, json.dumps(SOLD).encode())

    async with acting(engine.url, act, "shown", "flow") as client:
        await client.turn(request("line-slots-1"))
    async with acting(engine.url, act) as client:
        await client.turn(request("line-slots-2"))
    few, all_of_them = sent
    assert few == {"shown", "flow"}
    assert few < all_of_them


@pytest.mark.engine
async def test_without_actions_of_its_own_the_action_server_is_called(
    engine: RunningEngine, actions: ActionServer
) -> None:
    async with lined(EngineClient((engine.url,), TOKEN, 10.0), engine.url) as client:
        reply = await client.turn(request("line-2"))
    assert reply.messages
    assert [call["next_action"] for call in actions.calls] == ["action_answer_price"]


@pytest.mark.engine
async def test_a_refused_action_fails_the_turn_as_over_http(engine: RunningEngine) -> None:
    async def act(_body: bytes) -> Answer:
        return Answer(500, b'{"error": "the catalog is closed"}')

    async with acting(engine.url, act) as client:
        with pytest.raises(TurnFailedError, match="ClientResponseError"):
            await client.turn(request("line-3"))
        assert client.line_to(engine.url), "a turn that failed breaks no line"


@pytest.mark.engine
async def test_an_action_whose_line_breaks_is_asked_of_the_gateway_over_http(
    engine: RunningEngine, actions: ActionServer
) -> None:
    hangs = asyncio.Event()

    async def act(_body: bytes) -> Answer:
        hangs.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with acting(engine.url, act) as client:
        turn = asyncio.create_task(client.turn(request("line-4")))
        await asyncio.wait_for(hangs.wait(), 5)
    with pytest.raises(EngineDownError, match="broke the connection"):
        await turn
    # Nobody heard the answer, yet the turn was run to its end, once.
    async with lined(EngineClient((engine.url,), TOKEN, 10.0), engine.url) as client:
        assert (await client.turn(request("line-4"))).replayed
    assert [call["next_action"] for call in actions.calls] == ["action_answer_price"]


@pytest.mark.engine
async def test_an_engine_that_is_stopped_answers_what_has_begun_and_hangs_up(
    model: Path, tmp_path: Path
) -> None:
    begun = asyncio.Event()

    async def act(_body: bytes) -> Answer:
        begun.set()
        await asyncio.sleep(0.5)
        return Answer(200, json.dumps(SOLD).encode())

    leaving = RunningEngine(tmp_path, model, "http://127.0.0.1:1/engine/actions")
    leaving.bundles.publish(bundle())
    leaving.write_lookups(LOOKUPS)
    with leaving:
        async with acting(leaving.url, act) as client:
            turn = asyncio.create_task(client.turn(request("line-5")))
            await asyncio.wait_for(begun.wait(), 5)
            stopping = asyncio.create_task(asyncio.to_thread(leaving.run, leaving.process.stop()))
            assert [message["ref"] for message in (await turn).messages] == ["sold"]
            async with asyncio.timeout(4.5):  # it is killed after five seconds
                await stopping
            assert not client.line_to(leaving.url)


@pytest.mark.engine
async def test_many_turns_share_the_line_and_none_gets_the_answer_of_another(
    engine: RunningEngine, actions: ActionServer
) -> None:
    async with lined(EngineClient((engine.url,), TOKEN, 20.0), engine.url) as client:
        senders = [f"line-many-{number}" for number in range(20)]
        replies = await asyncio.gather(*(client.turn(request(sender)) for sender in senders))
    assert [reply.message_id for reply in replies] == [f"{sender}-1" for sender in senders]
    assert sorted(str(call["sender_id"]) for call in actions.calls) == sorted(senders)


@pytest.mark.engine
async def test_a_turn_that_cannot_be_read_is_refused_over_the_line(engine: RunningEngine) -> None:
    async with lined(EngineClient((engine.url,), TOKEN, 10.0), engine.url) as client:
        line = client.line_to(engine.url)
        assert line
        for body in (b"{", b"[]", b'{"sender": ""}'):
            answer = await line.ask(body, 5.0)
            assert (answer.status, b"unreadable body" in answer.content) == (422, True)
        with pytest.raises(TurnRefusedError):
            await client.turn(TurnRequest(sender="", message_id="1", text="x"))


@pytest.mark.engine
async def test_the_line_wants_the_token_and_messages_that_it_knows(engine: RunningEngine) -> None:
    async with aiohttp.ClientSession() as http:
        async with http.get(engine.url + READY) as reply:
            url = f"http://127.0.0.1:{(await reply.json())['line']}{PATH}"
        for wrong in ({}, {"Authorization": "Bearer guess"}):
            with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
                await http.ws_connect(url, headers=wrong)
        for message in (b"sing 1 0\n{}", b"turn 1 0", b"turn x 0\n{}", b""):
            async with http.ws_connect(url, headers={"Authorization": f"Bearer {TOKEN}"}) as line:
                await line.send_bytes(message)
                closed = await line.receive(timeout=5)
                assert closed.type == aiohttp.WSMsgType.CLOSE
                assert closed.data == aiohttp.WSCloseCode.UNSUPPORTED_DATA


class Pretender:
    """Another engine's end: says what a test wants, over a line and over HTTP."""

    def __init__(self) -> None:
        self.over_http = 0
        self.headers: list[dict[str, str]] = []
        self.say: Callable[[bytes], bytes | None] = lambda head: (
            head.replace(b"turn", b"answer").replace(b" 0\n", b" 200\n") + json.dumps(TURN).encode()
        )
        self.port: int | None = None

    @asynccontextmanager
    async def standing(self, *, line: bool = True) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_get(READY, self._ready)
        app.router.add_post("/webhooks/dialogo/turn", self._turn)
        app.router.add_get(PATH, self._line)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        self.port = port if line else None
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            await runner.cleanup()

    async def _ready(self, _: web.Request) -> web.Response:
        return web.json_response({"model": "m", "line": self.port})

    async def _turn(self, _: web.Request) -> web.Response:
        self.over_http += 1
        return web.json_response(TURN)

    async def _line(self, called: web.Request) -> web.WebSocketResponse:
        self.headers.append(dict(called.headers))
        socket = web.WebSocketResponse()
        await socket.prepare(called)
        async for message in socket:
            head = message.data.split(b"\n", 1)[0] + b"\n"
            if said := self.say(head):
                await socket.send_bytes(said)
            else:
                await socket.close()
        return socket


async def test_http_is_the_way_until_the_line_stands_and_where_there_is_none() -> None:
    pretender = Pretender()
    async with pretender.standing() as url:
        client = EngineClient((url,), "secret", 5.0)
        await client.turn(request("a"))
        assert pretender.over_http == 1
        async with lined(client, url):
            await client.turn(request("a"))
        assert pretender.over_http == 1
        assert pretender.headers[0]["Authorization"] == "Bearer secret"
        assert RUNS_ACTIONS not in pretender.headers[0]
    async with pretender.standing(line=False) as url:
        client = EngineClient((url,), "secret", 5.0)
        for number in range(3):
            await client.turn(request("a", number))
            await asyncio.sleep(0.05)
        assert not client.line_to(url)
        await client.close()
    assert pretender.over_http == 4


async def test_a_line_that_breaks_under_a_turn_is_told_and_opened_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.engine.line.AGAIN", 0.1)
    pretender = Pretender()
    good = pretender.say
    async with pretender.standing() as url, lined(EngineClient((url,), "s", 5.0), url) as client:
        pretender.say = lambda _: None
        with pytest.raises(EngineDownError, match="broke the connection"):
            await client.turn(request("a"))
        pretender.say = good
        await until(lambda: client.line_to(url))
        assert (await client.turn(request("a"))).messages[0]["ref"] == "over_the_line"
    assert pretender.over_http == 0


@pytest.mark.parametrize("nonsense", [b"answer", b"answer x 200\n{}", b"\xff\n{}"])
async def test_a_line_that_says_nonsense_is_given_up(nonsense: bytes) -> None:
    pretender = Pretender()
    pretender.say = lambda _: nonsense
    async with pretender.standing() as url, lined(EngineClient((url,), "s", 5.0), url) as client:
        with pytest.raises(EngineDownError, match="broke the connection"):
            await client.turn(request("a"))
        assert not client.line_to(url)


async def test_an_answer_that_does_not_come_is_given_up_and_the_line_kept() -> None:
    pretender = Pretender()
    good = pretender.say
    pretender.say = lambda head: b"answer 999 200\n{}"
    async with pretender.standing() as url, lined(EngineClient((url,), "s", 0.3), url) as client:
        with pytest.raises(EngineDownError, match="too long"):
            await client.turn(request("a"))
        pretender.say = good
        assert client.line_to(url)
        assert (await client.turn(request("a"))).message_id == "m"


async def test_asked_for_an_action_without_running_any_it_says_so() -> None:
    pretender = Pretender()
    heard: list[bytes] = []

    def say(head: bytes) -> bytes:
        heard.append(head)
        if head.startswith(b"turn"):
            return b"action 7 0\n{}"
        return b"answer 1 200\n" + json.dumps(TURN).encode()

    pretender.say = say
    async with pretender.standing() as url, lined(EngineClient((url,), "s", 5.0), url) as client:
        await client.turn(request("a"))
    assert heard == [b"turn 1 0\n", b"acted 7 503\n"]
