"""Sends that may or may not have gone out: confirmed, sent again, or left alone."""

import asyncio
import time

import httpx

from bot.db import Database
from bot.lanes import Worker
from bot.lanes.beat import free_all
from bot.outbox import apply_echo, apply_status
from channels.kit import Echoed
from tests.lanes.work import until
from tests.outbox.paper import (
    GIULIA,
    PHONE,
    Platform,
    Shop,
    settled,
    shop,
    status,
    whatsapp,
    writing,
)


async def crash_after_send(open_shop: Shop, platform: Platform) -> None:
    """Send the first message, and die before anything of it is written down."""
    reached = asyncio.Event()

    def swallow(_request: httpx.Request) -> httpx.Response:
        reached.set()
        raise httpx.ReadTimeout("the process dies here")

    platform.script.append(swallow)
    crashed = Worker(open_shop.database, {"send": open_shop.sender.send})
    await crashed.start()
    await until(reached.is_set)
    for loop in (*crashed._loops, *crashed._running):
        loop.cancel()
    await asyncio.gather(*crashed._loops, *crashed._running, return_exceptions=True)
    if crashed._unsubscribe:
        crashed._unsubscribe()


async def test_a_lost_send_that_a_status_confirms_is_not_sent_again(database: Database) -> None:
    platform = Platform()
    async with shop(database, platform, working=False, reconcile_wait=30) as open_shop:
        await open_shop.say("one", "two")
        await crash_after_send(open_shop, platform)
        await database.write(free_all)
        await open_shop.worker.start()
        await asyncio.sleep(0.2)
        assert platform.texts == ["one"]  # it waits
        confirmed = status("delivered", "k:0", message_id="wamid.lost")
        await database.write(writing(apply_status, "whatsapp", confirmed))
        await settled(open_shop, 2, seconds=5)  # at once, not after 30 s
        await open_shop.worker.stop()
        one, two = await open_shop.messages()
    assert platform.texts == ["one", "two"]
    assert (one.status, one.platform_id, two.status) == ("delivered", "wamid.lost", "sent")


async def test_a_lost_send_that_an_echo_confirms_is_not_sent_again(database: Database) -> None:
    platform = Platform()
    async with shop(database, platform, working=False, reconcile_wait=30) as open_shop:
        await open_shop.say("one")
        await crash_after_send(open_shop, platform)
        echo = Echoed(
            event_id="e",
            account=PHONE,
            by="us",
            recipient=GIULIA,
            message_id="mid.1",
            correlation="k:0",
        )
        await database.write(free_all)
        await database.write(writing(apply_echo, "whatsapp", echo))
        await open_shop.worker.start()
        await settled(open_shop)
        await open_shop.worker.stop()
        (one,) = await open_shop.messages()
    assert platform.texts == ["one"]
    assert (one.status, one.platform_id) == ("sent", "mid.1")


async def test_a_lost_send_that_nobody_confirms_is_sent_again(database: Database) -> None:
    platform = Platform()
    async with shop(database, platform, working=False, reconcile_wait=0.5) as open_shop:
        await open_shop.say("one")
        await crash_after_send(open_shop, platform)
        await database.write(free_all)
        began = time.perf_counter()
        await open_shop.worker.start()
        await settled(open_shop)
        waited = time.perf_counter() - began
        await open_shop.worker.stop()
        assert await open_shop.statuses() == ["sent"]
    assert platform.texts == ["one", "one"]
    assert waited > 0.35


async def test_a_channel_may_prefer_silence_to_a_double(database: Database) -> None:
    platform = Platform()
    careful = whatsapp(unknown_outcome="give_up")
    async with shop(
        database, platform, channel=careful, working=False, reconcile_wait=0.2
    ) as open_shop:
        await open_shop.say("one", "two")
        await crash_after_send(open_shop, platform)
        await database.write(free_all)
        await open_shop.worker.start()
        await settled(open_shop, 2)
        await open_shop.worker.stop()
        one, two = await open_shop.messages()
    assert platform.texts == ["one", "two"]
    assert (one.status, two.status) == ("failed", "sent")
    assert "nobody knows" in (one.error or "")


async def test_a_channel_without_reports_is_not_waited_for(database: Database) -> None:
    platform = Platform()
    silent = whatsapp(receipts=False)
    async with shop(
        database, platform, channel=silent, working=False, reconcile_wait=60
    ) as open_shop:
        await open_shop.say("one")
        await crash_after_send(open_shop, platform)
        await database.write(free_all)
        await open_shop.worker.start()
        await settled(open_shop, seconds=3)
        await open_shop.worker.stop()
    assert platform.texts == ["one", "one"]


async def test_no_answer_in_time_waits_for_the_status_too(database: Database) -> None:
    platform = Platform(httpx.ReadTimeout("slow"))
    async with shop(database, platform, reconcile_wait=30) as open_shop:
        await open_shop.say("one")
        await until(lambda: open_shop.worker.counts["retry"] == 1)
        seen = status("sent", "k:0", message_id="wamid.1")
        await database.write(writing(apply_status, "whatsapp", seen))
        await settled(open_shop)
        assert await open_shop.statuses() == ["sent"]
    assert platform.texts == ["one"]
