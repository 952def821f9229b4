"""What a send's outcome means: the table of errors, order, ownership."""

import asyncio
import time
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.conversations import change_owner
from bot.db import Database
from bot.lanes import BucketRow, Worker, dead_letters
from bot.lanes.beat import free_all
from bot.outbox import Streams, resend, resume
from channels.kit import Signal
from tests.lanes.work import until
from tests.outbox.paper import (
    GIULIA,
    PHONE,
    Answer,
    Platform,
    accepted,
    refused,
    settled,
    shop,
    webchat,
)


async def test_messages_of_a_conversation_go_out_in_order(database: Database) -> None:
    platform = Platform()
    async with shop(database, platform) as open_shop:
        for number in range(5):
            await open_shop.say(f"a{number}", f"b{number}", key=f"k{number}")
        await settled(open_shop, 10)
        assert platform.texts == [f"{x}{n}" for n in range(5) for x in "ab"]
        assert await open_shop.statuses() == ["sent"] * 10
        (first, *_) = await open_shop.messages()
    assert first.platform_id == "wamid.k0:0"
    assert platform.calls[0]["biz_opaque_callback_data"] == "k0:0"


async def test_the_same_turn_is_enqueued_once(database: Database) -> None:
    platform = Platform()
    async with shop(database, platform) as open_shop:
        for _ in range(3):
            await open_shop.say("ciao")
        await settled(open_shop)
        await open_shop.worker.idle()
    assert platform.texts == ["ciao"]


PASSING: list[tuple[str, Answer]] = [
    ("500", httpx.Response(500, text="oops")),
    ("503 with a code", refused(133004, 503)),
    ("connection refused", httpx.ConnectError("refused")),
    ("not reachable in time", httpx.ConnectTimeout("slow")),
    ("429", httpx.Response(429, headers={"Retry-After": "0.3"})),
    ("throughput (130429) ", refused(130429, 400, **{"retry-after": "1"})),
    ("pair rate (131056)", refused(131056, 400, **{"retry-after": "0"})),
    ("no answer", httpx.ReadTimeout("slow")),
    ("closed connection", httpx.RemoteProtocolError("closed")),
    ("an answer without an id", httpx.Response(200, json={})),
    ("an answer that is no JSON", httpx.Response(504, text="<html>")),
]


@pytest.mark.parametrize("answer", [a for _, a in PASSING], ids=[name for name, _ in PASSING])
async def test_a_passing_trouble_is_tried_again_and_the_order_is_kept(
    sqlite_url: str, answer: Answer
) -> None:
    database = Database(sqlite_url)
    await database.start()
    platform = Platform(answer)
    async with shop(database, platform) as open_shop:
        await open_shop.say("one", "two")
        await settled(open_shop, 2)
        assert platform.texts == ["one", "one", "two"]
        assert await open_shop.statuses() == ["sent", "sent"]
        assert (await open_shop.tasks())[0].tries == 1
    await database.stop()


LASTING: list[tuple[int, str, bool, bool]] = [
    (131026, "gone", True, False),
    (131047, "window", False, False),
    (131009, "refused", False, False),
    (190, "misconfigured", False, True),
]


@pytest.mark.parametrize(("code", "name", "stopped", "paused"), LASTING)
async def test_a_lasting_refusal_is_a_dead_letter_with_the_reason(
    database: Database, code: int, name: str, stopped: bool, paused: bool
) -> None:
    platform = Platform(refused(code))
    async with shop(database, platform) as open_shop:
        await open_shop.say("one")
        await settled(open_shop)
        (message,) = await open_shop.messages()
        assert message.status == "failed"
        assert f"because of {code}" in (message.error or "")
        assert str(code) in (message.error or "")
        assert (await open_shop.talk()).stopped is stopped
        async with database.sessions() as session:
            (letter,) = await dead_letters(session)
            pauses = list(await session.scalars(select(BucketRow.paused_until)))
        assert (letter.kind, letter.key) == ("send", "k:0")
        assert (max(pauses) > 0) is paused
    assert len(platform.calls) == 1, name


async def test_what_never_works_is_given_up_after_the_set_number_of_tries(
    database: Database,
) -> None:
    platform = Platform(*[httpx.Response(500)] * 3)
    async with shop(database, platform, send_tries=2) as open_shop:
        await open_shop.say("one", "two")
        await settled(open_shop, 2)
        assert platform.texts == ["one", "one", "two", "two"]
        assert await open_shop.statuses() == ["failed", "sent"]


async def test_a_broken_adapter_does_not_break_the_lane(database: Database) -> None:
    def broken(_request: httpx.Request) -> httpx.Response:
        raise LookupError("a bug")

    platform = Platform(broken, broken)
    async with shop(database, platform, send_tries=2, reconcile_wait=0) as open_shop:
        await open_shop.say("one", "two")
        await settled(open_shop, 2)
        first, second = await open_shop.messages()
    assert (first.status, second.status) == ("failed", "sent")
    assert "LookupError" in (first.error or "")


async def test_a_429_pauses_the_account_for_every_conversation(database: Database) -> None:
    platform = Platform(httpx.Response(429, headers={"Retry-After": "0.6"}))
    async with shop(database, platform) as open_shop:
        began = time.perf_counter()
        await open_shop.say("one")
        await until(lambda: len(platform.calls) == 1)
        await asyncio.sleep(0.05)
        await open_shop.say("agent", key="other", author="agent")
        await settled(open_shop, 2)
        assert time.perf_counter() - began > 0.55
    assert platform.texts == ["one", "one", "agent"]


async def test_the_operator_can_end_a_pause(database: Database) -> None:
    platform = Platform(refused(190))
    async with shop(database, platform) as open_shop:
        await open_shop.say("one")
        await settled(open_shop)
        await open_shop.say("two", key="k2")
        await asyncio.sleep(0.1)
        assert len(platform.calls) == 1
        await database.write(lambda conn: resume(conn, f"whatsapp:{PHONE}"))
        await settled(open_shop, 2)
    assert platform.texts == ["one", "two"]


async def test_a_bots_answer_is_dropped_when_a_person_took_over(database: Database) -> None:
    platform = Platform()
    async with shop(database, platform, working=False) as open_shop:
        await open_shop.say("from the bot", "more from the bot")
        await database.write(
            lambda conn: change_owner(conn, open_shop.conversation, "human", agent="Anna")
        )
        await open_shop.say("from Anna", key="anna", author="agent", epoch=1)
        await open_shop.say("a note of the system", key="note", author="system", epoch=0)
        await open_shop.worker.start()
        await settled(open_shop, 4)
        await open_shop.worker.stop()
        assert await open_shop.statuses() == ["dropped", "dropped", "sent", "sent"]
    assert platform.texts == ["from Anna", "a note of the system"]


async def test_the_owner_is_looked_at_right_before_each_send(database: Database) -> None:
    """A person takes over while the first of two messages is on its way."""

    def slow(request: httpx.Request) -> httpx.Response:
        taking_over.set()
        return accepted(request)

    taking_over = asyncio.Event()
    platform = Platform(slow, httpx.Response(500))
    async with shop(database, platform) as open_shop:
        await open_shop.say("one", "two")
        await taking_over.wait()
        await until(lambda: len(platform.calls) == 2)  # the second failed once and waits
        await open_shop.change(epoch=1, owner="human")
        await settled(open_shop, 2)
        assert await open_shop.statuses() == ["sent", "dropped"]
    assert platform.texts == ["one", "two"]


async def test_nothing_is_sent_to_who_has_stopped_messages(database: Database) -> None:
    platform = Platform()
    async with shop(database, platform, working=False) as open_shop:
        await open_shop.say("one")
        await open_shop.change(stopped=True)
        await open_shop.worker.start()
        await settled(open_shop)
        await open_shop.worker.stop()
        (message,) = await open_shop.messages()
    assert (message.status, platform.calls) == ("failed", [])
    assert "stopped" in (message.error or "")


async def test_a_message_that_was_given_up_can_be_sent_again(database: Database) -> None:
    platform = Platform(refused(131009))
    async with shop(database, platform) as open_shop:
        await open_shop.say("one")
        await settled(open_shop)
        async with database.sessions() as session:
            (letter,) = await dead_letters(session)
        await database.write(lambda conn: resend(conn, letter.lane, letter.seq))
        await settled(open_shop, 2)
        (message,) = await open_shop.messages()
    assert platform.texts == ["one", "one"]
    assert (message.status, message.error) == ("sent", None)


async def test_a_channel_that_was_switched_off_gives_a_reason(database: Database) -> None:
    async with shop(database, working=False) as open_shop:
        await open_shop.say("one")
    async with shop(database, channel=webchat()) as other_shop:
        await settled(other_shop)
        (message,) = await other_shop.messages()
    assert message.status == "failed"
    assert "whatsapp is switched off" in (message.error or "")


async def test_web_chat_messages_are_pushed_once_even_when_sent_twice(
    database: Database,
) -> None:
    streams = Streams(database)
    await streams.start()
    async with shop(database, channel=webchat(), streams=streams, working=False) as open_shop:
        await open_shop.say("one")
        (message,) = await open_shop.messages()
        payload: dict[str, Any] = {"key": message.key, "message": message.body}
        await streams.push("webchat", "visitor", payload, key=message.key)  # and died
        await database.write(free_all)
        await open_shop.worker.start()
        await settled(open_shop)
        await open_shop.worker.stop()
        assert await open_shop.statuses() == ["sent"]
    following = streams.follow("webchat", "visitor")
    number, seen = await anext(following)
    assert (number, seen) == (1, payload)
    await streams.stop()
    assert [item async for item in following] == []


async def test_a_signal_never_raises(database: Database) -> None:
    platform = Platform(httpx.ConnectError("down"))
    async with shop(database, platform) as open_shop:
        signal = Signal(account=PHONE, to=GIULIA.ids, signal="typing", message_id="wamid.x")
        await open_shop.sender.signal("whatsapp", signal)
        await open_shop.sender.signal("nowhere", signal)
        await open_shop.sender.signal("whatsapp", signal)
    assert len(platform.calls) == 2


async def test_no_call_is_started_without_a_valid_lease(database: Database) -> None:
    platform = Platform()
    async with shop(database, platform, working=False) as open_shop:
        await open_shop.say("one")
        worker = Worker(database, {})

        async def expired(lease: Any) -> Any:
            late = type(lease)(lease.task, lease.fence, lambda: False)
            return await open_shop.sender.send(late)

        worker.handlers["send"] = expired
        await worker.start()
        await until(lambda: worker.counts["later"] > 0)
        await worker.stop()
    assert platform.calls == []
