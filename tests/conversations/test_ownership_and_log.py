"""Who owns a conversation, and what is written down."""

import pytest

from bot import conversations
from bot.conversations import Entry
from bot.db import Database
from bot.errors import NotFoundError
from channels.kit import Person


@pytest.fixture
async def conversation(database: Database) -> str:
    person = Person(ids={"wa_id": "39333"})
    return await database.write(
        lambda c: conversations.conversation_of(c, "whatsapp", "shop", person)
    )


def said(conversation_id: str, key: str, platform_id: str, direction: str = "in") -> Entry:
    return Entry(
        conversation_id=conversation_id,
        channel="whatsapp",
        account="shop",
        direction=direction,
        author="customer",
        key=key,
        kind="text",
        text="ciao",
        body={"text": "ciao"},
        status="received",
        platform_id=platform_id,
    )


async def test_every_change_of_owner_raises_the_epoch(
    database: Database, conversation: str
) -> None:
    epochs = [
        await database.write(
            lambda c, o=owner: conversations.change_owner(c, conversation, o, agent="Anna")
        )
        for owner in ("queued", "human", "bot")
    ]
    assert epochs == [1, 2, 3]
    owned = await database.write(lambda c: conversations.ownership(c, conversation))
    assert (owned.owner, owned.epoch, owned.agent) == ("bot", 3, None)


async def test_an_agent_is_named_only_while_a_person_owns_it(
    database: Database, conversation: str
) -> None:
    await database.write(
        lambda c: conversations.change_owner(c, conversation, "human", agent="Anna")
    )
    owned = await database.write(lambda c: conversations.ownership(c, conversation))
    assert owned.agent == "Anna"


async def test_an_unknown_conversation_is_said_to_be_unknown(database: Database) -> None:
    with pytest.raises(NotFoundError, match="no conversation 'nobody'"):
        await database.write(lambda c: conversations.change_owner(c, "nobody", "bot"))


async def test_a_message_is_written_down_once(database: Database, conversation: str) -> None:
    entry = said(conversation, "k1", "wamid.1")
    assert await database.write(lambda c: conversations.write_down(c, entry))
    assert not await database.write(lambda c: conversations.write_down(c, entry))
    again = said(conversation, "k2", "wamid.1")
    assert not await database.write(lambda c: conversations.write_down(c, again))
    known = await database.write(lambda c: conversations.known_keys(c, ["k1", "k9"]))
    assert known == {"k1"}


async def test_only_the_customers_words_open_the_window(
    database: Database, conversation: str
) -> None:
    out = said(conversation, "k1", "wamid.1", direction="out")
    await database.write(lambda c: conversations.write_down(c, out))
    async with database.sessions() as session:
        assert (await conversations.get(session, conversation)).last_in_at is None
    await database.write(lambda c: conversations.write_down(c, said(conversation, "k2", "w2")))
    async with database.sessions() as session:
        assert (await conversations.get(session, conversation)).last_in_at is not None


async def test_a_message_taken_back_loses_its_words(database: Database, conversation: str) -> None:
    await database.write(lambda c: conversations.write_down(c, said(conversation, "k1", "w1")))
    await database.write(lambda c: conversations.forget(c, "whatsapp", "shop", "w1"))
    async with database.sessions() as session:
        (row,) = await conversations.transcript(session, conversation)
    assert (row.text, row.body, row.flags) == ("", {}, {"deleted": True})


async def test_a_transcript_ends_with_the_newest(database: Database, conversation: str) -> None:
    for number in range(5):
        entry = said(conversation, f"k{number}", f"w{number}")
        await database.write(lambda c, e=entry: conversations.write_down(c, e))
    async with database.sessions() as session:
        rows = await conversations.transcript(session, conversation, limit=3)
        later = await conversations.transcript(session, conversation, after=rows[-1].id)
    assert [row.key for row in rows] == ["k2", "k3", "k4"]
    assert later == []
