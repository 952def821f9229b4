"""What customers searched for in vain: counted alike, without personal data, bounded in time."""

from datetime import UTC, datetime
from typing import Any

import pytest

import catalog
from bot.db import Database
from catalog import Miss, MissEntry
from catalog.misses import KEPT, without_personal_data

NOW = 1_800_000_000_000
DAY = 86_400_000


def miss(text: str, *words: str, **further: Any) -> Miss:
    given = {"language": "it", "near": False, "missed": ("words",), **further}
    return Miss(text=text, words=words, **given)


async def note(database: Database, *misses: Miss, at: int = NOW, **further: Any) -> None:
    def write(conn: Any) -> None:
        for number, one in enumerate(misses):
            catalog.note_miss(conn, one, now=at + number, **further)

    await database.write(write)


async def listed(database: Database, **further: Any) -> list[MissEntry]:
    async with database.sessions() as session:
        return await catalog.list_misses(session, **further)


async def test_equal_wishes_are_one_row_with_a_count(database: Database) -> None:
    await note(
        database,
        miss("avete un trapano?", "trapano"),
        miss("cerco trapani", "trapani"),
        miss("a drill?", "drill", language="en"),
        miss("Trapano!", "trapano", near=True),
    )
    drill, trapano = sorted(await listed(database), key=lambda entry: entry.count)
    assert (drill.language, drill.count) == ("en", 1)
    assert (trapano.count, trapano.words, trapano.example) == (3, "trapano", "Trapano!")
    assert trapano.near  # as it was the last time
    assert trapano.first_at == datetime.fromtimestamp(NOW / 1000, UTC)
    assert trapano.last_at == datetime.fromtimestamp((NOW + 3) / 1000, UTC)


async def test_another_filter_is_another_wish_and_another_price_is_not(database: Database) -> None:
    bags = {"category": "borse", "colour": "giallo"}
    await note(
        database,
        miss("borsa gialla", wishes=bags, missed=("colour",)),
        miss("borsa gialla max 50", wishes={**bags, "max_price": "50"}, missed=("colour",)),
        miss("borsa viola", wishes={**bags, "colour": "viola"}, missed=("colour",)),
        miss("borsa gialla max 5", wishes={**bags, "max_price": "5"}, missed=("price",)),
    )
    counts = {(e.wishes["colour"], e.missed): e.count for e in await listed(database)}
    assert counts == {
        ("giallo", ("colour",)): 2,
        ("viola", ("colour",)): 1,
        ("giallo", ("price",)): 1,
    }


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("cerco un trapano, scrivimi a giulia.rossi@posta.it", "cerco un trapano, scrivimi a …"),
        ("un drone? +39 333 123 4567", "un drone? …"),
        ("chiamami al 3331234567 per il drone", "chiamami al … per il drone"),
        ("come l'ordine n. 10423 ma blu", "come l'… ma blu"),
        ("like order #A1042 please", "like … please"),
        ("il tracking LM104233", "il …"),
        ("sono io, guarda https://posta.it/x?u=giulia", "sono io, guarda …"),
        ("mi chiamo Giulia Rossi e cerco un drone", "… e cerco un drone"),
        ("ciao, Giulia qui: un drone", "ciao, … qui: un drone"),
        ("cuffie WH1000XM4 sotto i 250 euro", "cuffie WH1000XM4 sotto i 250 euro"),
        ("scarpe 42 o 43, 24 x 18 cm", "scarpe 42 o 43, 24 x 18 cm"),
        ("a\0b", "a b"),
    ],
)
def test_what_tells_who_asked_is_left_out(text: str, kept: str) -> None:
    assert without_personal_data(text, ("Giulia Rossi",)) == kept


def test_an_example_is_short() -> None:
    assert len(without_personal_data("parola " * 500)) == 160


async def test_neither_names_nor_numbers_become_words(database: Database) -> None:
    told = miss("Giulia cerca un drone 3331234567", "giulia", "drone", "3331234567")
    await note(database, told, names=("Giulia Rossi",))
    (entry,) = await listed(database)
    assert (entry.words, entry.example) == ("drone", "… cerca un drone …")


async def test_an_address_does_not_fall_apart_into_words(database: Database) -> None:
    text = "un drone, scrivi a giulia.rossi@posta.it"
    await note(database, miss(text, "drone", "giulia", "rossi", "posta", "porta chiavi"))
    assert [entry.words for entry in await listed(database)] == ["drone porta chiavi"]


async def test_a_search_that_says_nothing_is_not_kept(database: Database) -> None:
    await note(database, miss("3331234567", "3331234567"))
    assert await listed(database) == []


async def test_they_are_forgotten_after_some_days(database: Database) -> None:
    await note(database, miss("trapano", "trapano"), at=NOW - 91 * DAY)
    await note(database, miss("drone", "drone"), at=NOW - 89 * DAY)
    gone = await database.write(lambda conn: catalog.forget_misses(conn, now=NOW, days=90))
    assert gone == 1
    assert [entry.words for entry in await listed(database)] == ["drone"]
    assert await database.write(lambda conn: catalog.forget_misses(conn, now=NOW, days=90)) == 0


async def test_a_flood_of_nonsense_is_cut_to_the_latest(database: Database) -> None:
    await note(database, *(miss(f"q{n}", f"q{n}x") for n in range(KEPT + 20)))
    gone = await database.write(lambda conn: catalog.forget_misses(conn, now=NOW, days=90))
    assert gone == 20
    async with database.sessions() as session:
        assert await catalog.count_misses(session) == KEPT
    assert (await listed(database, limit=1))[0].words == f"q{KEPT + 19}x"


async def test_what_was_asked_most_comes_first_if_wished(database: Database) -> None:
    drone, trapano = miss("drone", "drone"), miss("trapano", "trapano")
    await note(database, trapano, trapano, drone)
    assert [e.words for e in await listed(database)] == ["drone", "trapano"]
    assert [e.words for e in await listed(database, often=True)] == ["trapano", "drone"]


async def test_one_that_was_seen_to_goes(database: Database) -> None:
    await note(database, miss("drone", "drone"))
    (entry,) = await listed(database)
    assert await database.write(lambda conn: catalog.drop_miss(conn, entry.id))
    assert not await database.write(lambda conn: catalog.drop_miss(conn, entry.id))
    assert await listed(database) == []
