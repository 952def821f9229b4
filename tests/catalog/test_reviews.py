"""Reviews: taken in, decided about, counted and quoted only when somebody approved them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.db import Database
from catalog import (
    Catalog,
    GivenReview,
    Plan,
    ReviewEntry,
    ReviewOptions,
    ReviewsImported,
    UnknownProductError,
    collect_review,
    count_reviews,
    import_reviews,
    list_reviews,
    moderate,
    run_import,
)

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PRODUCTS = b"id,name,category,price,sku\nsiena,Siena,bags,139.00,SIENA-B\nluna,Luna,bags,99.00,\n"
TABLE = """prodotto;voto;testo;autore;data;verificata;lingua;fonte;id
siena;5;Pelle morbidissima;Marta;12/10/2026;sì;it;Trustpilot;r1
siena;4/5;Soft leather;Ann;2026-10-13;no;en;Trustpilot;r2
SIENA-B;3;Così così;;2026-10-14;;it;;r3
nessuno;5;Bella;Ugo;2026-10-14;sì;it;;r4
luna;4,5;Quasi;Ugo;2026-10-14;sì;it;;r5
luna;5;Data;Ugo;ieri;sì;it;;r6
luna;5;Forse;Ugo;2026-10-14;boh;it;;r7
"""


@pytest.fixture
async def stocked(database: Database, catalog: Catalog) -> Catalog:
    await run_import(database.write, Plan((("products.csv", PRODUCTS),)))
    return catalog


async def take_in(database: Database, data: str, **more: Any) -> ReviewsImported:
    options = ReviewOptions("it", more.pop("source", ""))
    return await database.write(
        lambda conn: import_reviews(conn, data.encode(), options, at=NOW, **more)
    )


async def entries(database: Database, **wanted: Any) -> dict[str, ReviewEntry]:
    async with database.sessions() as session:
        return {entry.id: entry for entry in await list_reviews(session, **wanted)}


async def decide(database: Database, id_: str, status: Any) -> bool:
    return await database.write(lambda conn: moderate(conn, id_, status, by="Anna", at=NOW))


async def test_reviews_of_a_file_wait_and_mistakes_name_their_place(
    database: Database, stocked: Catalog
) -> None:
    done = await take_in(database, TABLE)

    assert (done.reviews, done.waiting) == (3, 3)
    assert [(e.line, e.column) for e in done.errors] == [
        (5, "product"),
        (6, "voto"),
        (7, "data"),
        (8, "verificata"),
    ]
    found = await entries(database, status="pending")
    assert set(found) == {"r1", "r2", "r3"}
    first = found["r1"]
    assert (first.product, first.rating, first.verified) == ("siena", 5, True)
    assert (first.texts, first.source) == ({"it": "Pelle morbidissima"}, "Trustpilot")
    assert first.at == datetime(2026, 10, 12, tzinfo=UTC)
    assert found["r3"].product == "siena"
    assert found["r3"].author == "una cliente o un cliente"
    await stocked.refresh()
    [siena] = await stocked.get(["siena"])
    assert (siena.rating, siena.reviews_count, siena.reviews) == (None, 0, ())
    assert siena.quote("it") is None


async def test_only_what_is_approved_counts_and_is_quoted(
    database: Database, stocked: Catalog
) -> None:
    await take_in(database, TABLE)
    assert await decide(database, "r1", "approved")
    assert await decide(database, "r2", "rejected")
    await stocked.refresh()

    [siena] = await stocked.get(["siena"])
    assert (siena.rating, siena.reviews_count) == (5.0, 1)
    quote = siena.quote("it")
    assert quote is not None
    assert (quote.author, quote.source, quote.verified) == ("Marta", "Trustpilot", True)
    assert siena.review_sources == ("Trustpilot",)
    decided = (await entries(database))["r2"]
    assert (decided.status, decided.moderated_by, decided.moderated_at) == ("rejected", "Anna", NOW)

    assert await decide(database, "r1", "rejected")
    await stocked.refresh()
    [siena] = await stocked.get(["siena"])
    assert (siena.rating, siena.reviews_count, siena.review_sources) == (None, 0, ())
    assert not await decide(database, "nobody", "approved")


async def test_a_decision_outlives_the_next_import(database: Database, stocked: Catalog) -> None:
    await take_in(database, TABLE)
    await decide(database, "r1", "rejected")
    again = await take_in(database, TABLE, approve=True)
    assert again.reviews == 3
    found = await entries(database)
    assert {id_: entry.status for id_, entry in found.items()} == {
        "r1": "rejected",
        "r2": "approved",
        "r3": "approved",
    }
    assert found["r2"].moderated_by == "import"
    async with database.sessions() as session:
        assert await count_reviews(session) == {"pending": 0, "approved": 2, "rejected": 1}


async def test_reviews_of_here_and_of_elsewhere_are_told_apart(
    database: Database, stocked: Catalog
) -> None:
    await take_in(database, TABLE, approve=True)
    await stocked.refresh()
    [siena] = await stocked.get(["siena"])
    assert (siena.rating, siena.reviews_count) == (4.0, 3)
    assert siena.review_sources == ("Trustpilot", "")


async def test_json_lines_and_one_source_for_a_whole_file(
    database: Database, stocked: Catalog
) -> None:
    lines = (
        '{"product": "luna", "rating": 5, "text": "Bella", "author": "Ada", "date": "2026-10-01", '
        '"verified": true}\n'
        "[1]\n{broken\n"
        '{"product": "luna", "rating": 9, "author": "Ada", "date": "2026-10-01"}\n'
    )
    done = await take_in(database, lines, source="Google", approve=True)
    assert done.reviews == 1
    assert [e.line for e in done.errors] == [2, 3, 4]
    [entry] = (await entries(database)).values()
    assert (entry.source, entry.texts, entry.status) == ("Google", {"it": "Bella"}, "approved")


async def test_a_table_without_a_needed_column_says_which(
    database: Database, stocked: Catalog
) -> None:
    [error] = (await take_in(database, "product,text\nsiena,Bella\n")).errors
    assert str(error) == "line 1, column rating: the first line must name a column 'rating'"


async def test_what_a_customer_says_in_the_chat_waits_and_can_be_corrected(
    database: Database, stocked: Catalog
) -> None:
    said = GivenReview(
        product="siena",
        conversation="c1",
        author="Giulia",
        rating=4,
        text="Bella ma piccola",
        language="it",
        verified=True,
    )
    id_ = await database.write(lambda conn: collect_review(conn, said, at=NOW))
    entry = (await entries(database))[id_]
    assert (entry.status, entry.conversation, entry.verified) == ("pending", "c1", True)

    await decide(database, id_, "approved")
    better = said.model_copy(update={"rating": 5, "text": "Bellissima"})
    again = await database.write(lambda conn: collect_review(conn, better, at=NOW))
    assert again == id_
    entry = (await entries(database))[id_]
    assert (entry.status, entry.rating, entry.moderated_by) == ("pending", 5, None)
    await stocked.refresh()
    [siena] = await stocked.get(["siena"])
    assert siena.reviews_count == 0


async def test_a_review_of_nothing_is_refused(database: Database, stocked: Catalog) -> None:
    said = GivenReview(
        product="nobody", conversation="c", author="A", rating=5, language="it", verified=False
    )
    with pytest.raises(UnknownProductError):
        await database.write(lambda conn: collect_review(conn, said, at=NOW))


async def test_reviews_stay_when_products_are_imported_anew(
    database: Database, stocked: Catalog, tmp_path: Path
) -> None:
    await take_in(database, TABLE, approve=True)
    dearer = tmp_path / "products.csv"
    dearer.write_bytes(PRODUCTS.replace(b"139.00", b"149.00"))
    await run_import(database.write, Plan((("products.csv", dearer),), complete=True))
    await stocked.refresh()
    [siena] = await stocked.get(["siena"])
    assert siena.reviews_count == 3
