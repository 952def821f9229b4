"""What platforms report about our messages: out of order, twice, too early, by watermark."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.conversations import Message, conversation_of
from bot.db import Database, now
from bot.outbox import apply_echo, apply_status, forget_old
from bot.outbox.receipts import Sent, mark_sent
from bot.outbox.tables import PushRow, ReceiptRow
from channels.kit import DeliveryStatus, Echoed, Person
from tests.outbox.paper import GIULIA, PHONE, Shop, shop, status, writing

DAY = 24 * 3600 * 1000


async def report(open_shop: Shop, *events: DeliveryStatus) -> None:
    for event in events:
        await open_shop.database.write(writing(apply_status, "whatsapp", event))


async def sent(open_shop: Shop, key: str = "k:0", platform_id: str = "wamid.1") -> None:
    mark = Sent(key, "whatsapp", PHONE, open_shop.conversation, platform_id)
    await open_shop.database.write(writing(mark_sent, mark))


def by_id(kind: Any, platform_id: str = "wamid.1", **more: Any) -> DeliveryStatus:
    return status(kind, message_id=platform_id, **more)


@pytest.mark.parametrize("order", list(permutations(["sent", "delivered", "read"])))
async def test_a_status_only_moves_forward(sqlite_url: str, order: tuple[str, ...]) -> None:
    database = Database(sqlite_url)
    await database.start()
    async with shop(database, working=False) as open_shop:
        await open_shop.say("one")
        await sent(open_shop)
        await report(open_shop, *(by_id(kind) for kind in (*order, *order)))
        assert await open_shop.statuses() == ["read"]
    await database.stop()


async def test_failed_is_the_end_and_says_why(database: Database) -> None:
    async with shop(database, working=False) as open_shop:
        await open_shop.say("one")
        await sent(open_shop)
        failed = by_id("failed", error_code="131049", error="the cap is reached")
        await report(open_shop, by_id("delivered"), failed, by_id("delivered"), by_id("read"))
        (message,) = await open_shop.messages()
    assert (message.status, message.error) == ("failed", "131049: the cap is reached")


async def test_what_was_read_has_not_failed(database: Database) -> None:
    async with shop(database, working=False) as open_shop:
        await open_shop.say("one")
        await sent(open_shop)
        await report(open_shop, by_id("read"), by_id("failed"))
        assert await open_shop.statuses() == ["read"]


async def test_a_receipt_that_is_faster_than_the_answer_is_kept_for_it(
    database: Database,
) -> None:
    async with shop(database, working=False) as open_shop:
        await open_shop.say("one")
        await report(open_shop, by_id("delivered"), by_id("sent"))
        assert await open_shop.statuses() == ["queued"]
        await sent(open_shop)
        assert await open_shop.statuses() == ["delivered"]
        async with database.sessions() as session:
            assert list(await session.scalars(select(ReceiptRow.id))) == []


async def test_a_receipt_and_the_answer_at_the_same_moment_find_each_other(
    postgres_url: str,
) -> None:
    """Each in a transaction of its own, which cannot see the other's rows."""
    one, two = Database(postgres_url), Database(postgres_url)
    await one.start()
    await two.start()
    async with shop(one, working=False) as open_shop:
        for number in range(40):
            await open_shop.say("x", key=f"k{number}")
            platform_id = f"wamid.{number}"
            mark = Sent(f"k{number}:0", "whatsapp", PHONE, open_shop.conversation, platform_id)
            await asyncio.gather(
                one.write(writing(mark_sent, mark)),
                two.write(writing(apply_status, "whatsapp", by_id("read", platform_id))),
            )
        assert await open_shop.statuses() == ["read"] * 40
    await one.stop()
    await two.stop()


async def test_a_status_with_our_key_finds_a_message_without_an_id(database: Database) -> None:
    async with shop(database, working=False) as open_shop:
        await open_shop.say("one")
        await report(open_shop, status("delivered", "k:0", message_id="wamid.7"))
        (message,) = await open_shop.messages()
        assert (message.status, message.platform_id) == ("delivered", "wamid.7")
        await sent(open_shop, platform_id="wamid.7")
        assert await open_shop.statuses() == ["delivered"]


async def test_a_foreign_key_falls_back_to_the_id(database: Database) -> None:
    async with shop(database, working=False) as open_shop:
        await open_shop.say("one")
        await sent(open_shop)
        await report(open_shop, status("read", "not ours", message_id="wamid.1"))
        assert await open_shop.statuses() == ["read"]


async def test_a_message_given_up_that_has_arrived_all_the_same_is_corrected(
    database: Database,
) -> None:
    async with shop(database, working=False) as open_shop:
        await open_shop.say("one", "two")
        lost = update(Message).where(Message.direction == "out").values(status="failed")
        await database.write(lambda conn: conn.execute(lost))
        await report(open_shop, status("delivered", "k:0", message_id="wamid.1"))
        assert await open_shop.statuses() == ["delivered", "failed"]


async def test_a_dropped_message_stays_dropped(database: Database) -> None:
    async with shop(database, working=False) as open_shop:
        await open_shop.say("one")
        dropped = update(Message).values(status="dropped")
        await database.write(lambda conn: conn.execute(dropped))
        await report(open_shop, status("read", "k:0", message_id="wamid.1"))
        assert await open_shop.statuses() == ["dropped"]


async def test_two_messages_never_share_a_platform_id(database: Database) -> None:
    async with shop(database, working=False) as open_shop:
        await open_shop.say("one", "two")
        await sent(open_shop, "k:0", "same")
        await sent(open_shop, "k:1", "same")
        one, two = await open_shop.messages()
    assert [(m.platform_id, m.status) for m in (one, two)] == [("same", "sent"), (None, "sent")]


def watermark(kind: Any, at: datetime, person: Person = GIULIA) -> DeliveryStatus:
    return status(kind, watermark=at, recipient=person)


async def test_a_watermark_moves_everything_written_before_it(database: Database) -> None:
    async with shop(database, working=False) as open_shop:
        await open_shop.say("one", "two", "three")
        for number in (0, 1):
            await sent(open_shop, f"k:{number}", f"mid.{number}")
        stranger = Person(ids={"wa_id": "39999"})
        await database.write(lambda conn: conversation_of(conn, "whatsapp", PHONE, stranger))
        long_ago = datetime.now(UTC) - timedelta(minutes=1)
        await report(open_shop, watermark("read", long_ago))
        assert await open_shop.statuses() == ["sent", "sent", "queued"]
        soon = datetime.now(UTC) + timedelta(seconds=1)
        await report(open_shop, watermark("read", soon, stranger))
        assert await open_shop.statuses() == ["sent", "sent", "queued"]
        await report(open_shop, watermark("delivered", soon))
        assert await open_shop.statuses() == ["delivered", "delivered", "queued"]
        await sent(open_shop, "k:2", "mid.2")  # its answer comes after the watermark
        assert await open_shop.statuses() == ["delivered"] * 3


async def test_only_our_own_echoes_count_as_proof(database: Database) -> None:
    async with shop(database, working=False) as open_shop:
        await open_shop.say("one")
        echo = Echoed(
            event_id="e",
            account=PHONE,
            by="human",
            recipient=GIULIA,
            message_id="mid.9",
            correlation="k:0",
        )
        await database.write(writing(apply_echo, "whatsapp", echo))
        assert await open_shop.statuses() == ["queued"]
        ours = echo.model_copy(update={"by": "us"})
        await database.write(writing(apply_echo, "whatsapp", ours))
        assert await open_shop.statuses() == ["sent"]


async def test_a_message_that_is_gone_needs_no_mark(database: Database) -> None:
    async with shop(database, working=False) as open_shop:
        await sent(open_shop, "unknown:0")
        assert await open_shop.statuses() == []


async def test_old_receipts_and_pushes_are_forgotten(database: Database) -> None:
    def age(conn: Any) -> None:
        for days in (1, 9, 29, 31):
            receipt = {"channel": "whatsapp", "account": PHONE, "platform_id": str(days)}
            at = {"status": "sent", "created_at": now() - days * DAY}
            conn.execute(insert(ReceiptRow), {**receipt, **at})
            push = {"channel": "webchat", "recipient": "v", "key": str(days), "payload": {}}
            conn.execute(insert(PushRow), {**push, "created_at": now() - days * DAY})

    await database.write(age)
    assert await database.write(forget_old) == 4
    assert await database.write(forget_old) == 0
    async with database.sessions() as session:
        assert list(await session.scalars(select(ReceiptRow.platform_id))) == ["1"]
        assert set(await session.scalars(select(PushRow.key))) == {"1", "9", "29"}
