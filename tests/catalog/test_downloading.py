"""Feeds from the web: only what is new, never without end, never from the private network."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from catalog import Feed, FeedOptions, FetchError, fetch
from catalog.connectors.addresses import require_public
from catalog.connectors.downloading import Limits, download
from channels.testing import serve

FEED = b"id,name,price\na,Bag,10.00\n"


async def feed(request: Request) -> Response:
    marks = {"ETag": '"one"', "Last-Modified": "Wed, 25 Nov 2026 10:00:00 GMT"}
    if request.headers.get("if-none-match") == '"one"':
        return Response(status_code=304, headers=marks)
    return Response(FEED, headers=marks, media_type="text/csv")


async def guarded(request: Request) -> Response:
    known = request.headers.get("authorization") == "Basic YW5uYTpzZWNyZXQ="
    return Response(FEED) if known else Response(status_code=401)


async def moved(_: Request) -> Response:
    return RedirectResponse("/feed.csv")


async def round_and_round(_: Request) -> Response:
    return RedirectResponse("/round")


async def page(_: Request) -> Response:
    return Response("<html>Log in</html>", media_type="text/html")


async def endless(_: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield b"x" * 65536
            await asyncio.sleep(0)

    return StreamingResponse(parts())


async def slow(_: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        yield b"id"
        await asyncio.sleep(3)

    return StreamingResponse(parts())


ROUTES: dict[str, Callable[[Request], object]] = {
    "/feed.csv": feed,
    "/guarded": guarded,
    "/moved": moved,
    "/round": round_and_round,
    "/page": page,
    "/endless": endless,
    "/slow": slow,
    "/empty": lambda _: Response(b""),
}


@pytest.fixture
async def address() -> AsyncIterator[str]:
    app = Starlette(routes=[Route(path, endpoint) for path, endpoint in ROUTES.items()])
    async with serve(app) as url:
        yield url


async def get(url: str, path: Path, **limits: float) -> dict[str, object] | None:
    given = Limits(allow_private=True, **limits)  # type: ignore[arg-type]
    async with httpx.AsyncClient() as client:
        return await download(client, url, path, known={}, limits=given)


async def test_a_feed_is_fetched_once_and_then_only_when_it_is_new(
    address: str, tmp_path: Path
) -> None:
    source = Feed(
        name="web",
        kind="url",
        address=f"{address}/feed.csv",
        options=FeedOptions(allow_private=True),
    )
    async with httpx.AsyncClient() as client:
        first = await fetch(client, source, {}, secrets={}, scratch=tmp_path)
        again = await fetch(client, source, first.state, secrets={}, scratch=tmp_path)
        whole = await fetch(client, source, first.state, secrets={}, scratch=tmp_path, full=True)

    assert first.files[0][1].read_bytes() == FEED
    assert first.state == {"etag": '"one"', "last_modified": "Wed, 25 Nov 2026 10:00:00 GMT"}
    assert (first.unchanged, again.unchanged, whole.unchanged) == (False, True, False)
    assert again.state == first.state


async def test_a_password_is_sent_where_one_is_set(address: str, tmp_path: Path) -> None:
    options = FeedOptions(allow_private=True)
    source = Feed(name="web", kind="url", address=f"{address}/guarded", options=options)
    secrets = {"username": "anna", "password": "secret"}
    async with httpx.AsyncClient() as client:
        fetched = await fetch(client, source, {}, secrets=secrets, scratch=tmp_path)
        assert fetched.files
        with pytest.raises(FetchError, match="USERNAME"):
            await fetch(client, source, {}, secrets={}, scratch=tmp_path)


async def test_a_redirect_is_followed_and_a_circle_is_not(address: str, tmp_path: Path) -> None:
    assert await get(f"{address}/moved", tmp_path / "feed")
    with pytest.raises(FetchError, match="more than 5 times"):
        await get(f"{address}/round", tmp_path / "feed")


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/page", "web page"), ("/missing", "404"), ("/empty", "empty file")],
)
async def test_what_is_no_feed_says_why(
    address: str, tmp_path: Path, path: str, reason: str
) -> None:
    with pytest.raises(FetchError, match=reason):
        await get(f"{address}{path}", tmp_path / "feed")


async def test_size_and_time_are_limited(address: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="larger than 1 MB"):
        await get(f"{address}/endless", tmp_path / "feed", size=1024 * 1024)
    with pytest.raises(FetchError, match="longer than"):
        await get(f"{address}/slow", tmp_path / "feed", seconds=0.3)


async def test_a_host_that_does_not_answer(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="not reachable"):
        await get("http://127.0.0.1:9/feed.csv", tmp_path / "feed")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/feed",
        "http://localhost:8000/feed",
        "http://10.1.2.3/feed",
        "http://192.168.1.1/feed",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/feed",
        "http://[::ffff:127.0.0.1]/feed",
        "http://[fd00::1]/feed",
        "http://0.0.0.0/feed",
        "http://2130706433/feed",
    ],
)
async def test_the_private_network_is_refused_unless_it_is_allowed(url: str) -> None:
    with pytest.raises(FetchError, match="private network"):
        await require_public(url, allow_private=False)
    await require_public(url, allow_private=True)


async def test_other_kinds_of_addresses_are_refused() -> None:
    for url in ("file:///etc/passwd", "ftp://shop.example/feed", "gopher://x"):
        with pytest.raises(FetchError, match="no web address"):
            await require_public(url, allow_private=True)


async def test_a_peer_in_the_private_network_is_found_out_after_the_look_up(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that was public when it was looked up, and private when it was called."""

    async def public(_: str, **__: bool) -> None:
        return None

    monkeypatch.setattr("catalog.connectors.downloading.require_public", public)
    async with httpx.AsyncClient() as client:
        with pytest.raises(FetchError, match="private network"):
            await download(
                client, f"{address}/feed.csv", tmp_path / "feed", known={}, limits=Limits()
            )
    assert not (tmp_path / "feed").exists()
