"""Calls over a real socket: what is told when they fail decides whether a message is sent twice."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.engine.process import free_port
from bot.http import Answer, Caller

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(script: Script) -> AsyncIterator[str]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await script(reader, writer)
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/x"
    finally:
        listening.close()


async def read_call(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if b"content-length" in line
    )
    return head + await reader.readexactly(length)


async def post(url: str, timeout: float = 2.0) -> Answer:  # noqa: ASYNC109 - the caller's own
    caller = Caller(timeout=timeout)
    try:
        return await caller.post(url, b'{"a":1}', {"X-One": "1"})
    finally:
        await caller.close()


async def test_a_body_goes_out_and_an_answer_comes_back() -> None:
    calls: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(await read_call(reader))
        body = gzip.compress(b'{"id": "x"}')
        writer.write(
            b"HTTP/1.1 201 Created\r\nContent-Encoding: gzip\r\nRetry-After: 3\r\n"
            + b"Content-Length: %d\r\n\r\n" % len(body)
            + body
        )
        await writer.drain()

    async with server(script) as url:
        answer = await post(url)
    assert (answer.status, answer.json()) == (201, {"id": "x"})
    assert answer.headers.get("retry-after") == "3"
    assert calls[0].endswith(b'{"a":1}')
    assert b"Content-Type: application/json" in calls[0]
    assert b"X-One: 1" in calls[0]


async def test_a_redirect_is_an_answer() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_call(reader)
        writer.write(
            b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"
        )
        await writer.drain()

    async with server(script) as url:
        assert (await post(url)).status == 302


async def test_nobody_there_means_that_the_call_never_began() -> None:
    with pytest.raises(httpx.ConnectError):
        await post(f"http://127.0.0.1:{free_port()}/x")


async def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(httpx.UnsupportedProtocol):
        await post("nonsense://x")


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", b"tea\r\n"]
)
async def test_a_connection_that_breaks_leaves_it_open_whether_it_was_done(said: bytes) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_call(reader)
        writer.write(said)
        await writer.drain()

    async with server(script) as url:
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            await post(url)


async def test_no_answer_in_time_leaves_it_open_too() -> None:
    async def script(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await read_call(reader)
        await asyncio.sleep(5)

    async with server(script) as url:
        with pytest.raises(httpx.ReadTimeout):
            await post(url, timeout=0.2)


async def test_a_connection_serves_many_calls() -> None:
    connections = 0

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        for _ in range(3):
            await read_call(reader)
            writer.write(OK)
            await writer.drain()

    caller = Caller(timeout=2)
    async with server(script) as url:
        for _ in range(3):
            assert (await caller.post(url, b"{}", {})).status == 200
        await caller.close()
    assert connections == 1


@pytest.mark.parametrize("scheme", ["http://", ""])
async def test_the_proxy_of_the_environment_is_used(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(await read_call(reader))
        writer.write(OK)
        await writer.drain()

    async with server(script) as url:
        at = url.removeprefix("http://").removesuffix("/x")
        monkeypatch.setenv("http_proxy", f"{scheme}me:secret@{at}")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        caller = Caller(timeout=2, proxies=True)
        there = await caller.post(f"http://platform{len(scheme)}.example/a", b"{}", {})
        near = await caller.post(url, b"{}", {})
        await caller.close()
    assert (there.status, near.status) == (200, 200)
    assert calls[0].startswith(b"POST http://platform%d.example/a HTTP/1.1" % len(scheme))
    assert b"Proxy-Authorization: Basic bWU6c2VjcmV0" in calls[0]
    assert calls[1].startswith(b"POST /x HTTP/1.1")
