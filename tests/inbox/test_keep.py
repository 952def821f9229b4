"""What becomes of a webhook's events before the platform gets its 200."""

from sqlalchemy import select

from bot import conversations, inbox
from bot.conversations import Conversation, Message
from bot.db import Database
from bot.lanes.tables import TaskRow
from channels.kit import (
    ControlChanged,
    Echoed,
    Event,
    IdentityChanged,
    Ignored,
    MessageDeleted,
    OptChanged,
    Person,
    TextSaid,
)

GIULIA = Person(ids={"wa_id": "39333"}, name="Giulia")


def text(event_id: str, words: str = "ciao", *, standby: bool = False) -> TextSaid:
    return TextSaid(event_id=event_id, account="shop", sender=GIULIA, text=words, standby=standby)


async def keep(database: Database, *events: Event) -> inbox.Kept:
    return await database.write(lambda c: inbox.keep(c, "whatsapp", list(events)))


async def tasks(database: Database) -> list[str]:
    async with database.sessions() as session:
        return list(await session.scalars(select(TaskRow.key).order_by(TaskRow.seq)))


async def the_conversation(database: Database) -> Conversation:
    async with database.sessions() as session:
        (row,) = await conversations.find(session)
    return row


async def test_a_batch_is_kept_in_its_order(database: Database) -> None:
    kept = await keep(database, text("1"), text("2"), text("3"))
    assert kept.new == 3
    assert await tasks(database) == [f"whatsapp:shop:{n}" for n in (1, 2, 3)]


async def test_a_repeated_webhook_changes_nothing(database: Database) -> None:
    await keep(database, text("1"), text("2"))
    again = await keep(database, text("1"), text("2"), text("3"))
    assert (again.new, again.repeated) == (1, 2)
    assert len(await tasks(database)) == 3


async def test_the_same_event_twice_in_one_batch_is_kept_once(database: Database) -> None:
    kept = await keep(database, text("1"), text("1"))
    assert (kept.new, kept.repeated) == (1, 1)
    assert len(await tasks(database)) == 1


async def test_ignored_events_are_counted_and_not_stored(database: Database) -> None:
    kept = await keep(database, Ignored(event_id="x", account="shop", kind="ignored", what="poll"))
    assert kept.ignored == {"poll": 1}
    assert await tasks(database) == []


async def test_a_person_writing_outside_takes_the_conversation_over_at_once(
    database: Database,
) -> None:
    await keep(database, text("1"))
    before = await the_conversation(database)
    echo = Echoed(
        event_id="e1",
        account="shop",
        by="human",
        recipient=GIULIA,
        message_id="e1",
        text="Buongiorno, sono Anna",
    )
    await keep(database, echo)
    after = await the_conversation(database)
    assert (before.owner, after.owner, after.agent) == ("bot", "human", "phone")
    assert after.epoch == before.epoch + 1
    async with database.sessions() as session:
        log = await conversations.transcript(session, after.id)
    assert [(row.direction, row.author, row.text) for row in log][-1] == (
        "out",
        "other",
        "Buongiorno, sono Anna",
    )
    again = await keep(database, echo)
    assert again.repeated == 1


async def test_another_app_taking_the_thread_silences_the_bot(database: Database) -> None:
    await keep(database, text("1"))
    control = ControlChanged(
        event_id="c1", account="shop", sender=GIULIA, action="take", to_us=False, owner="26390"
    )
    await keep(database, control)
    assert (await the_conversation(database)).owner == "human"


async def test_what_comes_on_standby_is_only_for_the_transcript(database: Database) -> None:
    kept = await keep(database, text("1", standby=True))
    assert kept.new == 1
    assert await tasks(database) == []


async def test_an_unsent_message_loses_its_words_and_starts_no_turn(database: Database) -> None:
    await keep(database, text("1", "il mio indirizzo è via Roma 1"))
    await keep(database, MessageDeleted(event_id="d1", account="shop", sender=GIULIA, target="1"))
    async with database.sessions() as session:
        words = list(await session.scalars(select(Message.text).where(Message.platform_id == "1")))
    assert words == [""]
    assert await tasks(database) == ["whatsapp:shop:1"]


async def test_an_opt_out_of_everything_stops_the_conversation(database: Database) -> None:
    await keep(database, text("1"))
    stop = OptChanged(event_id="o1", account="shop", sender=GIULIA, stopped=True)
    await keep(database, stop)
    assert (await the_conversation(database)).stopped


async def test_a_wish_about_one_category_leaves_the_others_as_they_were(
    database: Database,
) -> None:
    wishes = (("o1", "marketing_messages", True), ("o2", "surveys", True), ("o3", "surveys", False))
    for id_, category, stopped in wishes:
        wish = OptChanged(
            event_id=id_, account="shop", sender=GIULIA, stopped=stopped, category=category
        )
        await keep(database, wish)
    conversation = await the_conversation(database)
    assert conversation.preferences == {"marketing_messages": "stop", "surveys": "resume"}
    assert not conversation.stopped


async def test_a_new_number_of_the_customer_leads_to_the_same_conversation(
    database: Database,
) -> None:
    await keep(database, text("1"))
    changed = IdentityChanged(
        event_id="i1", account="shop", sender=GIULIA, new_ids={"wa_id": "39444"}
    )
    await keep(database, changed)
    moved = Person(ids={"wa_id": "39444"})
    await keep(database, TextSaid(event_id="2", account="shop", sender=moved, text="ciao"))
    assert (await the_conversation(database)).recipient["wa_id"] == "39444"
