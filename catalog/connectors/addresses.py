"""Refusing addresses that lead into the private network.

Whoever may add a source must not be able to read what only this machine can reach: databases,
routers, the metadata service of a cloud. A name is looked up before it is called, and the peer
that answered is looked at again, because a name can point elsewhere a second later.
"""

import asyncio
import socket
from ipaddress import IPv6Address, ip_address

import httpx

from catalog.connectors.errors import FetchError


async def require_public(url: str, *, allow_private: bool) -> None:
    """Raise FetchError unless every address of the host is public, or private ones are allowed."""
    parsed = httpx.URL(url)
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise FetchError(f"{url} is no web address: begin it with https://")
    if allow_private:
        return
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            parsed.host, parsed.port or 443, type=socket.SOCK_STREAM
        )
    except OSError as error:
        raise FetchError(f"nobody knows the host {parsed.host}: {error.strerror}") from error
    for *_, address in found:
        _require_public_address(str(address[0]), parsed.host)


def require_public_peer(response: httpx.Response, *, allow_private: bool) -> None:
    """Raise FetchError when a private address has answered after all."""
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if peer and not allow_private:
        _require_public_address(str(peer[0]), response.url.host)


def _require_public_address(address: str, host: str) -> None:
    found = ip_address(address.split("%", 1)[0])
    inner = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    if not (inner or found).is_global:
        raise FetchError(
            f"{host} is in a private network ({address}). "
            "Allow that for this source if it is meant (--allow-private)."
        )
