"""Calling a shop's API patiently: waiting when it says so, trying again when it stumbles."""

import asyncio
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from catalog.connectors.addresses import require_public_peer
from catalog.connectors.errors import FetchError

TRIES = 6
_LONGEST = 120.0  # seconds to wait for once
_FIRST = 0.5
# Shopify's bucket: above this share of it the next call waits until some has leaked out.
_FULL = 0.8
_LEAK = 0.5  # seconds for one call at two calls a second


class Shop:
    """The API of one shop."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        base: str,
        *,
        headers: dict[str, str] | None = None,
        auth: httpx.Auth | tuple[str, str] | None = None,
        allow_private: bool = False,
    ) -> None:
        self._client = client
        self._base = base.rstrip("/")
        self._headers = headers or {}
        self._auth = auth
        self._allow_private = allow_private

    async def get(self, path: str, params: dict[str, Any] | None = None) -> httpx.Response:
        """Return the answer to a call; a path may also be a whole address of the same shop.

        FetchError when the shop refuses, or stumbles more often than is worth waiting for.
        """
        url = path if "://" in path else f"{self._base}{path}"
        if httpx.URL(url).host != httpx.URL(self._base).host:
            raise FetchError(f"the shop sends us to another host for the next page: {url}")
        problem = ""
        for attempt in range(TRIES):
            try:
                response = await self._client.get(
                    url, params=params, headers=self._headers, auth=self._auth
                )
            except httpx.TransportError as error:
                problem = f"not reachable ({type(error).__name__})"
                await asyncio.sleep(_backoff(attempt))
                continue
            require_public_peer(response, allow_private=self._allow_private)
            if response.status_code == httpx.codes.OK:
                await asyncio.sleep(_bucket_wait(response))
                return response
            problem = _problem(response)
            await asyncio.sleep(_wait(response, attempt))
        raise FetchError(f"the shop was tried {TRIES} times: {problem}")


def _problem(response: httpx.Response) -> str:
    """Say what an answer means that may pass; FetchError for one that will not."""
    code = response.status_code
    if code == httpx.codes.TOO_MANY_REQUESTS or code >= httpx.codes.INTERNAL_SERVER_ERROR:
        return f"it answered {code}"
    reason = {
        401: "the shop does not know this key: check it, and that it is not expired",
        403: "the key may not read products: give it the right to read them",
        404: "there is no such API at this address: check the address of the shop",
    }.get(code, f"the shop answered {code}")
    raise FetchError(reason)


def _wait(response: httpx.Response, attempt: int) -> float:
    asked = response.headers.get("retry-after", "")
    try:
        return min(max(float(asked), 0.0), _LONGEST)
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(asked)
    except ValueError:
        return _backoff(attempt)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), _LONGEST)


def _backoff(attempt: int) -> float:
    return min(_FIRST * float(2**attempt), _LONGEST) * random.uniform(0.8, 1.2)  # noqa: S311


def _bucket_wait(response: httpx.Response) -> float:
    used, _, size = response.headers.get("x-shopify-shop-api-call-limit", "").partition("/")
    if not (used.isdigit() and size.isdigit() and int(size)):
        return 0.0
    over = int(used) - _FULL * int(size)
    return max(over, 0.0) * _LEAK
