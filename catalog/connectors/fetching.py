"""Fetching a source of any kind into files."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from catalog.connectors import folder, shopify, woocommerce
from catalog.connectors.addresses import require_public
from catalog.connectors.downloading import Limits, download
from catalog.connectors.errors import FetchError
from catalog.connectors.pacing import Shop
from catalog.connectors.spool import Spool
from catalog.importers import ReadOptions
from catalog.sources import Feed

__all__ = ["FetchError", "Fetched", "fetch"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: files with their names, or nothing new.

    `state` is to be remembered for the next time. `complete` says that these are all products.
    `trouble` tells why reading stopped early; what came until then is still good.
    """

    files: tuple[tuple[str, Path], ...] = ()
    state: dict[str, Any] = field(default_factory=dict)
    options: ReadOptions = field(default_factory=ReadOptions)
    complete: bool = False
    unchanged: bool = False
    trouble: str | None = None
    note: str | None = None


async def fetch(
    client: httpx.AsyncClient,
    feed: Feed,
    state: Mapping[str, Any],
    *,
    secrets: Mapping[str, str],
    scratch: Path,
    full: bool = False,
) -> Fetched:
    """Bring what a source has into `scratch`; FetchError when nothing at all came."""
    known = {} if full else dict(state)
    if feed.kind == "folder":
        return _folder(feed, known)
    if feed.kind == "url":
        return await _url(client, feed, known, secrets, scratch)
    return await _shop(client, feed, dict(state), secrets, scratch / "shop.jsonl", full=full)


def _folder(feed: Feed, known: dict[str, Any]) -> Fetched:
    found = folder.look(Path(feed.address), known)
    if found is None:
        return Fetched(unchanged=True, state=known)
    files, marks = found
    return Fetched(
        files=tuple((path.name, path) for path in files),
        state=marks,
        options=feed.options.reading(),
        complete=feed.options.complete,
    )


async def _url(
    client: httpx.AsyncClient,
    feed: Feed,
    known: dict[str, Any],
    secrets: Mapping[str, str],
    scratch: Path,
) -> Fetched:
    path = scratch / "feed"
    user, password = secrets.get("username", ""), secrets.get("password", "")
    marks = await download(
        client,
        feed.address,
        path,
        known=known,
        limits=Limits(allow_private=feed.options.allow_private),
        auth=(user, password) if user or password else None,
    )
    if marks is None:
        return Fetched(unchanged=True, state=known)
    return Fetched(
        files=((feed.address, path),),
        state=marks,
        options=feed.options.reading(),
        complete=feed.options.complete,
    )


async def _shop(
    client: httpx.AsyncClient,
    feed: Feed,
    state: dict[str, Any],
    secrets: Mapping[str, str],
    path: Path,
    *,
    full: bool,
) -> Fetched:
    """Read what changed since the last time; once a day everything, to see what was deleted."""
    old = time.time() - float(state.get("full_at", 0)) > feed.options.full_hours * 3600
    whole = full or old or "since" not in state
    since = None if whole else str(state["since"])
    begun, trouble, still = time.time(), None, True
    newest = since
    shop = await _reach(client, feed, secrets)
    options = feed.options.reading()
    with Spool(path) as spool:
        try:
            if feed.kind == "shopify":
                newest = await shopify.read_products(shop, spool, options, since=since)
            else:
                newest, still = await woocommerce.read_products(shop, spool, options, since=since)
        except FetchError as error:
            if not spool.count:
                raise
            trouble = str(error)
    told = {**state, "since": newest} if newest else dict(state)
    if whole and still:
        told["full_at"] = begun
    moved = "Products were added or removed while the shop was read; nothing was hidden."
    return Fetched(
        files=((feed.address, path),),
        state=state if trouble else told,
        options=ReadOptions("jsonl", options.language, options.currency),
        complete=whole and still and trouble is None and feed.options.complete,
        unchanged=spool.count == 0 and not whole,
        trouble=trouble,
        note=None if still else moved,
    )


async def _reach(client: httpx.AsyncClient, feed: Feed, secrets: Mapping[str, str]) -> Shop:
    private = feed.options.allow_private
    address = feed.address if "://" in feed.address else f"https://{feed.address}"
    await require_public(address, allow_private=private)
    if not private and not address.startswith("https://"):
        raise FetchError("keys are only sent over https: write the address with https://")
    if feed.kind == "shopify":
        headers = {"X-Shopify-Access-Token": _secret(feed, secrets, "access_token")}
        return Shop(client, address, headers=headers, allow_private=private)
    key = _secret(feed, secrets, "consumer_key"), _secret(feed, secrets, "consumer_secret")
    return Shop(client, address, auth=key, allow_private=private)


def _secret(feed: Feed, secrets: Mapping[str, str], name: str) -> str:
    if value := secrets.get(name):
        return value
    variable = f"DIALOGO_SOURCES__{feed.name.upper()}__{name.upper()}"
    raise FetchError(f"set {variable}: the shop wants a key")
