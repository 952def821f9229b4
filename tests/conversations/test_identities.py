"""Who a platform's ids lead to."""

from sqlalchemy import select

from bot import conversations
from bot.conversations import Conversation, Entry, Identity, Message
from bot.db import Database
from channels.kit import Person, Referral


def entry(conversation_id: str, key: str) -> Entry:
    return Entry(
        conversation_id=conversation_id,
        channel="whatsapp",
        account="shop",
        direction="in",
        author="customer",
        key=key,
        kind="text",
        text=key,
        body={},
        status="received",
    )


async def found(database: Database, **ids: str) -> str:
    return await database.write(
        lambda c: conversations.conversation_of(c, "whatsapp", "shop", Person(ids=ids))
    )


async def test_the_same_id_leads_to_the_same_conversation(database: Database) -> None:
    first = await found(database, wa_id="39333")
    assert await found(database, wa_id="39333") == first
    assert await found(database, wa_id="39334") != first


async def test_a_further_id_is_learnt_and_leads_there_alone_later(database: Database) -> None:
    first = await found(database, wa_id="39333")
    assert await found(database, wa_id="39333", user_id="IT.1") == first
    assert await found(database, user_id="IT.1") == first
    async with database.sessions() as session:
        row = await conversations.get(session, first)
    assert row.recipient == {"wa_id": "39333", "user_id": "IT.1"}


async def test_two_conversations_of_one_person_are_joined_into_the_older(
    database: Database,
) -> None:
    older = await found(database, wa_id="39333")
    newer = await found(database, user_id="IT.1")
    assert older != newer
    await database.write(lambda c: conversations.write_down(c, entry(newer, "k1")))
    assert await found(database, wa_id="39333", user_id="IT.1") == older
    assert await found(database, user_id="IT.1") == older
    async with database.sessions() as session:
        kept = await conversations.get(session, newer)
        owners = set(await session.scalars(select(Message.conversation_id)))
    assert kept.id == older
    assert owners == {older}
    assert kept.recipient == {"wa_id": "39333", "user_id": "IT.1"}


async def test_accounts_and_channels_do_not_mix(database: Database) -> None:
    person = Person(ids={"wa_id": "39333"})
    places = [("whatsapp", "a"), ("whatsapp", "b"), ("messenger", "a")]
    ids = [
        await database.write(
            lambda c, p=place: conversations.conversation_of(c, p[0], p[1], person)
        )
        for place in places
    ]
    assert len(set(ids)) == 3


async def test_the_first_referral_stays_for_good(database: Database) -> None:
    person = Person(ids={"wa_id": "1"}, name="Giulia")

    for ad in ("natale", "pasqua"):
        referral = Referral(source="ad", source_id=ad)
        id_ = await database.write(
            lambda c, r=referral: conversations.conversation_of(
                c, "whatsapp", "shop", person, referral=r
            )
        )
    async with database.sessions() as session:
        row = await conversations.get(session, id_)
    assert row.attribution is not None
    assert row.attribution["source_id"] == "natale"
    assert row.name == "Giulia"


async def test_a_conversation_is_found_by_any_id_or_number(database: Database) -> None:
    id_ = await found(database, wa_id="39333", user_id="IT.1")
    async with database.sessions() as session:
        for customer in ("39333", "+39333", "IT.1"):
            rows = await conversations.find(session, channel="whatsapp", customer=customer)
            assert [row.id for row in rows] == [id_]
        assert await conversations.find(session, channel="messenger") == []


async def test_new_ids_of_a_renamed_customer_are_attached(database: Database) -> None:
    id_ = await found(database, wa_id="39333")
    await database.write(lambda c: conversations.attach_ids(c, id_, {"wa_id": "39444"}))
    assert await found(database, wa_id="39444") == id_
    async with database.sessions() as session:
        row = await session.get(Conversation, id_)
        known = set(await session.scalars(select(Identity.value)))
    assert row is not None
    assert row.recipient == {"wa_id": "39444"}
    assert known == {"39333", "39444"}
