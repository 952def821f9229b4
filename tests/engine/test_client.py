"""Calling engines: which one, how failures are named, and what never is tried twice."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.engine import (
    Choice,
    Context,
    EngineClient,
    EngineDownError,
    TurnFailedError,
    TurnRefusedError,
    TurnRequest,
)
from bot.engine.process import free_port
from bot.errors import EngineError

Reply = tuple[int, bytes] | None
REQUEST = TurnRequest(sender="c", message_id="m", text="ciao")
ANSWER = {"message_id": "m", "messages": [{"kind": "say", "ref": "a", "values": {}}], "new": 1}


@asynccontextmanager
async def engine(answer: Callable[[bytes], Reply]) -> AsyncIterator[str]:
    """A server that answers every call with these bytes; None closes the connection."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            size = next(
                (
                    int(line[16:])
                    for line in head.lower().split(b"\r\n")
                    if b"content-length" in line
                ),
                0,
            )
            reply = answer(head + await reader.readexactly(size))
            if reply:
                status, body = reply
                length = f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
                writer.write(f"HTTP/1.1 {status} X\r\n{length}".encode() + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        yield f"http://127.0.0.1:{port}"


async def turn(*urls: str, timeout: float = 2.0) -> dict[str, object]:  # noqa: ASYNC109
    client = EngineClient(urls, "secret", timeout)
    try:
        return (await client.turn(REQUEST)).model_dump()
    finally:
        await client.close()


async def test_the_request_carries_the_token_and_everything_known() -> None:
    heard: list[bytes] = []

    def answer(call: bytes) -> Reply:
        heard.append(call)
        return 200, json.dumps(ANSWER).encode()

    async with engine(answer) as url:
        client = EngineClient((url + "/",), "secret", 2.0)
        request = TurnRequest(
            sender="c",
            message_id="m",
            choice=Choice(id="ask:greet", title="Ciao"),
            context=Context(channel="whatsapp", name="Giulia"),
        )
        reply = await client.turn(request)
        await client.close()
    assert reply.messages[0]["ref"] == "a"
    assert b"Bearer secret" in heard[0]
    sent = json.loads(heard[0].split(b"\r\n\r\n", 1)[1])
    assert sent["choice"] == {"id": "ask:greet", "title": "Ciao"}
    assert sent["context"]["name"] == "Giulia"


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        ((500, b'{"error": "KeyError: x"}'), TurnFailedError, "KeyError: x"),
        ((502, b"<html>"), TurnFailedError, "<html>"),
        ((200, b"[]"), TurnFailedError, "nonsense"),
        ((401, b"{}"), TurnRefusedError, "DIALOGO_ENGINE_TOKEN"),
        ((422, b'{"error": "no sender"}'), TurnRefusedError, "no sender"),
        ((503, b'{"error": "no model is loaded"}'), EngineDownError, "no model"),
        (None, EngineDownError, "broke the connection"),
    ],
)
async def test_every_failure_has_its_name_and_reason(
    reply: Reply, error: type[EngineError], words: str
) -> None:
    async with engine(lambda _: reply) as url:
        with pytest.raises(error, match=words):
            await turn(url)


async def test_a_slow_engine_is_given_up_in_time() -> None:
    over = asyncio.Event()

    async def stay(_reader: object, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    server = await asyncio.start_server(stay, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(EngineDownError, match="too long"):
            await turn(f"http://127.0.0.1:{port}", timeout=0.2)
        over.set()


async def test_no_engine_at_all_is_said_plainly() -> None:
    with pytest.raises(EngineDownError, match="no address"):
        await turn()
    with pytest.raises(EngineDownError, match="is it running"):
        await turn(f"http://127.0.0.1:{free_port()}")


async def test_another_engine_takes_over_only_where_the_turn_has_not_begun() -> None:
    calls: list[str] = []

    def fails(_: bytes) -> Reply:
        calls.append("failed")
        return 500, b"{}"

    dead = f"http://127.0.0.1:{free_port()}"
    async with engine(lambda _: (200, json.dumps(ANSWER).encode())) as good, engine(fails) as bad:
        assert (await turn(dead, good))["message_id"] == "m"
        client = EngineClient((bad, good), "secret", 2.0)
        for number in range(20):
            request = TurnRequest(sender=str(number), message_id="m")
            mine = client.order(str(number))[0] == bad
            if mine:
                with pytest.raises(TurnFailedError):
                    await client.turn(request)
            else:
                await client.turn(request)
        await client.close()
    assert calls


async def test_no_line_is_asked_of_an_engine_behind_tls() -> None:
    client = EngineClient(("https://engine", "http://127.0.0.1:9"), "t", 1.0)
    asked = [
        (client.line_to(url), sum(t.get_name() == "line opening" for t in asyncio.all_tasks()))
        for url in client.urls
    ]
    await client.close()
    assert asked == [(None, 0), (None, 1)]


def test_a_conversation_stays_with_its_engine_when_another_is_added() -> None:
    few = EngineClient(("http://a", "http://b"), "t", 1.0)
    more = EngineClient(("http://b", "http://a", "http://c"), "t", 1.0)
    moved = 0
    for number in range(300):
        before, after = few.order(str(number))[0], more.order(str(number))[0]
        assert after in (before, "http://c")
        moved += after == "http://c"
    assert 60 < moved < 140


async def test_ready_means_every_engine_answers() -> None:
    ready = (200, b'{"model": "m.tar.gz"}')
    async with engine(lambda _: ready) as one, engine(lambda _: (503, b"{}")) as other:
        good = EngineClient((one,), "t", 1.0)
        assert await good.ready() == "m.tar.gz"
        await good.close()
        for urls in ((one, other), (one, f"http://127.0.0.1:{free_port()}"), ()):
            client = EngineClient(urls, "t", 1.0)
            assert await client.ready() is None
            await client.close()
