"""Downloading a feed: only when it is new, never without end, never from the private network."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from catalog.connectors.addresses import require_public, require_public_peer
from catalog.connectors.errors import FetchError

MAX_BYTES = 1024 * 1024 * 1024
MAX_SECONDS = 900.0
_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long."""

    size: int = MAX_BYTES
    seconds: float = MAX_SECONDS
    allow_private: bool = False


async def download(
    client: httpx.AsyncClient,
    url: str,
    path: Path,
    *,
    known: dict[str, Any],
    limits: Limits,
    auth: tuple[str, str] | None = None,
) -> dict[str, Any] | None:
    """Write what is at an address into a file and return its marks, None when it is `known`.

    FetchError tells why not.
    """
    try:
        async with asyncio.timeout(limits.seconds):
            return await _follow(client, url, path, known, limits, auth)
    except TimeoutError as error:
        raise FetchError(f"it took longer than {limits.seconds:.0f} seconds") from error
    except httpx.TimeoutException as error:
        raise FetchError(f"{httpx.URL(url).host} does not answer") from error
    except httpx.HTTPError as error:
        raise FetchError(f"{httpx.URL(url).host} is not reachable: {error}") from error


async def _follow(
    client: httpx.AsyncClient,
    url: str,
    path: Path,
    known: dict[str, Any],
    limits: Limits,
    auth: tuple[str, str] | None,
) -> dict[str, Any] | None:
    first = httpx.URL(url).host
    for _ in range(_REDIRECTS + 1):
        await require_public(url, allow_private=limits.allow_private)
        # A password is for the host it was given for, not for where that sends us.
        given = auth if httpx.URL(url).host == first else None
        async with client.stream(
            "GET", url, headers=_conditions(known), auth=given, follow_redirects=False
        ) as answer:
            require_public_peer(answer, allow_private=limits.allow_private)
            if answer.has_redirect_location:
                url = str(answer.url.join(answer.headers["location"]))
                continue
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return None
            _require_feed(answer, limits)
            await _save(answer, path, limits)
            return _marks(answer)
    raise FetchError(f"it sends us on more than {_REDIRECTS} times")


def _conditions(known: dict[str, Any]) -> dict[str, str]:
    names = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}
    asked = {header: str(known[mark]) for mark, header in names.items() if known.get(mark)}
    return {"Accept": "*/*", **asked}


def _require_feed(answer: httpx.Response, limits: Limits) -> None:
    if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise FetchError(
            f"it answered {answer.status_code}: set its USERNAME and PASSWORD in the settings"
        )
    if answer.status_code != httpx.codes.OK:
        raise FetchError(f"it answered {answer.status_code}")
    if answer.headers.get("content-type", "").startswith("text/html"):
        raise FetchError("it answered with a web page, not with a file of products")
    told = answer.headers.get("content-length", "")
    if told.isdigit() and int(told) > limits.size:
        raise FetchError(_too_large(limits))


async def _save(answer: httpx.Response, path: Path, limits: Limits) -> None:
    size = 0
    with path.open("wb") as file:
        async for part in answer.aiter_bytes():
            size += len(part)
            if size > limits.size:
                raise FetchError(_too_large(limits))
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    if size == 0:
        raise FetchError("it answered with an empty file")


def _too_large(limits: Limits) -> str:
    return f"it is larger than {limits.size / 1024 / 1024:.0f} MB"


def _marks(answer: httpx.Response) -> dict[str, Any]:
    marks = {
        "etag": answer.headers.get("etag"),
        "last_modified": answer.headers.get("last-modified"),
    }
    return {name: value for name, value in marks.items() if value}
