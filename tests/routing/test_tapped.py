"""A tap that comes back with a short id means what the button meant when it was shown."""

from sqlalchemy import insert

from bot.conversations import Conversation, Entry, write_down
from bot.db import Database, now
from bot.routing.tapped import read_in_full
from channels.kit import ChoiceTapped, Person, TextSaid, short_id

DETAILS = "ask:ask_details:borsa-a-mano-aurora"


def tap(choice_id: str, bearer: str | None = None) -> ChoiceTapped:
    return ChoiceTapped(
        event_id="e1",
        account="shop",
        sent_at=now(),
        sender=Person(ids={"wa_id": "39333"}),
        choice_id=choice_id,
        title="Dettagli",
        source="button",
        reply_to=bearer,
    )


async def talk(database: Database, *open_choices: str) -> Conversation:
    at = now()
    conversation = Conversation(
        id="c1",
        channel="whatsapp",
        account="shop",
        recipient={"wa_id": "39333"},
        facts={},
        open_choices=[{"id": choice, "title": "Dettagli"} for choice in open_choices],
    )
    card = {"choices": [{"id": DETAILS, "title": "Dettagli"}]}
    shown = Entry(
        conversation_id="c1",
        channel="whatsapp",
        account="shop",
        direction="out",
        author="bot",
        key="r:1:0",
        kind="cards",
        text="",
        body={"kind": "cards", "cards": [card]},
        status="sent",
        platform_id="wamid.1",
    )
    columns = {"id": "c1", "channel": "whatsapp", "account": "shop", "recipient": {}}
    times = {"owner": "bot", "epoch": 0, "stopped": False, "failures": 0}
    empty = {"facts": {}, "open_choices": [], "created_at": at, "last_at": at}
    await database.write(
        lambda conn: conn.execute(insert(Conversation).values(**columns, **times, **empty))
    )
    await database.write(lambda conn: write_down(conn, shown))
    return conversation


async def test_an_open_choice_and_one_shown_long_ago_are_found(database: Database) -> None:
    short = short_id(DETAILS, 20)
    fresh = await talk(database, DETAILS)
    found = [
        await read_in_full(database, fresh, tap("ask:buy:siena")),
        await read_in_full(database, fresh, tap(short)),
    ]
    fresh.open_choices = []
    found.append(await read_in_full(database, fresh, tap(short, "wamid.1")))
    assert [event.choice_id for event in found if isinstance(event, ChoiceTapped)] == [
        "ask:buy:siena",
        DETAILS,
        DETAILS,
    ]


async def test_a_button_that_nobody_knows_counts_as_its_title(database: Database) -> None:
    conversation = await talk(database)
    for bearer in (None, "wamid.gone", "wamid.1"):
        event = await read_in_full(
            database, conversation, tap(short_id("ask:other:thing-of-old", 20), bearer)
        )
        assert isinstance(event, TextSaid)
        assert event.text == "Dettagli"
        assert event.event_id == "e1"
