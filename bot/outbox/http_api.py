"""How adapters reach the platforms: timeouts, what an answer means, and a log without secrets."""

import asyncio
import logging
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from pydantic import BaseModel, SecretStr
from pydantic_core import to_json

from bot.http import Answer, Caller
from bot.outbox.streams import Streams
from channels.kit import ApiReply, Channel, PlatformDownError, RateLimitedError

log = logging.getLogger("bot.outbox.channel_log")

_DEFAULT_WAIT = 5.0
# The request never reached the platform as a whole: it cannot have been accepted.
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.WriteTimeout,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
)


class HttpApi:
    """The `Api` of one channel; `timeout` bounds a call from the first byte to the last."""

    def __init__(
        self, caller: Caller, channel: Channel[Any], streams: Streams, *, timeout: float
    ) -> None:
        self._caller = caller
        self._channel = channel.name
        self._streams = streams
        self._timeout = timeout
        self._secrets = sorted(_secrets(channel.settings), key=len, reverse=True)

    async def post(
        self, url: str, *, json: dict[str, Any], headers: Mapping[str, str] | None = None
    ) -> ApiReply:
        """Send JSON to the platform; see `channels.kit.Api` for what is raised."""
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._caller.post(url, to_json(json), headers or {})
        except _NOT_SENT as error:
            self._note(url, json, type(error).__name__, began)
            raise PlatformDownError(_plain(error)) from None
        except (httpx.TransportError, TimeoutError) as error:
            self._note(url, json, type(error).__name__, began)
            raise PlatformDownError(_plain(error), maybe_sent=True) from None
        self._note(url, json, response, began)
        return _read(response)

    async def push(self, to: str, payload: dict[str, Any], *, key: str) -> str:
        """Hand a message to the connected customer's streams."""
        return await self._streams.push(self._channel, to, payload, key=key)

    def _note(self, url: str, body: Any, outcome: str | Answer, began: float) -> None:
        if not log.isEnabledFor(logging.DEBUG):
            return
        if isinstance(outcome, Answer):
            outcome = f"{outcome.status} {outcome.text[:2000]}"
        log.debug(
            "a call to a platform",
            extra={
                "channel": self._channel,
                "url": self._masked(url),
                "body": self._masked(str(body)),
                "outcome": self._masked(outcome),
                "milliseconds": round((time.perf_counter() - began) * 1000),
            },
        )

    def _masked(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


def _read(response: Answer) -> ApiReply:
    """Turn an answer into a reply, or raise what it means for every platform alike."""
    try:
        body = response.json()
    except ValueError:
        body = None
    explained = isinstance(body, dict) and isinstance(body.get("error"), dict)
    if not explained and response.status == httpx.codes.TOO_MANY_REQUESTS:
        raise RateLimitedError(_retry_after(response.headers.get("Retry-After")), code="429")
    if not explained and response.status >= httpx.codes.INTERNAL_SERVER_ERROR:
        # A gateway that gave up waiting does not know what the server behind it has done.
        unsure = response.status == httpx.codes.GATEWAY_TIMEOUT
        raise PlatformDownError("server error", str(response.status), maybe_sent=unsure)
    headers = {name.lower(): value for name, value in response.headers.items()}
    return ApiReply(response.status, body, headers)


def _retry_after(value: str | None) -> float:
    """Return the seconds that a Retry-After header asks for: a number or a date."""
    if not value:
        return _DEFAULT_WAIT
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return _DEFAULT_WAIT
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _plain(error: Exception) -> str:
    """Name an error without its text, which may hold an address with a token in it."""
    return {
        "TimeoutError": "no answer in time",
        "ReadTimeout": "no answer in time",
        "ConnectTimeout": "not reachable in time",
        "ConnectError": "not reachable",
    }.get(type(error).__name__, f"broken connection ({type(error).__name__})")


def _secrets(settings: BaseModel) -> Iterable[str]:
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr) and value.get_secret_value():
            yield value.get_secret_value()
        elif isinstance(value, BaseModel):
            yield from _secrets(value)
