"""Imports from beginning to end: what they report, hide, bring back and leave alone."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

from bot.db import Database
from catalog import (
    Catalog,
    Plan,
    ProductQuery,
    ReadOptions,
    Report,
    Term,
    find_import,
    forget_imports,
    list_imports,
    put_terms,
    run_import,
    set_price,
    turn_sales,
)

HEADER = "id,name,category,price,stock,colour\n"


def rows(*lines: str) -> bytes:
    return (HEADER + "".join(f"{line}\n" for line in lines)).encode()


def a_row(id_: str, price: str = "10.00", stock: int = 3, colour: str = "") -> str:
    return f"{id_},Bag {id_},bags,{price},{stock},{colour}"


async def put(database: Database, data: bytes, **plan: Any) -> Report:
    return await run_import(database.write, Plan((("file.csv", data),), **plan))


def counts(report: Report) -> tuple[int, ...]:
    names = ("added", "changed", "unchanged", "returned", "hidden")
    return tuple(getattr(report, name) for name in names)


async def ids(catalog: Catalog) -> list[str]:
    await catalog.refresh()
    found = await catalog.search(ProductQuery(limit=100))
    return sorted(product.id for product in found.products)


async def test_an_import_tells_new_changed_unchanged_vanished_and_returned(
    database: Database, catalog: Catalog
) -> None:
    first = await put(database, rows(a_row("a"), a_row("b"), a_row("c")), complete=True)
    assert (first.state, first.format, first.products) == ("done", "csv", 3)
    assert counts(first) == (3, 0, 0, 0, 0)

    second = await put(database, rows(a_row("a"), a_row("b", "11.00")), complete=True)
    assert counts(second) == (0, 1, 1, 0, 1)
    assert await ids(catalog) == ["a", "b"]

    third = await put(database, rows(a_row("a"), a_row("c")), complete=True)
    assert counts(third) == (0, 0, 1, 1, 1)
    assert await ids(catalog) == ["a", "c"]


async def test_what_has_not_changed_costs_no_indexing_but_its_price_is_fresh_again(
    database: Database, catalog: Catalog
) -> None:
    await put(database, rows(a_row("a"), a_row("b")))
    [before] = await catalog.get(["a"])
    async with database.sessions() as session:
        versions = (await session.execute(text("SELECT version FROM catalog_product"))).all()
    await asyncio.sleep(0.01)

    await put(database, rows(a_row("a"), a_row("b")))
    await catalog.refresh()

    [after] = await catalog.get(["a"])
    assert after.variants[0].price_at > before.variants[0].price_at
    assert after.variants[0].stock_at > before.variants[0].stock_at
    async with database.sessions() as session:
        again = (await session.execute(text("SELECT version FROM catalog_product"))).all()
    assert again == versions


async def test_a_price_set_by_hand_is_set_back_by_the_next_import(
    database: Database, catalog: Catalog
) -> None:
    await put(database, rows(a_row("a", colour="red")))
    at = datetime.now(UTC)
    assert await database.write(
        lambda conn: set_price(conn, "a", "a-red", price=Decimal("1.00"), at=at)
    )
    report = await put(database, rows(a_row("a", colour="red")))
    assert counts(report) == (0, 1, 0, 0, 0)
    await catalog.refresh()
    [product] = await catalog.get(["a"])
    assert product.variants[0].price == Decimal("10.00")


async def test_a_product_with_a_mistake_keeps_its_old_self(
    database: Database, catalog: Catalog
) -> None:
    await put(database, rows(a_row("a"), a_row("b")), complete=True)
    report = await put(database, rows(a_row("a", "a lot"), a_row("b")), complete=True)
    assert [(p.line, p.column) for p in report.problems] == [(2, "price")]
    assert report.hidden == 0
    assert await ids(catalog) == ["a", "b"]


async def test_a_broken_file_hides_nothing(database: Database, catalog: Catalog) -> None:
    await put(database, rows(a_row("a"), a_row("b")), complete=True)
    item = "<item><id>c</id><title>C</title><price>1 EUR</price></item>"
    report = await put(database, f"<rss><channel>{item}<item><id>".encode(), complete=True)
    assert (report.added, report.hidden, report.problem_count) == (1, 0, 1)
    assert "nothing was hidden" in str(report.note)
    assert await ids(catalog) == ["a", "b", "c"]


async def test_an_unreadable_file_fails_with_its_reason_and_is_kept(database: Database) -> None:
    report = await put(database, b"PK\x03\x04zip")
    assert (report.state, report.products) == ("failed", 0)
    assert "CSV" in str(report.note)


async def test_a_source_hides_only_its_own(database: Database, catalog: Catalog) -> None:
    await put(database, rows(a_row("mine")))
    await put(database, rows(a_row("a"), a_row("b")), source="feed", complete=True)
    report = await put(database, rows(a_row("a")), source="feed", complete=True)
    assert report.hidden == 1
    assert await ids(catalog) == ["a", "mine"]


async def test_a_feed_that_lost_most_of_its_products_is_not_believed(
    database: Database, catalog: Catalog
) -> None:
    many = [a_row(f"p{n}") for n in range(60)]
    await put(database, rows(*many), source="feed", complete=True, careful=True)
    report = await put(database, rows(*many[:5]), source="feed", complete=True, careful=True)
    assert report.hidden == 0
    assert "55 of 60" in str(report.note)
    assert len(await ids(catalog)) == 60
    by_hand = await put(database, rows(*many[:5]), source="feed", complete=True)
    assert by_hand.hidden == 55


async def test_a_dry_run_tells_the_same_and_changes_nothing(
    database: Database, catalog: Catalog
) -> None:
    await put(database, rows(a_row("a"), a_row("b")))
    data = rows(a_row("a"), a_row("b", "12.00"), a_row("c"), a_row("d", "gratis"))
    dry = await put(database, data, dry_run=True)
    assert counts(dry) == (1, 1, 1, 0, 0)
    assert dry.problem_count == 1
    assert await ids(catalog) == ["a", "b"]
    async with database.sessions() as session:
        assert [report.id for report in await list_imports(session)] != [dry.id]
        assert await find_import(session, dry.id) is None
    real = await put(database, data)
    assert counts(real) == counts(dry)
    less = rows(a_row("a"))
    told = await put(database, less, dry_run=True, complete=True)
    assert counts(told) == counts(await put(database, less, complete=True)) == (0, 0, 1, 0, 2)


async def test_reports_are_kept_with_their_problems_in_the_order_of_the_lines(
    database: Database,
) -> None:
    lines = [a_row(f"p{n}", "ten" if n % 300 == 7 else "10.00") for n in range(900)]
    seen: list[Report] = []
    plan = Plan((("long.csv", rows(*lines)),), ReadOptions(language="it"))
    report = await run_import(database.write, plan, progress=seen.append)
    assert [p.line for p in report.problems] == [9, 309, 609]
    assert seen[-1] == report
    async with database.sessions() as session:
        kept = await find_import(session, report.id)
        [listed] = await list_imports(session)
    assert kept is not None
    assert kept.problems == report.problems
    assert listed.id == report.id
    assert replace(kept, started_at=report.started_at, finished_at=report.finished_at) == report
    assert await database.write(forget_imports) == 0


async def test_the_shops_words_are_found_in_what_a_feed_calls_otherwise(
    database: Database, catalog: Catalog
) -> None:
    red = Term(kind="colour", id="rosso", names={"it": "rosso", "en": "red"})
    bags = Term(kind="category", id="borse", names={"it": "borse"}, words={"en": ("bags",)})
    await database.write(lambda conn: put_terms(conn, [red, bags]))
    await put(database, rows(a_row("a", colour="Red")))
    await catalog.refresh()
    found = await catalog.search(ProductQuery(colour="rosso", category="borse"))
    assert (found.exact, [product.id for product in found.products]) == (True, ["a"])


@pytest.mark.parametrize("moment", ["before", "during", "after"])
async def test_a_sale_price_holds_between_its_dates(
    database: Database, catalog: Catalog, moment: str
) -> None:
    now = datetime.now(UTC)
    shift = {"before": timedelta(days=1), "during": timedelta(0), "after": timedelta(days=-9)}
    start, end = (now + shift[moment] + timedelta(days=d) for d in (-1 + (moment == "before"), 7))
    span = f"{start:%Y-%m-%dT%H:%MZ}/{end:%Y-%m-%dT%H:%MZ}"
    header = "id\ttitle\tlink\tavailability\tprice\tsale_price\tsale_price_effective_date\n"
    row = f"a\tBag\thttps://x\tin stock\t20.00 EUR\t15.00 EUR\t{span}\n"
    await put(database, (header + row).encode())
    await catalog.refresh()
    [product] = await catalog.get(["a"])
    price = product.price_range(datetime.now(UTC), timedelta(hours=1))
    assert price is not None
    assert price.low.amount == (Decimal(15) if moment == "during" else Decimal(20))
    regular = product.variants[0].regular_price
    assert regular == (Decimal(20) if moment == "during" else None)


async def test_a_sale_that_ends_is_over_for_the_search_too(
    database: Database, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = datetime.now(UTC) + timedelta(hours=1)
    data = (
        '{"id": "a", "name": "Bag", "category": "bags", "price": "20.00", "stock": 1, '
        f'"sale_price": "15.00", "sale_until": "{end.isoformat()}"}}\n'
    )
    await put(database, data.encode())
    await catalog.refresh()
    cheap = ProductQuery(words="bag", max_price=Decimal(16))
    assert (await catalog.search(cheap)).exact
    milliseconds = int(end.timestamp() * 1000)
    assert await database.write(lambda conn: turn_sales(conn, milliseconds - 500)) == 0
    later = SimpleNamespace(time=lambda: end.timestamp() + 1)
    monkeypatch.setattr("catalog.repository.time", later)
    assert await database.write(lambda conn: turn_sales(conn, milliseconds + 50)) == 1
    assert await database.write(lambda conn: turn_sales(conn, milliseconds + 50)) == 0
    await catalog.refresh()
    assert not (await catalog.search(cheap)).exact
