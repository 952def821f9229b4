"""Calls over kept connections: to the engine and to the platforms, hundreds of them a second.

Errors are httpx's and any transport of httpx can stand in for the network; aiohttp moves the
bytes. Its parser is written in C, and one call costs a fifth of what it costs through httpx's own
client and pool (docs/benchmarks.md). httpx-aiohttp would be the library for that, but its release
0.2.0 reports a connection that broke in the middle of a call as one that was never made: after
that a message would be sent twice.
"""

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Protocol
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx

_CONNECTIONS = 200
_IDLE_SECONDS = 15.0
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names are looked up in any case."""

    status: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The body as text, for people."""
        return self.content.decode(errors="replace")

    def json(self) -> Any:
        """Return the body as JSON; ValueError when it is none."""
        return json.loads(self.content)


class Network(Protocol):
    """What makes the calls.

    ConnectError and ConnectTimeout mean that a call never began; after ReadTimeout, ReadError or
    RemoteProtocolError nobody knows whether it was carried out. All are httpx.TransportError.
    """

    async def call(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Make one call and read its answer to the end."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


@cache
def _trusted() -> ssl.SSLContext:
    """Read the authorities' certificates once: that takes 30 ms, which no call may wait for."""
    return httpx.create_ssl_context()


@lru_cache(maxsize=1024)
def _proxy(url: str) -> str | None:
    """Return the environment's proxy for an address, looked up once.

    aiohttp's own `trust_env` reads environment and `.netrc` anew for every call, in two trips to
    a thread: more than the rest of a call costs, and a wait for the interpreter each.
    """
    to = urlsplit(url)
    proxy = None if proxy_bypass(to.hostname or "") else getproxies().get(to.scheme)
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"


class KeptConnections:
    """The network itself; `timeout` bounds a call from the first byte to the last, in seconds."""

    def __init__(self, *, timeout: float, connect: float, proxies: bool) -> None:
        self._timeout = aiohttp.ClientTimeout(total=timeout, sock_connect=connect)
        self._proxies = proxies
        self._trusted = _trusted()
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Make one call (see `Network`)."""
        session = self._session or self._open()
        proxy = _proxy(url) if self._proxies else None
        try:
            async with session.request(
                method, url, headers=headers, data=body or None, allow_redirects=False, proxy=proxy
            ) as reply:
                return Answer(reply.status, await reply.read(), reply.headers)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _told(error) from error

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        """Make the pool at the first call: aiohttp wants a running event loop."""
        connector = aiohttp.TCPConnector(
            limit=_CONNECTIONS,
            keepalive_timeout=_IDLE_SECONDS,
            ssl=self._trusted,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=self._timeout,
        )
        return self._session


class StandIn:
    """A transport of httpx in place of the network, for tests."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport

    async def call(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Make one call (see `Network`)."""
        request = httpx.Request(method, url, headers=dict(headers), content=body)
        reply = await self._transport.handle_async_request(request)
        return Answer(reply.status_code, await reply.aread(), reply.headers)

    async def close(self) -> None:
        """Close the transport."""
        await self._transport.aclose()


class Caller:
    """Posts JSON and gets answers; nothing is redirected, repeated or remembered.

    `transport` stands in for the network, `proxies` says whether those of the environment are
    used. Raises what `Network` says.
    """

    def __init__(
        self,
        *,
        timeout: float,
        connect: float = 4.0,
        proxies: bool = False,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._network: Network = (
            StandIn(transport)
            if transport is not None
            else KeptConnections(timeout=timeout, connect=min(connect, timeout), proxies=proxies)
        )

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post JSON."""
        return await self._network.call("POST", url, body, {**_JSON, **headers})

    async def get(self, url: str) -> Answer:
        """Get an address."""
        return await self._network.call("GET", url, b"", {})

    async def close(self) -> None:
        """Close the connections."""
        await self._network.close()


# The first that fits; what remains broke in the middle.
_MEANINGS: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (aiohttp.ConnectionTimeoutError, httpx.ConnectTimeout),
    (aiohttp.ClientProxyConnectionError, httpx.ProxyError),
    (aiohttp.ClientHttpProxyError, httpx.ProxyError),
    (aiohttp.ClientConnectorError, httpx.ConnectError),
    (aiohttp.InvalidURL, httpx.UnsupportedProtocol),
    (aiohttp.NonHttpUrlClientError, httpx.UnsupportedProtocol),
    (TimeoutError, httpx.ReadTimeout),
    (aiohttp.ServerDisconnectedError, httpx.RemoteProtocolError),
    (aiohttp.ClientResponseError, httpx.RemoteProtocolError),
)


def _told(error: Exception) -> httpx.TransportError:
    """Return what an error of aiohttp is called in httpx."""
    for kind, meaning in _MEANINGS:
        if isinstance(error, kind):
            return meaning(str(error))
    return httpx.ReadError(str(error))
