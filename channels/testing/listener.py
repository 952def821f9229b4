"""The two ends that an adapter has in the gateway, without a gateway: for tests of stand-ins."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import httpx

from channels.kit import (
    ApiReply,
    Channel,
    Event,
    PlatformDownError,
    RateLimitedError,
    WebhookError,
    WebhookRequest,
)
from channels.testing.calls import read_body


class Listener:
    """An ASGI application that lets signed webhooks in and keeps what they say.

    `refuse` answers that many calls with 500 first, as a gateway that is being restarted.
    """

    def __init__(self, channel: Channel[Any], *, refuse: int = 0) -> None:
        self.channel = channel
        self.refuse = refuse
        self.events: list[Event] = []
        self._changed = asyncio.Condition()

    async def heard(self, count: int, timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Wait until that many events have come; TimeoutError if that takes too long."""
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(lambda: len(self.events) >= count)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one webhook call."""
        headers = {key.decode().lower(): value.decode() for key, value in scope["headers"]}
        status = self._take(WebhookRequest(scope["method"], headers, {}, await read_body(receive)))
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        async with self._changed:
            self._changed.notify_all()

    def _take(self, call: WebhookRequest) -> int:
        if self.refuse:
            self.refuse -= 1
            return 500
        try:
            self.channel.verify(call)
            self.events += self.channel.parse(call)
        except WebhookError as error:
            return error.status
        return 200


class HttpxApi:
    """An `Api` over HTTP that keeps what it pushed."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.pushed: dict[str, tuple[str, dict[str, Any]]] = {}

    async def post(
        self, url: str, *, json: dict[str, Any], headers: Mapping[str, str] | None = None
    ) -> ApiReply:
        """Post to a platform or its stand-in."""
        try:
            reply = await self.client.post(url, json=json, headers=headers)
        except httpx.ConnectError as error:
            raise PlatformDownError("cannot connect") from error
        except httpx.HTTPError as error:
            raise PlatformDownError("no answer", maybe_sent=True) from error
        if reply.status_code == 429:
            raise RateLimitedError(float(reply.headers.get("retry-after", "1")))
        body = _json_of(reply)
        if reply.status_code >= 500 and not (isinstance(body, dict) and "error" in body):
            raise PlatformDownError(f"HTTP {reply.status_code}")
        return ApiReply(reply.status_code, body, reply.headers)

    async def push(self, to: str, payload: dict[str, Any], *, key: str) -> str:
        """Keep a message once per key."""
        self.pushed.setdefault(key, (to, payload))
        return str(list(self.pushed).index(key) + 1)


def _json_of(reply: httpx.Response) -> Any:
    try:
        return json.loads(reply.content)
    except ValueError:
        return None
