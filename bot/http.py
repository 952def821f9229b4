"""Calls over kept connections: to the engine and to the platforms, many of them every second.

httpx is the language here (requests, responses, errors, stand-ins for tests), aiohttp moves the
bytes: its parser is written in C, and one call costs a third of what it costs through httpx's own
client and pool (`docs/benchmarks.md`). httpx-aiohttp would be the library for that; its release
0.2.0 reports a connection that broke in the middle of a call as one that was never made, after
which a message would be sent twice.
"""

from collections.abc import Mapping
from typing import override

import aiohttp
import httpx

_CONNECTIONS = 200
_IDLE_SECONDS = 15.0
# What httpx can undo without further packages.
_ENCODINGS = {"Accept-Encoding": "gzip, deflate"}


class KeptConnections(httpx.AsyncBaseTransport):
    """A transport of httpx that leaves sockets, pool and parsing to aiohttp.

    Errors are httpx's: ConnectError and ConnectTimeout mean that the call never began; after
    ReadTimeout, ReadError or RemoteProtocolError nobody knows whether it was carried out.
    """

    def __init__(self, *, timeout: float, connect: float, proxies: bool) -> None:
        self._timeout = aiohttp.ClientTimeout(total=timeout, sock_connect=connect)
        self._proxies = proxies
        self._session: aiohttp.ClientSession | None = None

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Make one call and read its answer to the end."""
        session = self._session or self._open()
        try:
            async with session.request(
                request.method,
                str(request.url),
                headers=_decoded(request.headers),
                data=request.content or None,
                allow_redirects=False,
            ) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _told(error) from error
        return httpx.Response(answer.status, headers=answer.raw_headers, content=body)

    @override
    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        """Make the pool at the first call: aiohttp wants a running event loop."""
        connector = aiohttp.TCPConnector(
            limit=_CONNECTIONS,
            keepalive_timeout=_IDLE_SECONDS,
            ssl=httpx.create_ssl_context(),
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=_ENCODINGS,
            timeout=self._timeout,
            trust_env=self._proxies,
            auto_decompress=False,
        )
        return self._session


class Caller:
    """Posts bodies and gets answers; `timeout` bounds a call from the first byte to the last.

    A client of httpx joins addresses, follows redirects, keeps cookies and asks hooks at every
    call; nothing of that is wanted here. `transport` stands in for the network in tests,
    `proxies` says whether the environment's proxies are used.
    """

    def __init__(
        self,
        *,
        timeout: float,
        connect: float = 4.0,
        proxies: bool = False,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._transport = transport or KeptConnections(
            timeout=timeout, connect=min(connect, timeout), proxies=proxies
        )

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Post JSON; raises the errors of `KeptConnections`, all of them httpx.TransportError."""
        given = {"Content-Type": "application/json", **headers}
        return await self._call(httpx.Request("POST", url, headers=given, content=body))

    async def get(self, url: str) -> httpx.Response:
        """Get an address; raises as `post` does."""
        return await self._call(httpx.Request("GET", url))

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _call(self, request: httpx.Request) -> httpx.Response:
        response = await self._transport.handle_async_request(request)
        await response.aread()
        return response


def _decoded(headers: httpx.Headers) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw]


def _told(error: Exception) -> httpx.TransportError:
    """Return what an error of aiohttp is called in httpx."""
    for kind, meaning in _MEANINGS:
        if isinstance(error, kind):
            return meaning(str(error))
    return httpx.ReadError(str(error))


# The first that fits; what remains broke in the middle.
_MEANINGS: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (aiohttp.ConnectionTimeoutError, httpx.ConnectTimeout),
    (aiohttp.ClientProxyConnectionError, httpx.ProxyError),
    (aiohttp.ClientHttpProxyError, httpx.ProxyError),
    (aiohttp.ClientConnectorError, httpx.ConnectError),
    (aiohttp.InvalidURL, httpx.UnsupportedProtocol),
    (TimeoutError, httpx.ReadTimeout),
    (aiohttp.ServerDisconnectedError, httpx.RemoteProtocolError),
    (aiohttp.ClientResponseError, httpx.RemoteProtocolError),
)
