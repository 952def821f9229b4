"""Rate limits, streams, and the HTTP client of the adapters."""

import asyncio
import logging
import time
from typing import Any

import httpx
import pytest
from sqlalchemy import event

from bot.db import Database
from bot.http import Caller
from bot.outbox import HttpApi, Streams, message_key, pause, readable, resume
from bot.outbox.buckets import Buckets, Grant, reserve
from bot.outbox.http_api import _retry_after
from channels.kit import (
    Card,
    Cards,
    Choice,
    Location,
    Media,
    Outbound,
    PlatformDownError,
    RateLimitedError,
    Template,
    Text,
)
from tests.lanes.work import until
from tests.outbox.paper import SECRET, Platform, refused, shop, webchat, whatsapp

ACCOUNT = "whatsapp:123"


async def test_a_bucket_gives_no_more_than_the_rate(database: Database) -> None:
    async def ask(wanted: int) -> Grant:
        return await database.write(lambda conn: reserve(conn, ACCOUNT, rate=10, wanted=wanted))

    assert await ask(6) == Grant(6)
    assert await ask(6) == Grant(4)
    empty = await ask(6)
    assert empty.tokens == 0
    assert 0 < empty.wait <= 0.1
    await asyncio.sleep(0.25)
    assert 2 <= (await ask(6)).tokens <= 4


async def test_workers_share_one_bucket(postgres_url: str) -> None:
    one, two = Database(postgres_url), Database(postgres_url)
    await one.start()
    await two.start()
    taken = 0
    began = time.monotonic()

    async def send_all(buckets: Buckets) -> None:
        nonlocal taken
        while time.monotonic() - began < 1.0:
            wait = await buckets.take(ACCOUNT, 40)
            if wait:
                await asyncio.sleep(min(wait, 0.05))
            else:
                taken += 1

    await asyncio.gather(send_all(Buckets(one)), send_all(Buckets(two)))
    seconds = time.monotonic() - began
    await one.stop()
    await two.stop()
    assert 60 <= taken <= 40 + 40 * seconds + 20  # a full bucket, the rate, two blocks


async def test_tokens_are_reserved_in_blocks(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.start()
    writes = 0

    def count(*_: Any) -> None:
        nonlocal writes
        writes += 1

    event.listen(database._writer._engine, "begin", count)  # type: ignore[attr-defined]
    buckets = Buckets(database)
    assert [await buckets.take(ACCOUNT, 80) for _ in range(60)] == [0.0] * 60
    await database.stop()
    assert writes == 3


async def test_a_pause_holds_everybody_and_the_longer_one_wins(database: Database) -> None:
    buckets = Buckets(database)
    await database.write(lambda conn: pause(conn, ACCOUNT, 30, "too fast"))
    await database.write(lambda conn: pause(conn, ACCOUNT, 5, "too fast"))
    assert 25 < await buckets.take(ACCOUNT, 80) <= 30
    await database.write(lambda conn: resume(conn, ACCOUNT))
    assert await buckets.take(ACCOUNT, 80) == 0


async def test_a_fast_conversation_is_slowed_down_to_the_accounts_rate(
    sqlite_url: str,
) -> None:
    database = Database(sqlite_url)
    await database.start()
    platform = Platform()
    slow = whatsapp()
    settings = slow.settings.model_copy(update={"messages_per_second": 5.0})
    async with shop(database, platform, channel=type(slow)(settings)) as open_shop:
        began = time.perf_counter()
        await open_shop.say(*[str(number) for number in range(8)])
        await open_shop.worker.idle()
        await until(lambda: len(platform.calls) == 8)
        assert 0.4 < time.perf_counter() - began < 3
    await database.stop()
    assert platform.texts == [str(number) for number in range(8)]


async def test_a_stream_continues_after_the_last_message_seen(database: Database) -> None:
    streams = Streams(database)
    await streams.start()
    for number in range(3):
        await streams.push("webchat", "anna", {"n": number}, key=f"k{number}")
    await streams.push("webchat", "bruno", {"n": "other"}, key="k9")
    again = await streams.push("webchat", "anna", {"n": 1}, key="k1")
    following = streams.follow("webchat", "anna", after=1)
    seen = [await anext(following), await anext(following)]
    assert seen == [(2, {"n": 1}), (3, {"n": 2})]
    assert again == "2"
    waiting = asyncio.ensure_future(anext(following))
    await asyncio.sleep(0.02)
    began = time.perf_counter()
    await streams.push("webchat", "anna", {"n": 3}, key="k3")
    assert (await waiting)[1] == {"n": 3}
    assert time.perf_counter() - began < 0.5
    await following.aclose()
    await streams.stop()


async def test_a_stream_hears_what_another_process_pushes(postgres_url: str) -> None:
    one, two = Database(postgres_url), Database(postgres_url)
    await one.start()
    await two.start()
    here, there = Streams(one), Streams(two)
    await here.start()
    following = here.follow("webchat", "anna")
    waiting = asyncio.ensure_future(anext(following))
    await asyncio.sleep(0.05)
    began = time.perf_counter()
    await there.push("webchat", "anna", {"n": 1}, key="k")
    assert (await waiting)[1] == {"n": 1}
    assert time.perf_counter() - began < 1
    await following.aclose()
    await here.stop()
    await one.stop()
    await two.stop()


async def test_a_long_stream_comes_in_pages_without_gaps(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.start()
    streams = Streams(database)
    await asyncio.gather(
        *(streams.push("webchat", "anna", {"n": n}, key=f"k{n}") for n in range(450))
    )
    following = streams.follow("webchat", "anna")
    numbers = [(await anext(following))[0] for _ in range(450)]
    await following.aclose()
    await database.stop()
    assert numbers == list(range(1, 451))


async def call(database: Database, answer: Any) -> Any:
    caller = Caller(timeout=1, transport=httpx.MockTransport(Platform(answer)))
    api = HttpApi(caller, whatsapp(), Streams(database), timeout=0.3)
    return await api.post("https://graph.test/x", json={"a": 1}, headers={"X": "y"})


@pytest.fixture
async def quiet(sqlite_url: str) -> Any:
    database = Database(sqlite_url)
    yield database
    await database.stop()


BROKEN: list[tuple[Any, bool]] = [
    (httpx.ConnectError("x"), False),
    (httpx.ConnectTimeout("x"), False),
    (httpx.PoolTimeout("x"), False),
    (httpx.WriteTimeout("x"), False),
    (httpx.ReadTimeout("x"), True),
    (httpx.ReadError("x"), True),
    (httpx.RemoteProtocolError("x"), True),
    (httpx.Response(500), False),
    (httpx.Response(502, text="bad gateway"), False),
    (httpx.Response(503, json={"error": "a text, no object"}), False),
    (httpx.Response(504), True),
]


@pytest.mark.parametrize(("answer", "maybe_sent"), BROKEN, ids=lambda value: repr(value))
async def test_a_broken_call_says_whether_it_may_have_been_carried_out(
    quiet: Database, answer: Any, maybe_sent: bool
) -> None:
    with pytest.raises(PlatformDownError) as caught:
        await call(quiet, answer)
    assert caught.value.maybe_sent is maybe_sent


async def test_a_call_that_never_ends_is_ended(quiet: Database) -> None:
    async def hang(_request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        return httpx.Response(200)

    caller = Caller(timeout=1, transport=httpx.MockTransport(hang))
    api = HttpApi(caller, whatsapp(), Streams(quiet), timeout=0.1)
    with pytest.raises(PlatformDownError, match="no answer in time") as caught:
        await api.post("https://graph.test/x", json={})
    assert caught.value.maybe_sent is True


async def test_answers_with_an_error_object_are_the_adapters_to_read(quiet: Database) -> None:
    for code, http in ((131000, 500), (4, 429), (190, 401)):
        reply = await call(quiet, refused(code, http, **{"Retry-After": "7"}))
        assert reply.status == http
        assert not reply.ok
        assert reply.json["error"]["code"] == code
        assert reply.headers["retry-after"] == "7"


async def test_a_bare_429_says_how_long_to_wait(quiet: Database) -> None:
    for given, seconds in (("12", 12.0), (None, 5.0), ("nonsense", 5.0)):
        answer = httpx.Response(429, headers={"Retry-After": given} if given else {})
        with pytest.raises(RateLimitedError) as caught:
            await call(quiet, answer)
        assert (caught.value.retry_after, caught.value.scope) == (seconds, "account")


def test_retry_after_may_be_a_date() -> None:
    assert _retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert _retry_after("Fri, 31 Dec 2100 23:59:59 GMT") > 1_000_000
    assert _retry_after("Fri, 31 Dec 2100 23:59:59 -0000") > 1_000_000


async def test_the_channel_log_shows_calls_at_debug_and_never_a_secret(
    quiet: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def echo(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text=f"you sent {request.headers['authorization']}")

    url = f"https://graph.test/bot{SECRET}/send"
    caller = Caller(timeout=1, transport=httpx.MockTransport(echo))
    api = HttpApi(caller, whatsapp(), Streams(quiet), timeout=1)
    with caplog.at_level(logging.INFO, "bot.outbox.channel_log"):
        await api.post(url, json={"t": SECRET}, headers={"Authorization": SECRET})
        assert not [r for r in caplog.records if r.name == "bot.outbox.channel_log"]
    with caplog.at_level(logging.DEBUG, "bot.outbox.channel_log"):
        await api.post(url, json={"t": SECRET}, headers={"Authorization": SECRET})
    (record,) = [r for r in caplog.records if r.name == "bot.outbox.channel_log"]
    assert record.__dict__["url"] == "https://graph.test/bot***/send"
    assert "you sent ***" in record.__dict__["outcome"]
    assert SECRET not in str(record.__dict__)


async def test_an_error_never_shows_the_address(quiet: Database) -> None:
    with pytest.raises(PlatformDownError) as caught:
        await call(quiet, httpx.ConnectError(f"https://graph.test/bot{SECRET}"))
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_an_adapter_pushes_through_its_api(database: Database) -> None:
    async with httpx.AsyncClient() as client:
        api = HttpApi(client, webchat(), Streams(database), timeout=1)
        first = await api.push("visitor", {"n": 1}, key="a")
        assert await api.push("visitor", {"n": 1}, key="a") == first


READABLE: list[tuple[Outbound, str]] = [
    (Text(text="ciao"), "ciao"),
    (Text(text="quale?", choices=(Choice(id="a", title="Siena"),)), "quale? [Siena]"),
    (
        Cards(cards=(Card(id="1", title="Siena", subtitle="139 €"), Card(id="2", title="Luna"))),
        "[card] Siena 139 €\n[card] Luna",
    ),
    (Media(media="image", url="https://x/y.jpg", caption="ecco"), "[image] ecco"),
    (Location(latitude=45.07, longitude=7.68, name="Negozio"), "[location] Negozio"),
    (Location(latitude=45.07, longitude=7.68), "[location] 45.07000, 7.68000"),
    (Template(name="order", language="it", parameters=("12", "oggi")), "[template order] 12, oggi"),
]


@pytest.mark.parametrize(("message", "shown"), READABLE)
def test_every_message_can_be_read_in_a_transcript(message: Outbound, shown: str) -> None:
    assert readable(message) == shown


def test_a_long_key_is_shortened_and_stays_unique() -> None:
    long = "k" * 300
    keys = {message_key(long, number) for number in range(20)} | {message_key(long + "x", 1)}
    assert len(keys) == 21
    assert all(len(key) == 200 for key in keys)
    assert message_key("short", 1) == "short:1"
