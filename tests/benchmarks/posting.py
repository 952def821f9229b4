"""How the benchmarks post: the measuring must not be what is measured.

httpx's own pool takes 1.8 ms of processor time for one post, a fifth of what a whole turn of ours
costs, on the same two cores. Ours and stock are posted to in the same way.
"""

from typing import override

import httpx

from bot.http import KeptConnections


def quick_client() -> httpx.AsyncClient:
    """Return a client of httpx over the gateway's kept connections."""
    return httpx.AsyncClient(transport=_Quick(), trust_env=False)


class _Quick(httpx.AsyncBaseTransport):
    def __init__(self) -> None:
        self._network = KeptConnections(timeout=60.0, connect=4.0, proxies=False)

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        kept = {k: v for k, v in request.headers.items() if k not in ("content-length", "host")}
        answer = await self._network.call(request.method, str(request.url), body, kept)
        return httpx.Response(answer.status, content=answer.content)

    @override
    async def aclose(self) -> None:
        await self._network.close()
