"""Webhooks, turns and sends lock the same rows in the same order on PostgreSQL."""

import asyncio

from sqlalchemy import text

from bot import inbox
from bot.conversations import ownership
from bot.db import Database
from bot.lanes import Finish, Lease, Result, Worker
from bot.outbox import apply_status, enqueue
from channels.kit import Person, Text, TextSaid
from tests.outbox.paper import PHONE, Platform, shop, status


async def test_webhooks_turns_sends_and_statuses_never_wait_in_a_circle(
    postgres_url: str,
) -> None:
    database = Database(postgres_url)
    await database.start()

    async def turn(lease: Lease) -> Result:
        conversation = lease.task.data["conversation"]

        def effect(conn: object) -> None:
            ownership(conn, conversation)  # type: ignore[arg-type]
            enqueue(
                conn,  # type: ignore[arg-type]
                conversation_id=conversation,
                channel="whatsapp",
                account=PHONE,
                messages=[Text(text="si"), Text(text="no")],
                author="bot",
                key=f"r:{lease.task.key}",
                epoch=0,
            )

        return Finish(effect)

    async with shop(database, Platform(), working=False) as open_shop:
        worker = Worker(database, {"event": turn, "send": open_shop.sender.send}, slots=32)
        await worker.start()

        async def say(customer: int, number: int) -> None:
            said = TextSaid(
                event_id=f"{customer}:{number}",
                account=PHONE,
                sender=Person(ids={"wa_id": f"39{customer}"}),
                text=str(number),
            )
            await worker.submit(lambda conn: inbox.keep(conn, "whatsapp", [said]))
            seen = status("delivered", f"r:whatsapp:{PHONE}:{customer}:{number}:0", message_id="x")
            seen = seen.model_copy(update={"message_id": f"x{customer}:{number}"})
            await worker.submit(lambda conn: apply_status(conn, "whatsapp", seen))

        for number in range(12):
            await asyncio.gather(*(say(customer, number) for customer in range(8)))
        await worker.idle()
        await worker.stop()
        assert set(await open_shop.statuses()) <= {"sent", "delivered"}
        assert len(await open_shop.statuses()) == 8 * 12 * 2
    async with database.sessions() as session:
        await session.execute(text("SELECT pg_stat_clear_snapshot()"))
        count = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        assert (await session.execute(count)).scalar_one() == 0
    await database.stop()
